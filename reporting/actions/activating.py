"""A contract becomes active, and with it what is expected of its partner (DESIGN, rule 6)."""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts.models import User
from agenda.constants import Origin
from contracts import actions as contracts_actions
from contracts.constants import ReportFrequency
from contracts.models import Amendment, Contract, ReportingAgreement
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
        contracts_actions.activate(contract, user=user, note=note, at=at)
        return expect_reports(contract)


def sign_amendment(
    amendment: Amendment, *, signed_on: datetime.date, user: User, note: str = ""
) -> list[Report]:
    """Sign ``amendment``, and expect what its contract asks for from its day on; returns the new.

    Of the reports over periods that begin on that day or later, and that nobody began, those that
    are not asked any more are let go, and the others get the days that hold now. Raises what
    ``contracts.actions.sign_amendment`` raises; nothing changes then.
    """
    with transaction.atomic():
        contracts_actions.sign_amendment(amendment, signed_on=signed_on, user=user, note=note)
        contract = Contract.objects.get(pk=amendment.contract_id)
        asked = {(each.period, each.kind.value): each for each in expected_reports(contract)}
        for report in Report.objects.of_system().untouched().filter(contract=contract):
            begins = report.period.start
            each = asked.get((report.period, report.kind))
            if contract.ends_on is not None and begins > contract.ends_on:
                report.delete()
            elif amendment.holds_from is not None and begins < amendment.holds_from:
                continue
            elif each is None:
                report.delete()
            else:
                report.due_on, report.locks_on = each.due_on, each.locks_on
                report.save(update_fields=["due_on", "locks_on"])
        return expect_reports(contract, since=amendment.holds_from)


def end_contract(contract: Contract, *, last_day: datetime.date, user: User, note: str) -> int:
    """End ``contract`` after ``last_day``; returns how many reports are not expected any more.

    Those are over periods that begin after that day, and that nobody began. What was begun, or is
    about a time in which the contract ran, is still to be handed in. Raises what
    ``contracts.actions.end`` raises; nothing changes then.
    """
    with transaction.atomic():
        contracts_actions.end(contract, last_day=last_day, user=user, note=note)
        untouched = Report.objects.of_system().untouched().filter(contract=contract)
        gone = [report for report in untouched if report.period.start > last_day]
        for report in gone:
            report.delete()
    return len(gone)


def expect_reports(contract: Contract, since: datetime.date | None = None) -> list[Report]:
    """Add the reports that ``contract`` asks for and that are not there yet.

    With ``since``: only over periods that end on that day or later; what an amendment asks for is
    not asked about the time before it.
    """
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
        and (since is None or each.period.end >= since)
    )
