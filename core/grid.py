"""A grid of typed values that people fill, one form: what every such grid does the same.

A cell carries what it said when the page was opened. So only what was typed over is written, two
people may fill the same grid, and a cell that somebody else changed meanwhile says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from core.values import Absence, InvalidValue, Value, ValueType

#: What people put in a spreadsheet where nothing is: none of these says why.
DASHES = frozenset({"-", "–", "—", ".", "..", "x", "n.b.", "n.v.t.", "nvt", "nb", "?"})
REASONS = [reason.label for reason in Absence if reason]
SAY_WHY = "‘{}’ zegt niet waarom er geen waarde is. Typ of kies: " + ", ".join(REASONS) + "."
UNKEPT = "Hier staat een teken dat niet te bewaren is. Typ het opnieuw."


def parse_cell(value_type: ValueType, typed: str) -> Value | None:
    """What was typed in a cell; ``None`` when it is empty. Raises ``InvalidValue``."""
    text = typed.strip()
    if not text:
        return None
    if "\x00" in text:
        raise InvalidValue(UNKEPT)
    if value_type is not ValueType.TEXT and text.lower() in DASHES:
        raise InvalidValue(SAY_WHY.format(text))
    return Value.parse(value_type, text)


@dataclass(kw_only=True)
class GridCell:
    """One value in a grid, with what was typed, what stood there and what is wrong with it."""

    was: str = ""
    typed: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Of its field; the same for as long as the cell is about the same."""
        raise NotImplementedError

    @property
    def key(self) -> Any:
        """What the cell is about, as those who write it know it."""
        raise NotImplementedError

    @property
    def value_type(self) -> ValueType:
        raise NotImplementedError

    @property
    def is_changed(self) -> bool:
        return self.typed.strip() != self.was.strip()

    def value(self) -> Value | None:
        """What was typed; ``None`` when the cell was emptied. Raises ``InvalidValue``."""
        return parse_cell(self.value_type, self.typed)

    def check(self) -> None:
        """Say what is wrong with what was typed."""
        try:
            self.value()
        except (InvalidValue, ValueError) as error:
            self.error = str(error)


AnyCell = TypeVar("AnyCell", bound=GridCell)
AnyCell_co = TypeVar("AnyCell_co", bound=GridCell, covariant=True)


class GridRow(Protocol[AnyCell_co]):
    @property
    def cells(self) -> Sequence[AnyCell_co]: ...


@dataclass(frozen=True)
class CellChange:
    """A cell that was typed over: ``was`` is what the page said before; no value empties it."""

    key: Any
    was: str
    value: Value | None


@dataclass(kw_only=True)
class CellGrid(Generic[AnyCell]):
    """The cells of one page of a grid.

    ``names`` tells which posted fields are cells, and ``lost`` what to say of cells that are not
    there any more: ``{}`` in it are the words that were typed in them.
    """

    names: ClassVar[re.Pattern[str]]
    lost: ClassVar[str]

    problem: str = ""
    cells: dict[str, AnyCell] = field(init=False)

    def hold(self, rows: Iterable[GridRow[AnyCell]]) -> None:
        self.cells = {cell.name: cell for row in rows for cell in row.cells}

    def read_cells(self, data: Mapping[str, str]) -> None:
        """Take what was posted, say at each changed cell what is wrong with it, and of cells that
        are gone what was typed there."""
        for cell in self.cells.values():
            if cell.name not in data:
                continue
            cell.typed, cell.was = data[cell.name], data.get(f"was-{cell.name}", "")
            if cell.is_changed:
                cell.check()
        lost = [
            f"‘{typed}’"
            for name, typed in data.items()
            if self.names.match(name) and name not in self.cells
            if typed.strip() != data.get(f"was-{name}", "").strip()
        ]
        if lost:
            self.problem = self.lost.format(", ".join(lost))

    @property
    def errors(self) -> list[AnyCell]:
        return [cell for cell in self.cells.values() if cell.error]

    def changes(self) -> list[CellChange]:
        """What to write; only after reading found no error."""
        return [
            CellChange(cell.key, cell.was.strip(), cell.value())
            for cell in self.cells.values()
            if self.is_written(cell)
        ]

    def is_written(self, cell: AnyCell) -> bool:
        return cell.is_changed

    def show_conflicts(self, conflicts: Mapping[Any, str]) -> None:
        """Say at each cell what somebody else put there; a next save may then overwrite it."""
        for cell in self.cells.values():
            if cell.key in conflicts:
                now = conflicts[cell.key]
                cell.was = now
                cell.error = f"Iemand anders schreef hier intussen: ‘{now or '(leeg)'}’."
