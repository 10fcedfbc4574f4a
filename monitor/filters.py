"""Filters of the public lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable, OrderBy

from contracts.filters import managed_partners
from contracts.models import Contract
from core.filters import ListFilter, WordFilter
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.constants import MonitorKind
from monitor.editions import EditionKey
from monitor.models import Bottleneck

ORDERS: dict[str, tuple[str, tuple[str | Combinable | OrderBy, ...]]] = {
    "nieuwste": ("nieuwste eerst", ("-monitor__year", "monitor__kind", "theme__order", "order")),
    "oudste": ("oudste eerst", ("monitor__year", "monitor__kind", "theme__order", "order")),
    "thema": ("op thema", ("theme__name", "-monitor__year", "order")),
    "termijn": ("op termijn", (OrderBy(F("due_on"), nulls_last=True), "-monitor__year", "order")),
}
FIRST_ORDER = "nieuwste"


def edition_choices() -> list[tuple[str, str]]:
    """Published editions that name a bottleneck, newest first. One query."""
    found = (
        Bottleneck.objects.published()
        .order_by("-monitor__year", "monitor__kind")
        .values_list("monitor__year", "monitor__kind")
        .distinct()
    )
    keys = [EditionKey(year, MonitorKind(kind)) for year, kind in found]
    return [(str(key), str(key).replace("/", ", ")) for key in keys]


def theme_choices() -> list[tuple[str, str]]:
    """Themes of bottlenecks by name; the same theme in two agendas is one choice. One query."""
    found = Bottleneck.objects.published().order_by("theme__name")
    return list(dict(found.values_list("theme__slug", "theme__name")).items())


class BottleneckFilter(ListFilter):
    """What a reader may ask of the list of bottlenecks; three queries beside the list's own."""

    editie = django_filters.ChoiceFilter(
        label="Monitor", choices=edition_choices, method="of_edition", empty_label="alle"
    )
    thema = django_filters.ChoiceFilter(
        label="Thema", choices=theme_choices, field_name="theme__slug", empty_label="alle"
    )
    actie = django_filters.ChoiceFilter(
        label="Afgesproken actie",
        choices=[("met", "met actie"), ("zonder", "zonder actie")],
        method="by_action",
        empty_label="met en zonder",
    )
    zoek = WordFilter(
        "Woorden in de tekst", ("text", "action", "owner", "theme__name", "goal__label")
    )
    volgorde = django_filters.ChoiceFilter(
        label="Volgorde",
        choices=[(code, label) for code, (label, _) in ORDERS.items()],
        method="in_order_of",
        empty_label=None,
        initial=FIRST_ORDER,
    )

    class Meta(ListFilter.Meta):
        model = Bottleneck
        form = forms.Form

    def of_edition(self, rows: QuerySet[Bottleneck], name: str, value: str) -> QuerySet[Bottleneck]:
        year, _, half = value.partition("/")
        kind = MonitorKind.HALF_YEAR if half else MonitorKind.ANNUAL
        return rows.filter(monitor__year=int(year), monitor__kind=kind)

    def by_action(self, rows: QuerySet[Bottleneck], name: str, value: str) -> QuerySet[Bottleneck]:
        return rows.filter(action="") if value == "zonder" else rows.exclude(action="")

    def in_order_of(
        self, rows: QuerySet[Bottleneck], name: str, value: str
    ) -> QuerySet[Bottleneck]:
        return rows.order_by(*ORDERS[value][1], "pk")


class NormFilter(ListFilter):
    """Which contracts are held against the norms; the year chooses the rows before they come.

    ``year`` is the one that is shown: the field says so where nobody chose.
    """

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["jaar"].widget.attrs["placeholder"] = str(year)

    jaar = django_filters.NumberFilter(
        label="Jaar", method="of_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    partner = django_filters.ModelChoiceFilter(
        label="Partner",
        field_name="partner",
        queryset=managed_partners,
        empty_label="alle partners",
    )

    class Meta(ListFilter.Meta):
        model = Contract

    def of_year(self, rows: QuerySet[Contract], name: str, year: object) -> QuerySet[Contract]:
        return rows


class DashboardFilter(NormFilter):
    """Which contracts are on the dashboard, and whether they are told by contract or by theme."""

    per = django_filters.ChoiceFilter(
        label="Per",
        choices=[("overeenkomst", "overeenkomst"), ("thema", "thema")],
        method="of_year",
        empty_label=None,
        initial="overeenkomst",
    )
