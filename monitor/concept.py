"""What an edition would say as it stands now: for those who read it before it is adopted."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.constants import Movement, Verdict
from monitor.finding import Judged, Tally, headline, lede
from monitor.models import Judgement, Monitor


@dataclass(frozen=True)
class Moved:
    """A goal whose verdict changed, with the reason that was given."""

    row: Judgement
    movement: Movement


@dataclass(frozen=True)
class Concept:
    headline: str
    lede: str
    tally: Tally
    before: Tally
    moved: list[Moved]
    differs: list[Judgement]

    @property
    def unjudged(self) -> int:
        return self.tally.total - self.tally.good - self.tally.neutral - self.tally.negative


def concept_of(monitor: Monitor, rows: list[Judgement]) -> Concept:
    """The finding over ``rows``, and where a verdict changed or differs from what was suggested.

    One query.
    """
    judged = [
        Judged(
            label=row.label,
            verdict=Verdict(row.verdict) if row.verdict else None,
            previous=Verdict(row.previous) if row.previous else None,
        )
        for row in rows
    ]
    earlier = Monitor.objects.compared_with(monitor).filter(judges_goals=True).newest_first()
    year = earlier.values_list("year", flat=True).first()
    moved = (Movement.IMPROVED, Movement.WORSENED)
    return Concept(
        headline=headline(judged, monitor.year),
        lede=lede(judged, year),
        tally=Tally.of(judged),
        before=Tally.of([Judged(held.label, held.previous) for held in judged]),
        moved=[
            Moved(row, held.movement)
            for row, held in zip(rows, judged, strict=True)
            if held.movement in moved
        ],
        differs=[row for row in rows if row.suggested and row.suggested != row.verdict],
    )
