"""The council document is an accessible PDF, the same every time."""

from __future__ import annotations

import io
import re
import zlib
from itertools import pairwise
from typing import Any

import page
import pikepdf
import pytest

from core.documents import page_count, render_pdf
from monitor.constants import DocumentVariant
from monitor.documents import document_assets, document_html
from monitor.documents.build import STYLESHEETS
from tests.monitor.payload_fixture import notes_payload, payload


def pdf_of(content: dict[str, Any], variant: str = DocumentVariant.FULL) -> bytes:
    html = document_html(content, sha256="ab" * 32, version=1, variant=variant, release="0.1.0")
    return render_pdf(html, stylesheets=STYLESHEETS, assets=document_assets(content))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_of(payload())


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def elements(opened: pikepdf.Pdf) -> list[Any]:
    """The structure elements in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    walk(opened.Root.StructTreeRoot.K)
    return found


def rows_of(table: Any) -> list[int]:
    """How many cells each row of a table element has."""
    rows: list[int] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S == "/TR":
                kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
                rows.append(len([kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]))
            else:
                walk(node.get("/K"))

    walk(table.get("/K"))
    return rows


def test_it_is_valid_pdf_ua_1(pdf: bytes) -> None:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("variant", [DocumentVariant.LEAN, DocumentVariant.FULL])
def test_an_edition_of_notes_alone_is_valid_too(variant: str) -> None:
    report = page.validate_pdf_bytes(
        pdf_of(notes_payload(), variant), profile=page.ValidationProfile.PDF_UA_1
    )
    assert [failure.message for failure in report.failures] == []


def test_it_names_itself_and_its_language(opened: pikepdf.Pdf) -> None:
    assert opened.Root.Lang == "nl"
    assert opened.docinfo.Title == "Monitor Sociaal Domein 2018 – gemeente Voorbeeld & Zoon"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_every_heading_of_a_table_says_what_it_heads(opened: pikepdf.Pdf) -> None:
    headings = [element for element in elements(opened) if element.S == "/TH"]
    assert {str(heading.A.Scope) for heading in headings} == {"/Row", "/Column"}


def test_no_table_has_ragged_rows(opened: pikepdf.Pdf) -> None:
    tables = [element for element in elements(opened) if element.S == "/Table"]
    assert len(tables) > 30
    assert [rows for table in tables if len(set(rows := rows_of(table))) != 1] == []


def test_headings_skip_no_level(opened: pikepdf.Pdf) -> None:
    levels = [
        int(match[1])
        for element in elements(opened)
        if (match := re.fullmatch(r"/H(\d)", str(element.S)))
    ]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_outline_lists_the_chapters_by_their_names(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:3] == ["Inhoud", "Leeswijzer", "In één oogopslag"]
    assert titles[3] == "Thema Wonen"
    assert titles[-1] == "Colofon"
    assert len(titles) == 3 + 8 + 3 + 5


def test_reading_order_and_tab_order_are_those_of_the_structure(opened: pikepdf.Pdf) -> None:
    assert {str(sheet.get("/Tabs")) for sheet in opened.pages} == {"/S"}
    assert bool(opened.Root.MarkInfo.Marked)


def test_every_typeface_is_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [
        item
        for item in opened.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
    names = {str(font.FontName).partition("+")[2] for font in fonts}
    assert all(name.startswith(("Fira-Sans", "Source-Serif")) for name in names), names


def test_the_page_count_is_read_without_a_library(pdf: bytes, opened: pikepdf.Pdf) -> None:
    assert page_count(pdf) == len(opened.pages) > 25
    with pytest.raises(ValueError, match="page tree"):
        page_count(b"%PDF-1.7")


def test_packed_data_may_end_in_a_carriage_return() -> None:
    packed = next(
        data
        for number in range(10_000)
        if (data := zlib.compress(b"<</Type /Pages /Count 7>> %d" % number)).endswith(b"\r")
    )
    assert page_count(b"<</Type /ObjStm>>\nstream\n" + packed + b"\nendstream") == 7


def test_the_same_content_gives_the_same_bytes(pdf: bytes) -> None:
    assert pdf_of(payload()) == pdf
    assert pdf_of(payload(), DocumentVariant.LEAN) != pdf


def test_lists_that_run_in_are_valid_too() -> None:
    content = payload()
    told = content["partners"][0]["contracts"][0]
    told["terms"] = [{"kind_label": "samenwerking", "text": text} for text in ("Eerst", "Daarna")]
    report = page.validate_pdf_bytes(pdf_of(content), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
