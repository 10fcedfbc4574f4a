"""The grid of the values of one indicator: places and groups down, periods across, one form.

It is about one source at a time. A cell shows the figure that counts (``agenda/series.py``). What
is typed over it is written with the status that is chosen for the whole form: as definite as what
stands there it mends that figure, more definite it takes its place, less definite it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from agenda.constants import Certainty
from agenda.models import (
    Area,
    Group,
    Indicator,
    Observation,
    Source,
    check_begun,
    check_bounds,
)
from agenda.series import rank, standing
from core.fields import value_columns
from core.grid import REASONS, CellGrid, GridCell
from core.periods import Period
from core.typed import as_typed
from core.values import InvalidValue, Value, ValueType

#: Where and about whom: the keys of an area and a group, or None for the whole.
Spot = tuple[int | None, int | None]
Key = tuple[int | None, int | None, Period]
CELL = re.compile(r"w\d{1,18}-\d{1,18}-", re.ASCII)
EMPTIED = (
    "Een waarde die er was, wordt niet leeg. Zeg waarom er geen is: " + ", ".join(REASONS) + "."
)
MORE_DEFINITE = "Hier staat al een waarde die {held} is. Kies bovenaan ‘{held}’ om die te wijzigen."


@dataclass
class ValueCell(GridCell):
    """What one source says of one period, place and group."""

    indicator: Indicator
    about: Key
    row_label: str
    held: Observation | None = None
    is_raised: bool = False  # the same value, and more definite than it stands here

    @property
    def key(self) -> Key:
        return self.about

    @property
    def name(self) -> str:
        area, group, period = self.key
        return f"w{area or 0}-{group or 0}-{period.code}".replace("/", "_")

    @property
    def aria_label(self) -> str:
        return f"{self.row_label}, {self.key[2].label}"

    @property
    def label(self) -> str:
        return self.key[2].label

    @property
    def value_type(self) -> ValueType:
        return ValueType(self.indicator.value_type)

    @property
    def note(self) -> str:
        """How definite what stands here is, and whether the public sees it."""
        if self.held is None:
            return ""
        words = [self.held.get_certainty_display()] if self.held.certainty else []
        return ", ".join([*words, *(["niet openbaar"] if self.held.withheld else [])])

    def value(self) -> Value | None:
        value = super().value()
        if value is None and self.was.strip():
            raise InvalidValue(EMPTIED)
        if value is not None:
            try:
                check_bounds(Observation(**value_columns(value)), self.indicator)
                if value.is_present:
                    check_begun(self.key[2])
            except ValidationError as error:
                raise InvalidValue(error.messages[0]) from error
        return value


@dataclass
class ValueRow:
    label: str
    sub: str
    cells: list[ValueCell]


@dataclass(kw_only=True)
class ValueGrid(CellGrid[ValueCell]):
    """The rows of one page of the grid; ``read`` takes what was posted."""

    names = CELL
    lost = (
        "Een gebied, groep of periode is intussen weggehaald. Wat u daar typte, is niet te "
        "bewaren: {}. Bewaar de rest opnieuw."
    )

    periods: list[Period]
    rows: list[ValueRow]

    def __post_init__(self) -> None:
        self.hold(self.rows)

    def read(self, data: Mapping[str, str], certainty: str, *, raises: bool = False) -> None:
        """Take what was typed, to be written as ``certainty``, and say what is wrong with it.

        With ``raises`` what was not typed over becomes as definite as that too.
        """
        self.read_cells(data)
        for cell in self.cells.values():
            held = cell.held
            # What somebody else put here since is a conflict, and is told when it is written.
            is_as_shown = held is not None and as_typed(held.value) == cell.was.strip()
            is_written = cell.is_changed and not cell.error and bool(certainty)
            if held and is_written and is_as_shown and rank(held.certainty) > rank(certainty):
                cell.error = MORE_DEFINITE.format(held=held.get_certainty_display())
            cell.is_raised = bool(
                raises
                and certainty
                and held is not None
                and is_as_shown
                and not cell.is_changed
                and rank(certainty) > rank(held.certainty)
            )

    def is_written(self, cell: ValueCell) -> bool:
        return cell.is_changed or cell.is_raised


def counting(indicator: Indicator, source_id: int | None) -> dict[Key, Observation]:
    """What counts of what ``source_id`` says of ``indicator``. One query."""
    rows = indicator.observations.filter(source=source_id).order_by("pk")
    return {(row.area_id, row.group_id, row.period): row for row in standing(rows)}


def spots(areas: Sequence[Area], groups: Sequence[Group]) -> list[tuple[str, str, Spot]]:
    """A row for the whole, and for each area and group: its label, what goes below it, its keys."""
    rows: list[tuple[str, str, Spot]] = []
    for area in (None, *areas):
        where = area.name if area else "De hele gemeente"
        for group in (None, *groups):
            label, sub = (group.name, where) if group else (where, "")
            rows.append((label, sub, (area.pk if area else None, group.pk if group else None)))
    return rows


def value_grid(
    indicator: Indicator,
    source: Source | None,
    rows: Iterable[tuple[str, str, Spot]],
    periods: list[Period],
) -> ValueGrid:
    """The grid of ``rows`` (of ``spots``) in ``periods`` as it stands. One query."""
    held = counting(indicator, source.pk if source else None)
    made = []
    for label, sub, (area, group) in rows:
        cells = []
        for period in periods:
            row = held.get((area, group, period))
            text = as_typed(row.value) if row else ""
            about = f"{sub}, {label}" if sub else label
            key = (area, group, period)
            cells.append(ValueCell(indicator, key, about, row, was=text, typed=text))
        made.append(ValueRow(label, sub, cells))
    return ValueGrid(periods=periods, rows=made)


def statuses() -> list[tuple[str, str]]:
    """What a value may be written as."""
    return [(each.value, str(each.label)) for each in Certainty if each]
