"""The rows of the portal: a report with the time that is left, computed and never stored."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from reporting.constants import ReportStatus
from reporting.models import Report


@dataclass(frozen=True)
class Deadline:
    """How long there is, in words; ``is_late`` after the last day, ``is_locked`` when closed.

    ``due_on`` is the day that counts: an extension moves it, and a returned report has none.
    """

    words: str
    due_on: datetime.date | None = None
    is_late: bool = False
    is_locked: bool = False
    is_early: bool = False

    @property
    def allows_submitting(self) -> bool:
        return not (self.is_locked or self.is_early)


@dataclass(frozen=True)
class PortalRow:
    """A report of one's own organisation; ``is_part`` where it writes a part of it."""

    report: Report
    deadline: Deadline
    last_day: datetime.date
    is_part: bool = False


def last_day_of(report: Report) -> datetime.date:
    """The lock, or the last extension (``with_last_day`` of the selection)."""
    assert report.locks_on is not None  # noqa: S101 - of this system
    return max(report.locks_on, extended_until(report) or report.locks_on)


def extended_until(report: Report) -> datetime.date | None:
    """The day of the last extension (``with_last_day`` of the selection)."""
    extended: datetime.date | None = report.extended_until  # type: ignore[attr-defined]
    return extended


def deadline(
    report: Report,
    extended: datetime.date | None,
    today: datetime.date,
    *,
    for_partner: bool = True,
) -> Deadline:
    """Lateness is derived from dates, never a state (DESIGN, rule 6).

    ``extended`` is the day of the last extension: to that day the report is in time. The words tell
    the partner what to do; the municipality (``for_partner`` false) what is so.
    """
    assert report.due_on is not None  # noqa: S101 - of this system
    assert report.locks_on is not None  # noqa: S101 - of this system
    due = extended or report.due_on
    last_day = max(report.locks_on, due)
    if not report.is_open:
        return Deadline("")
    if report.status == ReportStatus.RETURNED:
        return Deadline(
            "teruggestuurd; vul aan en dien opnieuw in"
            if for_partner
            else "teruggestuurd; de partner vult aan"
        )
    if report.period.end >= today:
        return Deadline("de periode loopt nog", due, is_early=True)
    if today > last_day:
        return Deadline(
            "gesloten; vraag de accounthouder om uitstel"
            if for_partner
            else "gesloten en niet ingediend; u kunt uitstel geven",
            due,
            is_late=True,
            is_locked=True,
        )
    left = (due - today).days
    if left < 0:
        return Deadline(f"{_days(-left)} te laat", due, is_late=True)
    words = "vandaag de laatste dag" if left == 0 else f"nog {_days(left)}"
    return Deadline(f"{words}, met uitstel" if extended else words, due)


def deadline_now(report: Report, *, for_partner: bool = True) -> Deadline:
    """The deadline of one report today. One query."""
    given = report.extensions.aggregate(until=Max("until"))["until"]
    return deadline(report, given, timezone.localdate(), for_partner=for_partner)


def _days(number: int) -> str:
    return "1 dag" if number == 1 else f"{number} dagen"


def portal_rows(
    reports: Iterable[Report], organisations: Collection[int], today: datetime.date
) -> list[PortalRow]:
    """A row for each of ``reports`` (of ``for_portal``), for who works for ``organisations``."""
    rows = []
    for report in reports:
        until = last_day_of(report)
        whole = {report.contract.partner_id, report.lead_id}  # type: ignore[attr-defined]
        rows.append(
            PortalRow(
                report,
                deadline(report, extended_until(report), today),
                until,
                is_part=whole.isdisjoint(organisations),
            )
        )
    return rows
