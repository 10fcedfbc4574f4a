"""Spreadsheets for a reader: one sheet, Dutch headings that stay in sight, numbers as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from core.tables import CellValue, formula_safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # what a cell holds
# The format is XML, which has no place for these.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def sheet_cell(value: CellValue) -> str | int | float | Decimal | date | None:
    """One value as a sheet keeps it; a text is never a formula, too long, or empty."""
    if isinstance(value, str):
        return formula_safe(FORBIDDEN.sub("", value))[:LONGEST_TEXT] or None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value


def xlsx_bytes(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook with one sheet; ``widths`` of the columns are in characters."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold = Font(bold=True)
    heads = []
    for name in header:
        head = WriteOnlyCell(sheet, value=name)
        head.font = bold
        heads.append(head)
    sheet.append(heads)
    for row in rows:
        sheet.append([sheet_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_response(
    filename: str,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    widths: Sequence[int] = (),
) -> HttpResponse:
    """A download named ``filename``; see ``xlsx_bytes``."""
    return HttpResponse(
        xlsx_bytes(title, header, rows, widths),
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )
