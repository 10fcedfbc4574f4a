"""Values measured by others, such as Statistics Netherlands, with the indicator they are of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agenda.constants import Certainty, Direction, IndicatorLevel
from agenda.models import Indicator, Observation
from core.fields import value_columns
from core.periods import Period
from core.values import ValueType
from demo.loading.reader import Place, find, read_file, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator that no agenda appoints; it is about the municipality as a whole."""

    place: Place
    slug: str
    name: str
    definition: str
    value_type: ValueType
    source: str
    locator: str
    direction: Direction = Direction.NOT_STATED
    unit: str = ""
    measured_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class ObservationRow:
    place: Place
    indicator: str
    period: Period
    value: str
    source: str
    locator: str
    certainty: Certainty = Certainty.NOT_STATED
    retrieved_on: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class ObservationsFile:
    source: str
    indicators: list[IndicatorRow]
    observations: list[ObservationRow]


def load(data: Path) -> None:
    """Insert the indicators and observations of ``observations.yaml``.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "observations.yaml", ObservationsFile)
    with transaction.atomic():
        _observations(content, Citations(content.source))


def _observations(content: ObservationsFile, cited: Citations) -> None:
    indicators = save_all(
        (
            row.place,
            Indicator(
                slug=row.slug,
                name=row.name,
                definition=row.definition,
                value_type=row.value_type,
                unit=row.unit,
                direction=row.direction,
                level=IndicatorLevel.POPULATION,
                measured_by=row.measured_by,
                note=row.note,
                **cited.cite(row.place, row.locator, source=row.source),
            ),
        )
        for row in content.indicators
    )
    by_slug = {indicator.slug: indicator for indicator in indicators}
    pairs = []
    for row in content.observations:
        indicator = find(row.place, by_slug, row.indicator, "indicator")
        value = row.place.value(ValueType(indicator.value_type), row.value)
        pairs.append(
            (
                row.place,
                Observation(
                    indicator=indicator,
                    period=row.period.code,
                    certainty=row.certainty,
                    retrieved_on=row.retrieved_on,
                    note=row.note,
                    **value_columns(value),
                    **cited.cite(row.place, row.locator, source=row.source),
                ),
            )
        )
    save_all(pairs)
