"""The grid of baselines and targets of an agenda: measures down, years across, one form.

Under each target stands what was measured in that year, to compare; it is not written here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from agenda.aims import period_fault
from agenda.constants import TargetKind
from agenda.meanings import breaks_of, meaning_in
from agenda.models import AgendaVersion, Measure, Observation, Target, check_bounds, check_people
from agenda.series import of_whole
from core.fields import value_columns
from core.grid import CellGrid, GridCell
from core.periods import Period
from core.typed import as_typed
from core.values import InvalidValue, Value, ValueType

Key = tuple[int, str, Period]
CELL = re.compile(r"m(\d{1,18})-", re.ASCII)
YEARS_WITHOUT_TERM = 4
LONGEST_TERM = 12  # columns: an agenda for longer has its targets on pages of their own


@dataclass
class AimCell(GridCell):
    """The baseline of a measure, or what it aims at in a period."""

    measure: Measure
    kind: str
    period: Period
    observed: str = ""

    @property
    def name(self) -> str:
        return f"m{self.measure.pk}-{self.kind}-{self.period.code}".replace("/", "_")

    @property
    def key(self) -> Key:
        return (self.measure.pk, self.kind, self.period)

    @property
    def label(self) -> str:
        word = "nulmeting " if self.kind == TargetKind.BASELINE else ""
        return f"{word}{self.period.label}"

    @property
    def aria_label(self) -> str:
        return f"{self.measure.number}. {self.measure.text}: {self.label}"

    @property
    def value_type(self) -> ValueType:
        return ValueType(self.measure.indicator.value_type)

    def value(self) -> Value | None:
        value = super().value()
        if value is not None:
            try:
                check_bounds(Target(**value_columns(value)), self.measure.indicator)
                if self.kind == TargetKind.BASELINE:
                    check_people(value, self.measure.indicator)
            except ValidationError as error:
                raise InvalidValue(error.messages[0]) from error
        return value


@dataclass
class AimRow:
    measure: Measure
    cells: list[AimCell]
    others: list[Target]  # baselines besides the one in the grid, which keeps a page of its own

    @property
    def takes_values(self) -> bool:
        """Whether the passport of the indicator says which type its values have."""
        return bool(self.measure.indicator.value_type)


@dataclass(kw_only=True)
class AimGrid(CellGrid[AimCell]):
    """The rows of one page of the grid; ``read`` takes what was posted."""

    names = CELL
    lost = (
        "Een meting of jaar is intussen weggehaald. Wat u daar typte, is niet te bewaren: {}. "
        "Bewaar de rest opnieuw."
    )

    years: Period | None
    periods: list[Period]
    rows: list[AimRow]

    def __post_init__(self) -> None:
        self.hold(self.rows)

    def read(self, data: Mapping[str, str]) -> None:
        """Take what was typed, and say at each cell what is wrong with it."""
        self.read_cells(data)
        for row in self.rows:
            filled = [(cell.kind, cell.period) for cell in row.cells if cell.typed.strip()]
            filled += [(other.kind, other.period) for other in row.others]
            for cell in row.cells:
                if cell.is_changed and cell.typed.strip() and not cell.error:
                    cell.error = period_fault(cell.kind, cell.period, self.years, filled)


def posted_measures(data: Iterable[str]) -> set[int]:
    """The keys of the measures that the names of a posted grid are about."""
    return {int(match[1]) for name in data if (match := CELL.match(name))}


def version_measures(version: AgendaVersion) -> QuerySet[Measure]:
    """The measures of ``version`` in the order of its outline."""
    return (
        Measure.objects.of_version(version.pk)
        .select_related("indicator", "theme", "goal__theme")
        .prefetch_related(
            Prefetch("indicator__observations", Observation.objects.order_by("pk")),
            "indicator__versions",
        )
        .order_by(Coalesce("theme__order", "goal__theme__order"), "goal__order", "order", "pk")
    )


def aims_of(measures: Iterable[int]) -> dict[Key, Target]:
    """The baselines and targets of ``measures``. One query."""
    rows = Target.objects.filter(measure__in=list(measures)).order_by("period", "pk")
    return {(row.measure_id, row.kind, row.period): row for row in rows}


def _observed(measure: Measure) -> dict[Period, str]:
    """What was measured for the municipality as a whole, and whether it still compares."""
    breaks = breaks_of(measure.indicator)
    starts = [held.since for held in breaks]
    return {
        row.period: row.value.display()
        + ("" if meaning_in(starts, row.period) == len(breaks) else " (eerdere definitie)")
        for row in of_whole(measure.indicator.observations.all())
    }


def target_grid(version: AgendaVersion, measures: Sequence[Measure]) -> AimGrid:
    """The grid of ``measures`` (of ``version_measures``) as it stands. One query.

    A target outside the years of the agenda keeps its column, so that nothing is hidden.
    """
    held = aims_of(measure.pk for measure in measures)
    years = version.agenda.period
    first = years.year if years else version.agenda.year
    last = (years.until or years.year) if years else first + YEARS_WITHOUT_TERM - 1
    wanted = [Period(year) for year in range(first, min(last, first + LONGEST_TERM - 1) + 1)]
    others = {period for _, kind, period in held if kind == TargetKind.TARGET} - set(wanted)
    periods = sorted([*wanted, *others], key=lambda period: (period.start, period.end))
    baselines: dict[int, list[Period]] = defaultdict(list)
    for pk, kind, period in held:
        if kind == TargetKind.BASELINE:
            baselines[pk].append(period)
    rows = []
    for measure in measures:
        observed = _observed(measure)
        before = baselines.get(measure.pk, [Period(first - 1)])[0]
        cells = [AimCell(measure, TargetKind.BASELINE, before, observed.get(before, ""))]
        cells += [
            AimCell(measure, TargetKind.TARGET, period, observed.get(period, ""))
            for period in periods
        ]
        for cell in cells:
            row = held.get(cell.key)
            cell.was = cell.typed = as_typed(row.value) if row else ""
        beside = [
            held[measure.pk, TargetKind.BASELINE.value, period]
            for period in baselines.get(measure.pk, [])[1:]
        ]
        rows.append(AimRow(measure, cells, beside))
    return AimGrid(years=years, periods=periods, rows=rows)
