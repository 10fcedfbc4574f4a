"""What stands in the cells of a file, as text. No Django: the child reads it too.

The text of a cell is what a person would type there: ``12,5``, ``2026-01-31``, ``76%``, ``ja``.
"""

from __future__ import annotations

import csv
import datetime
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any

import openpyxl
from openpyxl.utils import get_column_letter

from core.uploads.kinds import Kind
from core.uploads.plain import read_plain

MOST_ROWS = 2_000  # of one sheet, the heading left out
MOST_COLUMNS = 80
MOST_SHEETS = 30
LONGEST_CELL = 10_000
SEPARATORS = ";,\t"


@dataclass
class Grid:
    """One sheet: the text of its cells by row and column, both from 1, and what is wrong with it.

    The name is empty for a file that has no sheets.
    """

    name: str = ""
    cells: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def wrong(self, where: str, what: str) -> None:
        self.problems.append((place(self.name, where), what))


def place(sheet: str, where: str) -> str:
    """Where in a file something stands: ``Doelen, cel B7`` or ``regel 3, kolom 2``."""
    return ", ".join(filter(None, [sheet, where]))


def cell_address(sheet: str, row: int, column: int) -> str:
    if not sheet:
        return f"regel {row}, kolom {column}"
    return place(sheet, f"cel {get_column_letter(column)}{row}")


def number_text(number: Decimal | int | float) -> str:
    """A number as a person types it: a comma, no points, no more digits than it has."""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not exact.is_finite():
        return str(exact)
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def cell_text(value: Any, number_format: str = "General") -> str:
    """The value of a cell as text; a number that is shown as a percentage is one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        # What a spreadsheet computes with has fifteen digits; the rest is noise.
        value = Decimal(f"{value:.15g}")
    if isinstance(value, int | Decimal):
        if "%" in number_format:
            return f"{number_text(Decimal(value) * 100)}%"
        return number_text(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return unprotected(str(value))


def unprotected(text: str) -> str:
    """``text`` without the apostrophe that our own files put before what looks like a formula."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[1:].strip() if len(text) > 1 and text[0] == "'" and text[1] in "=+-@−" else text


# -- csv -------------------------------------------------------------------------------------------
def csv_grids(file: IO[bytes]) -> list[Grid]:
    """The one table of a csv. Raises ``Refused`` when the file holds no text."""
    text, grid = read_plain(file).removeprefix("\ufeff"), Grid()
    if text[:4].lower() == "sep=":  # a line that Excel takes for a setting
        text = text.partition("\n")[2]
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row, values in enumerate(reader, start=1):
            if row > MOST_ROWS + 1:
                grid.wrong(f"regel {row}", too_long())
                break
            for column, value in enumerate(values, start=1):
                _csv_cell(grid, row, column, value)
    except csv.Error:
        grid.wrong(
            f"regel {reader.line_num}",
            "Deze regel is niet te lezen. Sla het bestand op "
            "als csv of xlsx en probeer het opnieuw.",
        )
    return [grid]


def _csv_cell(grid: Grid, row: int, column: int, value: str) -> None:
    stripped = value.strip()
    if stripped.startswith("="):
        grid.wrong(f"regel {row}, kolom {column}", FORMULA)
    else:
        _add(grid, row, column, unprotected(value))


# -- xlsx ------------------------------------------------------------------------------------------
FORMULA = (
    "Hier staat een formule. Zet er de uitkomst neer: kopieer de cel en plak alleen de waarde."
)
ERROR = "Hier staat een fout van Excel ({what}). Herstel die of maak de cel leeg."
MERGED = "Deze cellen zijn samengevoegd. Splits ze, en zet in elke cel wat erin hoort."
HIDDEN_SHEET = "Dit blad is verborgen. Maak het zichtbaar of haal het weg."
HIDDEN_ROW = "Deze rij is verborgen of weggefilterd. Maak de rij zichtbaar of haal haar weg."
HIDDEN_COLUMN = "Deze kolom is verborgen. Maak de kolom zichtbaar of haal haar weg."
NO_CELLS = "Dit blad heeft geen cellen, bijvoorbeeld omdat het een grafiek is. Haal het weg."


def too_long() -> str:
    return f"Er passen {MOST_ROWS} rijen in één keer. Deel het bestand op."


def xlsx_grids(file: IO[bytes]) -> list[Grid]:
    """The sheets of a workbook that was checked before (core/uploads/office.py)."""
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
        book = openpyxl.load_workbook(file, data_only=False, keep_links=False)
    found = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        grid = Grid(sheet.title)
        if sheet.sheet_state != "visible":
            grid.wrong("", HIDDEN_SHEET)
        else:
            _read_sheet(sheet, grid)
        found.append(grid)
    for chart in book.chartsheets:
        found.append(grid := Grid(chart.title))
        grid.wrong("", NO_CELLS)
    if len(book.worksheets) > MOST_SHEETS:
        found[-1].wrong("", f"Er kunnen {MOST_SHEETS} bladen mee. Haal er bladen weg.")
    return found


def _read_sheet(sheet: Any, grid: Grid) -> None:
    for merged in sheet.merged_cells.ranges:
        grid.wrong(f"cellen {merged.coord}", MERGED)
    hidden_columns, rows, columns = set(_hidden_columns(sheet)), set(), set()
    # Only cells that are there: one that was coloured in the last row makes a sheet of a million.
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            continue
        if row > MOST_ROWS + 1:
            grid.wrong(f"rij {row}", too_long())
            break
        at = f"cel {get_column_letter(column)}{row}"
        rows.add(row)
        columns.add(column)
        if cell.data_type == "f":
            grid.wrong(at, FORMULA)
        elif cell.data_type == "e":
            grid.wrong(at, ERROR.format(what=cell.value))
        else:
            _add(grid, row, column, cell_text(cell.value, cell.number_format or ""))
    for row in sorted(rows):
        if row in sheet.row_dimensions and _is_hidden(sheet.row_dimensions[row], "height"):
            grid.wrong(f"rij {row}", HIDDEN_ROW)
    for column in sorted(columns & hidden_columns):
        grid.wrong(f"kolom {get_column_letter(column)}", HIDDEN_COLUMN)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if _is_hidden(dimension, "width") and dimension.min and dimension.max:
            yield from range(dimension.min, min(dimension.max, 2 * MOST_COLUMNS) + 1)


def _is_hidden(dimension: Any, size: str) -> bool:
    return bool(dimension.hidden) or getattr(dimension, size) == 0


def _add(grid: Grid, row: int, column: int, text: str) -> None:
    if column > MOST_COLUMNS:
        if text:
            grid.problems.append(
                (
                    cell_address(grid.name, row, column),
                    f"Er passen {MOST_COLUMNS} kolommen. Haal weg wat erbuiten staat.",
                )
            )
    elif len(text) > LONGEST_CELL:
        grid.problems.append(
            (
                cell_address(grid.name, row, column),
                f"Deze tekst heeft {len(text)} tekens; er passen er {LONGEST_CELL}. Kort hem in.",
            )
        )
    elif text:
        grid.cells.append((row, column, text))


def grids(file: IO[bytes], kind: Kind) -> list[Grid]:
    """The sheets of a file. Raises ``Refused``, and whatever openpyxl raises on an odd file."""
    return xlsx_grids(file) if kind is Kind.XLSX else csv_grids(file)
