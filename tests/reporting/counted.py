"""Reports of a cycle that tell one number, accepted or waiting for it."""

from __future__ import annotations

import datetime

from core.values import Value
from reporting import actions
from reporting.models import Report
from tests.reporting.cycle import MOMENT, Cycle, fill, submit, typed_value, write


def told(made: Cycle, value: Value, **more: str) -> None:
    """Report ``value`` on the one KPI and have the round accepted."""
    fill(made)
    write(made, {**typed_value(f"kpi-{made.kpis[0].pk}", value), **more})
    submit(made)
    made.report.refresh_from_db()
    actions.accept(made.report, user=made.manager, round_number=1)


def handed_in(made: Cycle, period: str, number: int) -> Report:
    """The report over ``period`` tells ``number``, and waits to be accepted."""
    report = Report.objects.filter(contract=made.contract, period=period).first()
    if report is None:
        report = _copy(Report.objects.get(contract=made.contract, period="2019-H2"), period)
    now = _of(made, report)
    fill(now)
    write(now, typed_value(f"kpi-{made.kpis[0].pk}", Value.count(number)))
    moment = datetime.datetime.combine(report.period.end, MOMENT.timetz())
    submit(now, at=moment + datetime.timedelta(days=20))
    now.report.refresh_from_db()
    return now.report


def later(made: Cycle, period: str, number: int) -> Report:
    """The report over ``period`` tells ``number``, and is accepted."""
    report = handed_in(made, period, number)
    actions.accept(report, user=made.manager, round_number=report.rounds.count())
    report.refresh_from_db()
    return report


def _of(made: Cycle, report: Report) -> Cycle:
    return Cycle(**{**made.__dict__, "report": report})


def _copy(report: Report, period: str) -> Report:
    report.pk, report.period, report.kind = None, period, "annual"
    report.status = "open"
    report.save()
    return Report.objects.get(pk=report.pk)
