"""The forms with which a new agenda begins as a copy, and a new version of an adopted one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from agenda.constants import CopyPiece
from agenda.edit_forms import AgendaForm
from agenda.models import AgendaVersion
from core.edits import RevisedForm
from core.forms import TextForm

REASON_LABEL = "Waarom komt er een nieuwe versie?"
REASON_HELP = (
    "Bijvoorbeeld: de motie of het raadsbesluit dat erom vroeg. Iedereen kan dit straks lezen."
)


class CopyForm(AgendaForm):
    """What the new agenda is, and what it takes along from ``former``."""

    pieces = forms.MultipleChoiceField(
        label="Wat neemt u mee, naast de thema’s en doelen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["name", "short_name", "owner", "year", "period", "predecessor", "pieces"]

    class Meta(AgendaForm.Meta):
        help_texts = {
            **AgendaForm.Meta.help_texts,
            "period": (
                "Een jaar of een reeks jaren: 2026 of 2026/2029. Streefwaarden voor andere jaren "
                "gaan niet mee."
            ),
        }

    def __init__(
        self, *args: Any, former: AgendaVersion, counts: Mapping[CopyPiece, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        before = former.agenda
        self.initial.update(owner=before.owner_id, predecessor=before.pk)
        if before.period is not None:
            self.initial.update(period=before.period.next, year=before.period.next.year)
        self.fields["predecessor"].disabled = True
        self.fields["period"].required = True
        pieces = cast(forms.MultipleChoiceField, self.fields["pieces"])
        offered = [piece for piece in CopyPiece if counts[piece]]
        pieces.choices = [(one.value, f"{one.label} ({counts[one]})") for one in offered]
        self.initial["pieces"] = [one.value for one in offered if one != CopyPiece.SITUATION]
        if not offered:
            del self.fields["pieces"]


class AmendForm(TextForm):
    """Why there will be a new version."""

    reason = forms.CharField(
        label=REASON_LABEL,
        help_text=REASON_HELP,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VersionReasonForm(RevisedForm):
    """Why a version that is being written is there."""

    class Meta:
        model = AgendaVersion
        fields = ["reason"]
        labels = {"reason": REASON_LABEL}
        help_texts = {"reason": REASON_HELP}
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
