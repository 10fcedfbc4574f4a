"""The documents and data sets that all other facts point at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.constants import Phase, Rhythm
from agenda.models import Source
from demo.loading.reader import Place, find, read_file, save_all


@dataclass(frozen=True)
class SourceRow:
    place: Place
    slug: str
    title: str
    phase: Phase
    publisher: str = ""
    rhythm: Rhythm = Rhythm.NOT_STATED
    published: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class SourcesFile:
    sources: list[SourceRow]


def load(data: Path) -> None:
    """Insert the sources of ``sources.yaml``, in the order of the file.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "sources.yaml", SourcesFile)
    with transaction.atomic():
        save_all(
            (
                row.place,
                Source(
                    slug=row.slug,
                    title=row.title,
                    publisher=row.publisher,
                    phase=row.phase,
                    rhythm=row.rhythm,
                    published=row.published,
                    url=row.url,
                    note=row.note,
                    order=order,
                ),
            )
            for order, row in enumerate(content.sources, start=1)
        )


class Citations:
    """Where a fact stands: the source and locator of a row, or those of what it is part of."""

    def __init__(self, source: str, locator: str = "") -> None:
        self.known = {source.slug: source for source in Source.objects.all()}
        self.source, self.locator = source, locator

    def cite(
        self, place: Place, locator: str = "", *, source: str = "", inherited: str = ""
    ) -> dict[str, Source | str]:
        """``source`` and ``locator`` as keyword arguments for a ``Sourced`` row.

        Raises ``DataFileError`` when the source is unknown or no place in it is named.
        """
        where = locator or inherited or self.locator
        if not where:
            raise place.error("De vindplaats (locator) ontbreekt. Noem het hoofdstuk in de bron.")
        return {
            "source": find(place, self.known, source or self.source, "bron"),
            "locator": where,
        }
