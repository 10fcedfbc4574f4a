"""What waits for somebody who signs in: agendas, contracts, reports and editions, by role."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format

from accounts.constants import PARTNER_ROLES, Role
from accounts.models import RoleAssignment
from agenda.models import AgendaVersion
from contracts.models import Contract
from monitor.next_step import Waiting, waiting_for
from reporting.models import Report


@dataclass(frozen=True)
class _Counted:
    """One and more of something, as the page says it."""

    one: str
    more: str

    def told(self, number: int) -> str:
        return f"Eén {self.one}" if number == 1 else f"{number} {self.more}"


def everything_waiting(
    assignments: Iterable[RoleAssignment], roles: Collection[Role], today: datetime.date
) -> list[Waiting]:
    """All that waits for the holder of ``roles``, what has a day first. At most six queries."""
    found = _at_the_partner(assignments, today)
    if Role.CONTRACT_MANAGER in roles:
        found += _at_the_manager(today)
    if Role.POLICY_OFFICER in roles:
        found += _at_the_officer()
    return found + waiting_for(roles)


def _at_the_partner(assignments: Iterable[RoleAssignment], today: datetime.date) -> list[Waiting]:
    """The reports that one's own organisations have in hand, over a period that has ended."""
    organisations = [
        held.organisation_id
        for held in assignments
        if held.role in PARTNER_ROLES and held.organisation_id is not None
    ]
    if not organisations:
        return []
    reports = [
        report
        for report in Report.objects.of_partners(organisations).to_write().order_by("due_on", "pk")
        if report.period.end < today
    ]
    if not reports:
        return []
    first = reports[0]
    assert first.due_on is not None  # noqa: S101 - of this system
    words = _Counted("rapportage om in te vullen", "rapportages om in te vullen")
    day = date_format(first.due_on, "j F Y")
    sentence = f"De eerste: {first.title}, uiterlijk {day}."
    return [Waiting(words.told(len(reports)), sentence, reverse("portal_home"))]


def _at_the_manager(today: datetime.date) -> list[Waiting]:
    """Reports that came in or did not come, and contracts that are not active yet."""
    lines = (
        (
            Report.objects.submitted().count(),
            _Counted("ingediende rapportage", "ingediende rapportages"),
            "Lezen, en accepteren of terugsturen.",
            f"{reverse('report_inbox')}?stand=submitted",
        ),
        (
            Report.objects.to_write().due_before(today).count(),
            _Counted("rapportage te laat", "rapportages te laat"),
            "De uiterste dag is voorbij.",
            reverse("report_inbox"),
        ),
        (
            Contract.objects.drafts().count(),
            _Counted("overeenkomst in concept", "overeenkomsten in concept"),
            "Nog niet actief: de partner ziet haar nog niet.",
            reverse("contract_manage_list"),
        ),
    )
    return [
        Waiting(words.told(number), sentence, url)
        for number, words, sentence, url in lines
        if number
    ]


def _at_the_officer() -> list[Waiting]:
    """Agendas that were not adopted yet."""
    number = AgendaVersion.objects.in_the_making().count()
    if not number:
        return []
    words = _Counted("agenda in de maak", "agenda’s in de maak")
    return [Waiting(words.told(number), "Nog niet vastgesteld.", reverse("agenda_manage_list"))]
