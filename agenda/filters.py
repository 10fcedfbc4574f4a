"""What a reader may choose above the lists of goals and indicators."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from agenda.constants import IndicatorLevel
from agenda.measurability import LABELS, Aspect
from agenda.models import AgendaVersion, Area, Goal, Indicator, TargetGroup, Theme
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


class IndicatorFilter(ListFilter):
    zoek = WordFilter("Woord in naam of definitie", ("name", "definition"))
    meet = filters.ChoiceFilter(
        label="Gaat over",
        field_name="level",
        choices=IndicatorLevel.choices,
        empty_label="gemeente en partners",
    )
    agenda = filters.ModelChoiceFilter(
        label="Agenda", method="in_agenda", queryset=readable_versions, empty_label="alle agenda’s"
    )

    class Meta(ListFilter.Meta):
        model = Indicator

    def in_agenda(
        self, rows: QuerySet[Indicator], name: str, version: AgendaVersion
    ) -> QuerySet[Indicator]:
        return rows.filter(
            Q(measures__theme__version=version) | Q(measures__goal__theme__version=version)
        ).distinct()


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


class ManagedIndicatorFilter(ListFilter):
    button = "Zoeken"

    zoek = WordFilter("Woord in naam of definitie", ("name", "definition"))
    meet = filters.ChoiceFilter(
        label="Zegt iets over",
        field_name="level",
        choices=IndicatorLevel.choices,
        empty_label="alles",
    )

    class Meta(ListFilter.Meta):
        model = Indicator
