"""How far a measure is on its way: a rule that anyone can check by hand.

The rule, in Dutch and with examples: ``docs/regels/voortgang.md``. Pure Python; no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import Enum
from typing import TypeVar

from core.periods import Period

T = TypeVar("T")
NOTHING = Decimal(0)
HUNDRED = Decimal(100)
HIGHER = frozenset({"up", "at_least"})
LOWER = frozenset({"down", "at_most"})


class ProgressState(Enum):
    """Where a measure stands; the value is what the reader sees."""

    ON_COURSE = "op koers"
    BEHIND = "achter"
    TOO_EARLY = "nog niet te zeggen"
    NO_VALUE = "geen waarde"
    NO_TARGET = "geen streefwaarde"
    NO_DIRECTION = "geen richting"
    BROKEN = "niet vergelijkbaar"


@dataclass(frozen=True)
class Progress:
    """``share`` is the part of the way from the baseline to the final target, in whole per cents.

    It is 100 only when that target is reached, and ``None`` where no way can be drawn.
    """

    state: ProgressState
    share: int | None = None


def due_target(targets: Iterable[tuple[Period, T]], period: Period) -> T | None:
    """The target to hold a value of ``period`` against: that period's, else the first that ends on
    its last day or later, else the last one before it."""
    held = sorted(targets, key=lambda pair: pair[0].moment)
    for other, target in held:
        if other == period:
            return target
    for other, target in held:
        if other.end >= period.end:
            return target
    return held[-1][1] if held else None


def is_too_early(last: Period, baseline: Period | None, agenda: Period | None) -> bool:
    """Whether a value of ``last`` tells nothing yet of what the ``agenda`` brought about: it is the
    baseline or of before it, or of before the first day of the agenda. What is None is not known.
    """
    if baseline is not None and last.end <= baseline.end:
        return True
    return agenda is not None and last.end < agenda.start


def is_met(direction: str, value: Decimal, target: Decimal, band: Decimal) -> bool:
    """Whether ``value`` does what ``target`` asks, give or take the band."""
    if direction in HIGHER:
        return value >= target - band
    if direction in LOWER:
        return value <= target + band
    return abs(value - target) <= band


def progress(
    *,
    direction: str,
    last: Decimal | None,
    due: Decimal | None,
    final: Decimal | None,
    baseline: Decimal | None = None,
    band: Decimal | None = None,
    broken: bool = False,
    too_early: bool = False,
) -> Progress:
    """Where a measure stands whose last value is ``last``.

    ``due`` is the target to hold that value against (``due_target``), ``final`` the last target
    there is. Qualifiers such as "bijna" do not count: the number does. ``broken``: the targets that
    there are were agreed before the indicator came to mean what the last value measures.
    ``too_early``: the last value is from before the agenda could do anything (``is_too_early``).
    """
    if last is None:
        return Progress(ProgressState.NO_VALUE)
    if broken:
        return Progress(ProgressState.BROKEN)
    if due is None or final is None:
        return Progress(ProgressState.NO_TARGET)
    if not direction:
        return Progress(ProgressState.NO_DIRECTION)
    if too_early:
        return Progress(ProgressState.TOO_EARLY)
    slack = band or NOTHING
    state = ProgressState.ON_COURSE if is_met(direction, last, due, slack) else ProgressState.BEHIND
    return Progress(state, _share(direction, last, final, baseline, slack))


def _share(
    direction: str, last: Decimal, final: Decimal, baseline: Decimal | None, band: Decimal
) -> int | None:
    if is_met(direction, last, final, band):
        return 100
    if baseline is None or is_met(direction, baseline, final, band):
        return None  # there is no way to go, or nobody knows where it began
    part = (last - baseline) / (final - baseline) * HUNDRED
    return int(min(max(part, NOTHING), Decimal(99)).to_integral_value(ROUND_FLOOR))
