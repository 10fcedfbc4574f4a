"""What a reader may choose above the list of projects."""

from __future__ import annotations

from functools import partial
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation
from agenda.models import Goal
from contracts.constants import ProjectKind, ProjectStatus
from contracts.models import Contract, Project
from core.filters import ListFilter, WordFilter
from core.periods import FIRST_YEAR, LAST_YEAR

FROM_SOURCE, ELSEWHERE, OWN = "bron", "elders", "eigen"
SOURCE_CHOICE = (FROM_SOURCE, "uit een bronstuk")


def goals_served(request: Any, *, drafts: bool = False) -> QuerySet[Goal]:
    """Readable goals that projects contribute to; with ``drafts`` any project counts."""
    served = Goal.objects.readable().filter(projects__in=_projects(drafts)).distinct()
    return served.in_order().select_related("theme__version__agenda")


def taking_part(request: Any, *, drafts: bool = False) -> QuerySet[Organisation]:
    """Organisations that carry out or own a project, or hold a contract that has one; with
    ``drafts`` any project and any contract."""
    held, contracts = _projects(drafts), _contracts(drafts).filter(projects__in=_projects(drafts))
    return (
        Organisation.objects.filter(
            Q(projects__in=held)
            | Q(contracts__in=contracts.order_by().values("pk"))
            | Q(pk__in=held.values("organisation"))
        )
        .distinct()
        .order_by("name")
    )


def _projects(drafts: bool) -> QuerySet[Project]:
    rows = Project.objects.all() if drafts else Project.objects.readable()
    return rows.order_by()


def _contracts(drafts: bool) -> QuerySet[Contract]:
    return Contract.objects.all() if drafts else Contract.objects.readable()


class GoalFilter(filters.ModelChoiceFilter):  # type: ignore[misc] # the package ships no types
    class field_class(filters.fields.ModelChoiceField):  # type: ignore[misc]
        def label_from_instance(self, obj: Any) -> str:
            return f"{obj.theme.version.agenda.short_name}: {obj.number}. {obj.label}"


class ProjectFilter(ListFilter):
    first = ("zoek", "soort", "stand")
    drafts = False  # whether drafts of projects and contracts are the reader’s to know

    zoek = WordFilter("Woord in titel of plan", ("title", "note", "plans__what", "plans__aim"))
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ProjectKind.choices, empty_label="alle soorten"
    )
    stand = filters.ChoiceFilter(
        label="Stand",
        method="in_state",
        choices=[*ProjectStatus.choices[1:], SOURCE_CHOICE],
        empty_label="alle",
    )
    partner = filters.ModelChoiceFilter(
        label="Partner", method="with_partner", queryset=taking_part, empty_label="alle partners"
    )
    doel = GoalFilter(
        label="Doel", field_name="goals", queryset=goals_served, empty_label="alle doelen"
    )
    jaar = filters.NumberFilter(
        label="Loopt in het jaar", method="in_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    van = filters.ChoiceFilter(
        label="Van wie",
        method="whose",
        choices=[(OWN, "onze gemeente"), (ELSEWHERE, "andere gemeenten")],
        empty_label="alle gemeenten",
    )

    class Meta(ListFilter.Meta):
        model = Project

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        return rows.filter(status=None if state == FROM_SOURCE else state)

    def with_partner(self, rows: Any, name: str, partner: Organisation) -> Any:
        return rows.with_organisation(partner, _contracts(self.drafts))

    def in_year(self, rows: Any, name: str, year: Any) -> Any:
        return rows.within(int(year))

    def whose(self, rows: Any, name: str, whose: str) -> Any:
        return rows.filter(elsewhere__isnull=whose == OWN)


class ManagedProjectFilter(ProjectFilter):
    """As the public one, over drafts too, with what asks for attention."""

    drafts = True

    partner = filters.ModelChoiceFilter(
        label="Partner",
        method="with_partner",
        queryset=partial(taking_part, drafts=True),
        empty_label="alle partners",
    )
    doel = GoalFilter(
        label="Doel",
        field_name="goals",
        queryset=partial(goals_served, drafts=True),
        empty_label="alle doelen",
    )
    stand = filters.ChoiceFilter(
        label="Stand",
        method="in_state",
        choices=[*ProjectStatus.choices, SOURCE_CHOICE],
        empty_label="alle",
    )
    besluit = filters.BooleanFilter(
        label="Alleen zonder besluit", method="undecided", widget=forms.CheckboxInput
    )
    tijd = filters.BooleanFilter(
        label="Alleen over de tijd", method="over_time", widget=forms.CheckboxInput
    )

    class Meta(ListFilter.Meta):
        model = Project

    def undecided(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.undecided(timezone.localdate()) if wanted else rows

    def over_time(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.over_time(timezone.localdate()) if wanted else rows
