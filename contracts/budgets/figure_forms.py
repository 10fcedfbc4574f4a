"""The forms over what a budget line costs, and over why it differs from the year before."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from agenda.task_forms import not_to_come
from contracts.budgets.amounts import ExactEuroField
from contracts.budgets.forms import year_field
from contracts.constants import FigureKind
from contracts.models import Allocation, LineChange
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.forms import DayField, DutchNumberField, TextForm

MOST = 999_999_999_999


class FigureForm(TextForm):
    """A forecast, or what a line did cost, on a day."""

    year = year_field("Jaar")
    kind = forms.ChoiceField(
        label="Wat vult u in?", choices=FigureKind.choices, widget=forms.RadioSelect
    )
    amount = ExactEuroField(
        label="Bedrag voor het hele jaar, in euro",
        help_text="Schrijf 1.255.000 of 1,3 miljoen.",
    )
    day = DayField(label="Stand op", validators=[not_to_come])
    explanation = forms.CharField(
        label="Waar rust dit bedrag op?",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
    )

    def __init__(self, *args: Any, line: Allocation, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.initial.update(year=year, day=timezone.localdate(), kind=FigureKind.FORECAST)
        if line.first_year == line.last_year:
            del self.fields["year"]

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount is not None and amount > MOST:
            raise forms.ValidationError("Dit bedrag is te groot. Kijk het na.")
        return amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "year" not in self.fields:
            cleaned["year"] = self.line.first_year
        day, year = cleaned.get("day"), cleaned.get("year")
        actual = cleaned.get("kind") == FigureKind.ACTUAL
        if actual and year and isinstance(day, datetime.date) and day < datetime.date(year, 12, 31):
            self.add_error(
                "day", f"De uitkomst van {year} is er pas als het jaar om is. Kies een prognose."
            )
        return cleaned


class ChangeForm(RevisedForm):
    """What the municipality cuts and what grows by itself, in euros, each with its ground."""

    cut = ExactEuroField(
        label="Taakstelling in euro",
        required=False,
        help_text="Wat er af moet. Schrijf het zonder min. Leeg is 0.",
    )
    growth = DutchNumberField(
        label="Autonome groei in euro",
        required=False,
        lowest=-MOST,
        highest=MOST,
        decimals=2,
        help_text="Wat er vanzelf bij komt, zoals meer inwoners of hogere lonen. Met een min als "
        "het vanzelf minder wordt. Leeg is 0.",
    )

    class Meta:
        model = LineChange
        fields = ["cut", "cut_ground", "growth", "growth_ground"]
        labels = {
            "cut_ground": "Waar rust de taakstelling op?",
            "growth_ground": "Waar rust de groei op?",
        }
        widgets = {
            "cut_ground": forms.Textarea(attrs={"rows": 2}),
            "growth_ground": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_cut(self) -> Any:
        cut = self.cleaned_data["cut"] or 0
        if cut > MOST:
            raise forms.ValidationError("Dit bedrag is te groot. Kijk het na.")
        return cut

    def clean_growth(self) -> Any:
        return self.cleaned_data["growth"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("cut", "growth"):
            ground = f"{name}_ground"
            if cleaned.get(name) and not cleaned.get(ground, "").strip():
                self.add_error(ground, "Schrijf op waar het bedrag op rust.")
            if name in cleaned and not cleaned[name] and cleaned.get(ground, "").strip():
                self.add_error(name, "U schreef een grond. Vul het bedrag in of haal de grond weg.")
        return cleaned
