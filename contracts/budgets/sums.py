"""Adding up money by year, in euros. Pure Python; no database.

An amount for some years together is not split: nobody said how. It stands apart, and is in no sum
of one year. An unknown amount is no nought: a sum says how many are missing from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.values import Value


def in_one_year(value: Value, first: int, last: int, per_year: bool) -> Decimal | None:
    """What ``value`` comes to in one of its years; None when that is not known.

    A range has no one amount. A word such as ‘bijna’ stays with the amount, and a sum says so.
    """
    if not value.may_aggregate or value.number is None:
        return None
    return value.number if per_year or first == last else None


def plain(amount: Decimal | None) -> Decimal | None:
    """``amount`` for a table: without decimals where it is whole, and else to the cent."""
    if amount is None:
        return None
    return amount.quantize(Decimal(1) if amount == amount.to_integral_value() else Decimal("0.01"))


@dataclass(frozen=True)
class Sum:
    """The amounts that are known, how many there are, and how many are not in it.

    ``about`` says that one of them is not exact.
    """

    total: Decimal = Decimal(0)
    known: int = 0
    unknown: int = 0
    about: bool = False

    def plus(self, amount: Decimal | None, *, about: bool = False) -> Sum:
        if amount is None:
            return Sum(self.total, self.known, self.unknown + 1, self.about)
        return Sum(self.total + amount, self.known + 1, self.unknown, self.about or about)

    @property
    def lines(self) -> int:
        return self.known + self.unknown


def add_up(amounts: Iterable[tuple[Decimal | None, bool]]) -> Sum:
    """The sum of pairs of an amount and whether it is inexact."""
    found = Sum()
    for amount, about in amounts:
        found = found.plus(amount, about=about)
    return found


@dataclass(frozen=True)
class Check:
    """A stated total held against the sum of its parts."""

    stated: Decimal | None
    computed: Sum

    @property
    def difference(self) -> Decimal | None:
        """The sum less the stated total; None without a stated total."""
        return None if self.stated is None else self.computed.total - self.stated

    @property
    def is_right(self) -> bool:
        return self.difference == 0

    @property
    def size(self) -> Decimal:
        return abs(self.difference or Decimal(0))

    @property
    def is_over(self) -> bool:
        """The parts come to more than the stated total."""
        return (self.difference or 0) > 0
