"""Whether a contract meets three norms of the 213a framework in a year, with what shows it.

Norm 11: reported as agreed; norm 13: talked about it; norm 14: decided visibly (report 004, H4.4
and H4.5). What counts as a talk, and when a year is met, is in ``contracts/talks/rules.py``; the
page docs/regels/normen.md says it in Dutch.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, QuerySet
from django.urls import reverse

from agenda.constants import Origin
from contracts.constants import ContractStatus
from contracts.models import Contract, Decision, Meeting, MeetingRhythm
from contracts.talks.reading import needed, rhythm_of
from contracts.talks.rules import Outcome, runs_part_of, year_outcome
from core.wording import in_words
from reporting.models import KPIResult, Report, Round

ICONS = {
    Outcome.MET: "check",
    Outcome.ON_TRACK: "half",
    Outcome.BEHIND: "warning",
    Outcome.NOT_MET: "cross",
    Outcome.PART_OF_YEAR: "question",
    Outcome.NOTHING_ASKED: "question",
}


@dataclass(frozen=True)
class Evidence:
    """What shows it, with the page where it stands; only ``for_staff`` where others may not open
    that page."""

    url: str
    label: str
    for_staff: bool = False


@dataclass(frozen=True)
class NormLine:
    """One norm for one contract in one year."""

    number: int
    name: str
    outcome: Outcome
    words: str
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return ICONS[self.outcome]


@dataclass(frozen=True)
class ContractNorms:
    """The norms of one contract in ``year``."""

    contract: Contract
    year: int
    lines: list[NormLine]

    @property
    def is_met(self) -> bool:
        """Nothing is missing: a norm that asks nothing is met as well."""
        return all(line.outcome in (Outcome.MET, Outcome.NOTHING_ASKED) for line in self.lines)


def contracts_in(year: int) -> QuerySet[Contract]:
    """The contracts of this system that ran in ``year``, with their partner."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return (
        Contract.objects.readable()
        .filter(
            origin=Origin.SYSTEM,
            status__in=(ContractStatus.ACTIVE, ContractStatus.ENDED),
            starts_on__lte=last,
            ends_on__gte=first,
        )
        .select_related("partner")
        .order_by("title", "pk")
    )


def newest_year(today: datetime.date) -> int:
    """The last year, this year at the latest, in which a contract ran; this year when none did.

    One query.
    """
    told = Contract.objects.readable().filter(
        origin=Origin.SYSTEM,
        status__in=(ContractStatus.ACTIVE, ContractStatus.ENDED),
        starts_on__lte=datetime.date(today.year, 12, 31),
    )
    last = told.aggregate(last=Max("ends_on"))["last"]
    return min(last.year, today.year) if last else today.year


def norms_of(contracts: Iterable[Contract], year: int, today: datetime.date) -> list[ContractNorms]:
    """The norms of each of ``contracts`` in ``year``. Eight queries, however many there are."""
    rows = list(contracts)
    keys = [row.pk for row in rows]
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in (
        Meeting.objects.filter(contracts__in=keys)
        .standing()
        .counted()
        .in_year(year)
        .by_day()
        .distinct()
        .prefetch_related("contracts")
    ):
        for contract in meeting.contracts.all():
            meetings[contract.pk].append(meeting)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decision in (
        Decision.objects.filter(contracts__in=keys)
        .in_year(year)
        .order_by("decided_on", "pk")
        .distinct()
        .prefetch_related("contracts")
    ):
        for contract in decision.contracts.all():
            decisions[contract.pk].append(decision)
    reports: dict[int, list[Report]] = defaultdict(list)
    coming: dict[int, list[Report]] = defaultdict(list)
    due = (
        Report.objects.of_system()
        .with_last_day()
        .filter(contract__in=keys, due_on__year__in=(year, year + 1))
    )
    for report in due.order_by("due_on", "pk"):
        if report.due_on is not None and report.due_on.year == year:
            reports[report.contract_id].append(report)
        elif report.period.end.year == year:
            coming[report.contract_id].append(report)
    first = _first_rounds([report.pk for held in reports.values() for report in held])
    short = _shortfalls(keys, year)
    rhythms: dict[int, list[MeetingRhythm]] = defaultdict(list)
    for rhythm in MeetingRhythm.objects.filter(contract__in=keys):
        rhythms[rhythm.contract_id].append(rhythm)
    return [
        ContractNorms(
            contract,
            year,
            [
                _reported(reports[contract.pk], coming[contract.pk], first, today),
                _talked(contract, rhythms[contract.pk], meetings[contract.pk], year, today),
                _decided(contract, decisions[contract.pk], short[contract.pk], year, today),
            ],
        )
        for contract in rows
    ]


