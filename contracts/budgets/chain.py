"""The chain from a goal to its KPIs to its euros, and the links that are missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch

from agenda.models import AgendaVersion, Goal
from contracts.budgets.access import listed
from contracts.budgets.reading import Line, total_of
from contracts.budgets.sums import Sum, plain
from contracts.budgets.years import runs_in
from contracts.models import KPI, Allocation, Contract, ContractTheme
from core.tables import CellValue

NO_CONTRACT = "geen overeenkomst"
NO_KPI = "geen prestatie-indicator"
NO_MONEY = "geen geld"
NO_INDICATOR = "geld zonder indicator"


@dataclass
class Link:
    """A goal with what hangs on it: contracts, KPIs, and money of one year."""

    goal: Goal
    kpis: list[KPI] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    is_measured: bool = False

    @property
    def total(self) -> Sum:
        return total_of(self.lines)

    @property
    def missing(self) -> list[str]:
        """What is not there, in the order of the chain."""
        found = []
        if not self.contracts:
            found.append(NO_CONTRACT)
        if not self.kpis:
            found.append(NO_KPI)
        if not self.lines:
            found.append(NO_MONEY)
        elif not self.is_measured and not self.kpis:
            found.append(NO_INDICATOR)
        return found


@dataclass
class Chain:
    """The goals of an agenda in order, with what hangs on a theme alone, or on nothing at all."""

    links: list[Link]
    loose_kpis: list[KPI]
    theme_lines: list[Line]
    loose_lines: list[Line]

    @property
    def whole(self) -> int:
        """How many goals have each link."""
        return sum(not link.missing for link in self.links)


def chain_of(version: AgendaVersion, year: int) -> Chain:
    """The chain of the goals of ``version`` with the money of ``year``. Seven queries.

    A contract, and its KPIs, count in the years that it runs.
    Money for a theme is shown at the theme's goals only when it names the goal: it is not divided.
    """
    kpis = KPI.objects.in_force().select_related("contract").order_by("contract__title", "order")
    goals = (
        Goal.objects.filter(theme__version=version)
        .select_related("theme")
        .prefetch_related(Prefetch("kpis", kpis))
        .in_order()
    )
    unmeasured = set(
        Goal.objects.filter(theme__version=version).unmeasured().values_list("pk", flat=True)
    )
    by_theme: dict[int, list[Contract]] = {}
    served = ContractTheme.objects.filter(theme__version=version, is_open=True)
    for row in served.select_related("contract").order_by("contract__title"):
        if runs_in(row.contract, year):
            by_theme.setdefault(row.theme_id, []).append(row.contract)
    lines = [Line(row, year) for row in listed(Allocation.objects.touching(year))]
    links = []
    for goal in goals:
        held = [kpi for kpi in goal.kpis.all() if runs_in(kpi.contract, year)]
        contracts = {kpi.contract_id: kpi.contract for kpi in held}
        contracts |= {row.pk: row for row in by_theme.get(goal.theme_id, [])}
        links.append(
            Link(
                goal,
                held,
                list(contracts.values()),
                [line for line in lines if line.row.goal_id == goal.pk],
                goal.pk not in unmeasured,
            )
        )
    loose = kpis.filter(contract__agenda_versions=version, goals__isnull=True)
    return Chain(
        links,
        [kpi for kpi in loose if runs_in(kpi.contract, year)],
        [
            line
            for line in lines
            if line.row.goal_id is None
            and line.row.theme is not None
            and line.row.theme.version_id == version.pk
        ],
        [line for line in lines if line.row.goal_id is None and line.row.theme_id is None],
    )


CHAIN_HEADER = [
    *("Thema", "Doel", "Overeenkomsten", "Prestatie-indicatoren", "Bedrag in het jaar"),
    *("Budgetposten", "Wat ontbreekt"),
]


def chain_cells(links: Iterable[Link]) -> Iterator[list[CellValue]]:
    """The goals under ``CHAIN_HEADER``; amounts in euros."""
    for link in links:
        yield [
            link.goal.theme.name,
            f"{link.goal.number}. {link.goal.label}",
            ", ".join(row.title for row in link.contracts),
            ", ".join(kpi.name for kpi in link.kpis),
            plain(link.total.total) if link.lines else None,
            ", ".join(line.row.label for line in link.lines),
            ", ".join(link.missing),
        ]
