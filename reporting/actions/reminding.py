"""Telling partners that a report is due, and that it is late; each once."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from reporting.actions.mails import tell_due
from reporting.models import Report

AHEAD = datetime.timedelta(days=14)


def remind_due(today: datetime.date | None = None) -> int:
    """Mail about every report that is due within two weeks, or late; returns how many there are.

    The outbox sends each occasion once to each receiver, however often this runs.
    """
    day = today or timezone.localdate()
    reports = [
        report
        for report in Report.objects.to_remind(day, ahead=AHEAD).select_related("contract__partner")
        if report.period.end < day
    ]
    for report in reports:
        with transaction.atomic():
            due = report.due_until  # type: ignore[attr-defined] # of the selection
            tell_due(report, due, late=due < day)
    return len(reports)
