"""Which reports a contract asks for, and when. Pure (docs/regels/rapportageplicht.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.constants import ReportFrequency
from core.periods import Period
from reporting.constants import ReportKind


@dataclass(frozen=True)
class Obligation:
    """One report that is expected: over ``period``, handed in by ``due_on``, shut after
    ``locks_on``."""

    kind: ReportKind
    period: Period
    period_end: date
    due_on: date
    locks_on: date


def obligations(
    starts_on: date,
    ends_on: date,
    frequency: ReportFrequency,
    *,
    annual_accounts: bool,
    due_days: int,
    lock_days: int,
) -> list[Obligation]:
    """Every report over a term from ``starts_on`` up to and including ``ends_on``.

    Sorted by the end of the period, then by kind, as the database sorts them. Raises
    ``ValueError``, in Dutch, on a term that does not exist or days below zero.
    """
    if ends_on < starts_on:
        raise ValueError("De looptijd eindigt voor zij begint.")
    if due_days < 0 or lock_days < 0:
        raise ValueError("Een termijn is 0 dagen of meer.")
    asked: list[tuple[ReportKind, Period]] = []
    if frequency == ReportFrequency.HALF_YEARLY:
        asked += [(ReportKind.HALF_YEAR, half) for half in _halves(starts_on, ends_on)]
    if frequency == ReportFrequency.YEARLY or annual_accounts:
        asked += [(ReportKind.ANNUAL, year) for year in _years(starts_on, ends_on)]
    found = [_obligation(kind, period, due_days, lock_days) for kind, period in asked]
    return sorted(found, key=lambda row: (row.period_end, row.kind.value))


def _obligation(kind: ReportKind, period: Period, due_days: int, lock_days: int) -> Obligation:
    due_on = period.end + timedelta(days=due_days)
    return Obligation(kind, period, period.end, due_on, due_on + timedelta(days=lock_days))


def _halves(starts_on: date, ends_on: date) -> Iterator[Period]:
    for year in _years(starts_on, ends_on):
        for half in (Period(year.year, 1), Period(year.year, 2)):
            if half.start <= ends_on and starts_on <= half.end:
                yield half


def _years(starts_on: date, ends_on: date) -> Iterator[Period]:
    return (Period(year) for year in range(starts_on.year, ends_on.year + 1))
