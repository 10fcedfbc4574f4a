"""Whether a year of planned investigations is enough. Pure: no Django models, no clock.

Rule: each year the college judges at least one subject on efficiency and one on effectiveness
(ordinance on article 213a of the Gemeentewet, report 004, H1.1). docs/regels/onderzoeksplanning.md
says the same in Dutch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.talks.rules import Outcome
from monitor.constants import ResearchKind

LEAST = 1  # investigations of each kind a year


@dataclass(frozen=True)
class Planned:
    """One that goes on; ``is_done`` once everybody can read it."""

    kind: str
    is_done: bool


@dataclass(frozen=True)
class KindInYear:
    """How many of a kind go on in a year, and how many of them are done."""

    kind: ResearchKind
    planned: int
    done: int

    @property
    def words(self) -> str:
        if not self.planned:
            return f"{self.kind.label}: geen onderzoek gepland"
        return f"{self.kind.label}: {self.done} van {self.planned} klaar"


def by_kind(rows: Iterable[Planned]) -> list[KindInYear]:
    """Every kind with what goes on of it, also where that is nothing."""
    held = list(rows)
    return [
        KindInYear(
            kind,
            sum(row.kind == kind for row in held),
            sum(row.kind == kind and row.is_done for row in held),
        )
        for kind in ResearchKind
    ]


def plan_outcome(rows: Iterable[Planned], *, year: int, this_year: int) -> Outcome:
    """Whether ``year`` meets the rule: met once enough of each kind is public; else, as long as the
    year is not over, whether enough is planned."""
    kinds = by_kind(rows)
    if all(row.done >= LEAST for row in kinds):
        return Outcome.MET
    if year < this_year:
        return Outcome.NOT_MET
    return Outcome.ON_TRACK if all(row.planned >= LEAST for row in kinds) else Outcome.BEHIND
