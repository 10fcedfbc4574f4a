"""What was budgeted and available beside what was agreed, by contract and year, in euros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.budgets.sums import in_one_year, plain
from contracts.constants import AmountKind, ContractStatus
from contracts.models import Allocation, BudgetLine, Contract
from contracts.story import effective_year
from core.tables import CellValue
from core.values import Value, format_euro

Key = tuple[int, int, bool]  # first year, last year, and whether it is for those years together


@dataclass
class Beside:
    """The amounts of a contract for one year, or for some years together.

    ``words`` keep what was written (‘bijna’); None where nothing was said.
    """

    contract: Contract
    when: str
    budgeted: Decimal | None = None
    available: Decimal | None = None
    agreed: Decimal | None = None
    about: bool = False
    unknown: int = 0

    @property
    def most(self) -> Decimal | None:
        """What there was: available as the contract says, or else what was budgeted."""
        return self.available if self.available is not None else self.budgeted

    @property
    def difference(self) -> Decimal | None:
        """What there was less what was agreed; None where one of the two is not known."""
        if self.most is None or self.agreed is None:
            return None
        return self.most - self.agreed

    @property
    def told(self) -> str:
        """The difference in words."""
        if self.difference is None:
            return ""
        about = "ongeveer " if self.about else ""
        if self.difference == 0:
            return f"{about}gelijk"
        more = "minder" if self.difference > 0 else "meer"
        return f"{about}{format_euro(abs(self.difference))} {more} overeengekomen"


def agreed_rows() -> list[Beside]:
    """Every contract with money, by title and year. Two queries.

    What an amendment ended counts for the years before it. Money of a draft contract counts too:
    officers see what they are about to agree; a draft amendment changes nothing yet. An earmarked
    amount of a contract is part of another, and is left out; an earmark of the budget is money of
    its own.
    """
    found: dict[tuple[int, Key], Beside] = {}

    def at(contract: Contract, key: Key) -> Beside:
        first, last, together = key
        when = "jaar niet vermeld" if not first else str(first)
        if together:
            when = f"{first} tot en met {last}, samen"
        return found.setdefault((contract.pk, key), Beside(contract, when))

    lines = (
        BudgetLine.objects.signed()
        .filter(is_earmarked=False)
        .select_related("contract__partner", "ended_by")
        .order_by("contract__title", "pk")
    )
    for line in lines:
        span = (line.period.year, line.period.until or line.period.year) if line.period else None
        name = "available" if line.amount_kind == AmountKind.AVAILABLE else "agreed"
        ended = line.ended_by if line.ended_by and not line.ended_by.is_draft else None
        until = effective_year(ended) if ended else None
        for key, amount in _by_year(line.value, span, line.per_year):
            # An ended amount for years together, or without a year, cannot be cut: what came in its
            # place says what holds.
            if until is None or 0 < key[1] < until:
                _add(at(line.contract, key), name, amount, line.value)
    budgeted = Allocation.objects.filter(contract__isnull=False).select_related("contract__partner")
    for row in budgeted:
        span = (row.first_year, row.last_year)
        for key, amount in _by_year(row.value, span, row.per_year):
            _add(at(row.contract, key), "budgeted", amount, row.value)  # type: ignore[arg-type]
    ordered = sorted(found.items(), key=lambda held: (held[1].contract.title, held[0]))
    return [row for _, row in ordered]


@dataclass(frozen=True)
class AgreedLine:
    """What a contract says of one line for a year; ``amount`` is None where it is not known, or
    for more years together."""

    contract: Contract
    label: str
    amount: Decimal | None
    about: bool


def agreed_lines(year: int) -> list[AgreedLine]:
    """The lines of contracts that run or ran in ``year``, as signed. One query.

    Drafts of contracts are left out: nothing is spent on them. So are earmarked amounts, which are
    part of another.
    """
    found = []
    rows = (
        BudgetLine.objects.signed()
        .agreed()
        .exclude(contract__status=ContractStatus.DRAFT)
        .select_related("contract__partner", "ended_by")
        .order_by("contract__title", "contract", "order", "pk")
    )
    for row in rows:
        span = (row.period.year, row.period.until or row.period.year) if row.period else None
        ended = row.ended_by if row.ended_by and not row.ended_by.is_draft else None
        until = effective_year(ended) if ended else None
        if span is None or not span[0] <= year <= span[1] or (until is not None and until <= year):
            continue
        amount = in_one_year(row.value, *span, row.per_year)
        found.append(AgreedLine(row.contract, row.label, amount, bool(row.qualifier)))
    return found


def _by_year(
    value: Value, span: tuple[int, int] | None, per_year: bool
) -> Iterator[tuple[Key, Decimal | None]]:
    """``value`` for each year that it holds in, or once for its years together."""
    if span is None:
        yield (0, 0, False), value.number if value.may_aggregate else None
        return
    first, last = span
    if first != last and not per_year:
        yield (first, last, True), value.number if value.may_aggregate else None
        return
    for year in range(first, last + 1):
        yield (year, year, False), in_one_year(value, first, last, per_year)


def _add(row: Beside, name: str, amount: Decimal | None, value: Value) -> None:
    if amount is None:
        row.unknown += 1
        return
    row.about = row.about or bool(value.qualifier)
    setattr(row, name, (getattr(row, name) or Decimal(0)) + amount)


AGREED_HEADER = [
    *("Overeenkomst", "Partner", "Jaar", "Begroot door de gemeente", "Beschikbaar"),
    *("Overeengekomen", "Verschil", "In woorden", "Bedragen die ontbreken"),
]


def agreed_cells(rows: Iterable[Beside]) -> Iterator[list[CellValue]]:
    """The rows under ``AGREED_HEADER``; amounts in euros."""
    for row in rows:
        yield [
            *(row.contract.title, str(row.contract.partner or ""), row.when),
            *map(plain, (row.budgeted, row.available, row.agreed, row.difference)),
            *(row.told, row.unknown),
        ]
