"""The rows of the inbox: what waits for the contract manager, and since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.constants import ReportStatus
from reporting.models import Report, Round
from reporting.portal import Deadline, deadline, last_day_of


@dataclass(frozen=True)
class InboxRow:
    """A report with its newest round (None before the first) and how late it is."""

    report: Report
    newest: Round | None
    deadline: Deadline
    days_waiting: int | None

    @property
    def was_late(self) -> bool:
        """Whether the newest round came after the day it was due."""
        due = self.report.due_on
        return self.newest is not None and due is not None and self.newest.submitted_on > due


def inbox_rows(reports: Iterable[Report], today: datetime.date) -> list[InboxRow]:
    """``reports`` of ``for_inbox``. One query for their rounds."""
    rows = list(reports)
    newest: dict[int, Round] = {}
    for made in (
        Round.objects.filter(report__in=[report.pk for report in rows])
        .defer("payload")
        .select_related("submitted_by", "on_behalf_of")
        .order_by("number")
    ):
        newest[made.report_id] = made
    found = []
    for report in rows:
        last = newest.get(report.pk)
        days = None
        if last is not None and report.status == ReportStatus.SUBMITTED:
            days = (today - last.submitted_on).days
        found.append(InboxRow(report, last, deadline(report, last_day_of(report), today), days))
    return found
