"""Forms over rows that are edited together: parties, dates, themes, terms and money."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from typing import Any, cast

from django import forms

from accounts.models import Organisation
from agenda.models import Theme
from contracts.budgets.amounts import EuroField
from contracts.budgets.years import beyond, contract_years
from contracts.constants import (
    AmountKind,
    DateKind,
    Duration,
    PartyRole,
    TermHolder,
    TermKind,
)
from contracts.models import Amendment, Contract, SubAssignment
from contracts.querysets import offered_themes
from core.forms import DayField, TextForm
from core.periods import Period, PeriodFormField

EMPTY_ROWS = 3
MOST_ROWS = 200
CHOOSE = [("", "kies")]


class PartyRow(TextForm):
    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.none(), empty_label="kies"
    )
    role = forms.ChoiceField(label="Doet mee als", choices=CHOOSE + PartyRole.choices)
    part = forms.CharField(label="Onderdeel", max_length=80, required=False)
    contributes = forms.BooleanField(label="Schrijft mee aan de rapportage", required=False)
    valid_from = DayField(label="Doet mee vanaf", required=False)
    valid_until = DayField(label="Tot en met", required=False)
    note = forms.CharField(label="Toelichting", max_length=250, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organisation"]
        held = [row.organisation_id for row in contract.parties.all()]
        chosen.queryset = Organisation.objects.to_choose(held).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "De laatste dag ligt voor de eerste.")
        if cleaned.get("contributes") and cleaned.get("role") not in (None, PartyRole.MEMBER):
            self.add_error(
                "contributes",
                "Alleen een coalitiepartner schrijft mee; de penvoerder vult het geheel in.",
            )
        return cleaned


class DateRow(TextForm):
    kind = forms.ChoiceField(label="Stap", choices=CHOOSE + DateKind.choices)
    date = DayField(label="Datum", required=False)
    text = forms.CharField(label="Of in woorden", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") and not self.errors and not (cleaned["date"] or cleaned["text"]):
            self.add_error("date", "Geef een datum, of schrijf op wat erover bekend is.")
        return cleaned


class ThemeChoice(forms.ModelChoiceField[Theme]):
    default_error_messages = {
        "invalid_choice": "Dit thema hoort niet bij een agenda van deze overeenkomst."
    }

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.version.agenda.short_name} · {obj.name}"


class ThemeRow(TextForm):
    theme = ThemeChoice(label="Thema", queryset=None, empty_label="kies")
    is_open = forms.BooleanField(label="Onderdeel van de opdracht", required=False, initial=True)
    note = forms.CharField(label="Toelichting", max_length=250, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = offered_themes(contract)


class TermRow(TextForm):
    kind = forms.ChoiceField(label="Soort", choices=CHOOSE + TermKind.choices)
    text = forms.CharField(
        label="Afspraak", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    holder = forms.ChoiceField(label="Wie doet het", required=False, choices=TermHolder.choices)


class ProvisionRow(TextForm):
    is_inside = forms.TypedChoiceField(
        label="Binnen of buiten de opdracht",
        choices=[*CHOOSE, ("True", "binnen"), ("False", "buiten")],
        coerce=lambda word: word == "True",
    )
    name = forms.CharField(label="Voorziening", max_length=200)
    parts = forms.CharField(label="Onderdelen", max_length=400, required=False)
    funding = forms.CharField(label="Hoe het nu wordt betaald", max_length=150, required=False)
    note = forms.CharField(label="Waarom erbinnen of erbuiten", max_length=300, required=False)


class LineRow(TextForm):
    label = forms.CharField(label="Omschrijving", max_length=200)
    amount_kind = forms.ChoiceField(label="Soort bedrag", choices=CHOOSE + AmountKind.choices)
    value = EuroField(label="Bedrag in euro")
    period = PeriodFormField(label="Jaar of jaren", required=False)
    per_year = forms.BooleanField(label="Bedrag per jaar", required=False)
    duration = forms.ChoiceField(
        label="Structureel of incidenteel",
        required=False,
        choices=[("", "niet gekozen"), *[c for c in Duration.choices if c[0]]],
    )
    is_earmarked = forms.BooleanField(label="Geoormerkt: deel van het bedrag", required=False)
    sub_assignment = forms.ModelChoiceField(
        label="Hoort bij deelopdracht",
        queryset=SubAssignment.objects.none(),
        required=False,
        empty_label="de hele opdracht",
    )
    note = forms.CharField(label="Opmerking", max_length=500, required=False)

    def __init__(
        self, *args: Any, contract: Contract, amendment: Amendment | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = contract_years(contract, amendment)
        parts: Any = self.fields["sub_assignment"]
        parts.queryset = SubAssignment.objects.filter(contract=contract)

    def clean_period(self) -> Period | None:
        period: Period | None = self.cleaned_data["period"]
        if period is not None and period.half:
            raise forms.ValidationError("Een bedrag geldt voor een jaar of voor meer jaren.")
        if period is not None:
            last = period.until or period.year
            if told := beyond(period.year, last, self.years, "Deze overeenkomst"):
                raise forms.ValidationError(told)
        return period


class RowFormSet(forms.BaseFormSet[Any]):
    """Rows of one kind, with a few empty ones at the end; a row is taken away by its tick."""

    default_error_messages = {
        "missing_management_form": "Deze bladzijde kwam niet heel over. Er is niets bewaard; ga "
        "terug en probeer het nog eens."
    }

    deletion_widget = forms.CheckboxInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: dict[str, list[Any]] = {}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                # Each row would ask the database for the same list.
                if name not in self.offered:
                    self.offered[name] = list(cast(Any, field.choices))
                field.choices = self.offered[name]
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Haal deze rij weg"

    def rows(self) -> list[dict[str, Any]]:
        """The filled rows that stay; only after ``is_valid``."""
        return [
            {name: held for name, held in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() or form in self.initial_forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def clean(self) -> None:
        if not any(self.errors):
            self.check(self.rows())

    def check(self, rows: list[dict[str, Any]]) -> None:
        """What holds over the rows together. Raises ``ValidationError``."""


class PartyFormSet(RowFormSet):
    def check(self, rows: list[dict[str, Any]]) -> None:
        for one, other in itertools.combinations(rows, 2):
            if one["role"] != other["role"] or not _overlap(one, other):
                continue
            if one["role"] == PartyRole.LEAD:
                raise forms.ValidationError(
                    "Een overeenkomst heeft één penvoerder. Geef de anderen een andere rol, of "
                    "andere dagen."
                )
            if one["organisation"] == other["organisation"]:
                label = PartyRole(one["role"]).label
                raise forms.ValidationError(
                    f"{one['organisation']} staat er twee keer in als {label}."
                )


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two parties take part on one day."""
    return all(
        (before["valid_from"] or datetime.date.min) <= (after["valid_until"] or datetime.date.max)
        for before, after in ((one, other), (other, one))
    )


class ProvisionFormSet(RowFormSet):
    def check(self, rows: list[dict[str, Any]]) -> None:
        for (name, inside), times in Counter(
            (row["name"].strip().lower(), row["is_inside"]) for row in rows
        ).items():
            if times > 1:
                where = "binnen" if inside else "buiten"
                raise forms.ValidationError(f"‘{name}’ staat er twee keer in, {where} de opdracht.")


class ThemeFormSet(RowFormSet):
    def check(self, rows: list[dict[str, Any]]) -> None:
        for theme, times in Counter(row["theme"] for row in rows).items():
            if times > 1:
                raise forms.ValidationError(f"Het thema ‘{theme}’ staat er twee keer in.")


def row_formset(form: type[forms.Form], base: type[RowFormSet] = RowFormSet) -> Any:
    """The class of a formset over ``form``, with a few empty rows."""
    return forms.formset_factory(
        form,
        formset=base,
        extra=EMPTY_ROWS,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_ROWS,
    )
