"""The grid of targets: prestatie-indicatoren down, the periods of the term across, one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agenda.constants import TargetKind
from contracts.models import KPI, Amendment, Contract, KPITarget
from core.grid import CellGrid, GridCell
from core.periods import Period
from core.typed import as_typed
from core.values import ValueType

Key = tuple[int, str, Period]
CELL = re.compile(r"k(\d{1,18})-", re.ASCII)


def posted_kpis(data: Iterable[str]) -> set[int]:
    """The keys of the KPIs that the names of a posted grid are about."""
    return {int(match[1]) for name in data if (match := CELL.match(name))}


@dataclass
class Cell(GridCell):
    """The baseline of a KPI, or what it aims at in a period."""

    kpi: KPI
    kind: str
    period: Period
    label: str
    is_changed_here: bool = False

    @property
    def name(self) -> str:
        return f"k{self.kpi.pk}-{self.kind}-{self.period.code}".replace("/", "_")

    @property
    def key(self) -> Key:
        return (self.kpi.pk, self.kind, self.period)

    @property
    def aria_label(self) -> str:
        return f"{self.kpi.number}. {self.kpi.name}: {self.label}"

    @property
    def value_type(self) -> ValueType:
        return ValueType(self.kpi.indicator.value_type)


@dataclass
class Row:
    kpi: KPI
    cells: list[Cell]

    @property
    def takes_values(self) -> bool:
        """Whether the passport of the indicator says which type its values have."""
        return bool(self.kpi.indicator.value_type)


@dataclass(kw_only=True)
class Grid(CellGrid[Cell]):
    """The rows of one page of the grid; ``read_cells`` takes what was posted."""

    names = CELL
    lost = (
        "Een prestatie-indicator of periode is intussen weggehaald. Wat u daar typte, is niet te "
        "bewaren: {}. Bewaar de rest opnieuw."
    )

    periods: list[Period]
    rows: list[Row]

    def __post_init__(self) -> None:
        self.hold(self.rows)


def periods_of(contract: Contract, *, half_years: bool) -> list[Period]:
    """The half-years or years that the term touches; none when a date is missing."""
    if contract.starts_on is None or contract.ends_on is None:
        return []
    periods = [Period.of(contract.starts_on, half_years=half_years)]
    while periods[-1].next.start <= contract.ends_on:
        periods.append(periods[-1].next)
    return periods


def targets_under(kpis: Iterable[KPI], amendment: Amendment) -> dict[Key, KPITarget]:
    """The baselines and targets of ``kpis`` that hold under ``amendment``. One query."""
    rows = KPITarget.objects.filter(kpi__in=list(kpis)).as_amended_by(amendment.number)
    return {(row.kpi_id, row.kind, row.period): row for row in rows.order_by("period")}


def grid_of(
    contract: Contract, amendment: Amendment, kpis: Sequence[KPI], *, half_years: bool
) -> Grid:
    """The grid of ``kpis`` as it stands under ``amendment``. One query.

    A period outside the chosen ones that has a target keeps its column, so that nothing is hidden.
    """
    held = targets_under(kpis, amendment)
    wanted = periods_of(contract, half_years=half_years)
    others = {period for _, kind, period in held if kind == TargetKind.TARGET} - set(wanted)
    periods = sorted([*wanted, *others], key=lambda period: (period.start, period.end))
    first = periods[0] if periods else None
    rows = []
    for kpi in kpis:
        baselines = [key[2] for key in held if key[:2] == (kpi.pk, TargetKind.BASELINE)]
        cells = []
        if first is not None or baselines:
            before = baselines[0] if baselines else Period(first.year - 1)  # type: ignore[union-attr]
            cells.append(Cell(kpi, TargetKind.BASELINE, before, f"nulmeting {before.label}"))
        cells += [Cell(kpi, TargetKind.TARGET, period, period.label) for period in periods]
        for cell in cells:
            row = held.get(cell.key)
            if row is not None:
                cell.was = cell.typed = as_typed(row.value)
                cell.is_changed_here = row.started_by_id == amendment.pk
        rows.append(Row(kpi, cells))
    return Grid(periods=periods, rows=rows)
