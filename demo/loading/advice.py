"""Advice on agendas and its answers, as a source document tells them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.actions.advising import settle_from_source
from agenda.constants import AdviceKind, AdviceOutcome
from agenda.models import Advice, AdviceAnswer, AdvicePoint, ConsultationRound
from demo.loading.lookups import Known
from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class PointRow:
    place: Place
    kind: AdviceKind
    text: str
    reason: str
    outcome: AdviceOutcome = AdviceOutcome.NOT_STATED


@dataclass(frozen=True)
class AdviceRow:
    place: Place
    body: str
    given_on: datetime.date
    points: list[PointRow]


@dataclass(frozen=True)
class RoundRow:
    place: Place
    agenda: str
    version: int
    title: str
    source: str
    locator: str
    answered_by: str
    advices: list[AdviceRow]


@dataclass(frozen=True)
class AdviceFile:
    rounds: list[RoundRow]


def load(data: Path) -> None:
    """Insert the rounds of ``advice.yaml``; their agendas and sources are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "advice.yaml", AdviceFile)
    known = Known()
    with transaction.atomic():
        for row in content.rounds:
            _round(row, known)


def _round(row: RoundRow, known: Known) -> None:
    cited = Citations(row.source, row.locator).cite(row.place)
    round = save(
        row.place,
        ConsultationRound(
            version=known.version(row.place, row.agenda, row.version),
            title=row.title,
            answered_by=row.answered_by,
            **cited,
        ),
    )
    for each in row.advices:
        advice = save(
            each.place, Advice(round=round, body=each.body, given_on=each.given_on, **cited)
        )
        points = save_all(
            (point.place, AdvicePoint(advice=advice, kind=point.kind, text=point.text))
            for point in each.points
        )
        save_all(
            (
                row.place,
                AdviceAnswer(point=point, outcome=row.outcome, reason=row.reason),
            )
            for row, point in zip(each.points, points, strict=True)
        )
    settle_from_source(round)
