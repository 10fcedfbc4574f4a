"""Which reports a contract asks for, and when (docs/regels/rapportageplicht.md). Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.constants import ReportFrequency
from core.periods import Period
from reporting.constants import ReportKind


@dataclass(frozen=True)
class Obligation:
    """One report that is expected. Days are the last on which something is possible."""

    kind: ReportKind
    period: Period
    due_on: datetime.date
    locks_on: datetime.date

    @property
    def period_end(self) -> datetime.date:
        return self.period.end


def obligations(
    starts_on: datetime.date,
    ends_on: datetime.date,
    frequency: str,
    *,
    annual_accounts: bool,
    due_days: int,
    lock_days: int,
) -> list[Obligation]:
    """Every report over a term, by the end of its period; of one day, the half-year first.

    ``due_days`` count from the end of the period, ``lock_days`` from the day it is due. Raises
    ``ValueError`` on a term that ends before it starts.
    """
    if ends_on < starts_on:
        raise ValueError("De looptijd eindigt voor zij begint.")
    expected = list(_periods(starts_on, ends_on, frequency, annual_accounts=annual_accounts))
    expected.sort(key=lambda each: (each[1].end, each[0] == ReportKind.ANNUAL))
    return [
        Obligation(
            kind,
            period,
            due := period.end + datetime.timedelta(days=due_days),
            due + datetime.timedelta(days=lock_days),
        )
        for kind, period in expected
    ]


def _periods(
    starts_on: datetime.date, ends_on: datetime.date, frequency: str, *, annual_accounts: bool
) -> Iterator[tuple[ReportKind, Period]]:
    if frequency == ReportFrequency.HALF_YEARLY:
        for period in _touched(Period.of(starts_on, half_years=True), ends_on):
            yield ReportKind.HALF_YEAR, period
    if annual_accounts or frequency == ReportFrequency.YEARLY:
        for period in _touched(Period.of(starts_on), ends_on):
            yield ReportKind.ANNUAL, period


def _touched(first: Period, ends_on: datetime.date) -> Iterator[Period]:
    period = first
    while period.start <= ends_on:
        yield period
        period = period.next
