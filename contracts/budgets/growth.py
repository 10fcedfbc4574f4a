"""From one budget year to the next: what was cut, what grew by itself, and what nobody explained.

Pure Python over rows that were read. Amounts are euros. Lines of two years are the same line when
they have the same words, whatever the capitals; a line for more years is one line anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.budgets.reading import Line
from contracts.budgets.sums import plain
from contracts.models import LineChange
from core.tables import CellValue
from core.uploaded_tables.reading import folded

NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Step:
    """A line in the year before and in this year; one of the two may not be there."""

    before: Line | None
    now: Line | None
    change: LineChange | None

    @property
    def line(self) -> Line:
        """The line of this year, or else of the year before."""
        found = self.now or self.before
        if found is None:
            raise ValueError("a step has a line in one of its years")
        return found

    @property
    def was(self) -> Decimal | None:
        """Nought for a line that is new; None where the amount is not known."""
        return NOUGHT if self.before is None else self.before.amount

    @property
    def becomes(self) -> Decimal | None:
        return NOUGHT if self.now is None else self.now.amount

    @property
    def difference(self) -> Decimal | None:
        """This year less the year before; None where one of the two is not known."""
        if self.was is None or self.becomes is None:
            return None
        return self.becomes - self.was

    @property
    def cut(self) -> Decimal:
        return self.change.cut if self.change is not None else NOUGHT

    @property
    def growth(self) -> Decimal:
        return self.change.growth if self.change is not None else NOUGHT

    @property
    def rest(self) -> Decimal | None:
        """The part of the difference that is neither a cut nor growth."""
        return None if self.difference is None else self.difference - self.growth + self.cut


def steps(before: Iterable[Line], now: Iterable[Line], changes: Iterable[LineChange]) -> list[Step]:
    """The lines of two years side by side: first those of this year, then those that stopped."""
    by_line = {change.allocation_id: change for change in changes}
    held: dict[str, Line] = {folded(line.row.label): line for line in before}
    found = []
    for line in now:
        former = held.pop(folded(line.row.label), None)
        change = by_line.get(line.row.pk)
        if change is None and former is not None:
            change = by_line.get(former.row.pk)  # it was to stop, and goes on after all
        found.append(Step(former, line, change))
    return found + [Step(line, None, by_line.get(line.row.pk)) for line in held.values()]


@dataclass(frozen=True)
class Growth:
    """All steps with their sums; steps of which an amount is not known are in no sum."""

    steps: Sequence[Step]

    @property
    def known(self) -> list[Step]:
        return [step for step in self.steps if step.difference is not None]

    @property
    def unknown(self) -> int:
        return len(self.steps) - len(self.known)

    @property
    def was(self) -> Decimal:
        return sum((step.was or NOUGHT for step in self.known), NOUGHT)

    @property
    def becomes(self) -> Decimal:
        return sum((step.becomes or NOUGHT for step in self.known), NOUGHT)

    @property
    def difference(self) -> Decimal:
        return self.becomes - self.was

    @property
    def cut(self) -> Decimal:
        return sum((step.cut for step in self.known), NOUGHT)

    @property
    def growth(self) -> Decimal:
        return sum((step.growth for step in self.known), NOUGHT)

    @property
    def rest(self) -> Decimal:
        """What the difference is more than growth less cuts; nought when all is explained."""
        return self.difference - self.growth + self.cut

    @property
    def unexplained(self) -> int:
        """How many lines differ by more than was written down. Two of them may outweigh each other
        in the sum."""
        return sum(bool(step.rest) for step in self.known)


GROWTH_HEADER = [
    *("Post", "Vorig jaar", "Dit jaar", "Verschil", "Taakstelling", "Grond van de taakstelling"),
    *("Autonome groei", "Grond van de groei", "Niet verklaard"),
]


def growth_cells(found: Iterable[Step]) -> Iterator[list[CellValue]]:
    """The steps under ``GROWTH_HEADER``; amounts in euros."""
    for step in found:
        change = step.change
        yield [
            step.line.row.label,
            *map(plain, (step.was, step.becomes, step.difference, step.cut)),
            change.cut_ground if change else "",
            plain(step.growth),
            change.growth_ground if change else "",
            plain(step.rest),
        ]
