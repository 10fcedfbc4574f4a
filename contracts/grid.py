"""The grid of targets: prestatie-indicatoren down, the periods of the term across, one form.

A cell carries what it said when the page was opened. So only what was typed over is written, two
people may fill the same grid, and a cell that somebody else changed meanwhile says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agenda.constants import TargetKind
from contracts.models import KPI, Amendment, Contract, KPITarget
from contracts.readiness import listed
from contracts.typed import as_typed
from core.periods import Period
from core.values import InvalidValue, Value, ValueType

Key = tuple[int, str, Period]
CELL = re.compile(r"k(\d{1,18})-", re.ASCII)


def posted_kpis(data: Iterable[str]) -> set[int]:
    """The keys of the KPIs that the names of a posted grid are about."""
    return {int(match[1]) for name in data if (match := CELL.match(name))}


@dataclass
class Cell:
    """One value in the grid, with what was typed, what stood there and what is wrong with it."""

    kpi: KPI
    kind: str
    period: Period
    label: str
    was: str = ""
    typed: str = ""
    error: str = ""
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
    def is_changed(self) -> bool:
        return self.typed.strip() != self.was.strip()

    def value(self) -> Value | None:
        """What was typed; ``None`` when the cell was emptied. Raises ``InvalidValue``."""
        if not self.typed.strip():
            return None
        if "\x00" in self.typed:
            raise InvalidValue("Hier staat een teken dat niet te bewaren is. Typ het opnieuw.")
        return Value.parse(ValueType(self.kpi.indicator.value_type), self.typed)


@dataclass
class Row:
    kpi: KPI
    cells: list[Cell]

    @property
    def takes_values(self) -> bool:
        """Whether the passport of the indicator says which type its values have."""
        return bool(self.kpi.indicator.value_type)


@dataclass(frozen=True)
class Change:
    """A cell that was typed over: ``was`` is what the page said before."""

    key: Key
    was: str
    value: Value | None


@dataclass
class Grid:
    """The rows of one page of the grid; ``read`` takes what was posted."""

    periods: list[Period]
    rows: list[Row]
    problem: str = ""
    _cells: dict[str, Cell] = field(init=False)

    def __post_init__(self) -> None:
        self._cells = {cell.name: cell for row in self.rows for cell in row.cells}

    def read(self, data: Mapping[str, str]) -> None:
        """Take what was typed, and say at each cell what is wrong with it."""
        for name, cell in self._cells.items():
            if name not in data:
                continue
            cell.typed, cell.was = data[name], data.get(f"was-{name}", "")
            if not cell.is_changed:
                continue
            try:
                cell.value()
            except (InvalidValue, ValueError) as error:
                cell.error = str(error)
        lost = [
            f"‘{typed}’"
            for name, typed in data.items()
            if CELL.match(name) and name not in self._cells
            if typed.strip() != data.get(f"was-{name}", "").strip()
        ]
        if lost:
            self.problem = (
                "Een prestatie-indicator of periode is intussen weggehaald. Wat u daar typte, is "
                f"niet te bewaren: {listed(lost)}. Bewaar de rest opnieuw."
            )

    @property
    def errors(self) -> list[Cell]:
        return [cell for cell in self._cells.values() if cell.error]

    def changes(self) -> list[Change]:
        """What to write; only after ``read`` found no error."""
        return [
            Change(cell.key, cell.was.strip(), cell.value())
            for cell in self._cells.values()
            if cell.is_changed
        ]

    def show_conflicts(self, conflicts: Mapping[Key, str]) -> None:
        """Say at each cell what somebody else put there; a next save may then overwrite it."""
        for cell in self._cells.values():
            if cell.key in conflicts:
                cell.was = conflicts[cell.key]
                cell.error = f"Iemand anders schreef hier intussen: ‘{cell.was or '(leeg)'}’."


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
    return Grid(periods, rows)
