"""A contract becomes active, and with it what is expected of its partner (DESIGN, rule 6)."""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts.models import User
from agenda.constants import Origin
from contracts.actions import activate
from contracts.constants import ReportFrequency
from contracts.models import Contract, ReportingAgreement
from reporting.constants import ReportStatus
from reporting.models import Report
from reporting.obligations import Obligation, obligations


def expected_reports(contract: Contract) -> list[Obligation]:
    """What ``contract`` asks for over its whole term, as now agreed. One query."""
    agreement = (
        ReportingAgreement.objects.filter(contract=contract)
        .in_force()
        .order_by("-started_by__number")
        .first()
    )
    if agreement is None or contract.starts_on is None or contract.ends_on is None:
        return []
    return obligations(
        contract.starts_on,
        contract.ends_on,
        ReportFrequency(agreement.frequency),
        annual_accounts=agreement.annual_accounts,
        due_days=agreement.due_days,
        lock_days=agreement.lock_days,
    )


def activate_contract(
    contract: Contract, *, user: User, note: str = "", at: datetime.datetime | None = None
) -> list[Report]:
    """Activate ``contract`` and expect its reports; returns those that were added.

    Raises what ``contracts.actions.activate`` raises; nothing changes then.
    """
    with transaction.atomic():
        activate(contract, user=user, note=note, at=at)
        return expect_reports(contract)


def expect_reports(contract: Contract) -> list[Report]:
    """Add the reports that ``contract`` asks for and that are not there yet."""
    held = set(contract.reports.values_list("period", "kind"))
    return Report.objects.bulk_create(
        Report(
            contract=contract,
            period=each.period,
            kind=each.kind,
            title=f"{each.kind.label.capitalize()} {each.period} {contract.title}"[:200],
            status=ReportStatus.OPEN,
            origin=Origin.SYSTEM,
            due_on=each.due_on,
            locks_on=each.locks_on,
        )
        for each in expected_reports(contract)
        if (each.period, each.kind.value) not in held
    )
