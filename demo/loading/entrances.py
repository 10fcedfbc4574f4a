"""Where inhabitants can go, as a source tells it; and an invented place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from demo.loading.invented import cite, kept
from demo.loading.lookups import Known
from demo.loading.reader import Place, read_file, save_all
from demo.loading.sources import Citations
from reporting.constants import Referral
from reporting.models import Entrance


@dataclass(frozen=True)
class EntranceRow:
    place: Place
    organisation: str
    name: str
    for_what: str
    where: str = ""
    referral: Referral = Referral.NOT_STATED
    opening: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class EntrancesFile:
    source: str
    entrances: list[EntranceRow]


def load(data: Path) -> None:
    """Insert the rows of ``entrances.yaml``. Raises ``DataFileError``; nothing is kept then."""
    content = read_file(data / "entrances.yaml", EntrancesFile)
    with transaction.atomic():
        cited, known = Citations(content.source), Known()
        save_all(
            (
                row.place,
                Entrance(
                    organisation=known.organisation(row.place, row.organisation),
                    name=row.name,
                    for_what=row.for_what,
                    referral=row.referral,
                    place=row.where,
                    opening=row.opening,
                    phone=row.phone,
                    email=row.email,
                    website=row.website,
                    is_example=row.example,
                    **cite(cited, row),
                ),
            )
            for row in kept(content.entrances)
        )
