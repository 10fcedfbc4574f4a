"""What an indicator means in a period, and which figures may stand beside each other.

A series breaks where its indicator came to mean something else. The meanings are numbered from 0;
figures of different numbers are never compared. The rule, in Dutch: ``docs/regels/indicatoren.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agenda.constants import MEANING, VersionKind
from core.periods import Period

if TYPE_CHECKING:
    from agenda.models import Indicator, IndicatorVersion

NOT_COMPARABLE = "niet vergelijkbaar"


@dataclass(frozen=True)
class Break:
    """From ``since`` on something else is measured; ``definition`` and ``unit`` are what it was."""

    since: Period
    reason: str
    definition: str
    unit: str

    @property
    def words(self) -> str:
        return f"andere definitie vanaf {self.since.label}"


def starting(period: Period) -> Period:
    """The period by which a new meaning that starts with ``period`` is kept: a year, or a second
    half-year. A first half starts with its year. Raises ``ValueError`` on a span of years."""
    if period.until is not None:
        raise ValueError("Kies één jaar of halfjaar, geen reeks jaren.")
    return Period(period.year, 2) if period.half == 2 else Period(period.year)


def changes(versions: Iterable[IndicatorVersion]) -> list[IndicatorVersion]:
    """The versions after which something else was measured, oldest first."""
    kept = [row for row in versions if row.kind == VersionKind.CHANGED]
    return sorted(kept, key=lambda row: row.number)


def breaks_of(indicator: Indicator) -> list[Break]:
    """Where the series of ``indicator`` breaks, oldest first; reads ``versions``."""
    return [
        Break(row.replaced_from, row.reason, row.definition, row.unit)
        for row in changes(indicator.versions.all())
    ]


def meaning_in(starts: Sequence[Period], period: Period) -> int:
    """The number of the meaning in ``period``: the one that held on its first day. ``starts`` are
    the periods from which the next ones hold, oldest first."""
    return sum(start.start <= period.start for start in starts)


def unit_in(indicator: Indicator, period: Period) -> str:
    """The unit of what was measured over ``period``; reads ``versions``."""
    breaks = breaks_of(indicator)
    meaning = meaning_in([held.since for held in breaks], period)
    return breaks[meaning].unit if meaning < len(breaks) else indicator.unit


def break_between(breaks: Sequence[Break], one: Period, other: Period) -> Break | None:
    """The last break between two periods; ``None`` where their figures may be compared."""
    starts = [held.since for held in breaks]
    low, high = sorted((meaning_in(starts, one), meaning_in(starts, other)))
    return breaks[high - 1] if low < high else None


def texts_until(indicator: Indicator, until: Period | None) -> dict[str, str]:
    """The texts of the passport as they held at the end of ``until``; without it: as they are now.

    A correction counts for the past too: it says better what was measured then.
    """
    if until is not None:
        for row in changes(indicator.versions.all()):
            if row.replaced_from.start > until.end:
                return {name: getattr(row, name) for name in MEANING}
    return {name: getattr(indicator, name) for name in MEANING}


def said_otherwise(held: Indicator, typed: Mapping[str, Any]) -> list[str]:
    """Of ``MEANING`` what ``held`` says and ``typed`` says otherwise: an empty text that is filled
    in changes nothing, and neither does what was not asked."""
    return [
        name
        for name in MEANING
        if getattr(held, name) and getattr(held, name) != typed.get(name, getattr(held, name))
    ]
