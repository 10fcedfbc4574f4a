"""Budgeted, agreed, spent and expected side by side, and a proposal from what was spent before.

Amounts are euros. An amount that is not known is never nought: it is told as missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from contracts.budgets.agreed import AgreedLine, agreed_lines
from contracts.budgets.reading import BY, Line, grouped, lines_of
from contracts.budgets.sums import Sum, add_up, plain
from contracts.constants import FigureKind
from contracts.models import Allocation, Contract, LineFigure
from core.tables import CellValue
from core.uploaded_tables.reading import folded
from core.values import format_euro
from reporting.money.spending import Key, Spent, Year, spending_of

YEARS_BEFORE = 3
NO_AMOUNT = "geen bedrag begroot"
NO_FORECAST = "geen prognose"
NO_SPENDING = "geen besteding gemeld"
SHARED = "besteding staat bij de overeenkomst: daar horen meer posten bij"
NOT_AGREED = "geen bedrag afgesproken voor dit jaar"
NOT_IN_CONTRACT = "staat niet in de overeenkomst"


# -- by budget line --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Outlook:
    """A budget line in a year beside what it will cost and did cost.

    ``year`` is what reports say of its contract, when the contract has no other line in the year.
    """

    line: Line
    forecast: LineFigure | None
    actual: LineFigure | None
    year: Year | None
    is_shared: bool

    @property
    def budgeted(self) -> Decimal | None:
        return self.line.amount

    @property
    def spent(self) -> Decimal | None:
        """What accepted reports say; None where they say nothing about this line alone."""
        return self.year.amount if self.year is not None and self.year.is_known else None

    @property
    def late(self) -> Decimal:
        return self.year.late if self.year is not None else Decimal(0)

    @property
    def cost(self) -> tuple[Decimal | None, str]:
        """What the line comes to as far as is known, and where that comes from."""
        if self.actual is not None:
            return self.actual.amount, "de uitkomst"
        if self.forecast is not None:
            return self.forecast.amount, "de prognose"
        if self.year is None or not self.year.is_known:
            return None, ""
        if self.year.is_whole:
            return self.year.amount, "wat is besteed"
        if self.year.forecast is not None:
            return self.year.forecast, "wat de partner verwacht"
        return self.year.amount, "wat tot nu toe is besteed"

    @property
    def difference(self) -> Decimal | None:
        """What is left of the budget; below nought it costs more."""
        cost = self.cost[0]
        return None if self.budgeted is None or cost is None else self.budgeted - cost

    @property
    def missing(self) -> list[str]:
        found = []
        if self.budgeted is None:
            found.append(NO_AMOUNT)
        if self.forecast is None and self.actual is None:
            found.append(NO_FORECAST)
        if self.is_shared:
            found.append(SHARED)
        elif self.line.row.contract_id is not None and self.spent is None and self.actual is None:
            found.append(NO_SPENDING)
        return found


def _figures(year_first: int, year_last: int) -> dict[tuple[int, int, str], LineFigure]:
    """The newest figure of each line, year and kind. One query."""
    rows = LineFigure.objects.filter(year__range=(year_first, year_last)).select_related("actor")
    return {(row.allocation_id, row.year, row.kind): row for row in rows.order_by("pk")}


def outlooks(
    lines: Sequence[Line],
    spending: Mapping[Key, Year],
    figures: Mapping[tuple[int, int, str], LineFigure],
) -> list[Outlook]:
    """Each of the ``lines`` of one year with what is known of it. No query."""
    of_contract: dict[int, int] = {}
    for line in lines:
        if line.row.contract_id is not None:
            of_contract[line.row.contract_id] = of_contract.get(line.row.contract_id, 0) + 1
    found = []
    for line in lines:
        row = line.row
        alone = row.contract_id is not None and of_contract[row.contract_id] == 1
        alone = alone and row.sub_assignment_id is None
        year = spending.get((row.contract_id, line.year)) if alone and row.contract_id else None
        found.append(
            Outlook(
                line,
                figures.get((row.pk, line.year, FigureKind.FORECAST)),
                figures.get((row.pk, line.year, FigureKind.ACTUAL)),
                year,
                row.contract_id is not None and not alone,
            )
        )
    return found


# -- added up --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Together:
    """Budget lines that have something in common, added up; unknown amounts are counted."""

    name: str
    outlooks: Sequence[Outlook]

    @property
    def budgeted(self) -> Sum:
        return add_up((row.budgeted, row.line.about) for row in self.outlooks)

    @property
    def spent(self) -> Sum:
        return add_up(
            (row.actual.amount if row.actual is not None else row.spent, False)
            for row in self.outlooks
        )

    @property
    def expected(self) -> Sum:
        return add_up((row.cost[0], False) for row in self.outlooks)


def together(found: Sequence[Outlook], by: str) -> list[Together]:
    """``found`` added up by theme, task field, partner or origin."""
    held = {id(row.line): row for row in found}
    groups = grouped((row.line for row in found), BY[by])
    return [
        Together(group.name or BY[by].without, [held[id(line)] for line in group.lines])
        for group in groups
    ]


# -- by line of a contract -------------------------------------------------------------------------
@dataclass
class OfContract:
    """A line of a contract in a year: agreed, spent, and what the partner expects."""

    contract: Contract
    label: str
    is_agreed: bool = False
    agreed: Decimal | None = None
    about: bool = False
    spent: Spent | None = None
    awaited: list[str] = field(default_factory=list)

    @property
    def amount(self) -> Decimal | None:
        return self.spent.amount if self.spent is not None and self.spent.is_known else None

    @property
    def forecast(self) -> Decimal | None:
        return self.spent.forecast if self.spent is not None else None

    @property
    def difference(self) -> Decimal | None:
        """Agreed less what is expected, or else less what was spent."""
        cost = self.forecast if self.forecast is not None else self.amount
        return None if self.agreed is None or cost is None else self.agreed - cost

    @property
    def missing(self) -> list[str]:
        found = []
        if not self.is_agreed:
            found.append(NOT_IN_CONTRACT)
        elif self.agreed is None:
            found.append(NOT_AGREED)
        if self.amount is None:
            found.append(NO_SPENDING)
        found += [f"nog niet geaccepteerd: {title}" for title in self.awaited]
        return found


def of_contracts(
    agreed: Iterable[AgreedLine], spending: Mapping[Key, Year], year: int
) -> list[OfContract]:
    """Each line of each contract, by title; lines of the same words are one. No query."""
    found: dict[tuple[int, str], OfContract] = {}
    for line in agreed:
        key = (line.contract.pk, folded(line.label))
        row = found.setdefault(key, OfContract(line.contract, line.label, is_agreed=True))
        if line.amount is not None:
            row.agreed = (row.agreed or Decimal(0)) + line.amount
            row.about = row.about or line.about
    for (contract, when), held in spending.items():
        if when != year:
            continue
        for words, spent in held.lines.items():
            row = found.setdefault((contract, words), OfContract(spent.contract, spent.label))
            row.spent = spent
    for (contract, _), row in found.items():
        if (contract, year) in spending:
            row.awaited = spending[contract, year].awaited
    return sorted(found.values(), key=lambda row: row.contract.title)


@dataclass(frozen=True)
class Money:
    """A year: by budget line, by line of a contract, and added up."""

    outlooks: list[Outlook]
    contracts: list[OfContract]

    @property
    def total(self) -> Together:
        return Together("Samen", self.outlooks)

    @property
    def late(self) -> Decimal:
        """What was spent out of reports accepted after the year was closed."""
        return sum((row.spent.late for row in self.contracts if row.spent), Decimal(0))


def money_of(year: int) -> Money:
    """All that is known of ``year``. Eleven queries at most."""
    spending = spending_of([year])
    lines = lines_of(Allocation.objects.all(), year)
    return Money(
        outlooks(lines, spending, _figures(year, year)),
        of_contracts(agreed_lines(year), spending, year),
    )


OUTLOOK_HEADER = [
    *("Budgetpost", "Partner", "Thema of doel", "Taakveld", "Begroot", "Besteed"),
    *("Waarvan na afsluiting", "Prognose", "Stand op", "Uitkomst", "Verschil", "Wat ontbreekt"),
]


def outlook_cells(found: Iterable[Outlook]) -> Iterator[list[CellValue]]:
    """Budget lines under ``OUTLOOK_HEADER``; amounts in euros."""
    for row in found:
        forecast = row.forecast
        yield [
            *(row.line.row.label, row.line.partner, row.line.purpose, row.line.field),
            *(plain(row.budgeted), plain(row.spent), plain(row.late)),
            plain(forecast.amount) if forecast is not None else None,
            forecast.day if forecast is not None else None,
            plain(row.actual.amount) if row.actual is not None else None,
            plain(row.difference),
            ", ".join(row.missing),
        ]


# -- a proposal for the next year ------------------------------------------------------------------
@dataclass(frozen=True)
class Past:
    """What a line cost in one year: the amount and where it comes from, or nothing."""

    year: int
    amount: Decimal | None
    basis: str


@dataclass(frozen=True)
class Proposal:
    """A line for a year with what it cost in the years before.

    ``line`` is the newest there is; ``own`` the line of the year itself, when it is there already.
    """

    line: Line
    own: Line | None
    past: Sequence[Past]

    @property
    def known(self) -> list[Past]:
        return [each for each in self.past if each.amount is not None]

    @property
    def amount(self) -> Decimal | None:
        """The average of the years of which the cost is known, in whole euros."""
        amounts = [each.amount for each in self.known if each.amount is not None]
        if not amounts:
            return None
        average = sum(amounts, Decimal(0)) / len(amounts)
        return average.quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def difference(self) -> Decimal | None:
        """The proposal less what is budgeted for the year, or else for the newest year."""
        if self.amount is None or self.line.amount is None:
            return None
        return self.amount - self.line.amount

    @property
    def told(self) -> str:
        """The difference in words; nothing where there is none."""
        if not self.difference:
            return ""
        more = "meer" if self.difference > 0 else "minder"
        return f"{format_euro(abs(self.difference))} {more} dan nu begroot"


def _past(row: Outlook, year: int) -> Past:
    if row.actual is not None:
        return Past(year, row.actual.amount, "uitkomst")
    if row.year is not None and row.year.is_whole:
        return Past(year, row.year.amount, "rapportages")
    return Past(year, None, "nog niet alles gemeld" if row.spent is not None else "")


def proposals(year: int) -> list[Proposal]:
    """A proposal for each line of ``year`` and the years before it. Twelve queries at most.

    Lines of more years are the same when they have the same words. What a line cost is its outcome,
    or else what accepted reports say of its contract when they tell of the whole year. A forecast
    is no experience, and is left out.
    """
    before = range(year - YEARS_BEFORE, year)
    spending, figures = spending_of(before), _figures(before[0], before[-1])
    newest: dict[str, Line] = {}
    costs: dict[str, dict[int, Past]] = {}
    for each in before:
        for row in outlooks(lines_of(Allocation.objects.all(), each), spending, figures):
            words = folded(row.line.row.label)
            newest[words] = row.line
            costs.setdefault(words, {})[each] = _past(row, each)
    own = {folded(line.row.label): line for line in lines_of(Allocation.objects.all(), year)}
    return [
        Proposal(
            own.get(words, line),
            own.get(words),
            [costs.get(words, {}).get(each, Past(each, None, "")) for each in before],
        )
        for words, line in sorted((newest | own).items())
    ]
