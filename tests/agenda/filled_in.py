"""Templates that are downloaded, filled in and handed in, as an officer does it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from agenda.models import AgendaVersion

Book = openpyxl.Workbook
Cells = Mapping[str, Any]


def book_at(client: Client, address: str) -> Book:
    answer = client.get(address)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def saved(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}


def add(book: Book, sheet: str, *rows: Cells) -> None:
    """Write rows below what stands on a sheet, each cell by its heading."""
    page = book[sheet]
    for row in rows:
        number, at = page.max_row + 1, columns(page)
        for heading, value in row.items():
            if heading not in at:
                at[heading] = len(at) + 1
                page.cell(1, at[heading], heading)
            page.cell(number, at[heading], value)


def row_of(book: Book, sheet: str, **having: Any) -> dict[str, Any]:
    """The first row that holds these cells, as cells by heading."""
    page = book[sheet]
    at = columns(page)
    for row in page.iter_rows(min_row=2):
        if all(str(row[at[name] - 1].value) == str(value) for name, value in having.items()):
            return {name: row[column - 1] for name, column in at.items()}
    raise AssertionError(f"no row with {having}")


def hand_in(client: Client, address: str, content: bytes, name: str = "agenda.xlsx") -> Any:
    """The page that follows the file: the preview, or the form with what is wrong."""
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def problems(answer: Any) -> list[tuple[str, str]]:
    return [(each.place, each.text) for each in (answer.context or {}).get("problems", [])]


def confirm(client: Client, preview: Any, **ticked: Any) -> Any:
    """The page that follows the confirmation of a preview."""
    address = preview.redirect_chain[-1][0]
    return client.post(address, ticked, follow=True)


def lines(header: Iterable[str], *rows: Iterable[Any], separator: str = ";") -> bytes:
    """A csv in UTF-8."""
    told = [header, *rows]
    return "\n".join(separator.join(str(cell) for cell in row) for row in told).encode()


def at(version: AgendaVersion, name: str = "agenda_import", *args: Any) -> str:
    return reverse(name, args=[version.agenda.slug, version.number, *args])


def filled(desk: Client, version: AgendaVersion, fill: Callable[[Book], Any]) -> bytes:
    """The template with what stands there, changed by ``fill``."""
    book = book_at(desk, at(version, "agenda_template"))
    fill(book)
    return saved(book)


def entered(desk: Client, version: AgendaVersion, fill: Callable[[Book], Any]) -> Any:
    return hand_in(desk, at(version), filled(desk, version, fill))
