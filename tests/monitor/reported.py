"""Reports of partners in any state, with a result on a goal, past the steps that lead there."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from agenda.models import Goal
from contracts.models import KPI
from contracts.terms import terms_of
from core.values import ValueType
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Report, ReportEvent, Round
from tests.factories import UserFactory
from tests.factories_contracts import ContractFactory, KPIFactory
from tests.factories_reporting import ReportFactory

DAY = datetime.datetime(2019, 9, 14, 12, tzinfo=datetime.UTC)


def kpi_of(goal: Goal, partner: str = "De Brug", name: str = "Bereik") -> KPI:
    """A KPI for ``goal`` in a running contract with ``partner``."""
    contract = ContractFactory.create(running=True, partner__name=partner)
    kpi: KPI = KPIFactory.create(contract=contract, name=name)
    kpi.goals.add(goal)
    return kpi


def owed(kpi: KPI, period: str = "2019-H1", **fields: Any) -> Report:
    """A report that the contract of ``kpi`` asks for; nothing came in yet."""
    half = "-H" in period
    report: Report = ReportFactory.create(
        contract=kpi.contract,
        period=period,
        kind="half_year" if half else "annual",
        title=f"Rapportage {kpi.contract.partner} {period}",
        **fields,
    )
    report.refresh_from_db()  # its period is a period then
    return report


def came_in(report: Report, kpi: KPI, achieved: bool | None = True, number: int = 120) -> None:
    """The next round of ``report``, with a result on ``kpi``; it waits for the manager."""
    assert kpi.contract.partner is not None
    terms = terms_of(report.contract, report.period).to_json()
    payload = json.dumps({"round": report.rounds.count() + 1, "terms": terms})
    held = Round.objects.create(
        report=report,
        number=report.rounds.count() + 1,
        submitted_by=UserFactory.create(),
        on_behalf_of=kpi.contract.partner,
        payload=payload,
        sha256=hashlib.sha256(payload.encode()).hexdigest(),
    )
    KPIResult.objects.create(
        round=held, kpi=kpi, achieved=achieved, value_type=ValueType.COUNT, number=number
    )
    move(report, ReportStatus.SUBMITTED)


def accept(report: Report, at: datetime.datetime = DAY) -> None:
    move(report, ReportStatus.ACCEPTED, at)


def move(report: Report, status: ReportStatus, at: datetime.datetime = DAY) -> None:
    """Put ``report`` in ``status``, with the event that says so."""
    held = Report.objects.get(pk=report.pk)
    ReportEvent.objects.create(
        report=report,
        round=report.rounds.order_by("number")[report.rounds.count() - 1],
        actor=UserFactory.create(),
        from_status=held.status or "",
        to_status=status,
        note="Er klopte iets niet" if status == ReportStatus.RETURNED else "",
        at=at,
    )
    Report.objects.filter(pk=report.pk).update(status=status)
    report.refresh_from_db()


def accepted(goal: Goal, achieved: bool | None = True, **fields: Any) -> Report:
    """An accepted report with one result on ``goal``."""
    kpi = kpi_of(goal, **fields)
    report = owed(kpi)
    came_in(report, kpi, achieved)
    accept(report)
    return report
