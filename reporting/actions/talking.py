"""Hanging reports and decisions on talks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from contracts.actions import NotEditable
from contracts.models import Decision, Meeting
from reporting.models import DecidedReport, Report, TalkedReport

SETTLED = "Het verslag is vastgesteld, of het overleg is vervallen. Er verandert niets meer aan."


def set_talked_reports(meeting: Meeting, reports: Iterable[Report]) -> None:
    """Say which reports ``meeting`` is about. Raises ``NotEditable`` once its minutes stand."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update().filter(pk=meeting.pk).order_by("pk").get()
        if held.is_settled:
            raise NotEditable(SETTLED)
        wanted = {report.pk for report in reports}
        rows = TalkedReport.objects.filter(meeting=held)
        rows.exclude(report__in=wanted).delete()
        there = set(rows.values_list("report", flat=True))
        for report in sorted(wanted - there):
            TalkedReport.objects.create(meeting=held, report_id=report)


def hang_on_report(decision: Decision, report: Report) -> DecidedReport:
    """Say that ``decision`` is one on ``report``."""
    return DecidedReport.objects.create(decision=decision, report=report)
