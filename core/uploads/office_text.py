"""The text of Word and Excel files, with its place. Of what is checked by ``office.py`` only."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.utils import get_column_letter

from core.uploads.numbers import Piece, Table

_PARTS = {
    "document": "de tekst",
    "header": "een koptekst",
    "footer": "een voettekst",
    "comments": "een opmerking",
    "footnotes": "een voetnoot",
    "endnotes": "een eindnoot",
}
_UNREAD = re.compile(
    r"^/(?:\[Content_Types|docProps/)"
    r"|/(?:styles|fontTable|theme|webSettings|settings|numbering|stylesWithEffects)"
)
_INSIDE = re.compile(r"(?:word|xl)/embeddings/[^/]+\.(docx|xlsx)$", re.IGNORECASE)
_SAID_OF_FILE = re.compile(r"^docProps/(?:core|custom)\.xml$")
_BESIDE = re.compile(r"^xl/(?:comments|threadedComments|drawings|charts)[^/]*(?:/.*)?\.xml$")
_FORMULA = re.compile(rb"<(?:[\w.-]{1,40}:)?f[\s/>]")
CHUNK, LONGEST_TAG = 256 * 1024, 50
# A pattern that shows money, a percentage or digits behind the comma; not one of a language alone.
_LANGUAGE = re.compile(r"\[\$-[^\]]*\]")
_AMOUNT = re.compile(r"[€$£%]|EUR|\.0", re.IGNORECASE)


def has_unread(file: IO[bytes]) -> bool:
    """Whether rows are kept in a part that is not read here: behind a pivot table they stay after
    their sheet was deleted."""
    with zipfile.ZipFile(file) as package:
        return any(name.lower().startswith("xl/pivotcache/") for name in package.namelist())


def pieces_of_docx(file: IO[bytes]) -> Iterator[Piece]:
    """The paragraphs and cells of the text, heads, feet, notes and remarks."""
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if _SAID_OF_FILE.search(name):
                with package.open(name) as part:
                    yield from _properties(part)
            elif name.endswith(".xml") and not _UNREAD.search(f"/{name}"):
                stem = re.sub(r"\d+$", "", name.rsplit("/", 1)[1].removesuffix(".xml"))
                with package.open(name) as part:
                    yield from _document(part, _PARTS.get(stem, "een ander onderdeel"))
        yield from _inside(package)


def pieces_of_xlsx(file: IO[bytes]) -> Iterator[Piece]:
    """The cells of all sheets, hidden ones too: values, formulas, and what is written beside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
        # Reading a sheet takes long: formulas are looked for where there are any.
        for formulas in (False, True) if _has_formulas(file) else (False,):
            file.seek(0)
            book = openpyxl.load_workbook(file, read_only=True, data_only=not formulas)
            for sheet in book.worksheets:
                yield from _sheet(sheet, formulas=formulas)
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if _BESIDE.search(name):
                with package.open(name) as part:
                    yield from _beside(part)
            elif _SAID_OF_FILE.search(name):
                with package.open(name) as part:
                    yield from _properties(part)
        yield from _inside(package)


def _inside(package: zipfile.ZipFile) -> Iterator[Piece]:
    """The workbooks behind charts."""
    for name in package.namelist():
        if kind := _INSIDE.search(name):
            read = pieces_of_docx if kind[1].lower() == "docx" else pieces_of_xlsx
            for piece in read(io.BytesIO(package.read(name))):
                yield Piece(f"het bestand erin, {piece.place}", piece.text, piece.around)


# -- Word ------------------------------------------------------------------------------------------
def _document(part: IO[bytes], where: str) -> Iterator[Piece]:
    reader = _Reader(where)
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            reader.begin(name)
            continue
        yield from reader.end(name, element)
        element.clear()
    yield from reader.rest()


