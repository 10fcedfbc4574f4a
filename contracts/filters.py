"""What a reader may choose above the list of contracts."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from agenda.models import AgendaVersion
from contracts.constants import ContractKind, ContractStatus, ExchangeOutcome
from contracts.models import Contract, Exchange
from contracts.querysets import organisations_in
from core.filters import ListFilter, WordFilter


def readable_versions(request: Any) -> QuerySet[AgendaVersion]:
    return AgendaVersion.objects.readable().in_time().select_related("agenda")


def partners(request: Any) -> QuerySet[Organisation]:
    return organisations_in(Contract.objects.readable())


class ContractFilter(ListFilter):
    agenda = filters.ModelChoiceFilter(
        label="Agenda",
        field_name="agenda_versions",
        queryset=readable_versions,
        empty_label="alle agenda’s",
    )
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ContractKind.choices, empty_label="alle soorten"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner of deelnemer",
        method="with_partner",
        queryset=partners,
        empty_label="alle partners",
    )

    class Meta(ListFilter.Meta):
        model = Contract

    def with_partner(
        self, rows: QuerySet[Contract], name: str, partner: Organisation
    ) -> QuerySet[Contract]:
        return rows.filter(
            Q(partner=partner) | Q(parties__organisation=partner, parties__withdrawn_on=None)
        ).distinct()


def managed_partners(request: Any) -> QuerySet[Organisation]:
    return organisations_in(Contract.objects.all())


class ManagedContractFilter(ContractFilter):
    """As the public one, with the status and a word, over drafts too."""

    zoek = WordFilter("Woord in de titel", ("title",))
    stand = filters.ChoiceFilter(
        label="Stand", field_name="status", choices=ContractStatus.choices, empty_label="alle"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner of deelnemer",
        method="with_partner",
        queryset=managed_partners,
        empty_label="alle partners",
    )
    soort = None

    class Meta(ListFilter.Meta):
        model = Contract


class ManagedOrganisationFilter(ListFilter):
    """Over organisations, as those who manage contracts see them."""

    zoek = WordFilter("Naam, plaats of KvK-nummer", ("name", "seat", "kvk_number"))
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=OrganisationKind.choices, empty_label="alle"
    )

    class Meta(ListFilter.Meta):
        model = Organisation


def exchanging(request: Any) -> QuerySet[Organisation]:
    """Who gives or gets something in the register."""
    through = (Exchange.givers.through, Exchange.receivers.through)
    givers, receivers = (rows._default_manager.values("organisation") for rows in through)
    return Organisation.objects.filter(Q(pk__in=givers) | Q(pk__in=receivers)).order_by("name")


class ExchangeFilter(ListFilter):
    """Above the register of information exchange."""

    uitkomst = filters.ChoiceFilter(
        label="Uitkomst",
        field_name="outcome",
        choices=ExchangeOutcome.choices,
        empty_label="alle uitkomsten",
    )
    partij = filters.ModelChoiceFilter(
        label="Wie geeft of krijgt",
        method="with_party",
        queryset=exchanging,
        empty_label="alle organisaties",
    )
    zoek = WordFilter("Woord in doel of gegevens", ("purpose", "data", "about"))
    verlopen = filters.BooleanFilter(
        label="Alleen waarvan de toets is verlopen", method="overdue", widget=forms.CheckboxInput
    )

    class Meta(ListFilter.Meta):
        model = Exchange

    def with_party(
        self, rows: QuerySet[Exchange], name: str, party: Organisation
    ) -> QuerySet[Exchange]:
        return rows.filter(Q(givers=party) | Q(receivers=party)).distinct()

    def overdue(self, rows: Any, name: str, wanted: bool) -> QuerySet[Exchange]:
        found: QuerySet[Exchange] = rows.overdue(timezone.localdate()) if wanted else rows
        return found
