"""Where the sources contradict one another: every reading, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from agenda.constants import ContradictionTopic
from agenda.models import Agenda, Contradiction, Reading
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class ReadingRow:
    place: Place
    text: str
    locator: str
    source: str = ""


@dataclass(frozen=True)
class ContradictionRow:
    place: Place
    slug: str
    topic: ContradictionTopic
    title: str
    explanation: str
    readings: list[ReadingRow]
    agendas: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ContradictionsFile:
    source: str
    contradictions: list[ContradictionRow]


def load(data: Path) -> None:
    """Insert the contradictions of ``contradictions.yaml``, in the order of the file.

    Raises ``DataFileError``, also for a contradiction with fewer than two readings.
    """
    content = read_file(data / "contradictions.yaml", ContradictionsFile)
    cited = Citations(content.source)
    with transaction.atomic():
        for row in content.contradictions:
            if len(row.readings) < 2:
                raise row.place.error("Een tegenspraak heeft ten minste twee lezingen.")
        contradictions = save_all(
            (
                row.place,
                Contradiction(
                    slug=row.slug,
                    topic=row.topic,
                    title=row.title,
                    explanation=row.explanation,
                    order=order,
                ),
            )
            for order, row in enumerate(content.contradictions, start=1)
        )
        known = Known()
        agendas = {each.slug: each for each in Agenda.objects.all()}
        for contradiction, row in zip(contradictions, content.contradictions, strict=True):
            contradiction.agendas.set(
                [find(row.place, agendas, name, "agenda") for name in row.agendas]
            )
            contradiction.partners.set(
                [known.organisation(row.place, name) for name in row.partners]
            )
        save_all(
            (
                reading.place,
                Reading(
                    contradiction=contradiction,
                    text=reading.text,
                    order=order,
                    **cited.cite(reading.place, reading.locator, source=reading.source),
                ),
            )
            for contradiction, row in zip(contradictions, content.contradictions, strict=True)
            for order, reading in enumerate(row.readings, start=1)
        )