def _first_rounds(reports: list[int]) -> dict[int, Round]:
    """The first round of each report, by its key. One query."""
    rows = Round.objects.filter(report__in=reports, number=1).defer("payload")
    return {row.report_id: row for row in rows}


def _shortfalls(contracts: list[int], year: int) -> dict[int, int]:
    """How many results of first rounds, due in ``year``, miss their target. One query."""
    found: dict[int, int] = defaultdict(int)
    rows = KPIResult.objects.filter(
        achieved=False,
        round__number=1,
        round__report__contract__in=contracts,
        round__report__due_on__year=year,
    )
    for contract in rows.values_list("round__report__contract", flat=True):
        found[contract] += 1
    return found


def _reported(
    reports: list[Report], coming: list[Report], first: dict[int, Round], today: datetime.date
) -> NormLine:
    """Norm 11 over ``reports``, due in the year; ``coming`` are about it and due in the next."""
    name = "Op tijd gerapporteerd"
    if not reports and coming:
        until: datetime.date = coming[0].due_until  # type: ignore[attr-defined] # of the selection
        verb = "was" if until < today else "is"
        words = f"Over dit jaar {verb} een rapportage nodig uiterlijk op {in_words(until)}."
        return NormLine(11, name, Outcome.NOTHING_ASKED, f"{words} Die telt in dat jaar mee.")
    if not reports:
        return NormLine(11, name, Outcome.NOTHING_ASKED, "Dit jaar was geen rapportage nodig.")
    late, waiting = [], []
    for report in reports:
        until = report.due_until  # type: ignore[attr-defined] # of the selection
        made = first.get(report.pk)
        if made is not None:
            if made.submitted_on > until:
                late.append(report)
        elif until < today:
            late.append(report)
        else:
            waiting.append(report)
    evidence = [
        Evidence(reverse("report_review", args=[report.pk]), report.title, for_staff=True)
        for report in reports
    ]
    on_time = len(reports) - len(late) - len(waiting)
    words = f"{on_time} van {len(reports)} op tijd ingediend."
    if late:
        words += f" Te laat of niet ingediend: {len(late)}."
        return NormLine(11, name, Outcome.NOT_MET, words, evidence)
    if waiting:
        words += f" Nog te komen: {len(waiting)}."
        return NormLine(11, name, Outcome.ON_TRACK, words, evidence)
    return NormLine(11, name, Outcome.MET, words, evidence)


def _talked(
    contract: Contract,
    rhythms: list[MeetingRhythm],
    meetings: list[Meeting],
    year: int,
    today: datetime.date,
) -> NormLine:
    rows = needed(rhythm_of(contract, rhythms, year), meetings)
    outcome = year_outcome(
        [(row["needed"], row["counted"]) for row in rows],
        year=year,
        today=today,
        first=contract.starts_on,
        last=contract.ends_on,
    )
    words = " ".join(
        f"{row['label']}: {row['counted'].held} van {row['needed']} gehouden."
        + (f" Nog gepland: {row['counted'].planned}." if row["counted"].planned else "")
        for row in rows
    )
    without = sum(meeting.is_held for meeting in meetings)
    if without:
        words += f" Zonder vastgesteld verslag: {without}."
    evidence = [
        Evidence(
            reverse("meeting_manage", args=[meeting.pk]),
            f"{in_words(meeting.day)}: {meeting.title}",
        )
        for meeting in meetings
    ]
    return NormLine(13, "Gesprekken gevoerd", outcome, words, evidence)


def _decided(
    contract: Contract,
    decisions: list[Decision],
    shortfalls: int,
    year: int,
    today: datetime.date,
) -> NormLine:
    name = "Besluiten vastgelegd"
    missed = (
        f" Streefwaarden die niet zijn gehaald: {shortfalls}."
        if shortfalls
        else " Er was geen streefwaarde die niet is gehaald."
    )
    if decisions:
        evidence = [
            Evidence(reverse("decision_detail", args=[row.pk]), row.title) for row in decisions
        ]
        number = len(decisions)
        words = "Eén besluit vastgelegd." if number == 1 else f"{number} besluiten vastgelegd."
        return NormLine(14, name, Outcome.MET, words + missed, evidence)
    words = f"Geen besluit vastgelegd.{missed}"
    if not shortfalls:
        return NormLine(14, name, Outcome.NOTHING_ASKED, words)
    if today.year <= year:
        return NormLine(14, name, Outcome.BEHIND, words)
    if runs_part_of(year, contract.starts_on, contract.ends_on):
        return NormLine(14, name, Outcome.PART_OF_YEAR, words)
    return NormLine(14, name, Outcome.NOT_MET, words)
