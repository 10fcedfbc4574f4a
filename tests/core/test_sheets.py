"""Spreadsheets: what a cell may hold, and what stays in sight."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from core.sheets import LONGEST_TEXT, sheet_cell, xlsx_bytes
from core.tables import CellValue


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("  @SOM(A1)", "'  @SOM(A1)"),
        ("a\x00b", "ab"),
        ("", None),
        (None, None),
        (True, "ja"),
        (Decimal("1.5000"), Decimal("1.5")),
        (Decimal("10.0000"), 10),
        ("x" * (LONGEST_TEXT + 5), "x" * LONGEST_TEXT),
    ],
    ids=str,
)
def test_a_cell_holds_what_a_sheet_can_keep(value: CellValue, kept: CellValue) -> None:
    assert sheet_cell(value) == kept
    assert str(sheet_cell(value)) == str(kept)


def test_the_headings_stay_in_sight_and_the_title_fits() -> None:
    content = xlsx_bytes("Agenda: 2017/2020 " * 4, ["Naam", "Waarde"], [["a", Decimal(2)]], [30])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert len(sheet.title) <= 31
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 30
    assert [cell.value for cell in sheet[2]] == ["a", 2]
