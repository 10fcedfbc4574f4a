"""What a reader may choose above the lists of talks, action points and decisions."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation
from contracts.models import ActionPoint, Contract, Decision, Meeting
from contracts.talk_constants import (
    ActionKind,
    ActionStatus,
    DecisionKind,
    MeetingKind,
    MeetingStatus,
)
from core.filters import ListFilter, WordFilter
from core.periods import FIRST_YEAR, LAST_YEAR

ATTENTION = "aandacht"


def partners_met(request: Any) -> QuerySet[Organisation]:
    """Organisations that hold a contract or that a talk was with."""
    return (
        Organisation.objects.filter(Q(contracts__isnull=False) | Q(meetings__isnull=False))
        .distinct()
        .order_by("name")
    )


def contracts_met(request: Any) -> QuerySet[Contract]:
    return Contract.objects.readable().order_by("title")


class MeetingFilter(ListFilter):
    first = ("zoek", "soort", "partner", "stand")
    zoek = WordFilter(
        "Woord in onderwerp of verslag", ("title", "points__title", "points__minutes")
    )
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=MeetingKind.choices, empty_label="alle soorten"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner", method="with_partner", queryset=partners_met, empty_label="alle partners"
    )
    overeenkomst = filters.ModelChoiceFilter(
        label="Overeenkomst",
        field_name="contracts",
        queryset=contracts_met,
        empty_label="alle overeenkomsten",
    )
    stand = filters.ChoiceFilter(
        label="Stand",
        method="in_state",
        choices=[*MeetingStatus.choices, (ATTENTION, "vraagt aandacht")],
        empty_label="alle",
    )
    jaar = filters.NumberFilter(
        label="Jaar", method="of_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    class Meta(ListFilter.Meta):
        model = Meeting

    def with_partner(self, rows: Any, name: str, partner: Organisation) -> Any:
        return rows.with_organisation(partner)

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        if state == ATTENTION:
            today = timezone.localdate()
            waiting = Meeting.objects.without_minutes() | Meeting.objects.past_due(today)
            return rows.filter(pk__in=waiting.order_by().values("pk"))
        return rows.filter(status=state)

    def of_year(self, rows: Any, name: str, year: Any) -> Any:
        return rows.in_year(int(year))


class ActionFilter(ListFilter):
    first = ("zoek", "stand", "tijd", "mij")
    zoek = WordFilter("Woord", ("text", "meeting__title"))
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ActionKind.choices, empty_label="alle soorten"
    )
    stand = filters.ChoiceFilter(
        label="Stand", field_name="status", choices=ActionStatus.choices, empty_label="alle"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner", method="with_partner", queryset=partners_met, empty_label="alle partners"
    )
    tijd = filters.BooleanFilter(
        label="Alleen over tijd", method="over_time", widget=forms.CheckboxInput
    )
    mij = filters.BooleanFilter(label="Alleen van mij", method="mine", widget=forms.CheckboxInput)

    class Meta(ListFilter.Meta):
        model = ActionPoint

    def with_partner(self, rows: Any, name: str, partner: Organisation) -> Any:
        meetings = Meeting.objects.with_organisation(partner).order_by().values("pk")
        return rows.filter(
            Q(organisation=partner) | Q(between=partner) | Q(meeting__in=meetings)
        ).distinct()

    def over_time(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.overdue(timezone.localdate()) if wanted else rows

    def mine(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.filter(user=self.request.user) if wanted else rows


class DecisionFilter(ListFilter):
    zoek = WordFilter("Woord", ("title", "text", "reason"))
    soort = filters.ChoiceFilter(
        label="Wat verandert er",
        field_name="kind",
        choices=DecisionKind.choices,
        empty_label="alle soorten",
    )
    overeenkomst = filters.ModelChoiceFilter(
        label="Overeenkomst",
        field_name="contracts",
        queryset=contracts_met,
        empty_label="alle overeenkomsten",
    )
    jaar = filters.NumberFilter(
        label="Jaar", method="of_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    class Meta(ListFilter.Meta):
        model = Decision

    def of_year(self, rows: Any, name: str, year: Any) -> Any:
        return rows.in_year(int(year))
