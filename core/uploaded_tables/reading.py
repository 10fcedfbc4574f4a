"""Rows under headings, out of the cells of a file; what is wrong is told with its place.

Pure Python. A caller names the sheets it knows and their headings (``Layout``). Headings and names
of sheets are compared without regard to capitals and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from core.uploaded_tables.cells import cell_address, place


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file, where, and what to do; both in Dutch."""

    place: str
    text: str


@dataclass(frozen=True)
class Layout:
    """A sheet that may be there: its headings, those it cannot do without, and a pattern for
    headings that differ from file to file (one a year, say)."""

    name: str
    headings: Sequence[str]
    required: Sequence[str] = ()
    pattern: re.Pattern[str] | None = None

    def known(self, heading: str) -> str | None:
        """The heading as we write it; None for one that is unknown."""
        for name in self.headings:
            if folded(name) == folded(heading):
                return name
        if self.pattern is not None and self.pattern.fullmatch(heading):
            return heading[:1].upper() + heading[1:].lower()
        return None


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its text by heading, for every heading of the sheet."""

    sheet: str
    number: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, heading: str = "") -> str:
        """Where a cell of this row stands, or the row itself."""
        if heading in self.columns:
            return cell_address(self.sheet, self.number, self.columns[heading])
        return place(self.sheet, f"{'rij' if self.sheet else 'regel'} {self.number}")

    def problem(self, heading: str, text: str) -> Problem:
        return Problem(self.place(heading), text)


@dataclass
class Tables:
    """The rows of a file by the name of their sheet; a sheet that is not there has no entry."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: The places of cells that could not be read: what is said of an empty cell there is no news.
    unread: set[str] = field(default_factory=set)
    #: The sheets of which the rows cannot be looked at: it is not as it should be, or it may be the
    #: one that has an unknown name. Such a sheet has no entry in ``rows``.
    formless: set[str] = field(default_factory=set)

    def is_unread(self, row: Row, *headings: str) -> bool:
        """Whether a cell of ``row`` under one of ``headings`` could not be read."""
        return any(row.place(heading) in self.unread for heading in headings)


