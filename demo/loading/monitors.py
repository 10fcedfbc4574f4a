"""The editions of the monitor, brought to publication by the same steps as a new edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from agenda.constants import Origin
from agenda.models import AgendaVersion
from demo.loading.contracts.rows import VersionReference
from demo.loading.lookups import Known
from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations
from monitor.actions import adopt, mark_judged, publish
from monitor.constants import MonitorKind, NoteKind, Verdict
from monitor.models import (
    Bottleneck,
    Challenge,
    Judgement,
    Monitor,
    MonitorNote,
    OtherParty,
)


@dataclass(frozen=True)
class NoteRow:
    place: Place
    kind: NoteKind
    text: str
    locator: str = ""


@dataclass(frozen=True)
class JudgementRow:
    """``number`` and ``label`` are those of the edition; ``goal`` is the slug in the agenda."""

    place: Place
    goal: str
    number: str
    label: str
    verdict: Verdict
    previous: Verdict | None = None
    explanation: str = ""
    locator: str = ""


@dataclass(frozen=True)
class BottleneckRow:
    place: Place
    theme: str
    text: str
    goal: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ChallengeRow:
    place: Place
    text: str
    is_core: bool
    goals: list[str]
    locator: str = ""


@dataclass(frozen=True)
class OtherPartyRow:
    place: Place
    name: str
    locator: str = ""


@dataclass(frozen=True)
class MonitorRow:
    place: Place
    year: int
    kind: MonitorKind
    judges_goals: bool
    locator: str
    agenda_version: VersionReference | None = None
    note: str = ""
    notes: list[NoteRow] = field(default_factory=list)
    judgements: list[JudgementRow] = field(default_factory=list)
    bottlenecks: list[BottleneckRow] = field(default_factory=list)
    challenges: list[ChallengeRow] = field(default_factory=list)
    other_parties: list[OtherPartyRow] = field(default_factory=list)


@dataclass(frozen=True)
class MonitorsFile:
    source: str
    monitors: list[MonitorRow]


def load(data: Path) -> None:
    """Insert the monitors of ``monitors.yaml`` and publish each; all other data is there already.

    Call it last: publishing freezes what the pages show. Raises ``DataFileError``; nothing is kept
    then.
    """
    content = read_file(data / "monitors.yaml", MonitorsFile)
    with transaction.atomic():
        known = Known()
        for row in content.monitors:
            _insert(row, Citations(content.source, row.locator), known)


def _insert(row: MonitorRow, cited: Citations, known: Known) -> None:
    reference = row.agenda_version
    version = (
        known.version(reference.place, reference.agenda, reference.number) if reference else None
    )
    monitor = save(
        row.place,
        Monitor(
            year=row.year,
            kind=row.kind,
            origin=Origin.SOURCE,
            agenda_version=version,
            judges_goals=row.judges_goals,
            note=row.note,
            **cited.cite(row.place),
        ),
    )
    if version is not None:
        _judged(monitor, row, version, cited, known)
    elif row.judgements or row.bottlenecks or row.challenges:
        raise row.place.error("Noem de agenda (agenda_version) waar deze oordelen over gaan.")
    save_all(
        (
            each.place,
            MonitorNote(
                monitor=monitor,
                kind=each.kind,
                text=each.text,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.notes, start=1)
    )
    save_all(
        (
            each.place,
            OtherParty(
                monitor=monitor,
                name=each.name,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.other_parties, start=1)
    )
    try:
        mark_judged(monitor, user=None)
        adopt(monitor, user=None)
        publish(monitor, user=None)
    except ValidationError as problem:
        raise row.place.error(" ".join(problem.messages)) from problem


def _judged(
    monitor: Monitor, row: MonitorRow, version: AgendaVersion, cited: Citations, known: Known
) -> None:
    save_all(
        (
            each.place,
            Judgement(
                monitor=monitor,
                goal=known.goal(each.place, version, each.goal),
                number=each.number,
                label=each.label,
                verdict=each.verdict,
                previous=each.previous,
                explanation=each.explanation,
                origin=Origin.SOURCE,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.judgements, start=1)
    )
    save_all(
        (
            each.place,
            Bottleneck(
                monitor=monitor,
                theme=known.theme(each.place, version, each.theme),
                goal=known.goal(each.place, version, each.goal) if each.goal else None,
                text=each.text,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.bottlenecks, start=1)
    )
    challenges = save_all(
        (
            each.place,
            Challenge(
                monitor=monitor,
                text=each.text,
                is_core=each.is_core,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.challenges, start=1)
    )
    for challenge, told in zip(challenges, row.challenges, strict=True):
        challenge.goals.set(known.goal(told.place, version, slug) for slug in told.goals)
