"""The form over one measured value, and what the grid of values is about."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from agenda.constants import AreaKind, Certainty, Rhythm
from agenda.edit_forms import type_of
from agenda.models import (
    Area,
    Breakdown,
    Group,
    Indicator,
    Observation,
    Source,
    check_begun,
)
from agenda.value_grid import statuses
from core.edits import RevisedForm
from core.fields import value_columns
from core.filters import filter_helper
from core.forms import DayInput, ValueField
from core.periods import FIRST_YEAR, LAST_YEAR, Period
from core.values import Absence, Value

MOST_PERIODS = 12
TOO_MANY = (
    f"Kies ten hoogste {MOST_PERIODS} perioden: zoveel kolommen zijn nog te overzien. "
    "Vul de andere daarna in."
)
KINDS = {AreaKind.CORE: "elke kern", AreaKind.DISTRICT: "elke wijk"}


@dataclass(frozen=True)
class Chosen:
    source: Source | None
    areas: list[Area]
    groups: list[Group]
    periods: list[Period]


class GroupField(forms.ModelChoiceField[Group]):
    """A group with the breakdown that it is of: groups of two may have one name."""

    def label_from_instance(self, obj: Group) -> str:
        return f"{obj.breakdown}: {obj}"


class ObservationForm(RevisedForm):
    """A measured value of ``indicator``."""

    overtaken_by: Observation | None = None

    class Meta:
        model = Observation
        fields = ["period", "area", "group", "certainty", "source", "retrieved_on", "note"]
        labels = {
            "certainty": "Voorlopig of definitief",
            "area": "Kern of wijk",
            "group": "Groep",
            "source": "Bron",
        }
        widgets = {"retrieved_on": DayInput()}
        field_classes = {"group": GroupField}
        help_texts = {"period": "Een jaar of halfjaar: 2026 of 2026-H1."}

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        self.indicator = indicator
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.indicator = indicator
            self.fields["certainty"].required = True
        else:
            self.initial["value"] = self.instance.value
            self.fields["certainty"].help_text = (
                "Wordt een voorlopige waarde definitief, kies dat dan hier. De voorlopige blijft "
                "te lezen."
            )
        self.fields["value"] = ValueField(value_type=type_of(indicator), label="Waarde")
        self.order_fields(["period", "value", "area", "group", "certainty", "source"])
        choices = cast(forms.ChoiceField, self.fields["certainty"])
        choices.choices = [("", "kies"), *((c.value, c.label) for c in Certainty if c.value)]
        cast("forms.ModelChoiceField[Area]", self.fields["area"]).empty_label = "de hele gemeente"
        groups = cast(GroupField, self.fields["group"])
        groups.queryset = Group.objects.select_related("breakdown")
        groups.empty_label = "iedereen"
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.empty_label = "eigen meting"

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, indicator=self.indicator)

    def _get_validation_exclusions(self) -> set[str]:
        """The indicator is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"indicator"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        value = self.cleaned_data.get("value")
        if value is not None:
            self.instance.value = value
        elif self.instance.pk is None:
            # What is wrong with it stands at the field: the row does not say so once more.
            self.instance.value = Value.absent(type_of(self.indicator), Absence.NOT_YET)
        period = self.cleaned_data.get("period")
        if value is not None and value.is_present and period is not None:
            try:
                check_begun(period)
            except ValidationError as error:
                self.add_error("period", error)
        return cleaned

    def clean_retrieved_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["retrieved_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("Deze dag is nog niet geweest. Vul in wanneer u dit ophaalde.")
        return day

    def _post_clean(self) -> None:
        """A value that was made more definite meanwhile is there: the second editor sees it."""
        super()._post_clean()  # type: ignore[misc]
        self.overtaken_by = self._overtaken_by()
        if self.overtaken_by is not None and not self.is_there_already():
            shown = self.overtaken_by.value.display()
            self.add_error("value", f"Nu staat er: ‘{shown}’. Wijzig die waarde bij de indicator.")

    def _overtaken_by(self) -> Observation | None:
        said = self.cleaned_data
        names = ("period", "area", "group", "source", "certainty")
        if self.instance.pk is None or set(self.errors) != {NON_FIELD_ERRORS}:
            return None
        place = {name: said[name] for name in names}
        return self.indicator.observations.filter(**place).exclude(pk=self.instance.pk).first()

    def is_there_already(self) -> bool:
        """Whether a second click sent this: the value that it makes more definite is there."""
        there = self.overtaken_by
        return there is not None and there.value == self.cleaned_data.get("value")

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])


