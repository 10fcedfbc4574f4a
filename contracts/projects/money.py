"""What a project cost against what it may cost, in euros. Pure Python; no database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Pot:
    """Incidental or structural money: what may be spent (None: nothing was said), and what was.

    ``until`` is the last day of incidental money.
    """

    label: str
    allowed: Decimal | None
    spent: Decimal
    until: datetime.date | None = None

    @property
    def left(self) -> Decimal | None:
        """What is still there; below nought it cost more than it might."""
        return None if self.allowed is None else self.allowed - self.spent

    @property
    def is_over(self) -> bool:
        return self.spent > (self.allowed or Decimal(0))

    @property
    def excess(self) -> Decimal:
        """How much more it cost than it might; nought where it did not."""
        return max(self.spent - (self.allowed or Decimal(0)), Decimal(0))


def pots(
    incidental: Decimal | None,
    structural: Decimal | None,
    until: datetime.date | None,
    spendings: Iterable[tuple[str, Decimal]],
) -> list[Pot]:
    """Both kinds of money, of those that were agreed or spent from, and their sum if both are.

    ``spendings`` are pairs of the kind (``incidental`` or ``structural``) and the amount.
    """
    spent = {"incidental": Decimal(0), "structural": Decimal(0)}
    for kind, amount in spendings:
        spent[kind] += amount
    held = [
        Pot("Eenmalig (incidenteel)", incidental, spent["incidental"], until),
        Pot("Vast (structureel)", structural, spent["structural"]),
    ]
    shown = [pot for pot in held if pot.allowed is not None or pot.spent]
    if len(shown) == 2:
        allowed = sum((pot.allowed or Decimal(0) for pot in shown), Decimal(0))
        shown.append(Pot("Samen", allowed, sum((pot.spent for pot in shown), Decimal(0))))
    return shown