def _properties(part: IO[bytes]) -> Iterator[Piece]:
    for _, element in iterparse(part, forbid_dtd=True):
        if element.text and _local(element) not in ("created", "modified", "filetime"):
            yield Piece("de eigenschappen", element.text)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Reader:
    """Paragraphs as one text each, however many runs they are cut in; tables by row."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.text: list[str] = []
        self.tables: list[tuple[Table, list[str]]] = []  # those around this place: heads, row
        self.counts: list[list[int]] = []  # of those tables: number, row
        self.table = 0

    def begin(self, name: str) -> None:
        if name == "tbl":
            self.table += 1
            self.tables.append((Table(), []))
            self.counts.append([self.table, 0])
        elif name == "tc" and self.tables:
            self.tables[-1][1].append("")

    def end(self, name: str, element: Element) -> Iterator[Piece]:
        if name in ("t", "delText"):  # what was taken out with changes kept is in the file still
            self.text.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            self.text.append(" ")
        elif name == "noBreakHyphen":
            self.text.append("-")
        elif name == "p":
            yield from self.rest()
        elif name == "tr" and self.tables:
            yield from self._row()
        elif name == "tbl" and self.tables:
            self.tables.pop()
            self.counts.pop()

    def rest(self) -> Iterator[Piece]:
        text, self.text = "".join(self.text), []
        if self.tables and self.tables[-1][1]:
            row = self.tables[-1][1]
            row[-1] = f"{row[-1]}\n{text}" if row[-1] else text
        elif text:
            yield Piece(self.where, text)

    def _row(self) -> Iterator[Piece]:
        table, row = self.tables[-1]
        self.counts[-1][1] += 1
        number, line = self.counts[-1]
        place = f"tabel {number}, rij {line}"
        if self.where != _PARTS["document"]:
            place = f"{self.where}, {place}"
        around = table.around(row)
        for column, cell in enumerate(row):
            yield Piece(f"{place}, kolom {column + 1}", cell, around[column])
        row.clear()


# -- Excel -----------------------------------------------------------------------------------------
def _has_formulas(file: IO[bytes]) -> bool:
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if not name.endswith(".xml"):
                continue
            with package.open(name) as part:
                before = b""
                while chunk := part.read(CHUNK):
                    if _FORMULA.search(before + chunk):
                        return True
                    before = chunk[-LONGEST_TAG:]
    return False


def _sheet(sheet: Any, *, formulas: bool) -> Iterator[Piece]:
    place = f"blad ‘{sheet.title}’"
    if sheet.sheet_state != "visible":
        place += " (verborgen)"
    sheet.reset_dimensions()  # a sheet may say that it is smaller than it is
    table = Table()
    for cells in sheet.iter_rows():
        row = ["" if formulas and cell.data_type != "f" else _written(cell) for cell in cells]
        around = table.around(row)
        for column, cell in enumerate(cells):
            if row[column]:
                at = f"{get_column_letter(cell.column)}{cell.row}"
                yield Piece(f"{place}, cel {at}", row[column], around[column])


def _written(cell: Any) -> str:
    """A cell as its reader would write it; an amount of money with its sign."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        if isinstance(value, float) and not value.is_integer():
            return f"{value:.2f}".replace(".", ",")
        if value < 0 or value > 10**12:
            return ""
        shows = _LANGUAGE.sub("", cell.number_format or "")
        return f"€ {int(value)}" if _AMOUNT.search(shows) else str(int(value))
    if hasattr(value, "isoformat"):
        return ""  # a day or a time
    return str(getattr(value, "text", value))  # a formula over more cells holds its text


def _beside(part: IO[bytes]) -> Iterator[Piece]:
    """Remarks at cells, and the text of shapes and charts."""
    cell, text = "", []
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            if name in ("comment", "threadedComment"):
                cell = element.get("ref", "")
            continue
        if name in ("t", "text") and element.text:
            text.append(element.text)
        if name in ("p", "comment", "threadedComment"):
            place = f"opmerking bij cel {cell}" if cell else "een tekstvak of grafiek"
            yield Piece(place, "".join(text))
            text = []
        element.clear()