class GridForm(forms.Form):
    """Sent with GET: the address of the page says what the grid is about."""

    bron = forms.ModelChoiceField(
        label="Van welke bron", queryset=Source.objects.none(), required=False
    )
    waar = forms.ChoiceField(label="Waar", required=False)
    wie = forms.ModelChoiceField(
        label="Over wie", queryset=Breakdown.objects.none(), required=False, empty_label="iedereen"
    )
    per = forms.ChoiceField(
        label="Per", choices=[("jaar", "jaar"), ("halfjaar", "halfjaar")], required=False
    )
    van = forms.IntegerField(
        label="Van jaar", min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    tot = forms.IntegerField(
        label="Tot en met", min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def __init__(self, data: Any, indicator: Indicator) -> None:
        self.indicator = indicator
        year = timezone.localdate().year
        per = "halfjaar" if indicator.rhythm == Rhythm.HALF_YEARLY else "jaar"
        first = year - (2 if per == "halfjaar" else 4)
        # A field that the address leaves out has what the page begins with.
        begin: dict[str, Any] = {"per": per, "van": first, "tot": year}
        super().__init__({**begin, **{name: data[name] for name in data}})
        source = cast("forms.ModelChoiceField[Any]", self.fields["bron"])
        source.queryset, source.empty_label = Source.objects.order_by("title"), "eigen meting"
        groups = cast("forms.ModelChoiceField[Any]", self.fields["wie"])
        groups.queryset = Breakdown.objects.all()
        self.areas = list(Area.objects.parts_of_town())
        where = cast(forms.ChoiceField, self.fields["waar"])
        where.choices = [
            ("", "alleen de hele gemeente"),
            *(
                (kind.value, f"de gemeente en {words}")
                for kind, words in KINDS.items()
                if any(area.kind == kind for area in self.areas)
            ),
        ]
        self.helper = filter_helper("Toon deze tabel")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("van"), cleaned.get("tot")
        if first is None or last is None:
            return cleaned
        if last < first:
            self.add_error("tot", f"Kies {first} of een later jaar.")
        elif (last - first + 1) * (2 if cleaned.get("per") == "halfjaar" else 1) > MOST_PERIODS:
            self.add_error("tot", TOO_MANY)
        return cleaned

    def chosen(self) -> Chosen | None:
        """What was asked for; None when it cannot be. One query for each of source and groups."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        year = timezone.localdate().year
        first, last = asked["van"] or asked["tot"] or year, asked["tot"] or asked["van"] or year
        halves: tuple[int | None, ...] = (1, 2) if asked["per"] == "halfjaar" else (None,)
        return Chosen(
            asked["bron"],
            [area for area in self.areas if area.kind == asked["waar"]],
            list(asked["wie"].groups.all()) if asked["wie"] else [],
            [Period(one, half) for one in range(first, last + 1) for half in halves],
        )


class StatusForm(forms.Form):
    """As what the values in the grid are written."""

    status = forms.ChoiceField(
        label="Wat u invult of wijzigt, is",
        choices=[("", "kies"), *statuses()],
        error_messages={"required": "Kies of de waarden voorlopig of definitief zijn."},
    )
    also = forms.BooleanField(
        label="Ook de waarden in deze tabel die ik niet wijzig, zijn nu zo",
        required=False,
        help_text="Zo wordt in één keer definitief wat voorlopig was. Dat blijft te lezen.",
    )
