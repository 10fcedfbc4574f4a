"""When a development task stands still (docs/regels/stilstand.md). Pure rules, without Django."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from core.periods import months_before


@dataclass(frozen=True)
class Standing:
    """Whether a task stands still, the last day something happened, and since when it waits.

    ``moved_on`` is None when nothing happened yet; ``since`` is None when there is nothing to wait
    for yet: the agenda is not adopted.
    """

    is_still: bool
    moved_on: datetime.date | None
    since: datetime.date | None


def standing(
    *,
    is_reached: bool,
    moves: Iterable[datetime.date | None],
    adopted_on: datetime.date | None,
    today: datetime.date,
    months: int,
) -> Standing:
    """How a task stands on ``today``, when ``months`` without a move is standing still.

    ``moves`` are the days of its updates, of steps that were done and of its evaluation. A task
    whose result ``is_reached`` does not stand still. ``adopted_on`` is None for an agenda that is
    not adopted.
    """
    moved_on = max((day for day in moves if day is not None), default=None)
    since = moved_on or adopted_on
    is_still = not is_reached and since is not None and since < months_before(today, months)
    return Standing(is_still=is_still, moved_on=moved_on, since=since)


def counts_from(
    adopted_on: datetime.date | None, *, year: int, is_adopted: bool
) -> datetime.date | None:
    """The day from which a task without any move waits: the adoption of its agenda.

    Where the day is not known it is the last day of the ``year`` of adoption; None before adoption.
    """
    if not is_adopted:
        return None
    return adopted_on or datetime.date(year, 12, 31)
