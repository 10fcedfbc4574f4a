"""Tables from outside: their cells with their place, and what is refused in plain Dutch."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import SheetContent, book_bytes, sheet_cell
from core.uploaded_tables import cells
from core.uploaded_tables.cells import MOST_ROWS, cell_text, csv_grids, grids, number_text
from core.uploaded_tables.field import NO_TABLE, TableField
from core.uploaded_tables.reading import Layout, Tables, folded, tables_in
from core.uploads.kinds import Kind
from core.uploads.refusals import Refused
from core.values import Value, ValueType, parse_number
from tests.uploaded import xlsx

LAYOUT = Layout("Meetwaarden", ["Indicator", "Periode", "Waarde"], required=["Waarde"])


def read(content: bytes, kind: Kind, *layouts: Layout, **more: Any) -> Tables:
    found = [vars(grid) for grid in grids(io.BytesIO(content), kind)]
    return tables_in(found, layouts or (LAYOUT,), **more)


def sheet(fill: Callable[[Any], Any]) -> Tables:
    """The rows of a workbook with one sheet, whose headings stand there."""

    def filled(book: openpyxl.Workbook) -> None:
        page = book.active
        assert page is not None
        page.title = "Meetwaarden"
        page.append(["Indicator", "Periode", "Waarde"])
        fill(page)

    return read(xlsx(filled), Kind.XLSX)


def told(tables: Tables) -> list[tuple[str, str]]:
    return [(each.place, each.text) for each in tables.problems]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_with_any_separator_and_encoding(separator: str, encoding: str) -> None:
    text = f'Indicator{separator}Waarde\r\nCafé’s{separator}"12,5"\r\n'
    (row,) = read(text.encode(encoding), Kind.CSV).rows["Meetwaarden"]
    assert row.texts == {"Indicator": "Café’s", "Waarde": "12,5"}
    assert row.place("Waarde") == "regel 2, kolom 2"


def test_cells_of_a_workbook_are_what_a_person_would_type() -> None:
    def fill(page: Any) -> None:
        page.append([1234.5, datetime.date(2026, 1, 31), 0.1 + 0.2])
        page.append(["'-5 graden", 2026, 0.76])
        page["C3"].number_format = "0%"
        page.append([True, datetime.date(2026, 1, 31), "  spaties  "])

    rows = sheet(fill).rows["Meetwaarden"]
    assert [list(row.texts.values()) for row in rows] == [
        ["1234,5", "2026-01-31", "0,3"],
        ["-5 graden", "2026", "76%"],
        ["ja", "2026-01-31", "spaties"],
    ]
    assert rows[1].place("Waarde") == "Meetwaarden, cel C3"


def merged(page: Any) -> None:
    page.append(["a", "b", "c"])
    page.merge_cells("A2:B2")


def formula(page: Any) -> None:
    page.append(["a", "2026", "=1+1"])


def hidden_row(page: Any) -> None:
    page.append(["a", "2026", "1"])
    page.row_dimensions[2].hidden = True


def hidden_column(page: Any) -> None:
    page.append(["a", "2026", "1"])
    page.column_dimensions["B"].hidden = True


def error_cell(page: Any) -> None:
    page.append(["a", "2026", "#DEEL/0!"])
    page["C2"].value, page["C2"].data_type = "#DIV/0!", "e"


def double_heading(page: Any) -> None:
    page["A1"] = "waarde "
    page.append(["1", "2026", "2"])


def unknown_heading(page: Any) -> None:
    page["B1"] = "Kwartaal"
    page.append(["a", "2026", "1"])


def without_heading(page: Any) -> None:
    page.append(["a", "2026", "1", "los"])


def too_long(page: Any) -> None:
    page.cell(MOST_ROWS + 2, 1, "a")


def hidden_sheet(page: Any) -> None:
    page.append(["a", "2026", "1"])
    page.parent.create_sheet("Geheim").sheet_state = "hidden"


def misspelt_heading(page: Any) -> None:
    page["C1"] = "Waarden"
    for _ in range(30):
        page.append(["a", "2026", "1"])


def nothing(page: Any) -> None:
    """Headings alone."""


@pytest.mark.parametrize(
    ("fill", "place", "words"),
    [
        (merged, "Meetwaarden, cellen A2:B2", "samengevoegd"),
        (formula, "Meetwaarden, cel C2", "formule"),
        (hidden_row, "Meetwaarden, rij 2", "verborgen"),
        (hidden_column, "Meetwaarden, kolom B", "verborgen"),
        (error_cell, "Meetwaarden, cel C2", "fout van Excel (#DIV/0!)"),
        (double_heading, "Meetwaarden, cel C1", "staat er twee keer"),
        (unknown_heading, "Meetwaarden, cel B1", "‘Kwartaal’ kennen wij niet"),
        (without_heading, "Meetwaarden, cel D2", "geen kop"),
        (too_long, f"Meetwaarden, rij {MOST_ROWS + 2}", "Deel het bestand op"),
        (hidden_sheet, "Geheim", "verborgen"),
        (nothing, "Het bestand", "staat niets"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    fill: Callable[[Any], Any], place: str, words: str
) -> None:
    found = told(sheet(fill))
    assert any(where == place and words in text for where, text in found), found


def test_a_formula_in_a_csv_is_refused_and_a_text_of_our_own_is_not() -> None:
    found = read(b"Indicator;Waarde\n=1+1;2\n'=1+1;3\n", Kind.CSV)
    assert [where for where, _ in told(found)] == ["regel 2, kolom 1"]
    assert found.rows["Meetwaarden"][1].texts["Indicator"] == "=1+1"


def test_a_comma_too_many_is_no_column_of_its_own() -> None:
    found = told(read(b"Indicator,Waarde\na,12,5\n", Kind.CSV))
    assert found[0][0] == "regel 2, kolom 3"


def test_an_example_and_a_sheet_of_explanation_are_skipped() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        assert page is not None
        page.title = "Uitleg"
        page["A1"], page["B7"] = "Zo werkt het", "=1+1"
        values = book.create_sheet("MEETWAARDEN")
        values.append(["indicator", "WAARDE"])
        values.append(["Voorbeeld", 1])
        values.append(["Sport", 2])

    found = read(xlsx(fill), Kind.XLSX, ignored=["Uitleg"], marked="voorbeeld")
    assert (told(found), len(found.rows["Meetwaarden"])) == ([], 1)


def test_an_unknown_sheet_and_a_missing_heading_are_told() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.create_sheet("Meetwaarden").append(["Periode"])

    found = told(read(xlsx(fill), Kind.XLSX))
    assert [where for where, _ in found] == ["Sheet", "Meetwaarden, rij 1"]
    assert "ontbreekt" in found[1][1]


def test_a_cell_in_the_last_row_of_a_sheet_costs_no_million_rows() -> None:
    def fill(page: Any) -> None:
        page.append(["a", "2026", 1])
        page.cell(1_048_576, 1).number_format = "0.00"

    assert told(sheet(fill)) == []


# -- the field -------------------------------------------------------------------------------------
def test_the_field_gives_the_sheets_and_the_hash_of_the_bytes() -> None:
    content = b"Indicator;Waarde\nSport;1\n"
    table = TableField().clean(SimpleUploadedFile("w.csv", content))
    assert (table.name, len(table.sha256), len(table.sheets)) == ("w.csv", 64, 1)
    assert table.sheets[0]["cells"][-1] == [2, 2, "1"]


def test_the_field_takes_tables_alone() -> None:
    with pytest.raises(ValidationError, match=re.escape(NO_TABLE)):
        TableField().clean(SimpleUploadedFile("w.txt", b"tekst"))
    with pytest.raises(ValidationError, match=r"Excel-bestand \(xlsx\)\."):
        TableField(kinds=(Kind.XLSX,)).clean(SimpleUploadedFile("w.csv", b"a;b\n1;2\n"))


# -- properties ------------------------------------------------------------------------------------
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading_of_a_csv(content: bytes) -> None:
    try:
        found = tables_in([vars(grid) for grid in csv_grids(io.BytesIO(content))], [LAYOUT])
    except Refused:
        return
    assert found.rows.get("Meetwaarden") or found.problems


@given(
    st.lists(
        st.lists(st.text(alphabet="ab;,\"'\n\r=\t 1", max_size=6), min_size=1, max_size=5),
        max_size=6,
    )
)
def test_every_row_that_is_read_stands_under_known_headings(table: list[list[str]]) -> None:
    text = "Indicator;Waarde\n" + "\n".join(";".join(row) for row in table)
    found = tables_in([vars(g) for g in csv_grids(io.BytesIO(text.encode()))], [LAYOUT])
    for row in found.rows.get("Meetwaarden", []):
        assert set(row.texts) <= {"Indicator", "Waarde"}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_is_read_back_as_it_was_written(number: Decimal) -> None:
    assert parse_number(number_text(number)) == number


@given(st.text(alphabet="=+-@'ab 1\n", max_size=8))
def test_a_text_that_we_write_is_read_back(text: str) -> None:
    """But for spaces around it, and an apostrophe that somebody put before a sign himself."""
    plain = cells.unprotected(text)
    assert cell_text(sheet_cell(plain)) == plain


@pytest.mark.parametrize(
    ("value_type", "text"),
    [
        (ValueType.COUNT, "bijna 1.280.000"),
        (ValueType.COUNT, "10 tot 20"),
        (ValueType.PERCENTAGE, "3 van 4"),
        (ValueType.PERCENTAGE, "76,5%"),
        (ValueType.PERCENTAGE, "ruim 60%"),
        (ValueType.SCALE, "7,2"),
        (ValueType.TEXT, "veel beter"),
        (ValueType.AMOUNT, "niet gemeten"),
    ],
)
def test_a_value_is_typed_as_it_was_parsed(value_type: ValueType, text: str) -> None:
    assert Value.parse(value_type, text).typed() == text


def test_words_to_choose_from_stand_on_a_last_sheet() -> None:
    content = SheetContent("Thema’s", ["Rol"], [["partner"]], choices={0: ["partner", "regisseur"]})
    book = openpyxl.load_workbook(io.BytesIO(book_bytes([content])))
    assert book.sheetnames == ["Thema’s", "Keuzes"]
    (rule,) = book["Thema’s"].data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", "Keuzes!$A$2:$A$3")
    assert [cell.value for cell in book["Keuzes"]["A"]] == ["Rol", "partner", "regisseur"]
    assert folded("Thema’s") == folded("thema's ")


def test_the_page_of_rules_holds_the_sentences_that_people_read() -> None:
    page = (Path(__file__).parents[2] / "docs/regels/inlezen.md").read_text()
    told = {name: held for name, held in vars(cells).items() if name.isupper()}
    sentences = [held for held in told.values() if isinstance(held, str) and " " in held]
    assert len(sentences) == 7
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert f"{MOST_ROWS // 1000}.{MOST_ROWS % 1000:03} rijen en {cells.MOST_COLUMNS} kol" in page


def test_one_wrong_heading_is_one_error_however_many_rows_stand_under_it() -> None:
    assert told(sheet(misspelt_heading)) == [
        (
            "Meetwaarden, cel C1",
            "De kop ‘Waarden’ kennen wij niet. Bedoelt u ‘Waarde’? Schrijf de kop dan zo.",
        )
    ]


def test_one_column_without_a_heading_is_one_error() -> None:
    def fill(page: Any) -> None:
        for _ in range(30):
            page.append(["a", "2026", "1", "los"])

    assert [at for at, _ in told(sheet(fill))] == ["Meetwaarden, cel D2"]


def test_a_hidden_sheet_is_one_error() -> None:
    def fill(page: Any) -> None:
        page.parent.create_sheet("Bronnen").sheet_state = "hidden"
        page.append(["a", "2026", "1"])

    def book(held: openpyxl.Workbook) -> None:
        page = held.active
        assert page is not None
        page.title = "Meetwaarden"
        page.append(["Indicator", "Periode", "Waarde"])
        fill(page)

    found = read(xlsx(book), Kind.XLSX, LAYOUT, Layout("Bronnen", ["Titel"], required=["Titel"]))
    assert [at for at, _ in told(found)] == ["Bronnen"]
