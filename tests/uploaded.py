"""Small files of every kind, good and bad, made on the spot for tests of uploads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pikepdf
from PIL import Image

NUMBER, OTHER = "123456782", "111222333"  # made up; they pass the eleven-test
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def content_types(main: str = _MAIN) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def paragraph(*runs: str) -> str:
    """One paragraph, in as many runs as are given."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    lines = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def word_part(body: str, root: str = "document") -> str:
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{WORD}">{inner}</w:{root}>'


def docx(body: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": content_types(),
            "_rels/.rels": _RELS,
            "word/document.xml": word_part(body or paragraph("Het gaat goed.")),
            **(more or {}),
        }
    )


def xlsx(fill: Callable[[openpyxl.Workbook], Any] | None = None) -> bytes:
    book = openpyxl.Workbook()
    if fill is not None:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """The office file ``content`` with ``parts`` added."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, added in parts.items():
            package.writestr(name, added)
    return out.getvalue()


def pdf(*pages: str, change: Callable[[pikepdf.Pdf], Any] | None = None, **saving: Any) -> bytes:
    """A pdf with a line of text on each of ``pages``; an empty one shows nothing."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for text in pages or ("Het gaat goed.",):
        page = made.add_blank_page(page_size=(595, 842))
        if text:
            drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
            page.Contents = made.make_stream(drawn)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, **saving)
    return out.getvalue()


def picture(format: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, format)
    return out.getvalue()
