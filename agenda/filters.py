"""What a reader may choose above the lists of goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from agenda.matching import moment
from agenda.measurability import LABELS, Aspect
from agenda.models import (
    Agenda,
    AgendaVersion,
    Area,
    Goal,
    Municipality,
    TargetGroup,
    Theme,
)
from agenda.succession import Passage
from core.filters import ListFilter, WordFilter, filter_helper


def readable_versions(request: Any) -> QuerySet[AgendaVersion]:
    return AgendaVersion.objects.readable().in_time().select_related("agenda")


def readable_themes(request: Any) -> QuerySet[Theme]:
    return Theme.objects.readable().in_order().select_related("version__agenda")


def readable_groups(request: Any) -> QuerySet[TargetGroup]:
    return TargetGroup.objects.readable()


def readable_areas(request: Any) -> QuerySet[Area]:
    return Area.objects.with_readable_goals()


class ThemeField(forms.ModelChoiceField[Theme]):
    def label_from_instance(self, obj: Theme) -> str:
        return f"{obj.name} ({obj.version})"


class ThemeFilter(filters.ModelChoiceFilter):  # type: ignore[misc] # the package ships no types
    field_class = ThemeField


ALL_VERSIONS = "alle"
# Sizes as statistics of municipalities know them: the word, from, and up to but not including.
SIZES = {
    "klein": ("tot 20.000 inwoners", 0, 20_000),
    "middel": ("20.000 tot 50.000 inwoners", 20_000, 50_000),
    "groot": ("50.000 tot 100.000 inwoners", 50_000, 100_000),
    "grootste": ("100.000 inwoners en meer", 100_000, 2**31),
}


class GoalFilter(ListFilter):
    """Without a choice of an agenda: the newest version of each, so that no goal counts twice."""

    zoek = WordFilter("Woord in het doel", ("label", "text"))
    agenda = filters.ModelChoiceFilter(
        label="Agenda",
        method="in_agenda",
        queryset=readable_versions,
        empty_label="alle agenda’s, nieuwste versie",
        null_label="alle agenda’s, alle versies",
        null_value=ALL_VERSIONS,
    )
    thema = ThemeFilter(
        label="Thema", field_name="theme", queryset=readable_themes, empty_label="alle thema’s"
    )
    doelgroep = filters.ModelChoiceFilter(
        label="Doelgroep",
        field_name="target_groups",
        to_field_name="slug",
        queryset=readable_groups,
        empty_label="alle doelgroepen",
    )
    gebied = filters.ModelChoiceFilter(
        label="Kern of wijk",
        field_name="areas",
        to_field_name="slug",
        queryset=readable_areas,
        empty_label="alle kernen en wijken",
    )
    volgorde = filters.OrderingFilter(
        label="Volgorde",
        fields=(("label", "naam"), ("theme__name", "thema")),
        field_labels={"label": "naam", "theme__name": "thema"},
        choices=[("naam", "op naam"), ("-naam", "op naam, van z naar a"), ("thema", "op thema")],
        empty_label="zoals in de agenda",
    )
    zonder_meting = filters.BooleanFilter(
        label="Alleen doelen die niets meet",
        method="without_measure",
        widget=forms.CheckboxInput,
    )

    class Meta(ListFilter.Meta):
        model = Goal

    def filter_queryset(self, queryset: QuerySet[Goal]) -> QuerySet[Goal]:
        goals: QuerySet[Goal] = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        if chosen.get("agenda") or chosen.get("thema"):
            return goals
        return goals.filter(theme__version__in=AgendaVersion.objects.newest())

    def in_agenda(
        self, goals: QuerySet[Goal], name: str, version: AgendaVersion | str
    ) -> QuerySet[Goal]:
        return goals.filter(theme__version=version) if isinstance(version, AgendaVersion) else goals

    def without_measure(self, goals: Any, name: str, chosen: bool) -> QuerySet[Goal]:
        return goals.unmeasured() if chosen else goals  # type: ignore[no-any-return] # see queryset


class PassageForm(forms.Form):
    """Which step from one agenda to the next."""

    stap = forms.ChoiceField(label="Welke stap", required=False)

    def __init__(self, data: Any, passages: list[Passage]) -> None:
        super().__init__(data)
        self.fields["stap"] = forms.ChoiceField(
            label="Welke stap",
            required=False,
            choices=[("", "alle stappen"), *((held.key, held.label) for held in passages)],
        )
        self.helper = filter_helper()

    def chosen(self, passages: list[Passage]) -> list[Passage]:
        """Those of ``passages`` that were asked for: all without a choice or with a wrong one."""
        key = self.cleaned_data.get("stap") if self.is_valid() else ""
        return [held for held in passages if not key or held.key == key]


class LackForm(forms.Form):
    """Which goals: those that lack something."""

    mist = forms.ChoiceField(
        label="Welke doelen",
        required=False,
        choices=[
            ("", "alle doelen"),
            *((aspect.value, f"zonder {words}") for aspect, (_, words) in LABELS.items()),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper()

    def chosen(self) -> Aspect | None:
        """What was asked for; nothing without a choice or with a wrong one."""
        key = self.cleaned_data.get("mist") if self.is_valid() else ""
        return Aspect(key) if key else None


class TaskChoice(forms.Form):
    """Which tasks a reader wants to see; a choice that does not exist shows all."""

    STILL, WITHOUT_RESULT, NOT_EVALUATED = "stil", "zonder-resultaat", "niet-geevalueerd"

    stand = forms.ChoiceField(
        label="Welke opdrachten",
        required=False,
        choices=[
            ("", "alle opdrachten"),
            (STILL, "die stilstaan"),
            (WITHOUT_RESULT, "die niet tot een resultaat leidden"),
            (NOT_EVALUATED, "die nog niet zijn geëvalueerd"),
        ],
    )

    # The version that is being read stays the same when a reader chooses.
    versie = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper()

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("stand", "")) if self.is_valid() else ""


class VersionChoice(forms.Form):
    """Which two of ``versions`` to lay beside each other; without a choice the newest two.

    A version of the agenda ``own`` is named by its number, one of another with the name of that.
    """

    van = forms.ChoiceField(label="Van", required=False)
    naar = forms.ChoiceField(label="Naar", required=False)

    def __init__(self, data: Any, *, own: Agenda, versions: Sequence[AgendaVersion]) -> None:
        self.held = {self._key(version, own): version for version in versions}
        newest = dict(zip(("naar", "van"), self.held, strict=False))
        # The page says which two it lays beside each other, also without a choice.
        super().__init__(
            {name: data.get(name) or newest.get(name, "") for name in self.base_fields}
        )
        choices = [(key, str(version)) for key, version in self.held.items()]
        for field in self.fields.values():
            cast("forms.ChoiceField", field).choices = choices
        self.helper = filter_helper("Vergelijk")

    @staticmethod
    def _key(version: AgendaVersion, own: Agenda) -> str:
        if version.agenda_id == own.pk:
            return str(version.number)
        return f"{version.agenda.slug}.{version.number}"

    @property
    def pair(self) -> list[AgendaVersion]:
        """The two that were chosen, the older one first; empty without two to choose."""
        if not self.is_valid():
            return []
        keys = [self.cleaned_data[name] for name in ("van", "naar")]
        chosen = [self.held[key] for key in keys if key in self.held]
        return sorted(chosen, key=moment) if len(chosen) == 2 else []


class MunicipalityFilter(ListFilter):
    """By size, so that a reader compares what can be compared; sorted by name, as no ranking is."""

    zoek = WordFilter("Woord in naam of bijzonderheden", ("name", "note"))
    inwoners = filters.ChoiceFilter(
        label="Hoe groot",
        method="of_size",
        choices=[(key, words) for key, (words, _low, _high) in SIZES.items()],
        empty_label="alle gemeenten",
    )
    volgorde = filters.OrderingFilter(
        label="Volgorde",
        fields=(("name", "naam"), ("inhabitants", "inwoners")),
        choices=[("naam", "op naam"), ("inwoners", "van klein naar groot")],
        empty_label="op naam",
    )

    class Meta(ListFilter.Meta):
        model = Municipality

    def of_size(self, rows: QuerySet[Municipality], name: str, size: str) -> QuerySet[Municipality]:
        _words, low, high = SIZES[size]
        return rows.filter(inhabitants__gte=low, inhabitants__lt=high)
