"""Where the sources contradict one another: every reading, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.constants import ContradictionTopic
from agenda.models import Contradiction, Reading
from demo.loading.reader import Place, read_file, save_all
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
