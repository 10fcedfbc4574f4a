"""The form over a planned investigation."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone

from core.edits import RevisedForm
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.models import Investigation, PlannedInvestigation


class PlanForm(RevisedForm):
    """What is to be investigated, by whom and when; or why it does not go on."""

    year = forms.IntegerField(
        label="Jaar",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"required": "Vul een jaar in."},
    )

    class Meta:
        model = PlannedInvestigation
        fields = [
            "year",
            "kind",
            "subject",
            "reason",
            "performed_by",
            "quarter",
            "investigation",
            "dropped_because",
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "kind": "Doelmatigheid: lukt het met zo min mogelijk geld en tijd? Doeltreffendheid: "
            "wordt bereikt wat de bedoeling was?",
            "performed_by": "Een organisatie of een functie. Geen namen van mensen.",
            "investigation": "Kies het zodra het onderzoek is begonnen en aan de gemeente is "
            "voorgelegd. De auditor kan het ook zelf vanuit de planning beginnen.",
            "dropped_because": "Alleen als het niet doorgaat. Iedereen leest dit.",
        }
        error_messages = {
            "kind": {"required": "Kies een soort."},
            "subject": {"required": "Schrijf wat er wordt onderzocht."},
            "performed_by": {"required": "Schrijf wie het onderzoek uitvoert."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.year is None:
            self.initial.setdefault("year", timezone.localdate().year)
        if self.instance.source_id is None:
            self.fields["quarter"].required = True
            self.fields["quarter"].error_messages["required"] = "Kies wanneer het begint."
        begun = self.instance.investigation
        if begun is not None and begun.is_draft:
            # Of what the auditor still prepares not even the title is told.
            del self.fields["investigation"]
            return
        field = cast("forms.ModelChoiceField[Investigation]", self.fields["investigation"])
        free = Q(planned__isnull=True)
        if begun is not None:
            free |= Q(pk=begun.pk)
        field.queryset = Investigation.objects.presented().filter(free).order_by("title")
        field.empty_label = "nog niet begonnen"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begun = cleaned.get("investigation", self.instance.investigation)
        if begun is not None and cleaned.get("dropped_because"):
            self.add_error(
                "dropped_because", "Dit onderzoek is begonnen. Laat dit leeg, of haal de koppeling "
                "met het onderzoek weg."
            )  # fmt: skip
        return cleaned
