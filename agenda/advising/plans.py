"""What the municipality is making policy on, now: the overview that advisory councils ask for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from agenda.constants import AgendaStatus, Origin, RoundStatus
from agenda.models import Agenda, AgendaVersion, AgendaVersionEvent, ConsultationRound
from agenda.querysets import PUBLIC
from core.wording import in_words


@dataclass(frozen=True)
class Plan:
    """An agenda with the stage it is in; ``version`` is None while it is only announced."""

    agenda: Agenda
    version: AgendaVersion | None
    stage: str
    words: str


@dataclass(frozen=True)
class Decided:
    """A decision of the past year: what, when, and the agenda to read."""

    day: datetime.date
    words: str
    agenda: Agenda
    round: ConsultationRound | None = None


@dataclass(frozen=True)
class Plans:
    """The overview on one day."""

    in_the_making: list[Plan]
    rounds: list[ConsultationRound]
    decided: list[Decided]
    coming: list[str]
    standing: list[Plan]


def plans_on(today: datetime.date) -> Plans:
    """The overview as it is on ``today``. Five queries, however much there is."""
    versions = list(
        AgendaVersion.objects.readable()
        .select_related("agenda__owner", "source")
        .annotate(until=Max("rounds__closes_on", filter=~Q(rounds__status=RoundStatus.PREPARED)))
        .order_by("-agenda__year", "agenda_id", "number")
    )
    # Of each agenda the newest version that people may react to, and the newest one that is not.
    making = {row.agenda_id: row for row in versions if row.status == AgendaStatus.CONSULTATION}
    standing = {row.agenda_id: row for row in versions if row.status != AgendaStatus.CONSULTATION}
    followed = {
        version.agenda.predecessor_id: version.agenda
        for version in standing.values()
        if version.agenda.predecessor_id is not None
    }
    rounds = list(
        ConsultationRound.objects.announced()
        .filter(status=RoundStatus.OPEN, closes_on__gte=today)
        .select_related("version__agenda")
        .order_by("closes_on", "pk")
    )
    adopted = {row.agenda_id: row for row in versions if row.status == AgendaStatus.ADOPTED}
    shown = [_plan(version, followed, today, adopted.get(key)) for key, version in standing.items()]
    announced = [
        Plan(agenda, None, "aangekondigd", "Concept. De inhoud is nog niet openbaar.")
        for agenda in _announced(rounds)
    ]
    return Plans(
        in_the_making=[
            *announced,
            *(_plan(version, followed, today) for version in making.values()),
        ],
        rounds=rounds,
        decided=_decided(today),
        coming=_coming(rounds, shown, today),
        standing=shown,
    )


def _announced(rounds: list[ConsultationRound]) -> list[Agenda]:
    """The agendas of rounds on a draft, each once."""
    found = {row.version.agenda_id: row.version.agenda for row in rounds if row.version.is_draft}
    return list(found.values())


def _plan(
    version: AgendaVersion,
    followed: dict[int, Agenda],
    today: datetime.date,
    adopted: AgendaVersion | None = None,
) -> Plan:
    """The stage of ``version`` in words; a source that names no decision leaves it open."""
    agenda = version.agenda
    successor = followed.get(agenda.pk)
    if version.status == AgendaStatus.CONSULTATION:
        until = getattr(version, "until", None)
        words = "Een laatste dag is niet genoemd."
        if until is not None:
            words = f"{'Open' if until >= today else 'Was open'} tot en met {in_words(until)}."
        return Plan(agenda, version, "inspraak", words)
    if version.status == AgendaStatus.SUPERSEDED or successor is not None:
        words = f"Opgevolgd door {successor}." if successor else "Vervangen."
        return Plan(agenda, version, "vervangen", words)
    if version.adopted_on:
        words = f"Vastgesteld op {in_words(version.adopted_on)} door de {version.adopted_by}."
        return Plan(agenda, version, "vastgesteld", words)
    if version.status == AgendaStatus.ADOPTED:
        return Plan(agenda, version, "vastgesteld", "De datum staat niet in de bron.")
    if adopted is not None:
        words = f"Dat is versie {adopted.number}; over versie {version.number} noemt de bron niets."
        return Plan(agenda, version, "vastgesteld", words)
    return Plan(agenda, version, "niet bekend", "De bron noemt geen besluit over deze versie.")


def _decided(today: datetime.date) -> list[Decided]:
    """Agendas that were adopted and rounds that were answered in the year up to ``today``."""
    since = _year_before(today)
    adopted = AgendaVersion.objects.filter(
        adopted_on__range=(since, today), status__in=PUBLIC
    ).select_related("agenda")
    opened = AgendaVersionEvent.objects.filter(
        at__date__range=(since, today),
        to_status=AgendaStatus.CONSULTATION,
        version__status__in=PUBLIC,
        version__origin=Origin.SYSTEM,
    ).select_related("version__agenda")
    answered = (
        ConsultationRound.objects.readable()
        .filter(status=RoundStatus.ANSWERED, answered_on__range=(since, today))
        .select_related("version__agenda")
    )
    rows = [
        *(
            Decided(row.adopted_on, f"Vastgesteld door de {row.adopted_by}", row.agenda)
            for row in adopted
            if row.adopted_on
        ),
        *(
            Decided(timezone.localtime(row.at).date(), "Ter inspraak gelegd", row.version.agenda)
            for row in opened
        ),
        *(
            Decided(row.answered_on, f"Beantwoord: {row.title}", row.version.agenda, row)
            for row in answered
            if row.answered_on
        ),
    ]
    return sorted(rows, key=lambda row: row.day, reverse=True)


def _coming(
    rounds: list[ConsultationRound],
    shown: list[Plan],
    today: datetime.date,
) -> list[str]:
    """What has a day after ``today``: rounds that open, and agendas that end without a next one."""
    found = [
        (row.opens_on, f"Op {in_words(row.opens_on)} opent de adviesronde ‘{row.title}’.")
        for row in rounds
        if row.opens_on and row.opens_on > today
    ]
    for plan in shown:
        period = plan.agenda.period
        if plan.stage == "vastgesteld" and period and period.end >= today:
            words = (
                f"{plan.agenda} loopt af op {in_words(period.end)}; een volgende is er nog niet."
            )
            found.append((period.end, words))
    return [words for _, words in sorted(found)]


def _year_before(today: datetime.date) -> datetime.date:
    """The same day a year ago; of a leap day the day before it."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)