def folded(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


_OF_CELL = re.compile(r"(?:^|, )(?:cel [A-Z]+(\d+)|regel (\d+), kolom \d+)$")
_OF_LINE = re.compile(r"(^|, )(rij \d+|kolom [A-Z]+)$")
EMPTY = "Onder de kop van dit bestand staat niets. Vul het in en probeer het opnieuw."


def tables_in(
    grids: Iterable[Mapping[str, Any]],
    layouts: Sequence[Layout],
    *,
    ignored: Iterable[str] = (),
    marked: str = "",
) -> Tables:
    """The rows of ``grids``, as the child told of them.

    A file without sheets, or with one sheet under another name, holds the first layout when that is
    the only one. Sheets that are ``ignored`` by name are skipped. A row whose first cell says
    ``marked`` is an example, and skipped.
    """
    found, held, is_lost = Tables(), list(grids), False
    skip = {folded(name) for name in ignored}
    by_name = {folded(layout.name): layout for layout in layouts}
    for grid in held:
        name = grid["name"]
        layout = by_name.get(folded(name))
        if layout is None and len(layouts) == 1 and len(held) == 1:
            layout = layouts[0]
        if layout is None and folded(name) in skip:
            continue
        unread, is_whole = _take_problems(grid, found)
        if layout is not None and not is_whole:
            found.formless.add(layout.name)
        if layout is not None and grid["problems"] and not grid["cells"]:
            found.formless.add(layout.name)
            continue  # hidden, or no table: what is missing in it has that one cause
        if layout is None:
            is_lost = True
            known = ", ".join(each.name for each in layouts)
            text = (
                f"Dit blad kennen wij niet. Haal het weg, of noem het naar een van deze: {known}."
            )
            found.problems.append(Problem(name, text))
        elif layout.name in found.rows:
            found.formless.add(layout.name)
            found.problems.append(Problem(name, "Dit blad staat er twee keer in. Kies er één."))
        else:
            _read(grid, layout, found, unread, marked=folded(marked))
    if is_lost:
        found.formless |= {layout.name for layout in layouts} - set(found.rows)
    for name in found.formless:
        found.rows.pop(name, None)
    if not found.problems and not any(found.rows.values()):
        found.problems.append(Problem("Het bestand", EMPTY))
    return found


def _take_problems(grid: Mapping[str, Any], found: Tables) -> tuple[set[int], bool]:
    """What the child says of a sheet; a cell that it could not read leaves the others as they are,
    and so does a row or column that is hidden. The numbers of the rows with such a cell, and
    whether the rest can be looked at."""
    rows, is_whole = set(), True
    for at, text in grid["problems"]:
        found.problems.append(Problem(at, text))
        if cell := _OF_CELL.search(at):
            found.unread.add(at)
            rows.add(int(cell[1] or cell[2]))
        elif not _OF_LINE.search(at):
            is_whole = False
    return rows, is_whole


def _read(
    grid: Mapping[str, Any], layout: Layout, found: Tables, unread: set[int], *, marked: str
) -> None:
    name = grid["name"]
    by_row: dict[int, dict[int, str]] = {}
    for row, column, text in grid["cells"]:
        by_row.setdefault(row, {})[column] = text
    found.rows[layout.name], found.headings[layout.name] = [], []
    headings = by_row.pop(1, {})
    columns = _headings(name, headings, layout, found)
    found.headings[layout.name] = list(columns)
    told = set(headings)  # columns with a heading, and those that were told of
    for number in sorted(by_row.keys() | unread - {1}):
        cells = by_row.get(number, {})
        if marked and cells and folded(cells[min(cells)]) == marked:
            continue
        for column in sorted(cells.keys() - told):
            at = cell_address(name, number, column)
            text = "Boven deze kolom staat geen kop. Schrijf er een, of maak de kolom leeg."
            found.problems.append(Problem(at, text))
            found.formless.add(layout.name)
            told.add(column)
        texts = {heading: cells.get(column, "") for heading, column in columns.items()}
        if any(texts.values()) or number in unread:
            found.rows[layout.name].append(Row(name, number, texts, columns))


def _headings(
    sheet: str, cells: Mapping[int, str], layout: Layout, found: Tables
) -> dict[str, int]:
    """The column of each heading. A heading that is written wrong is told once: as unknown, and not
    as missing as well; what stands under it is looked at as under the one that was meant."""
    columns: dict[str, int] = {}
    first_row = place(sheet, "rij 1" if sheet else "regel 1")
    if not cells:
        found.problems.append(Problem(first_row, "Hier horen de koppen te staan."))
        found.formless.add(layout.name)
        return columns
    unknown: dict[int, str] = {}
    for column, text in sorted(cells.items()):
        heading = layout.known(text)
        if heading is None:
            unknown[column] = text
        elif heading in columns:
            at = cell_address(sheet, 1, column)
            found.problems.append(Problem(at, f"De kop ‘{heading}’ staat er twee keer."))
            found.formless.add(layout.name)
        else:
            columns[heading] = column
    absent = [heading for heading in layout.headings if heading not in columns]
    missing = [heading for heading in layout.required if heading in absent]
    for column, text in unknown.items():
        meant = _meant(text, absent)
        if not meant and len(unknown) == len(missing) == 1:
            (meant,) = missing
        if meant:
            columns[meant] = column
            absent.remove(meant)
            missing = [heading for heading in missing if heading != meant]
            words = f"Bedoelt u ‘{meant}’? Schrijf de kop dan zo."
        else:
            words = f"Kies uit: {', '.join(layout.headings)}."
            found.formless.add(layout.name)
        at = cell_address(sheet, 1, column)
        found.problems.append(Problem(at, f"De kop ‘{text}’ kennen wij niet. {words}"))
    found.problems += [Problem(first_row, f"De kop ‘{each}’ ontbreekt.") for each in missing]
    if missing:
        found.formless.add(layout.name)
    return columns


def _meant(text: str, absent: Sequence[str]) -> str:
    """Which of the headings that are not there ``text`` seems to stand for."""
    by_words = {folded(heading): heading for heading in absent}
    close = get_close_matches(folded(text), by_words, n=1, cutoff=0.7)
    return by_words[close[0]] if close else ""
