"""The planned investigations, year by year, with whether each year is enough. Reads only."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from agenda.story import Story, provenance
from contracts.talks.rules import Outcome
from core.periods import months_before
from core.wording import in_words
from monitor.constants import Quarter
from monitor.models import PlannedInvestigation
from monitor.norms import ICONS
from monitor.planning.rules import KindInYear, Planned, by_kind, plan_outcome


@dataclass(frozen=True)
class PlannedRow:
    """A planned investigation as a page shows it; ``url`` once everybody can read it."""

    row: PlannedInvestigation
    source: Story
    is_late: bool = False  # its quarter is over, and nobody began it

    @property
    def is_public(self) -> bool:
        return self.row.is_done


@dataclass(frozen=True)
class PlanYear:
    """One year: ``outcome`` is None where it comes from a source, which may not tell of all."""

    year: int
    rows: list[PlannedRow]
    kinds: list[KindInYear]
    outcome: Outcome | None

    @property
    def icon(self) -> str:
        return ICONS[self.outcome] if self.outcome is not None else "question"

    @property
    def words(self) -> str:
        told = [kind.words for kind in self.kinds]
        late = sum(row.is_late for row in self.rows)
        if late:
            told.append("één onderzoek is te laat" if late == 1 else f"{late} zijn te laat")
        return "; ".join(told)


def plan_years(today: datetime.date) -> list[PlanYear]:
    """Every year with something planned, and this year and the next; the newest first. One
    query."""
    held: dict[int, list[PlannedInvestigation]] = defaultdict(list)
    for year in (today.year, today.year + 1):
        held[year] = []
    rows = PlannedInvestigation.objects.select_related("investigation", "source")
    for row in rows.order_by("-year", "quarter", "pk"):
        held[row.year].append(row)
    return [_year(year, held[year], today) for year in sorted(held, reverse=True)]


def _year(year: int, rows: list[PlannedInvestigation], today: datetime.date) -> PlanYear:
    counted = [Planned(row.kind, row.is_done) for row in rows if row.counts]
    sourced = any(row.source_id is not None for row in rows)
    outcome = None if sourced else plan_outcome(counted, year=year, this_year=today.year)
    shown = [PlannedRow(row, provenance(row), is_late(row, today)) for row in rows]
    return PlanYear(year, shown, by_kind(counted), outcome)


def first_day(row: PlannedInvestigation) -> datetime.date | None:
    """The day on which its quarter begins; None where a source names no quarter."""
    if not row.quarter:
        return None
    return datetime.date(row.year, 3 * int(Quarter(row.quarter).value) - 2, 1)


def is_late(row: PlannedInvestigation, today: datetime.date) -> bool:
    """Whether its quarter is over and nobody began it; a source does not tell of all."""
    first = first_day(row)
    if first is None or row.source_id is not None or row.dropped_because:
        return False
    next_quarter = months_before(first, -3)
    return row.investigation_id is None and today >= next_quarter


def begin_words(row: PlannedInvestigation) -> str:
    """From when on it is to begin, in words."""
    day = first_day(row)
    return f"vanaf {in_words(day)}" if day is not None else ""
