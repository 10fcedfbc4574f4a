"""The form over what a role needs to know."""

from __future__ import annotations

from typing import Any

from agenda.choosing import IndicatorField
from core.edits import RevisedForm
from monitor.constants import INDICATORS_OF_ROLE, InformationRole
from monitor.models import InformationNeed


class NeedForm(RevisedForm):
    """What a role wants to know, what for, and which indicator tells it."""

    indicator = IndicatorField(
        label="Welke indicator zegt dit?",
        required=False,
        empty_label="die is er nog niet",
        help_text="Laat dit leeg als die er nog niet is. Dan staat het er als gemis.",
    )

    class Meta:
        model = InformationNeed
        fields = ["role", "need", "used_for", "indicator", "registered"]
        help_texts = {
            "need": "Bijvoorbeeld: of mensen snel geholpen worden.",
            "used_for": "Welke keuze maakt deze rol ermee?",
            "registered": "Een systeem of een formulier. Geen namen van mensen.",
        }
        error_messages = {
            "role": {"required": "Kies voor wie dit is."},
            "need": {"required": "Schrijf wat deze rol wil weten."},
            "used_for": {"required": "Schrijf waarvoor deze rol dit wil weten."},
        }

    def clean(self) -> dict[str, Any]:
        """Nobody who does the work is told by a figure of the whole municipality how that went."""
        cleaned = super().clean() or self.cleaned_data
        indicator = cleaned.get("indicator")
        level = INDICATORS_OF_ROLE[InformationRole.EXECUTION]
        executes = cleaned.get("role") == InformationRole.EXECUTION
        if executes and indicator is not None and indicator.level != level:
            self.add_error(
                "indicator",
                "Deze indicator gaat over de hele gemeente. Wie uitvoert, heeft daar geen greep "
                "op: kies er een over de prestatie van een partner.",
            )
        return cleaned
