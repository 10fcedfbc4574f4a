"""Partners, coalitions and other municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from demo.loading.reader import Place, read_file, save_all


@dataclass(frozen=True)
class OrganisationRow:
    place: Place
    slug: str
    name: str
    kind: OrganisationKind
    description: str
    seat: str = ""


@dataclass(frozen=True)
class OrganisationsFile:
    organisations: list[OrganisationRow]


def load(data: Path) -> None:
    """Insert the organisations of ``organisations.yaml``; needs nothing else.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "organisations.yaml", OrganisationsFile)
    with transaction.atomic():
        save_all(
            (
                row.place,
                Organisation(
                    slug=row.slug,
                    name=row.name,
                    kind=row.kind,
                    seat=row.seat,
                    description=row.description,
                ),
            )
            for row in content.organisations
        )
