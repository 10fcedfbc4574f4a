"""What other municipalities are like, as context for a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.models import Municipality
from demo.loading.reader import Place, read_file, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class MunicipalityRow:
    place: Place
    name: str
    inhabitants: int | None = None
    places: int | None = None
    teams: int | None = None
    note: str = ""


@dataclass(frozen=True)
class MunicipalitiesFile:
    """``measured`` and ``locator`` hold for all rows: they stand in one table of the source."""

    source: str
    locator: str
    measured: str
    municipalities: list[MunicipalityRow]


def load(data: Path) -> None:
    """Insert the rows of ``municipalities.yaml``, all or none. Raises ``DataFileError``."""
    content = read_file(data / "municipalities.yaml", MunicipalitiesFile)
    with transaction.atomic():
        cited = Citations(content.source)
        save_all(
            (
                row.place,
                Municipality(
                    name=row.name,
                    inhabitants=row.inhabitants,
                    places=row.places,
                    teams=row.teams,
                    measured=content.measured,
                    note=row.note,
                    **cited.cite(row.place, content.locator),
                ),
            )
            for row in content.municipalities
        )
