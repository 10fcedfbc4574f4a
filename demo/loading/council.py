"""Talks of the council about agendas, from sources and invented ones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.history import key_of
from agenda.advising.subjects import subjects_of
from agenda.constants import CouncilBody, TalkPointKind
from agenda.models import AgendaVersion, CouncilTalk, CouncilTalkPoint
from demo.loading.invented import kept
from demo.loading.lookups import Known
from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class PointRow:
    """``about`` is the short name of a goal; without it the point is about the whole agenda."""

    place: Place
    kind: TalkPointKind
    text: str
    locator: str = ""
    about: str = ""
    promised_by: str = ""
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    done_note: str = ""


@dataclass(frozen=True)
class TalkRow:
    place: Place
    agenda: str
    version: int
    body: CouncilBody
    summary: str
    points: list[PointRow]
    held_on: datetime.date | None = None
    when: str = ""
    source: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class CouncilFile:
    talks: list[TalkRow]


def load(data: Path) -> None:
    """Insert the talks of ``council.yaml``; their agendas and sources are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "council.yaml", CouncilFile)
    known = Known()
    with transaction.atomic():
        for row in kept(content.talks):
            _talk(row, known)


def _talk(row: TalkRow, known: Known) -> None:
    cited = None if row.example else Citations(row.source, row.locator)
    version = known.version(row.place, row.agenda, row.version)
    talk = save(
        row.place,
        CouncilTalk(
            version=version,
            body=row.body,
            held_on=row.held_on,
            when=row.when,
            summary=row.summary,
            is_example=row.example,
            **(cited.cite(row.place) if cited else {}),
        ),
    )
    labels = subjects_of(version).labels
    save_all(
        (
            point.place,
            CouncilTalkPoint(
                talk=talk,
                kind=point.kind,
                text=point.text,
                promised_by=point.promised_by,
                due_on=point.due_on,
                done_on=point.done_on,
                done_note=point.done_note,
                **_about(point, version, known, labels),
                **(cited.cite(point.place, point.locator) if cited else {}),
            ),
        )
        for point in row.points
    )


def _about(
    point: PointRow, version: AgendaVersion, known: Known, labels: dict[str, str]
) -> dict[str, str]:
    if not point.about:
        return {}
    key = key_of(known.goal(point.place, version, point.about))
    return {"about_key": key, "about": labels[key]}
