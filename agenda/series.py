"""Which figure of a period counts: a rule that anyone can check by hand.

The rule, in Dutch and with examples: ``docs/regels/meetwaarden.md``. Pure Python; no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from agenda.constants import Certainty
from core.periods import Period

#: From the least to the most definite. Who does not say how definite a figure is, says least.
DEFINITE = (Certainty.NOT_STATED, Certainty.PROVISIONAL, Certainty.REVISED, Certainty.FINAL)
NOT_FINAL = frozenset({Certainty.PROVISIONAL, Certainty.REVISED})


class Figure(Protocol):
    """What tells one figure from another: of whom, about when, where and whom, how definite."""

    @property
    def source_id(self) -> int | None: ...

    @property
    def area_id(self) -> int | None: ...

    @property
    def group_id(self) -> int | None: ...

    @property
    def certainty(self) -> str: ...

    @property
    def period(self) -> Period: ...


AnyFigure = TypeVar("AnyFigure", bound=Figure)
#: What one source says about one period, place and group, whatever the number of times it did.
Place = tuple[int | None, int | None, int | None, Period]


def rank(certainty: str) -> int:
    """How definite: the higher, the more."""
    return DEFINITE.index(Certainty(certainty))


def place_of(row: Figure) -> Place:
    return (row.source_id, row.area_id, row.group_id, row.period)


def standing(rows: Iterable[AnyFigure]) -> list[AnyFigure]:
    """Of each place the most definite figure, in the order in which the places came.

    The others were replaced: they stay readable, and count for nothing. Of two as definite as each
    other, which the database keeps out, the later one counts.
    """
    found: dict[Place, AnyFigure] = {}
    for row in rows:
        held = found.get(place_of(row))
        if held is None or rank(row.certainty) >= rank(held.certainty):
            found[place_of(row)] = row
    return list(found.values())


def of_whole(rows: Iterable[AnyFigure]) -> list[AnyFigure]:
    """Those that count, about the municipality as a whole and everybody in it."""
    return standing(row for row in rows if row.area_id is None and row.group_id is None)
