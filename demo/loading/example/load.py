"""Loading the example: everything by the actions that people use, at the moments of the file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.constants import Role
from accounts.models import User
from contracts.models import Contract
from demo.accounts import OFFICER, REVIEWER, SUPERVISOR, make_accounts, works_for
from demo.loading.example.agreeing import Agreement, make_indicators
from demo.loading.example.reporting import FIRST, Reporting
from demo.loading.example.rows import ContractRow, ExampleFile, ExtensionsRow, MemberRow
from demo.loading.example.steps import moment, told_at
from demo.loading.example.supervising import supervise
from demo.loading.lookups import Known
from demo.loading.reader import read_file
from reporting.actions import extend


def load(data: Path) -> None:
    """Make what ``voorbeeld.yaml`` says, for the partners and agendas that are there.

    It needs the demonstration accounts, and so it is left out of an installation that is not a
    demonstration (MODE=production). Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "voorbeeld.yaml", ExampleFile)
    if not settings.DEMO:
        return
    with transaction.atomic():
        users = make_accounts()
        indicators = make_indicators(content.subjects)
        known = Known()
        for row in content.contracts:
            manager = users[REVIEWER]
            contract, kpis = Agreement(content, row, known, manager).make(indicators)
            people = _people(row, users)
            report = Reporting(row.report, contract, kpis, reviewer=manager)
            for member in row.members:
                report.contribute(member, user=_reporter(member, users))
            report.go_around(
                reporter=people.get(Role.REPORTER, people[Role.SIGNATORY]),
                signatory=people[Role.SIGNATORY],
            )
            _extend(contract, row.partner, content.extensions, manager)
        for each in content.supervision:
            supervise(each, known, supervisor=users[SUPERVISOR], officer=users[OFFICER])


def _people(row: ContractRow, users: Mapping[str, User]) -> dict[Role, User]:
    """Who of the demonstration accounts works for the partner of ``row``, and as what."""
    people = {account.role: users[account.email] for account in works_for(row.partner)}
    if Role.SIGNATORY not in people:
        raise row.place.error(
            f"‘{row.partner}’ heeft geen account dat tekent. Voeg het toe in demo/accounts.py."
        )
    return people


def _reporter(row: MemberRow, users: Mapping[str, User]) -> User:
    """The demonstration account that writes for a member of the coalition."""
    accounts = [each for each in works_for(row.organisation) if each.role == Role.REPORTER]
    if not accounts:
        raise row.place.error(
            f"‘{row.organisation}’ heeft geen account dat invult. Voeg het toe in demo/accounts.py."
        )
    return users[accounts[0].email]


def _extend(contract: Contract, partner: str, row: ExtensionsRow, user: User) -> None:
    """Give more time for what comes after the first half-year, but for one that stays late."""
    late = row.except_for
    until = timezone.localdate() + datetime.timedelta(days=row.days)
    for report in contract.reports.exclude(period=FIRST):
        if (partner, report.period) != (late.partner, late.period):
            with told_at(row.place):
                extend(report, user=user, until=until, reason=row.reason, at=moment(row.on))
