"""Numbers of people are found in every part of a file, with their place; other numbers are not."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.conf import settings
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name

from core.bsn import find_bsn
from core.uploads import inspecting, numbers
from core.uploads.child import read
from core.uploads.inspecting import LOOK, Inspected, inspect
from core.uploads.kinds import Kind
from core.uploads.numbers import Found, Piece, numbers_in
from core.uploads.refusals import Refused
from tests.uploaded import (
    NUMBER,
    OTHER,
    docx,
    paragraph,
    pdf,
    picture,
    table,
    with_parts,
    word_part,
    xlsx,
)

BSN = int(NUMBER)


def places(content: bytes, kind: Kind) -> dict[str, str]:
    found, _ = read(io.BytesIO(content), kind)
    assert found.is_whole
    return found.places


def _cells(fill: Callable[[Any], Any], title: str = "Cliënten") -> bytes:
    def made(book: openpyxl.Workbook) -> None:
        assert book.active is not None
        book.active.title = title
        fill(book.active)

    return xlsx(made)


def _at(cell: str, value: Any, **fields: Any) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        sheet[cell] = value
        for name, held in fields.items():
            setattr(sheet[cell], name, held)

    return fill


# -- Word ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "place"),
    [
        (docx(paragraph("Mevrouw ", "1234", "56782", " belde.")), "de tekst"),
        (
            docx(table(("Naam", "Nummer"), ("Jan", "12"), ("Piet", NUMBER))),
            "tabel 1, rij 3, kolom 2",
        ),
        (
            docx(table(("a",)) + table((f"a {NUMBER}",))),
            "tabel 2, rij 1, kolom 1",
        ),
        (docx(more={"word/header2.xml": word_part(paragraph(NUMBER), "hdr")}), "een koptekst"),
        (docx(more={"word/footer1.xml": word_part(paragraph(NUMBER), "ftr")}), "een voettekst"),
        (
            docx(more={"word/footer1.xml": word_part(table(("x", NUMBER)), "ftr")}),
            "een voettekst, tabel 1, rij 1, kolom 2",
        ),
        (
            docx(
                more={
                    "word/comments.xml": word_part(
                        f"<w:comment>{paragraph(NUMBER)}</w:comment>", "comments"
                    )
                }
            ),
            "een opmerking",
        ),
        (docx(more={"word/footnotes.xml": word_part(paragraph(NUMBER), "fn")}), "een voetnoot"),
        (docx(more={"word/endnotes.xml": word_part(paragraph(NUMBER), "en")}), "een eindnoot"),
        (
            docx(f"<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>"),
            "de tekst",
        ),
        (docx(more={"elders/tekst.xml": word_part(paragraph(NUMBER))}), "een ander onderdeel"),
        (docx(more={"docProps/core.xml": f"<x><title>{NUMBER}</title></x>"}), "de eigenschappen"),
        (
            docx(more={"word/embeddings/a.xlsx": _cells(_at("A1", BSN))}),
            "het bestand erin, blad ‘Cliënten’, cel A1",
        ),
    ],
)
def test_a_number_in_a_word_file_is_found_with_its_place(content: bytes, place: str) -> None:
    assert places(content, Kind.DOCX) == {NUMBER: place}


def test_numbers_of_two_paragraphs_or_cells_do_not_run_together() -> None:
    body = paragraph("1234") + paragraph("56782") + table(("1234", "56782"), ("1112", "22333"))
    assert places(docx(body), Kind.DOCX) == {}


# -- Excel -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fill", "place"),
    [
        (_at("B7", NUMBER), "blad ‘Cliënten’, cel B7"),
        (_at("B7", BSN), "blad ‘Cliënten’, cel B7"),
        (_at("B7", float(BSN)), "blad ‘Cliënten’, cel B7"),
        (_at("AA70", BSN, number_format="000000000"), "blad ‘Cliënten’, cel AA70"),
        (_at("B7", f"=VLOOKUP({NUMBER},A1:A2,1)"), "blad ‘Cliënten’, cel B7"),
        (_at("B7", "x", comment=Comment(f"is {NUMBER}", "ik")), "opmerking bij cel B7"),
    ],
)
def test_a_number_in_a_workbook_is_found_with_its_cell(
    fill: Callable[[Any], None], place: str
) -> None:
    assert places(_cells(fill), Kind.XLSX) == {NUMBER: place}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_too(state: str) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Weg")
        sheet.sheet_state = state
        sheet["C3"] = BSN

    assert places(xlsx(fill), Kind.XLSX) == {NUMBER: "blad ‘Weg’ (verborgen), cel C3"}


def test_a_sheet_that_says_it_is_smaller_is_read_whole() -> None:
    content = _cells(_at("D9", BSN))
    with_lie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(with_lie, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part))
    assert places(with_lie.getvalue(), Kind.XLSX) == {NUMBER: "blad ‘Cliënten’, cel D9"}


def test_the_value_that_a_formula_last_had_is_read() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1"><f>B1+1</f><v>{NUMBER}</v></c></row></sheetData></worksheet>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    assert places(out.getvalue(), Kind.XLSX) == {NUMBER: "blad ‘Sheet’, cel A1"}


def test_a_text_in_a_shape_is_read() -> None:
    drawing = '<x xmlns:a="urn:a"><a:p><a:t>12345</a:t><a:t>6782</a:t></a:p></x>'
    content = with_parts(xlsx(), {"xl/drawings/drawing1.xml": drawing})
    assert places(content, Kind.XLSX) == {NUMBER: "een tekstvak of grafiek"}


@pytest.mark.parametrize(
    ("value", "format"),
    [
        (BSN, "€ #,##0"),
        (BSN, '_-"€" * #,##0.00'),
        (BSN, "#,##0.00"),
        (BSN, "[$€-413] #,##0"),
        (12345672.5, "General"),
        (-BSN, "General"),
        (123456783, "General"),
        (datetime.date(2019, 7, 31), "dd-mm-yyyy"),
        (True, "General"),
        ("€ 123.456.782", "General"),
        ("06-12345672", "@"),
    ],
)
def test_another_number_in_a_cell_is_left_alone(value: Any, format: str) -> None:
    assert places(_cells(_at("B2", value, number_format=format)), Kind.XLSX) == {}


def test_the_language_of_a_pattern_makes_no_amount() -> None:
    fill = _at("B2", BSN, number_format="[$-413]0")
    assert list(places(_cells(fill), Kind.XLSX)) == [NUMBER]


# -- tables in general -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("around", "is_found"),
    [
        (("Nummer", "Jan"), True),
        (("", ""), True),
        (("BSN cliënt", "Telefoon"), True),
        (("Telefoonnummer thuis", "Jan"), False),
        (("", "Tel."), False),
        (("Mobiel", ""), False),
        (("KvK-nummer", ""), True),  # that has eight digits
        (("Begroot bedrag", ""), False),
        (("Kosten (euro)", ""), False),
    ],
)
def test_what_stands_around_a_bare_number_says_what_it_is(
    around: tuple[str, ...], is_found: bool
) -> None:
    assert numbers_in(Piece("x", NUMBER, around)) == ([NUMBER] if is_found else [])


@pytest.mark.parametrize("around", [("KvK-nummer", ""), ("", "Kamer van Koophandel")])
def test_a_number_of_eight_digits_under_kvk_is_one_of_the_chamber(around: tuple[str, ...]) -> None:
    assert numbers_in(Piece("x", "12345672", around)) == []
    assert numbers_in(Piece("x", "12345672", ("Nummer", ""))) == ["12345672"]


def test_a_text_in_a_column_of_telephone_numbers_is_judged_by_itself() -> None:
    piece = Piece("x", f"van mevrouw {NUMBER}", ("Telefoon",))
    assert numbers_in(piece) == [NUMBER]


def test_a_column_that_says_bsn_holds_no_dates_and_amounts() -> None:
    assert numbers_in(Piece("x", "12-02-2019", ("BSN cliënt", "Telefoon"))) == ["12-02-2019"]
    assert numbers_in(Piece("x", "12-02-2019", ("Datum",))) == []


def test_the_head_of_a_column_holds_for_the_rows_below_it() -> None:
    rows = (
        "Overzicht;;\nNaam;Telefoon;Dossier\nJan;123456782;111222333\nPiet;n.v.t.;3\nAn;123456782;4"
    )
    assert places(rows.encode(), Kind.CSV) == {OTHER: "regel 3, kolom 3"}


# -- pdf and text ----------------------------------------------------------------------------------
def _note(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=NUMBER)]
    )


def test_a_number_in_a_pdf_is_found_with_its_page() -> None:
    content = pdf("Eerste", "Tweede", f"mevrouw {NUMBER}")
    assert places(content, Kind.PDF) == {NUMBER: "bladzijde 3"}


def test_a_note_in_a_pdf_is_read() -> None:
    assert places(pdf(change=_note), Kind.PDF) == {NUMBER: "bladzijde 1, een veld of notitie"}


def test_pages_without_text_are_told() -> None:
    _, silent = read(io.BytesIO(pdf("een", "", "drie", "")), Kind.PDF)
    assert silent == [2, 4]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (f"een\ntwee {NUMBER}", Kind.TXT, "regel 2"),
        (f"naam;bsn\nJan;{NUMBER}", Kind.CSV, "regel 2, kolom 2"),
        (f"naam,bsn\nJan,{NUMBER}", Kind.CSV, "regel 2, kolom 2"),
        (f'naam;bsn\n"Jan\nPiet";{NUMBER}', Kind.CSV, "regel 3, kolom 2"),
        (f"{'x' * 200_000}\n{NUMBER}", Kind.CSV, "regel 2"),
    ],
)
def test_a_number_in_plain_text_is_found_with_its_line(text: str, kind: Kind, place: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert places(text.encode(encoding), kind) == {NUMBER: place}


# -- limits ----------------------------------------------------------------------------------------
def test_a_number_is_told_once_and_of_many_the_first() -> None:
    found = Found()
    valid = [f"{n:09d}" for n in range(100_000_000, 100_010_000) if find_bsn(f"{n:09d}")]
    found.read(
        [Piece("eerst", valid[0]), Piece("later", valid[0]), Piece("rest", " x ".join(valid))]
    )
    assert found.places[valid[0]] == "eerst"
    assert len(found.places) == numbers.MOST
    assert found.more == len(valid) - numbers.MOST


def test_reading_stops_at_the_limits_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Found(until=0)
    slow.read([Piece("x", NUMBER)])
    assert (slow.places, slow.is_whole) == ({}, False)
    monkeypatch.setattr(numbers, "MOST_SIGNS", 15)
    large = Found()
    large.read([Piece("x", NUMBER), Piece("y", OTHER)])
    assert (list(large.places), large.is_whole) == ([NUMBER], False)


# -- at a distance ---------------------------------------------------------------------------------
def test_what_was_read_comes_back_from_the_other_process() -> None:
    file = io.BytesIO(pdf(f"is {NUMBER}", ""))
    told = inspect(file, Kind.PDF)
    assert [(each.number, each.place) for each in told.numbers] == [(NUMBER, "bladzijde 1")]
    assert told.unread == f"Op bladzijde 2 staat geen tekst die wij kunnen lezen. {LOOK}"
    assert file.tell() == 0


def test_a_clean_file_gives_nothing_to_say() -> None:
    assert inspect(io.BytesIO(docx()), Kind.DOCX) == Inspected()


def test_an_image_is_not_searched_and_that_is_said() -> None:
    told = inspect(io.BytesIO(picture()), Kind.PNG)
    assert told.unread == f"In een afbeelding zoeken wij niet naar nummers. {LOOK}"


def test_a_refusal_comes_back_with_its_words() -> None:
    with pytest.raises(Refused, match="heet \\.xlsx, maar de inhoud is een Word-bestand"):
        inspect(io.BytesIO(docx()), Kind.XLSX)


def test_a_file_that_is_safe_and_cannot_be_read_is_kept_with_a_remark() -> None:
    broken = docx(more={"word/footer1.xml": "<w:p xmlns:w='urn:w'><niet dicht"})
    told = inspect(io.BytesIO(broken), Kind.DOCX)
    assert told == Inspected(unread=f"Wij konden dit bestand niet nalezen. {LOOK}")


def test_a_page_that_unpacks_to_far_too_much_is_told_and_the_others_are_read() -> None:
    def inflate(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = made.make_stream(b" " * 300_000_000)

    content = pdf("vooraan", f"is {NUMBER}", change=inflate, compress_streams=True)
    assert len(content) < 1_000_000
    told = inspect(io.BytesIO(content), Kind.PDF)
    assert told.unread == f"Wij konden dit bestand niet helemaal nalezen. {LOOK}"
    assert [each.number for each in told.numbers] == [NUMBER]


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.uploads.inspecting.SECONDS", 0.001)
    with pytest.raises(Refused, match="te ingewikkeld"):
        inspect(io.BytesIO(docx()), Kind.DOCX)


def test_no_more_files_are_open_at_once_than_the_memory_bears(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspecting, "SECONDS", 0.01)
    with contextlib.ExitStack() as held:
        for _ in range(inspecting.AT_ONCE):
            held.enter_context(inspecting._turn)
        with pytest.raises(Refused, match="te veel bestanden tegelijk"):
            inspect(io.BytesIO(docx()), Kind.DOCX)
    monkeypatch.undo()
    for _ in range(inspecting.AT_ONCE + 1):  # each gives its turn back
        with pytest.raises(Refused, match="Word-bestand"):
            inspect(io.BytesIO(docx()), Kind.XLSX)


def test_the_other_process_gets_no_secret_and_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    popen = subprocess.Popen

    def spied(command: list[str], **options: Any) -> Any:
        seen.update(options, command=command)
        return popen(command, **options)

    monkeypatch.setattr(subprocess, "Popen", spied)
    monkeypatch.setenv("SECRET_KEY", "geheim")
    inspect(io.BytesIO(docx()), Kind.DOCX)
    assert set(seen["env"]) == {"PATH", "PYTHONDONTWRITEBYTECODE"}
    assert seen["command"][-3:] == ["-m", "core.uploads.child", "DOCX"]


def test_the_page_tells_how_many_are_told() -> None:
    page = (Path(settings.BASE_DIR) / "docs/regels/bsn.md").read_text()
    assert f"de eerste {numbers.MOST} nummers" in page


def test_what_stands_behind_a_pivot_table_is_said_not_to_be_read() -> None:
    hidden = {"xl/pivotCache/pivotCacheRecords1.xml": "<r/>"}
    found, _ = read(io.BytesIO(with_parts(xlsx(), hidden)), Kind.XLSX)
    assert not found.is_whole


def test_a_calculation_is_no_account() -> None:
    cells = _cells(lambda sheet: [sheet.append(row) for row in (["Berekening per cliënt"], [BSN])])
    assert list(places(cells, Kind.XLSX)) == [NUMBER]
