"""What each role needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.models import Indicator
from demo.loading.invented import kept
from demo.loading.reader import Place, find, read_file, save_all
from monitor.constants import InformationRole
from monitor.models import InformationNeed


@dataclass(frozen=True)
class NeedRow:
    place: Place
    role: InformationRole
    need: str
    used_for: str
    indicator: str = ""
    registered: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class InformationFile:
    needs: list[NeedRow]


def load(data: Path) -> None:
    """Insert the rows of ``information.yaml``. Raises ``DataFileError``; nothing is kept then."""
    content = read_file(data / "information.yaml", InformationFile)
    known = {row.slug: row for row in Indicator.objects.all()}
    with transaction.atomic():
        save_all(
            (
                row.place,
                InformationNeed(
                    role=row.role,
                    need=row.need,
                    used_for=row.used_for,
                    registered=row.registered,
                    indicator=find(row.place, known, row.indicator, "indicator")
                    if row.indicator
                    else None,
                    is_example=row.example,
                ),
            )
            for row in kept(content.needs)
        )
