"""Whether a result reaches its target (docs/regels/afwijking.md). Pure; no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from agenda.constants import Direction
from core.values import Qualifier, Value, ValueType, format_euro, format_number

LOW_IS_WRONG = frozenset({Direction.UP, Direction.AT_LEAST})
HIGH_IS_WRONG = frozenset({Direction.DOWN, Direction.AT_MOST})
ZERO = Decimal(0)
# What a qualified number says for certain: that it is this much, or more, or less.
AT_LEAST_THIS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.JUST_OVER})
AT_MOST_THIS = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.ALMOST})


@dataclass(frozen=True)
class Outcome:
    """``achieved`` is None where it cannot be said; ``deviates`` is on the wrong side, beyond the
    band. ``words`` is plain Dutch without a full stop."""

    achieved: bool | None
    deviates: bool
    words: str


def judge(
    value: Value | None, target: Value | None, direction: str, band: Decimal | None
) -> Outcome:
    """Compare a result with its target. Both in the unit of the indicator, ``band`` too."""
    if value is None or not value.is_present:
        return Outcome(None, False, "er is geen waarde")
    if target is None or not target.is_present:
        return Outcome(None, False, "er is geen streefwaarde")
    low, high = _bounds(value)
    wanted = target.quantity
    if wanted is None or (low is None and high is None):
        return Outcome(None, False, "een tekst is niet met een getal te vergelijken")
    if direction not in {*LOW_IS_WRONG, *HIGH_IS_WRONG, Direction.STABLE}:
        return Outcome(None, False, "de richting van deze indicator is niet bekend")
    allowed = band or ZERO
    if direction == Direction.STABLE:
        floor, ceiling = wanted - allowed, wanted + allowed
        achieved = _within(low, high, floor, ceiling)
        # Within the band is reached: what is not, deviates.
        return Outcome(achieved, achieved is False, _words(value, target))
    if direction in LOW_IS_WRONG:
        achieved, deviates = _reaches(low, high, wanted), _reaches(low, high, wanted - allowed)
    else:
        flipped = (_minus(high), _minus(low))
        achieved = _reaches(*flipped, -wanted)
        deviates = _reaches(*flipped, -wanted - allowed)
    return Outcome(achieved, deviates is False, _words(value, target))


def _bounds(value: Value) -> tuple[Decimal | None, Decimal | None]:
    """What the value is at least and at most; None where that is open."""
    low = value.quantity
    high = value.number_to if value.number_to is not None else low
    if value.qualifier in AT_LEAST_THIS:
        return low, None
    if value.qualifier in AT_MOST_THIS:
        return None, high
    return low, high


def _minus(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number


def _reaches(low: Decimal | None, high: Decimal | None, wanted: Decimal) -> bool | None:
    """Whether all of low..high is at least ``wanted``; None when a part of it is."""
    if low is not None and low >= wanted:
        return True
    if high is not None and high < wanted:
        return False
    return None


def _within(
    low: Decimal | None, high: Decimal | None, floor: Decimal, ceiling: Decimal
) -> bool | None:
    over, under = _reaches(low, high, floor), _reaches(_minus(high), _minus(low), -ceiling)
    if over is False or under is False:
        return False
    return True if over and under else None


def _words(value: Value, target: Value) -> str:
    wanted, given = target.quantity, value.quantity
    assert wanted is not None  # noqa: S101 - compared before
    if given is None or value.qualifier or value.number_to is not None:
        return f"{value.display()} bij een streefwaarde van {target.display()}"
    gap = given - wanted
    if not gap:
        return f"precies de streefwaarde van {target.display()}"
    side = "boven" if gap > 0 else "onder"
    return f"{_size(abs(gap), value.type)} {side} de streefwaarde van {target.display()}"


def _size(gap: Decimal, type: ValueType) -> str:
    if type is ValueType.PERCENTAGE:
        return f"{format_number(round(gap, 1))} procentpunt"
    return format_euro(gap) if type is ValueType.AMOUNT else format_number(gap)
