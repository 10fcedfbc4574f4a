"""The rows of the inbox: what waits for the contract manager, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.constants import ReportStatus
from reporting.models import Report, Round
from reporting.portal import Deadline, deadline, extended_until


@dataclass(frozen=True)
class InboxRow:
    """A report with its newest round (None before the first) and how late it is.

    ``first_on`` is the day of the first round: later ones answer what the municipality asked, and
    no day closes them.
    """

    report: Report
    newest: Round | None
    first_on: datetime.date | None
    deadline: Deadline
    days_waiting: int | None

    @property
    def was_late(self) -> bool:
        """Whether the partner first handed it in after the day it was due, more time counted."""
        due: datetime.date | None = self.report.due_until  # type: ignore[attr-defined]
        return self.first_on is not None and due is not None and self.first_on > due


def inbox_rows(reports: Iterable[Report], today: datetime.date) -> list[InboxRow]:
    """``reports`` of ``for_inbox``. One query for their rounds."""
    rows = list(reports)
    newest: dict[int, Round] = {}
    first: dict[int, datetime.date] = {}
    for made in (
        Round.objects.filter(report__in=[report.pk for report in rows])
        .defer("payload")
        .select_related("submitted_by", "on_behalf_of")
        .order_by("number")
    ):
        newest[made.report_id] = made
        first.setdefault(made.report_id, made.submitted_on)
    found = []
    for report in rows:
        last = newest.get(report.pk)
        days = None
        if last is not None and report.status == ReportStatus.SUBMITTED:
            days = (today - last.submitted_on).days
        until = deadline(report, extended_until(report), today, for_partner=False)
        found.append(InboxRow(report, last, first.get(report.pk), until, days))
    return found
