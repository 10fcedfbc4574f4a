"""Mails about reports and supervision: one per occasion and receiver, through the outbox."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.access import holders_of
from accounts.constants import Role
from accounts.models import Organisation, User
from core.outbox import queue_mail
from reporting.access import lead_of
from reporting.models import Extension, ReadyPart, Report, Round, SupervisionReport
from reporting.reading import content_of, members_by_field

WRITERS = (Role.REPORTER, Role.SIGNATORY)
READ_SUPERVISION = (Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK, Role.ADVISORY_COUNCIL)


def tell_submitted(made: Round) -> None:
    """A receipt for who signed, and a notice for the contract managers."""
    report = made.report
    moment = date_format(timezone.localtime(made.submitted_at), "j F Y, H.i")
    receipt = (
        f"De gemeente heeft ‘{report.title}’ ontvangen.\n\n"
        f"Ronde {made.number}, ingediend op {moment} uur door {made.submitted_by} namens "
        f"{made.on_behalf_of}.\n"
        f"Controlegetal van wat u indiende: {made.sha256}\n\n"
        f"Teruglezen: {address('report_round', report.pk, made.number)}\n"
    )
    _send([made.submitted_by], f"Ontvangen: {report.title}", receipt, f"report-receipt-{made.pk}")
    notice = (
        f"{made.on_behalf_of} diende ‘{report.title}’ in (ronde {made.number}, {moment} uur).\n\n"
        f"Lezen: {address('report_review', report.pk)}\n"
    )
    managers = holders_of(Role.CONTRACT_MANAGER)
    _send(managers, f"Ingediend: {report.title}", notice, f"report-submitted-{made.pk}")


def tell_part_ready(contribution: ReadyPart) -> None:
    """A notice for who writes the whole; one for each time that it was said."""
    report = contribution.report
    text = (
        f"{contribution.organisation} is klaar met haar deel van ‘{report.title}’.\n\n"
        f"Bekijken: {address('report_check', report.pk)}\n"
    )
    key = f"report-part-{contribution.pk}-{contribution.ready_at.isoformat()}"
    _send(_writers(report), f"Deel klaar: {report.title}", text, key)


def tell_returned(made: Round, note: str) -> None:
    """What is to be answered, for who writes the whole; and for the members that were asked
    something about their own part."""
    report = made.report
    text = (
        f"De gemeente stuurde ‘{report.title}’ terug met vragen.\n\n"
        + (f"{note}\n\n" if note else "")
        + f"Beantwoorden en opnieuw indienen: {address('report_check', report.pk)}\n"
    )
    subject, key = f"Teruggestuurd: {report.title}", f"report-returned-{made.pk}"
    _send(_writers(report), subject, text, key)
    reporters = members_by_field(content_of(made))
    asked = {reporters.get(remark.key) for remark in made.remarks.all()}
    part = (
        f"De gemeente heeft vragen over uw deel van ‘{report.title}’.\n\n"
        f"Beantwoorden: {address('report_check', report.pk)}\n"
    )
    for member in _members(report):
        if member.pk in asked:
            _send(holders_of(*WRITERS, organisation=member), subject, part, key)


def tell_accepted(made: Round) -> None:
    report = made.report
    text = (
        f"De gemeente heeft ‘{report.title}’ (ronde {made.number}) geaccepteerd. Dank u wel.\n\n"
        f"Teruglezen: {address('report_round', report.pk, made.number)}\n"
    )
    _send(_everybody(report), f"Geaccepteerd: {report.title}", text, f"report-accepted-{made.pk}")


def tell_due(report: Report, due: datetime.date, *, late: bool) -> None:
    """A reminder before the day that the report is ``due``, and one after it; each once a day that
    it is due: more time is a new occasion."""
    day = date_format(due, "j F Y")
    subject = f"Te laat: {report.title}" if late else f"In te dienen: {report.title}"
    text = (
        (f"‘{report.title}’ had uiterlijk {day} ingediend moeten zijn.\n\n" if late else "")
        or f"‘{report.title}’ dient u uiterlijk {day} in.\n\n"
    ) + f"Invullen: {address('report_check', report.pk)}\n"
    key = f"report-{'late' if late else 'due'}-{report.pk}-{due.isoformat()}"
    _send(_writers(report), subject, text, key)
    part = (
        f"De coalitie dient ‘{report.title}’ uiterlijk {day} in.\n"
        f"Uw deel is nog niet klaar gemeld.\n\n"
        f"Invullen: {address('report_check', report.pk)}\n"
    )
    ready = set(report.ready_parts.values_list("organisation", flat=True))
    for member in _members(report):
        if member.pk not in ready:
            _send(holders_of(*WRITERS, organisation=member), subject, part, key)


def tell_extended(extension: Extension) -> None:
    report, day = extension.report, date_format(extension.until, "j F Y")
    text = (
        f"U hebt tot en met {day} de tijd voor ‘{report.title}’.\n\n{extension.reason}\n\n"
        f"Invullen: {address('report_check', report.pk)}\n"
    )
    _send(_everybody(report), f"Uitstel: {report.title}", text, f"report-extended-{extension.pk}")


def tell_supervision(report: SupervisionReport) -> None:
    """To the council and the advisory council, who read what supervision saw, and to the policy
    officers, who answer it."""
    subject = f"Jaarverslag van het toezicht over {report.year}"
    text = (
        f"De toezichthouder publiceerde ‘{report.title}’.\n\n"
        f"Lezen: {address('supervision_detail', report.year)}\n"
    )
    more = f"{text}Antwoorden: {address('supervision_manage', report.pk)}\n"
    officers = holders_of(Role.POLICY_OFFICER)
    _send(officers, subject, more, f"supervision-answer-{report.pk}")
    # Who both reads and answers has the longer mail already.
    readers = holders_of(*READ_SUPERVISION).exclude(pk__in=officers)
    _send(readers, subject, text, f"supervision-{report.pk}")


def address(name: str, *args: int) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _writers(report: Report) -> list[User]:
    organisations = [report.contract.partner, lead_of(report.contract, report.period)]
    found = {
        user.pk: user
        for organisation in organisations
        if organisation is not None
        for user in holders_of(*WRITERS, organisation=organisation)
    }
    return list(found.values())


def _members(report: Report) -> list[Organisation]:
    """Those of the coalition that write a part of their own. One query."""
    taking_part = report.contract.parties.during(report.period.start, report.period.end)
    parties = taking_part.filter(contributes=True).select_related("organisation")
    return [party.organisation for party in parties.order_by("order", "pk")]


def _everybody(report: Report) -> list[User]:
    """Who writes the whole, and who writes a part."""
    found = {user.pk: user for user in _writers(report)}
    for member in _members(report):
        found |= {user.pk: user for user in holders_of(*WRITERS, organisation=member)}
    return list(found.values())


def _send(users: Iterable[User], subject: str, text: str, key: str) -> None:
    for user in users:
        queue_mail(to=user.email, subject=subject[:200], text=text, key=f"{key}-{user.pk}")
