"""The fourteen norms in a year: what follows from what is recorded, and what was judged. Reads
only."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse

from agenda.constants import TargetKind
from agenda.measurability import Aspect, Mark
from agenda.measuring import Measurability, measurability
from agenda.models import Agenda, AgendaVersion
from agenda.story import Story, provenance
from contracts.models import Contract, KPITarget
from contracts.talks.rules import Outcome
from core.values import Absence
from monitor.constants import JUDGEABLE, NormAnswer
from monitor.framework.rules import answer_of
from monitor.models import Investigation, NormVerdict
from monitor.normlist import PARTS, Norm, NormPart
from monitor.norms import ContractNorms, contracts_in, norms_of

ICONS = {NormAnswer.YES: "check", NormAnswer.PARTLY: "half", NormAnswer.NO: "cross"}
RUNS_ON = (Outcome.ON_TRACK, Outcome.BEHIND)
NOTHING_ASKED = "In dit jaar is van geen overeenkomst iets gevraagd."
NO_CONTRACTS = "In dit jaar liep geen overeenkomst die hier is vastgelegd."


@dataclass(frozen=True)
class Recorded:
    """What follows from what is recorded here: no ``answer`` where that says nothing yet."""

    answer: NormAnswer | None
    words: str
    url: str = ""


@dataclass(frozen=True)
class Judged:
    """What somebody judged, as a page shows it."""

    row: NormVerdict
    source: Story

    @property
    def icon(self) -> str:
        return ICONS[NormAnswer(self.row.answer)]


@dataclass(frozen=True)
class NormStory:
    """One norm in a year: the newest verdict of somebody, and before that what is recorded."""

    norm: Norm
    recorded: Recorded | None = None
    judged: list[Judged] = field(default_factory=list)

    @property
    def newest(self) -> Judged | None:
        return self.judged[0] if self.judged else None

    @property
    def answer(self) -> NormAnswer | None:
        if self.newest is not None:
            return NormAnswer(self.newest.row.answer)
        return self.recorded.answer if self.recorded is not None else None

    @property
    def icon(self) -> str:
        return ICONS[self.answer] if self.answer is not None else "question"

    @property
    def label(self) -> str:
        return (
            str(self.answer.label).capitalize() if self.answer is not None else "Nog niet te zeggen"
        )


@dataclass(frozen=True)
class PartStory:
    part: NormPart
    norms: list[NormStory]


@dataclass(frozen=True)
class Framework:
    """All norms by part, with how many have which answer."""

    parts: list[PartStory]

    def find(self, number: int) -> NormStory:
        """The norm with ``number``, which is one of those that there are."""
        return next(
            norm for part in self.parts for norm in part.norms if norm.norm.number == number
        )

    @property
    def counts(self) -> list[tuple[str, int]]:
        held = Counter(norm.answer for part in self.parts for norm in part.norms)
        found = [(str(answer.label), held[answer]) for answer in NormAnswer]
        return [*found, ("nog niet te zeggen", held[None])]


def framework(year: int, today: datetime.date, verdicts: QuerySet[NormVerdict]) -> Framework:
    """Every norm in ``year``, with those of ``verdicts`` that are about it. What a source tells
    stands with its investigation alone. Twenty queries at most, however many contracts ran."""
    rows = verdicts.filter(year=year, source__isnull=True)
    return _framework(rows, recorded_in(year, today))


def framework_of(row: Investigation) -> Framework | None:
    """What an investigation judged of the norms; None where it judged none. One query."""
    found = _framework(row.norm_verdicts.all(), {})
    return found if any(norm.judged for part in found.parts for norm in part.norms) else None


def _framework(verdicts: QuerySet[NormVerdict], recorded: dict[int, Recorded]) -> Framework:
    judged: dict[int, list[Judged]] = defaultdict(list)
    rows = NormVerdict.objects.filter(pk__in=verdicts.values("pk")).newest_first()
    for row in rows.select_related("investigation", "actor", "source"):
        judged[row.number].append(Judged(row, provenance(row)))
    return Framework(
        [
            PartStory(
                part,
                [
                    NormStory(norm, recorded.get(norm.number), judged[norm.number])
                    for norm in part.norms
                ],
            )
            for part in PARTS
        ]
    )


# -- what is recorded ------------------------------------------------------------------------------
def recorded_in(year: int, today: datetime.date) -> dict[int, Recorded]:
    """What follows from what is recorded, for each norm that it says something about. Eighteen
    queries at most."""
    found = _of_policy(year)
    contracts = list(contracts_in(year))
    found[10] = _agreed(contracts)
    lines = norms_of(contracts, year, today)
    page = f"{reverse('norm_list')}?jaar={year}"
    for number in (11, 13, 14):
        found[number] = _of_contracts(number, lines, page)
    return found


def _of_policy(year: int) -> dict[int, Recorded]:
    """Norms 1, 2 and 3: the newest adopted agenda that runs in ``year``, or else the newest one
    before that of which nobody says how long it runs. One of which a source names no decision is
    none."""
    adopted = AgendaVersion.objects.filter(status__in=JUDGEABLE)
    rows = list(adopted.in_time().select_related("agenda"))
    begun = [row for row in rows if _first_year(row.agenda) <= year]
    running = [row for row in rows if _runs_in(row.agenda, year)] or [
        # Of which nobody says how long it runs, it runs until another one follows it.
        row
        for row in begun[-1:]
        if row.agenda.period is None
    ]
    if not running:
        words = "Er is geen vastgestelde agenda die in dit jaar loopt."
        return {number: Recorded(NormAnswer.NO, words) for number in (1, 2, 3)}
    version = running[-1]
    agenda, number = version.agenda, version.number
    runs = "loopt in dit jaar" if agenda.period else "heeft geen vastgelegde looptijd"
    held = measurability(version)
    page = reverse("agenda_version_measurability", args=[agenda.slug, number])
    return {
        1: Recorded(
            NormAnswer.YES,
            f"{agenda.name}, versie {number}, is vastgesteld en {runs}.",
            reverse("agenda_version", args=[agenda.slug, number]),
        ),
        2: _measured(held, Aspect.TARGET, "een streefwaarde", page),
        3: _measured(held, Aspect.IN_TIME, "op tijd een cijfer", page),
    }


def _first_year(agenda: Agenda) -> int:
    """The first year of its term; of which no term is known, the year of its adoption."""
    return agenda.year if agenda.period is None else agenda.period.start.year


def _runs_in(agenda: Agenda, year: int) -> bool:
    period = agenda.period
    return period is not None and period.start.year <= year <= period.end.year


def _measured(held: Measurability, aspect: Aspect, what: str, page: str) -> Recorded:
    asked = held.asked
    met = sum(goal.marks[aspect] is Mark.YES for goal in asked)
    half = sum(goal.marks[aspect] is Mark.PARTLY for goal in asked)
    if not asked:
        return Recorded(NormAnswer.NO, "De agenda heeft geen doelen om te meten.", page)
    answer = answer_of(met, len(asked))
    if answer is NormAnswer.NO and half:
        answer = NormAnswer.PARTLY
    words = f"{met} van de {len(asked)} doelen heeft {what}."
    if half:
        words += f" Deels: {half}."
    return Recorded(answer, words, page)


def _agreed(contracts: list[Contract]) -> Recorded:
    """Norm 10: each contract has a KPI with a value that is aimed at."""
    if not contracts:
        return Recorded(None, NO_CONTRACTS)
    keys = [row.pk for row in contracts]
    with_target = set(
        KPITarget.objects.filter(
            kpi__contract__in=keys, kind=TargetKind.TARGET, absence=Absence.PRESENT
        ).values_list("kpi__contract", flat=True)
    )
    words = (
        f"{len(with_target)} van de {len(keys)} overeenkomsten heeft een prestatie-indicator met "
        "een streefwaarde."
    )
    return Recorded(answer_of(len(with_target), len(keys)), words)


def _of_contracts(number: int, rows: Iterable[ContractNorms], page: str) -> Recorded:
    """Norms 11, 13 and 14: how many contracts meet it. As long as a contract may still do so, the
    year has no answer; one that ran a part of the year, or of which nothing was asked, does not
    count."""
    outcomes = [line.outcome for row in rows for line in row.lines if line.number == number]
    counted = [
        each for each in outcomes if each not in (Outcome.PART_OF_YEAR, Outcome.NOTHING_ASKED)
    ]
    if not counted:
        asked = Outcome.NOTHING_ASKED in outcomes
        return Recorded(None, NOTHING_ASKED if asked else NO_CONTRACTS, page)
    met = sum(each is Outcome.MET for each in counted)
    words = f"{met} van de {len(counted)} overeenkomsten voldoet."
    if any(each in RUNS_ON for each in counted):
        return Recorded(None, f"{words} Het jaar loopt nog.", page)
    return Recorded(answer_of(met, len(counted)), words, page)
