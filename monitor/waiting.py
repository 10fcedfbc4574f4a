"""What waits for somebody who signs in: agendas, contracts, reports and editions, by role."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse

from accounts.access import working_for
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import RoleAssignment
from accounts.reviewing import dues
from agenda.advising.access import WRITING_ROLES, invitations_by
from agenda.advising.reading import rounds_to_answer
from agenda.models import AgendaVersion
from contracts.file.due import deadlines
from contracts.framework.access import remarked, to_agree
from contracts.models import (
    ActionPoint,
    Allocation,
    Contract,
    Meeting,
    Project,
    ProjectStep,
    Subsidy,
)
from contracts.talks.access import WRITERS
from contracts.talks.mails import AHEAD
from core.models import OutboxMail
from core.wording import in_words
from monitor.finding import enumeration
from monitor.inquiries.waiting import inquiries_waiting
from monitor.next_step import Waiting, waiting_for
from monitor.planning.waiting import plans_waiting
from monitor.recommendations.waiting import recommendations_waiting
from reporting.models import Report, SupervisionFinding, SupervisionReport
from reporting.portal import portal_rows

WRITES = frozenset(PARTNER_ROLES) - {Role.READER}
MONTH = datetime.timedelta(days=30)


@dataclass(frozen=True)
class _Counted:
    """One and more of something, as the page says it."""

    one: str
    more: str

    def told(self, number: int) -> str:
        return f"Eén {self.one}" if number == 1 else f"{number} {self.more}"


def everything_waiting(
    assignments: Sequence[RoleAssignment], today: datetime.date
) -> list[Waiting]:
    """All that waits for the holder of ``assignments``, what has a day first; each says for whom,
    where it is done for somebody else. At most thirty-five queries."""
    found = _at_the_partner(assignments, today)
    found += _action_points(assignments, today)
    found += _at_the_advisers(assignments, today)
    held: dict[Role, list[RoleAssignment]] = {}
    for one in assignments:
        held.setdefault(Role(one.role), []).append(one)
    behalf = {role: _behalf(of_role) for role, of_role in held.items()}
    for role, ask in _BY_ROLE.items():
        if role in behalf:
            found += [replace(one, behalf=behalf[role]) for one in ask(today)]
    writer = next((role for role in WRITERS if role in behalf), None)
    if writer is not None:
        told = [*_money(today), *_talks(today), *_projects(today)]
        found += [replace(one, behalf=behalf[writer]) for one in told]
    found += recommendations_waiting(assignments, behalf, today)
    found += plans_waiting(behalf, today)
    return found + inquiries_waiting(behalf) + waiting_for(behalf)


def _behalf(assignments: Iterable[RoleAssignment]) -> str:
    """For whom the work of these is done: empty when it is one's own work alone."""
    replaced = [held.replaces for held in assignments]
    names = list(dict.fromkeys(str(person) for person in replaced if person is not None))
    if not names:
        return ""
    also = "ook " if None in replaced else ""
    return f"{also}namens {enumeration(names)}"


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
    writing = [held for held in assignments if held.role in WRITES]
    working = working_for(writing)
    organisations = list(working)
    if not organisations:
        return []
    behalf = _behalf(writing)
    asked = [
        Waiting(
            row.title, f"{row.contract.title}.", reverse("framework_detail", args=[row.pk]), behalf
        )
        for row in to_agree([key for key, (_, roles) in working.items() if Role.SIGNATORY in roles])
    ]
    in_hand = Report.objects.waiting_for(organisations).for_portal()
    ended = (row for row in in_hand if row.period.end < today)
    rows = portal_rows(ended, organisations, today)
    found = _subsidies_to_account(organisations, today)
    if not rows:
        return [*asked, *found]
    words = _Counted("rapportage om in te vullen", "rapportages om in te vullen")
    sentence = f"De eerste: {rows[0].report.title}, {rows[0].deadline.words}."
    return [
        Waiting(words.told(len(rows)), sentence, reverse("portal_home"), behalf),
        *asked,
        *found,
    ]


def _action_points(assignments: Iterable[RoleAssignment], today: datetime.date) -> list[Waiting]:
    """The action points of somebody, or of the partners that he writes for, that are due within a
    week or late. One query."""
    held = list(assignments)
    if not held:
        return []
    partners = list(working_for(row for row in held if row.role in WRITES))
    rows = ActionPoint.objects.open().filter(
        Q(user=held[0].user_id) | Q(organisation__in=partners), due_on__lte=today + AHEAD
    )
    due = list(rows.order_by("due_on", "pk").values_list("text", "due_on"))
    if not due:
        return []
    words = _Counted("actiepunt dat klaar moet", "actiepunten die klaar moeten")
    text, day = due[0]
    page = reverse("portal_talks") if partners else reverse("action_list")
    return [Waiting(words.told(len(due)), f"Uiterlijk {in_words(day)}: {text}", page)]


