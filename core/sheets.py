"""Spreadsheets: Dutch headings that stay in sight, numbers as numbers, words to choose from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.tables import CellValue, bare, formula_safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # what a cell holds
# The format is XML, which has no place for these.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def sheet_cell(value: CellValue) -> str | int | float | Decimal | date | None:
    """One value as a sheet keeps it; a text is never a formula, too long, or empty. A number has
    no decimals that are noughts."""
    if isinstance(value, str):
        return formula_safe(FORBIDDEN.sub("", value))[:LONGEST_TEXT] or None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return bare(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class SheetContent:
    """One sheet of a workbook: its rows under headings, and what a cell may be chosen from.

    ``widths`` of the columns are in characters. ``choices`` are by column, from 0: a cell there
    offers them, and refuses anything else. Rows in ``examples`` come first, in grey italics.
    ``wraps`` lets long texts run on over more lines. A sheet of prose has no ``header``.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[CellValue]]
    widths: Sequence[int] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    hints: Mapping[int, str] = field(default_factory=dict)
    examples: Sequence[Sequence[CellValue]] = ()
    wraps: bool = False


CHOICES = "Keuzes"  # the sheet with the words that cells offer
OTHER_WORD = "Kies een van de woorden uit de lijst, of maak de cel leeg."
CHOSEN_IN = 2_000  # rows below the heading offer the choices


def book_bytes(sheets: Sequence[SheetContent]) -> bytes:
    """A workbook; words to choose from stand on a last sheet of their own."""
    book = Workbook(write_only=True)
    lists: list[tuple[str, Sequence[str]]] = []
    for content in sheets:
        _write_sheet(book, content, lists)
    if lists:
        columns = [words for _, words in lists]
        rows = [
            [words[number] if number < len(words) else None for words in columns]
            for number in range(max(map(len, columns)))
        ]
        header = [name for name, _ in lists]
        _write_sheet(book, SheetContent(CHOICES, header, rows, [24] * len(header)), [])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(
    book: Workbook, content: SheetContent, lists: list[tuple[str, Sequence[str]]]
) -> None:
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", content.title)[:31])
    for number, width in enumerate(content.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if content.header:
        sheet.freeze_panes = "A2"
        sheet.append([_styled(sheet, name, font=Font(bold=True)) for name in content.header])
    for example in content.examples:
        font = Font(italic=True, color="00666666")
        sheet.append([_styled(sheet, sheet_cell(value), font=font) for value in example])
    wrapped = Alignment(wrap_text=True, vertical="top") if content.wraps else None
    for row in content.rows:
        values = [sheet_cell(value) for value in row]
        sheet.append(
            [_styled(sheet, each, alignment=wrapped) for each in values] if wrapped else values
        )
    for column, heading in enumerate(content.header):
        words, hint = content.choices.get(column), content.hints.get(column, "")
        if words or hint:
            sheet.data_validations.append(_validation(column, heading, words, hint, lists))


def _styled(sheet: Any, value: Any, **styles: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    for name, style in styles.items():
        setattr(cell, name, style)
    return cell


def _validation(
    column: int,
    heading: str,
    words: Sequence[str] | None,
    hint: str,
    lists: list[tuple[str, Sequence[str]]],
) -> DataValidation:
    """What the cells under a heading offer and say."""
    rule = DataValidation(allow_blank=True)
    if words:
        told = (heading, tuple(words))
        if told not in lists:
            lists.append(told)
        letter = get_column_letter(lists.index(told) + 1)
        rule.type, rule.formula1 = "list", f"{CHOICES}!${letter}$2:${letter}${len(words) + 1}"
        rule.showErrorMessage, rule.error = True, OTHER_WORD
    if hint:
        rule.showInputMessage, rule.prompt = True, hint[:255]
    letter = get_column_letter(column + 1)
    rule.add(f"{letter}2:{letter}{CHOSEN_IN}")
    return rule


def xlsx_bytes(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook with one sheet; ``widths`` of the columns are in characters."""
    return book_bytes([SheetContent(title, header, rows, widths)])


def book_response(filename: str, content: bytes) -> HttpResponse:
    """A download named ``filename``."""
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )


def xlsx_response(
    filename: str,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    widths: Sequence[int] = (),
) -> HttpResponse:
    """A download named ``filename``; see ``xlsx_bytes``."""
    return book_response(filename, xlsx_bytes(title, header, rows, widths))
