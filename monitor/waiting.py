"""What waits for somebody who signs in: agendas, contracts, reports and editions, by role."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.constants import PARTNER_ROLES, Role
from accounts.models import RoleAssignment
from accounts.reviewing import dues
from agenda.advising.access import WRITING_ROLES, invitations_by
from agenda.advising.reading import rounds_to_answer
from agenda.models import AgendaVersion
from contracts.models import Contract
from core.models import OutboxMail
from core.wording import in_words
from monitor.next_step import Waiting, waiting_for
from reporting.models import Report, SupervisionFinding, SupervisionReport
from reporting.portal import portal_rows

WRITES = frozenset(PARTNER_ROLES) - {Role.READER}


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
    """All that waits for the holder of ``roles``, what has a day first. At most twelve queries."""
    found = _at_the_partner(assignments, today)
    found += _at_the_advisers(assignments, today)
    if Role.CONTRACT_MANAGER in roles:
        found += _at_the_manager(today)
    if Role.POLICY_OFFICER in roles:
        found += _at_the_officer()
    if Role.SUPERVISOR in roles:
        found += _at_the_supervisor(today)
    if Role.FUNCTIONAL_MANAGER in roles:
        found += _at_the_functional_manager(today)
    return found + waiting_for(roles)


def _at_the_functional_manager(today: datetime.date) -> list[Waiting]:
    """Reviews of the access that are due, and mails of which it is not known that they went out."""
    found = [
        Waiting(
            f"Controle van de toegang: {due.scope.label}",
            "Kijk of elke rol nog nodig is, en leg dat vast.",
            reverse("access_review"),
        )
        for due in dues(today)
        if due.is_due
    ]
    number = OutboxMail.objects.stranded().count()
    if number:
        words = _Counted("bericht dat bleef liggen", "berichten die bleven liggen")
        sentence = "Stuur opnieuw, of noteer dat het aankwam."
        found.append(Waiting(words.told(number), sentence, reverse("mail_list")))
    return found


def _at_the_partner(assignments: Iterable[RoleAssignment], today: datetime.date) -> list[Waiting]:
    """The reports that one's own organisations have in hand, over a period that has ended."""
    organisations = [
        held.organisation_id
        for held in assignments
        if held.role in WRITES and held.organisation_id is not None
    ]
    if not organisations:
        return []
    in_hand = Report.objects.waiting_for(organisations).for_portal()
    ended = (row for row in in_hand if row.period.end < today)
    rows = portal_rows(ended, organisations, today)
    if not rows:
        return []
    words = _Counted("rapportage om in te vullen", "rapportages om in te vullen")
    sentence = f"De eerste: {rows[0].report.title}, {rows[0].deadline.words}."
    return [Waiting(words.told(len(rows)), sentence, reverse("portal_home"))]


def _at_the_advisers(assignments: Iterable[RoleAssignment], today: datetime.date) -> list[Waiting]:
    """The rounds in which somebody may still give advice, what closes first on top."""
    writing = [held for held in assignments if held.role in WRITING_ROLES]
    if not writing:
        return []
    organisations = [held.organisation_id for held in writing if held.organisation_id is not None]
    asked = invitations_by({Role(held.role) for held in writing}, organisations).to_answer(today)
    return [
        Waiting(
            f"Advies gevraagd: {row.round.title}",
            f"Tot en met {in_words(row.round.closes_on)}, namens {row.name}.",
            reverse("advice_round", args=[row.pk]),
        )
        for row in asked.order_by("round__closes_on", "pk")
    ]


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
            Report.objects.late(today).count(),
            _Counted("rapportage te laat", "rapportages te laat"),
            "De uiterste dag is voorbij.",
            f"{reverse('report_inbox')}?stand=late",
        ),
        (
            Contract.objects.drafts().count(),
            _Counted("overeenkomst in concept", "overeenkomsten in concept"),
            "Nog niet actief: de partner ziet haar nog niet.",
            reverse("contract_manage_list"),
        ),
    )
    return _told(lines)


def _at_the_officer() -> list[Waiting]:
    """Agendas not adopted yet, and what has no answer yet: recommendations of the supervisor, and
    points of advice."""
    lines = (
        (
            AgendaVersion.objects.in_the_making().count(),
            _Counted("agenda in de maak", "agenda’s in de maak"),
            "Nog niet vastgesteld.",
            reverse("agenda_manage_list"),
        ),
        (
            SupervisionFinding.objects.unanswered().count(),
            _Counted("aanbeveling van de toezichthouder", "aanbevelingen van de toezichthouder"),
            "De gemeente heeft nog niet geantwoord.",
            reverse("supervision_manage_list"),
        ),
    )
    return [*_told(lines), *_points_of_advice()]


def _points_of_advice() -> Iterator[Waiting]:
    for round, number in rounds_to_answer():
        points = _Counted("punt van advies zonder antwoord", "punten van advies zonder antwoord")
        version = round.version
        url = reverse("round_manage", args=[version.agenda.slug, version.number, round.pk])
        yield Waiting(points.told(number), f"{round.title}.", url)


def _at_the_supervisor(today: datetime.date) -> list[Waiting]:
    """Reports in draft, and the year that ended without one."""
    over = today.year - 1
    reports = list(
        SupervisionReport.objects.filter(Q(published_at__isnull=True) | Q(year=over))
        .newest_first()
        .values_list("pk", "year", "published_at")
    )
    found = [
        Waiting(
            f"Jaarverslag over {year} in concept",
            "Alleen u leest het, tot u het publiceert.",
            reverse("supervision_manage", args=[pk]),
        )
        for pk, year, published_at in reports
        if published_at is None
    ]
    if over not in {year for _, year, _ in reports}:
        sentence = "De raad leest elk jaar wat het toezicht zag."
        found.append(
            Waiting(f"Nog geen jaarverslag over {over}", sentence, reverse("supervision_add"))
        )
    return found


def _told(lines: Iterable[tuple[int, _Counted, str, str]]) -> list[Waiting]:
    return [
        Waiting(words.told(number), sentence, url)
        for number, words, sentence, url in lines
        if number
    ]
