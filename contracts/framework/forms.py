"""Forms over result agreements: which year, a remark of a partner, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from contracts.constants import ReplyOutcome
from contracts.models import KPI
from core.forms import TextForm
from core.periods import FIRST_YEAR, LAST_YEAR, Period, PeriodFormField


class YearForm(forms.Form):
    """The year that result agreements are about."""

    year = forms.IntegerField(
        label="Jaar",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="De afspraken gelden vanaf 1 januari van dit jaar.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year + 1


class KPIChoice(forms.ModelChoiceField[KPI]):
    default_error_messages = {
        "invalid_choice": "Deze prestatie-indicator staat niet in deze afspraken."
    }

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.name}"


class RemarkForm(TextForm):
    """What a partner says, perhaps with another target."""

    kpi = KPIChoice(
        label="Over",
        queryset=KPI.objects.none(),
        required=False,
        empty_label="de afspraken als geheel",
    )
    text = forms.CharField(
        label="Uw opmerking",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf uw opmerking."},
    )
    period = PeriodFormField(
        label="Voorstel: periode",
        required=False,
        help_text="Alleen als u een andere streefwaarde voorstelt, zoals 2027 of 2027-H1.",
    )
    proposed = forms.CharField(
        label="Voorstel: streefwaarde",
        max_length=60,
        required=False,
        help_text="Zoals 120, of 75%.",
    )

    def __init__(self, *args: Any, kpis: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["kpi"]
        chosen.queryset = kpis

    def clean_period(self) -> Period | None:
        period: Period | None = self.cleaned_data["period"]
        if period is not None and period.until is not None:
            raise forms.ValidationError("Kies een jaar of een halfjaar.")
        return period

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("proposed") and not cleaned.get("period") and "period" not in self.errors:
            self.add_error("period", "Voor welke periode is uw voorstel?")
        if cleaned.get("period") and not cleaned.get("proposed"):
            self.add_error("proposed", "Welke streefwaarde stelt u voor?")
        if cleaned.get("proposed") and not cleaned.get("kpi") and "kpi" not in self.errors:
            self.add_error("kpi", "Kies over welke prestatie-indicator uw voorstel gaat.")
        return cleaned


class ReplyForm(TextForm):
    """What the municipality does with a remark, and why."""

    outcome = forms.ChoiceField(
        label="Neemt u dit over?",
        choices=[(each.value, each.label) for each in ReplyOutcome if each],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u dit overneemt."},
    )
    text = forms.CharField(
        label="Uw antwoord",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf een antwoord."},
    )


class SignOffForm(forms.Form):
    """The mark of the content that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
