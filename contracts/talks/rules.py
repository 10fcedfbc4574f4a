"""How often is met about a contract, and whether a year meets it. Pure: no Django models, no clock.

Rule: the Nadere regels budgetsubsidies sociaal domein ask, per contract or partner, at least two
official talks a year and one with the alderman; a contract may ask more (report 004, H4.5). The
page docs/regels/overleg.md says the same in Dutch.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

LEAST_OFFICIAL, LEAST_EXECUTIVE = 2, 1


class Ground(Enum):
    """Where a number of talks comes from."""

    NORM = "volgens de Nadere regels"
    CONTRACT = "volgens de overeenkomst"
    RAISED = "later afgesproken"


@dataclass(frozen=True)
class Raised:
    """A rhythm from the year ``from_year`` on; talks a year."""

    from_year: int
    official: int
    executive: int


@dataclass(frozen=True)
class Rhythm:
    """Talks a year, and what asks for so many."""

    official: int
    executive: int
    ground: Ground


def rhythm_in(
    year: int, *, official: int | None, executive: int | None, raised: Iterable[Raised] = ()
) -> Rhythm:
    """The rhythm that holds in ``year``: the last one raised by then, and never less than what the
    contract agreed (``official``, ``executive``; None where it says nothing) or than the norm."""
    agreed = (official or 0, executive or 0)
    held = [row for row in raised if row.from_year <= year]
    if held:
        last = max(held, key=lambda row: row.from_year)
        asked = (max(last.official, agreed[0]), max(last.executive, agreed[1]))
        ground = Ground.CONTRACT if asked == agreed else Ground.RAISED
    else:
        asked, ground = agreed, Ground.CONTRACT
    least = (max(asked[0], LEAST_OFFICIAL), max(asked[1], LEAST_EXECUTIVE))
    if least == (LEAST_OFFICIAL, LEAST_EXECUTIVE) and asked != least:
        ground = Ground.NORM
    return Rhythm(*least, ground)


class Outcome(Enum):
    """Whether a year meets a norm; the value is the word on the screen."""

    MET = "gehaald"
    ON_TRACK = "op schema"
    BEHIND = "nog te plannen"
    NOT_MET = "niet gehaald"
    PART_OF_YEAR = "liep maar een deel van het jaar"
    NOTHING_ASKED = "niets gevraagd"


@dataclass(frozen=True)
class Counted:
    """Talks of one kind in a year: those that took place, and those still to come."""

    held: int = 0
    planned: int = 0


def year_outcome(
    needed: Iterable[tuple[int, Counted]],
    *,
    year: int,
    today: datetime.date,
    first: datetime.date | None,
    last: datetime.date | None,
) -> Outcome:
    """Whether the talks of ``year`` meet what is ``needed``: pairs of a number and what there was.

    ``first`` and ``last`` are the days of the contract: one that ran only a part of a year is not
    held to a whole year, unless it met it all the same.
    """
    pairs = list(needed)
    if all(counted.held >= number for number, counted in pairs):
        return Outcome.MET
    if runs_part_of(year, first, last):
        return Outcome.PART_OF_YEAR
    if today.year > year:
        return Outcome.NOT_MET
    enough = all(counted.held + counted.planned >= number for number, counted in pairs)
    return Outcome.ON_TRACK if enough else Outcome.BEHIND


def runs_part_of(year: int, first: datetime.date | None, last: datetime.date | None) -> bool:
    """Whether a contract from ``first`` to ``last`` ran in a part of ``year`` only."""
    begins_later = first is not None and first > datetime.date(year, 1, 1)
    ends_sooner = last is not None and last < datetime.date(year, 12, 31)
    return begins_later or ends_sooner
