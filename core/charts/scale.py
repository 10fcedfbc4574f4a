"""From numbers to places on the canvas, along an axis with round numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def nice_step(span: Decimal, intervals: int) -> Decimal:
    """The smallest of 1, 2, 2.5 or 5 times a power of ten that covers ``span`` in ``intervals``."""
    rough = span / intervals
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in _STEPS if step * power >= rough)


@dataclass(frozen=True)
class Axis:
    """Round numbers ``ticks`` from low to high; ``low`` and ``high`` are the first and the last."""

    ticks: list[Decimal]

    @property
    def low(self) -> Decimal:
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        return self.ticks[-1]

    @property
    def starts_above_zero(self) -> bool:
        return self.low > 0

    def place(self, value: Decimal, start: float, end: float) -> float:
        """Where ``value`` is when ``low`` is at ``start`` and ``high`` at ``end``."""
        share = float((value - self.low) / (self.high - self.low))
        return start + share * (end - start)


def axis(
    values: list[Decimal], *, intervals: int = 5, from_zero: bool, ceiling: Decimal | None = None
) -> Axis:
    """An axis that holds all ``values`` (at least one).

    Zero is on it when ``from_zero``, or when it is near enough for the line to keep its shape.
    ``ceiling`` is the highest number that can exist (100 for a percentage); the axis stops there
    unless a value lies above it or below zero.
    """
    low, high = min(values), max(values)
    if ceiling is not None and (low < 0 or high > ceiling):
        ceiling = None
    if from_zero or (0 <= low <= high * Decimal("0.4")):
        low, high = min(low, ZERO), max(high, ZERO)
        if ceiling is not None and high > ceiling / 2:
            high = ceiling
        elif high > 0:
            high += (high - low) / 20
    else:
        room = (high - low) / 4 or abs(high) / 5
        floor = ZERO if low >= 0 else None
        low, high = low - room, high + room
        low = low if floor is None else max(low, floor)
    if ceiling is not None:
        high = min(high, ceiling)
    if low == high:
        low, high = low - (0 if low == 0 else 1), high + 1
    step = nice_step(high - low, intervals)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    if ceiling is not None and last * step > ceiling:
        last = (ceiling / step).to_integral_value(rounding="ROUND_FLOOR")
        if last * step < high:  # the step does not divide the ceiling: take one that does
            step = ceiling / 5 if first == 0 else ceiling / 20
            first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
            last = ceiling / step
    return Axis([step * number for number in range(int(first), int(last) + 1)])
