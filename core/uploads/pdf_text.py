"""The text layer of a pdf by page, with what is typed in its fields and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader

from core.uploads.numbers import Piece

MOST_PAGES = 600


class PdfPages:
    """Reads a pdf that ``pdf.py`` let pass; ``silent`` are the pages without text, from 1."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        self.reader = PdfReader(file)
        self.silent: list[int] = []
        self.is_whole = True

    def pieces(self) -> Iterator[Piece]:
        for number, page in enumerate(self.reader.pages, start=1):
            if number > MOST_PAGES:
                self.is_whole = False
                return
            place = f"bladzijde {number}"
            try:
                text = page.extract_text()
                yield from (Piece(f"{place}, een veld of notitie", each) for each in _notes(page))
            except Exception:
                # pypdf raises nearly anything on a font or stream that it does not know, and when
                # a page unpacks to far too much. The other pages are read, and this is told.
                self.is_whole = False
                continue
            if text.strip():
                yield Piece(place, text)
            else:
                self.silent.append(number)


def _notes(page: Any) -> Iterator[str]:
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        for key in ("/Contents", "/V"):
            if isinstance(value := note.get(key), str):
                yield value
