"""The forms over the municipality's budget: its lines and its years."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

from agenda.models import Goal, MoneyYear, Theme
from contracts.budgets.amounts import EuroField, ExactEuroField
from contracts.budgets.years import agenda_years, beyond, contract_years
from contracts.models import Allocation, Contract, SubAssignment
from contracts.models.allocations import DURATIONS, ORIGINS
from contracts.task_fields import TASK_FIELDS, task_field
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.fields import value_columns
from core.forms import DayInput, TextForm
from core.periods import FIRST_YEAR, LAST_YEAR

NOT_CHOSEN = "niet gekozen"
UNSAID = "niet vermeld in de bron"
MOST_YEARS = 20  # longer than any contract or agenda
IN_ORDER = ("theme__version__agenda__year", "theme__version", "theme__order", "order")


def year_field(label: str, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Schrijf een jaar in vier cijfers, zoals 2019."},
        **kwargs,
    )


class ThemeChoice(forms.ModelChoiceField[Theme]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.version.agenda.short_name}: {obj.name}"


class GoalChoice(forms.ModelChoiceField[Goal]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.theme.version.agenda.short_name}: {obj.number}. {obj.label}"


class PartChoice(forms.ModelChoiceField[SubAssignment]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.contract.title}: {obj.name}"


class YearsForm(RevisedForm):
    """What has a first and a last year: an empty last year is the first."""

    first_year = year_field("Jaar", help_text="Of het eerste jaar, als het om meer jaren gaat.")
    last_year = year_field(
        "Tot en met", required=False, help_text="Alleen als het om meer jaren gaat."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.first_year == self.instance.last_year:
            self.initial["last_year"] = None

    def clean_last_year(self) -> int | None:
        """What is empty is the first year; the row has to hold it."""
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first is not None and last is not None and last < first:
            raise forms.ValidationError("Het laatste jaar ligt voor het eerste.")
        return last or first

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        contract = cleaned.get("contract")
        if first and last and contract is not None:
            told = beyond(first, last, contract_years(contract), "Deze overeenkomst")
            if told:
                self.add_error("first_year", told)
        return cleaned


class AllocationForm(YearsForm):
    """A budget line: how much, for when and what, and where it comes from."""

    value = EuroField(label="Bedrag in euro")
    task_field = forms.ChoiceField(
        label="Taakveld (Iv3)",
        required=False,
        help_text="De lijst verschilt per jaar. Achter elk taakveld staat wanneer het geldt.",
    )
    theme = ThemeChoice(label="Thema", queryset=None, required=False, empty_label=NOT_CHOSEN)
    goal = GoalChoice(label="Doel", queryset=None, required=False, empty_label=NOT_CHOSEN)
    sub_assignment = PartChoice(
        label="Deelopdracht", queryset=None, required=False, empty_label=NOT_CHOSEN
    )

    class Meta:
        model = Allocation
        fields = [
            *("label", "first_year", "last_year", "value", "per_year", "duration", "ends_on"),
            *("earmark", "origin", "scheme", "account_for", "account_by", "task_field"),
            *("theme", "goal", "contract", "sub_assignment", "note"),
        ]
        labels = {
            "label": "Waarvoor is het geld?",
            "per_year": "Het bedrag geldt voor elk van de jaren",
            "ends_on": "Incidenteel geld is er tot en met",
            "account_for": "Wat moet u verantwoorden?",
        }
        help_texts = {
            "ends_on": "Alleen bij incidenteel geld.",
            "scheme": "De naam van de regeling. Nodig bij een specifieke uitkering.",
            "account_for": "Nodig bij een specifieke uitkering.",
            "account_by": "Nodig bij een specifieke uitkering.",
        }
        widgets = {
            "ends_on": DayInput,
            "account_by": DayInput,
            "account_for": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "duration": forms.RadioSelect,
            "origin": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["value"] = self.instance.value
        themes: Any = self.fields["theme"]
        themes.queryset = (
            Theme.objects.readable().in_order().select_related("version__agenda", "parent")
        )
        goals: Any = self.fields["goal"]
        goals.queryset = (
            Goal.objects.readable().select_related("theme__version__agenda").order_by(*IN_ORDER)
        )
        contracts: Any = self.fields["contract"]
        contracts.queryset, contracts.empty_label = Contract.objects.order_by("title"), NOT_CHOSEN
        parts: Any = self.fields["sub_assignment"]
        parts.queryset = SubAssignment.objects.select_related("contract").order_by(
            "contract__title", "order", "pk"
        )
        fields = cast(forms.ChoiceField, self.fields["task_field"])
        names: dict[str, list[str]] = {}
        for each in TASK_FIELDS:
            names.setdefault(each.code, []).append(f"{each.name} ({each.years})")
        fields.choices = [("", NOT_CHOSEN)] + [
            (code, f"{code} {'; '.join(held)}") for code, held in sorted(names.items())
        ]
        for name, offered in (("duration", DURATIONS), ("origin", ORIGINS)):
            choice = cast(forms.ChoiceField, self.fields[name])
            # What a source leaves open may stay open; who makes a line chooses.
            choice.required = self.instance.source_id is None
            choice.choices = offered if choice.required else [*offered, ("", UNSAID)]

    def clean(self) -> dict[str, Any]:
        part = self.cleaned_data.get("sub_assignment")
        if part is not None and self.cleaned_data.get("contract") is None:
            self.cleaned_data["contract"] = part.contract
        cleaned = super().clean()
        if (value := cleaned.get("value")) is not None:
            self.instance.value = value
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last:
            self._within_its_years(cleaned, first, last)
            if last - first >= MOST_YEARS:
                self.add_error(
                    "last_year",
                    f"Een post is voor ten hoogste {MOST_YEARS} jaar. Maak anders een tweede post.",
                )
        for name, told in (
            ("ends_on", f"Het geld is er vanaf {first}. Kies een dag in dat jaar of later."),
            ("account_by", f"Over {first} verantwoordt u in dat jaar of later."),
        ):
            day = cleaned.get(name)
            if day is not None and first is not None and day.year < first:
                self.add_error(name, told)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "value" in self.errors:  # said at the field
            self.errors.pop("__all__", None)

    def _within_its_years(self, cleaned: dict[str, Any], first: int, last: int) -> None:
        for name in ("theme", "goal"):
            held = cleaned.get(name)
            if held is None:
                continue
            agenda = (held if name == "theme" else held.theme).version.agenda
            told = beyond(first, last, agenda_years(agenda), f"De agenda {agenda.short_name}")
            if told:
                self.add_error(name, told)
        code = cleaned.get("task_field")
        if code and task_field(code, first, last) is None:
            when = f"in {first}" if first == last else f"in elk jaar van {first} tot en met {last}"
            self.add_error(
                "task_field",
                f"Taakveld {code} bestond niet {when}. Kies een ander, of maak een post per jaar.",
            )

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance)

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])


class YearForm(RevisedForm):
    """What a year came to when it was adopted, to hold its lines against."""

    stated_total = ExactEuroField(
        label="Vastgesteld totaal in euro",
        required=False,
        help_text="Zoals in de begroting staat. Leeg: dan is er niets om mee te vergelijken.",
    )

    class Meta:
        model = MoneyYear
        fields = ["stated_total", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class ReasonForm(TextForm):
    """Why a year is closed, or opened again."""

    reason = forms.CharField(
        label="Waarom?",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        help_text="Dit komt in het logboek te staan, met uw naam.",
    )