def _talks(today: datetime.date) -> list[Waiting]:
    """Talks without minutes, and those of which nobody said whether they were held. One query."""
    waiting = Meeting.objects.without_minutes() | Meeting.objects.past_due(today)
    words = _Counted("overleg dat aandacht vraagt", "overleggen die aandacht vragen")
    sentence = "Het verslag ontbreekt, of nog niet is gezegd of het is gehouden."
    url = f"{reverse('meeting_list')}?stand=aandacht"
    return _told([(waiting.count(), words, sentence, url)])


def _projects(today: datetime.date) -> list[Waiting]:
    """Steps of running projects that are due within a week or late, projects on which it should
    have been decided, and those that ran out of time. Three queries."""
    page = reverse("project_manage_list")
    steps = ProjectStep.objects.filter(
        done_on__isnull=True, due_on__lte=today + AHEAD, project__in=Project.objects.running()
    )
    due = list(steps.order_by("due_on", "pk").values_list("text", "due_on", "project__slug"))
    found = []
    if due:
        words = _Counted("stap van een project die klaar moet", "stappen van projecten die klaar "
                         "moeten")  # fmt: skip
        text, day, slug = due[0]
        url = reverse("project_manage", args=[slug]) if len(due) == 1 else page
        found.append(Waiting(words.told(len(due)), f"Uiterlijk {in_words(day)}: {text}", url))
    lines = (
        (
            Project.objects.undecided(today).count(),
            _Counted("project om te evalueren", "projecten om te evalueren"),
            "De dag waarop is te besluiten, is voorbij.",
            f"{page}?besluit=on",
        ),
        (
            Project.objects.over_time(today).count(),
            _Counted("project over de tijd", "projecten over de tijd"),
            "De laatste dag is voorbij.",
            f"{page}?tijd=on",
        ),
    )
    return [*found, *_told(lines)]


def _subsidies_to_account(organisations: list[int], today: datetime.date) -> list[Waiting]:
    """Subsidies of one's own of which the request is due within two months. One query."""
    rows = Subsidy.objects.of_partners(organisations)
    number = rows.request_due(today + datetime.timedelta(days=60)).count()
    words = _Counted("subsidie om te verantwoorden", "subsidies om te verantwoorden")
    sentence = "Vraag de gemeente om vaststelling, en laat zien wat is gedaan."
    return _told([(number, words, sentence, reverse("subsidy_portal"))])


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
            _behalf(held for held in writing if held.organisation_id == row.organisation_id),
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
            len(deadlines(today)),
            _Counted("termijn van een overeenkomst", "termijnen van overeenkomsten"),
            "Er loopt iets af, of er is een keuze te maken.",
            reverse("deadline_list"),
        ),
        (
            Contract.objects.drafts().count(),
            _Counted("overeenkomst in concept", "overeenkomsten in concept"),
            "Nog niet actief: de partner ziet haar nog niet.",
            reverse("contract_manage_list"),
        ),
    )
    return [*_told(lines), *_remarks()]


def _remarks() -> list[Waiting]:
    """What partners said of result agreements and nobody answered, by agreement. One query."""
    words = _Counted("reactie op resultaatafspraken", "reacties op resultaatafspraken")
    return [
        Waiting(
            words.told(row.open_count),  # type: ignore[attr-defined] # of the selection
            f"{row.contract.title}, {row.title}. Een partner wacht op uw antwoord.",
            reverse("framework_manage", args=[row.contract.slug, row.number]),
        )
        for row in remarked()
    ]


def _money(today: datetime.date) -> list[Waiting]:
    """Subsidies and specific grants of which a day comes within a month, or has gone by."""
    soon, yesterday = today + MONTH, today - datetime.timedelta(days=1)
    subsidies = reverse("subsidy_list")
    lines = (
        (
            Subsidy.objects.settling_due(soon).count(),
            _Counted("subsidie om vast te stellen", "subsidies om vast te stellen"),
            "De uiterste dag is binnen een maand, of voorbij.",
            subsidies,
        ),
        (
            Subsidy.objects.request_due(yesterday).count(),
            _Counted("subsidie zonder aanvraag", "subsidies zonder aanvraag"),
            "De ontvanger had om vaststelling moeten vragen.",
            f"{subsidies}?stand=granted",
        ),
        (
            Subsidy.objects.repaying_due(yesterday).count(),
            _Counted("terugbetaling te laat", "terugbetalingen te laat"),
            "De uiterste dag is voorbij.",
            f"{subsidies}?stand=reclaimed",
        ),
        (
            Allocation.objects.to_account(soon).filter(account_by__gte=today - MONTH).count(),
            _Counted("specifieke uitkering om te verantwoorden", "specifieke uitkeringen om te "
                     "verantwoorden"),
            "De uiterste dag is binnen een maand, of net voorbij.",
            reverse("budget_home"),
        ),
    )  # fmt: skip
    return _told(lines)


def _at_the_officer(today: datetime.date) -> list[Waiting]:
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


# What is asked for the holder of a role.
_BY_ROLE = {
    Role.CONTRACT_MANAGER: _at_the_manager,
    Role.POLICY_OFFICER: _at_the_officer,
    Role.SUPERVISOR: _at_the_supervisor,
    Role.FUNCTIONAL_MANAGER: _at_the_functional_manager,
}
