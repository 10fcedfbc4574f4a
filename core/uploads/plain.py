"""Files of plain text: what they are written in, and their text by line or cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from core.uploads.kinds import Kind
from core.uploads.numbers import Piece, Table
from core.uploads.refusals import Refused

# No text holds these; a tab, the ends of line and page, and an old end of file are fine.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SEPARATORS = ";,\t|"


def read_plain(file: IO[bytes]) -> str:
    """The text of a file. Raises ``Refused`` when it is none."""
    file.seek(0)
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text
    raise Refused("damaged")


def pieces_of_plain(text: str, kind: Kind) -> Iterator[Piece]:
    """The text by line, and of a table by cell, with what stands above and left of it."""
    if kind is Kind.CSV:
        try:
            rows = list(_rows(text))
        except csv.Error:
            rows = []
        if rows:
            yield from _cells(rows)
            return
    for number, line in enumerate(io.StringIO(text), start=1):
        yield Piece(f"regel {number}", line)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    begin = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=begin.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row in reader:
        yield reader.line_num, row


def _cells(rows: list[tuple[int, list[str]]]) -> Iterator[Piece]:
    table = Table()
    for line, row in rows:
        around = table.around(row)
        for column, cell in enumerate(row):
            yield Piece(f"regel {line}, kolom {column + 1}", cell, around[column])
