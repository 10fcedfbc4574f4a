"""Who gets which information at which level, and decides what by it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from demo.loading.invented import cite, kept
from demo.loading.reader import Place, find, read_file, save
from demo.loading.sources import Citations
from monitor.constants import Product, SteeringLevel, SteeringManner
from monitor.models import SteeringArrangement


@dataclass(frozen=True)
class ArrangementRow:
    """``name`` is what a later row calls it that replaces it."""

    place: Place
    level: SteeringLevel
    manner: SteeringManner
    who: str
    product: Product
    frequency: str
    decides: str
    product_name: str = ""
    since: datetime.date | None = None
    decision: str = ""
    until: datetime.date | None = None
    ended_by: str = ""
    name: str = ""
    replaces: str = ""
    source: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class SteeringFile:
    source: str
    arrangements: list[ArrangementRow]


def load(data: Path) -> None:
    """Insert the rows of ``steering.yaml``. Raises ``DataFileError``; nothing is kept then."""
    content = read_file(data / "steering.yaml", SteeringFile)
    with transaction.atomic():
        cited = Citations(content.source)
        made: dict[str, SteeringArrangement] = {}
        for row in kept(content.arrangements):
            replaced = find(row.place, made, row.replaces, "afspraak") if row.replaces else None
            made[row.name] = save(
                row.place,
                SteeringArrangement(
                    level=row.level,
                    manner=row.manner,
                    who=row.who,
                    product=row.product,
                    product_name=row.product_name,
                    frequency=row.frequency,
                    decides=row.decides,
                    since=row.since,
                    decision=row.decision,
                    until=row.until,
                    ended_by=row.ended_by,
                    replaces=replaced,
                    is_example=row.example,
                    **cite(cited, row, row.source),
                ),
            )
