"""Reading a page as a visitor does: the words of its main part, and its tables row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

BLOCKS = {"p", "li", "tr", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "div", "section", "span"}


@dataclass
class Reading:
    """What stands on a page. ``text`` is all its words; a row is a list of the words per cell.

    ``tables`` holds the rows of each table by its caption, those of one caption together.
    """

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    pairs: dict[str, list[str]] = field(default_factory=dict)

    def row(self, start: str) -> list[str]:
        """The one table row whose first cell starts with ``start``."""
        found = [row for row in self.rows if row[0].startswith(start)]
        assert len(found) == 1, f"{len(found)} rows start with {start!r}: {self.rows}"
        return found[0]

    def holds(self, *words: str) -> None:
        """Fails with the first of ``words`` that is not on the page."""
        for word in words:
            assert word in self.text, f"{word!r} is not in: {self.text}"

    def between(self, start: str, end: str) -> str:
        """The words after ``start`` up to ``end``; both have to be there."""
        self.holds(start)
        rest = self.text.split(start, 1)[1]
        assert end in rest, f"{end!r} does not follow {start!r}"
        return rest.split(end, 1)[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.in_main = False
        self.words: list[str] = []
        self.rows: list[list[list[str]]] = []
        self.tables: list[tuple[list[str], list[list[list[str]]]]] = []
        self.caption: list[str] | None = None
        self.cell: list[str] | None = None
        self.pairs: list[tuple[str, list[str]]] = []
        self.pair: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main = self.in_main or tag == "main"
        if tag in BLOCKS:
            self._say(" ")
        if tag == "table":
            self.tables.append(([], []))
        elif tag == "caption":
            self.caption = self.tables[-1][0]
        elif tag == "tr":
            self.rows.append([])
            self.tables[-1][1].append(self.rows[-1])
        elif tag in {"td", "th"}:
            self.cell = []
            self.rows[-1].append(self.cell)
        elif tag in {"dt", "dd"}:
            self.pair = []
            self.pairs.append((tag, self.pair))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.in_main = False
        elif tag == "caption":
            self.caption = None
        elif tag in {"td", "th"}:
            self.cell = None
        elif tag in {"dt", "dd"}:
            self.pair = None

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, words: str) -> None:
        if not self.in_main:
            return
        for held in (self.words, self.caption, self.cell, self.pair):
            if held is not None:
                held.append(words)


def _tidy(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _rows(rows: list[list[list[str]]]) -> list[list[str]]:
    return [[_tidy(cell) for cell in row] for row in rows if row]


def read(client: Client, address: str) -> Reading:
    """The page at ``address`` as somebody without an account reads it."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    reader = _Reader()
    reader.feed(response.content.decode())
    page = Reading(_tidy(reader.words), _rows(reader.rows))
    for caption, rows in reader.tables:
        page.tables.setdefault(_tidy(caption), []).extend(_rows(rows))
    term = ""
    for tag, words in reader.pairs:
        if tag == "dt":
            term = _tidy(words)
        else:
            page.pairs.setdefault(term, []).append(_tidy(words))
    assert page.text, f"{address} has nothing in its main part"
    return page
