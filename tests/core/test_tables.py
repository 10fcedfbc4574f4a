import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tables import CellValue, csv_cell, csv_response, csv_text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234.5"), "1234,5"),
        (Decimal("-12.50"), "-12,5"),
        (Decimal("10.0000"), "10"),
        (Decimal("0.0000"), "0"),
        (Decimal("100"), "100"),
        (Decimal("1E+6"), "1000000"),
        (-3, "-3"),
        (0.1, "0,1"),
        (True, "ja"),
        (None, ""),
        (date(2018, 12, 31), "2018-12-31"),
        (datetime(2018, 12, 31, 9, 5), "2018-12-31 09:05"),  # noqa: DTZ001 - any time will do
        ("Ruim € 100", "Ruim € 100"),
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("−5", "'−5"),
        ("", ""),
    ],
)
def test_a_cell_is_written_the_dutch_way_and_never_as_a_formula(
    value: CellValue, written: str
) -> None:
    assert csv_cell(value) == written


def test_the_download_opens_in_a_dutch_spreadsheet() -> None:
    response = csv_response(
        "knelpunten é.csv", ["Jaar", "Bedrag; in euro"], [[2018, Decimal("1.5")], ['a"b', None]]
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response.content == (
        b"\xef\xbb\xbf" + b'Jaar;"Bedrag; in euro"\r\n2018;1,5\r\n"a""b";\r\n'
    )


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=20), min_size=1))
def test_no_text_becomes_a_formula_and_no_text_is_lost(texts: list[str]) -> None:
    text = csv_text(["kop"], [[text] for text in texts])
    read = [
        row[0] if row else ""
        for row in csv.reader(io.StringIO(text[1:], newline=""), delimiter=";")
    ][1:]
    assert [
        cell.removeprefix("'") if not original.startswith("'") else cell
        for cell, original in zip(read, texts, strict=True)
    ] == texts
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in read)
