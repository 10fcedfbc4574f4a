"""Which part of a whole each amount is. Pure Python; no database."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def shares(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Each of ``amounts`` in percent of their sum.

    All None when one of them is unknown or the sum is nought: a share of a part of the whole looks
    like a share of the whole.
    """
    known = [amount for amount in amounts if amount is not None]
    total = sum(known, Decimal(0))
    if len(known) < len(amounts) or not total:
        return [None] * len(amounts)
    return [amount * 100 / total for amount in known]
