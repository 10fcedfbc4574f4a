"""What a reader may choose above the lists of indicators: the public one, and that of the desk."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from agenda.completeness import is_incomplete
from agenda.constants import IndicatorLevel, ResultKind, Rhythm
from agenda.filters import readable_versions
from agenda.models import AgendaVersion, Indicator
from agenda.standard_sets import standard_sets
from agenda.uses import users
from core.filters import ListFilter, WordFilter
from core.values import ValueType

WORDS = ("name", "definition", "subject", "supplier", "measured_by")
COMPLETE, INCOMPLETE = "ja", "nee"


def every_version(request: Any) -> QuerySet[AgendaVersion]:
    """Of all agendas, also of those in the making: the desk knows them."""
    return AgendaVersion.objects.in_time().select_related("agenda")


def readable_subjects() -> list[tuple[str, str]]:
    """The subjects of passports that the public may read. One query."""
    return _subjects(Indicator.objects.readable())


def every_subject() -> list[tuple[str, str]]:
    """Those of all passports: the desk knows them. One query."""
    return _subjects(Indicator.objects.all())


def _subjects(rows: QuerySet[Indicator]) -> list[tuple[str, str]]:
    words = sorted(set(rows.exclude(subject="").order_by().values_list("subject", flat=True)))
    return [(word, word) for word in words]


def contracts_that_measure() -> list[tuple[str, str]]:
    """Contracts that use an indicator, as far as the public may read them. One query."""
    return users().choices()


def sets_to_choose() -> list[tuple[str, str]]:
    return [(key, held.title) for key, held in standard_sets().items()]


class InAgenda(filters.ModelChoiceFilter):  # type: ignore[misc] # the package ships no types
    """Indicators that a version of an agenda measures with."""

    def filter(self, qs: QuerySet[Indicator], value: AgendaVersion | None) -> QuerySet[Indicator]:
        if value is None:
            return qs
        held = Q(measures__theme__version=value) | Q(measures__goal__theme__version=value)
        return qs.filter(held).distinct()


class IndicatorFilter(ListFilter):
    """For everybody."""

    first = ("zoek", "onderwerp", "agenda")

    zoek = WordFilter("Woord in naam, definitie, onderwerp of bron", WORDS)
    onderwerp = filters.ChoiceFilter(
        label="Onderwerp",
        field_name="subject",
        choices=readable_subjects,
        empty_label="alle onderwerpen",
    )
    meet = filters.ChoiceFilter(
        label="Gaat over",
        field_name="level",
        choices=IndicatorLevel.choices,
        empty_label="gemeente en partners",
    )
    ritme = filters.ChoiceFilter(
        label="Hoe vaak gemeten",
        field_name="rhythm",
        choices=[one for one in Rhythm.choices if one[0]],
        empty_label="maakt niet uit",
    )
    agenda = InAgenda(label="Agenda", queryset=readable_versions, empty_label="alle agenda’s")
    overeenkomst = filters.ChoiceFilter(
        label="Overeenkomst",
        method="of_contract",
        choices=contracts_that_measure,
        empty_label="maakt niet uit",
    )
    set = filters.ChoiceFilter(
        label="Standaardset",
        method="from_set",
        choices=sets_to_choose,
        empty_label="uit een set of niet",
    )
    volgorde = filters.OrderingFilter(
        label="Volgorde",
        fields=(("name", "naam"), ("subject", "onderwerp"), ("value_count", "waarden")),
        choices=[
            ("naam", "op naam"),
            ("-naam", "op naam, van z naar a"),
            ("onderwerp", "op onderwerp"),
            ("-waarden", "de meeste meetwaarden eerst"),
        ],
        empty_label="op naam",
    )

    class Meta(ListFilter.Meta):
        model = Indicator

    def of_contract(self, rows: QuerySet[Indicator], name: str, chosen: str) -> QuerySet[Indicator]:
        return rows.filter(pk__in=users().keys(chosen))

    def from_set(self, rows: QuerySet[Indicator], name: str, chosen: str) -> QuerySet[Indicator]:
        return rows.filter(standard__startswith=f"{chosen}/")


class ManagedIndicatorFilter(IndicatorFilter):
    """For the desk, which also looks for what is not complete or used nowhere."""

    button = "Zoeken"
    first = ("zoek", "onderwerp", "gebruik")

    onderwerp = filters.ChoiceFilter(
        label="Onderwerp",
        field_name="subject",
        choices=every_subject,
        empty_label="alle onderwerpen",
    )
    soort = filters.ChoiceFilter(
        label="Soort waarde",
        field_name="value_type",
        choices=ValueType.choices,
        empty_label="alle soorten",
    )
    resultaat = filters.ChoiceFilter(
        label="Effect of prestatie",
        field_name="result_kind",
        choices=[one for one in ResultKind.choices if one[0]],
        empty_label="beide",
    )
    agenda = InAgenda(label="Agenda", queryset=every_version, empty_label="alle agenda’s")
    volledig = filters.ChoiceFilter(
        label="Paspoort",
        method="by_completeness",
        choices=[(COMPLETE, "volledig"), (INCOMPLETE, "nog niet volledig")],
        empty_label="volledig of niet",
    )
    gebruik = filters.ChoiceFilter(
        label="Gebruikt",
        method="by_use",
        choices=[(COMPLETE, "in een agenda"), (INCOMPLETE, "in geen agenda")],
        empty_label="maakt niet uit",
    )

    def by_completeness(
        self, rows: QuerySet[Indicator], name: str, chosen: str
    ) -> QuerySet[Indicator]:
        return rows.exclude(is_incomplete()) if chosen == COMPLETE else rows.filter(is_incomplete())

    def by_use(self, rows: QuerySet[Indicator], name: str, chosen: str) -> QuerySet[Indicator]:
        return rows.filter(measures__isnull=chosen == INCOMPLETE).distinct()
