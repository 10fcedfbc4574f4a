"""Numbers in a file that may be citizen service numbers, with their place (docs/regels/bsn.md).

Text alone is judged by ``core.bsn``. A cell of a table that holds nothing but a number is judged
with what stands above and left of it as well: a column of telephone numbers says so once.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.bsn import find_bsn

MOST = 50  # numbers told of one file; of a list of clients the first fifty say enough
MOST_SIGNS = 20_000_000  # of text read of one file
_BARE = re.compile(r"[\d .,()/+-]*")
_ENOUGH = re.compile(r"\d(?:\D?\d){7}")  # eight digits with a sign at most between each
_SAYS_BSN = re.compile(r"bsn|burger ?service|sofi", re.IGNORECASE)
_SAYS_OTHER = re.compile(
    r"telefoon|\btel\b|mobiel|\bgsm\b|\bfax|rsin|iban|btw|\brekening|bankrekening|\bagb\b"
    r"|06-?num",
    re.IGNORECASE,
)
_SAYS_CHAMBER = re.compile(r"kvk|k\.v\.k|koophandel", re.IGNORECASE)
_SAYS_AMOUNT = re.compile(
    r"€|\beuro\b|\beur\b|bedrag|kosten|budget|begroot|begroting|omzet|saldo|subsidie|uitgaven"
    r"|inkomsten|baten|lasten|besteed",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text with its place, in words for a reader.

    ``around`` holds what says what it is: the head of its column, the cell left of it.
    """

    place: str
    text: str
    around: tuple[str, ...] = ()


class Table:
    """What stands around each cell of a table that is read row by row, from the top.

    The last row without a number in it, and with two texts or more, is the row of heads.
    """

    def __init__(self) -> None:
        self._heads: dict[int, str] = {}

    def around(self, row: Sequence[str]) -> list[tuple[str, ...]]:
        """Of each cell of ``row`` what stands above and left of it."""
        filled = [each for each in row if each.strip()]
        if len(filled) > 1 and not any(_BARE.fullmatch(each) for each in filled):
            self._heads = dict(enumerate(row))
        return [
            (self._heads.get(place, ""), row[place - 1] if place else "")
            for place in range(len(row))
        ]


@dataclass
class Found:
    """What was found in one file, each number once, at its first place."""

    places: dict[str, str] = field(default_factory=dict)  # by number as written
    more: int = 0
    signs: int = 0
    until: float = math.inf  # of the clock of ``time.monotonic``
    is_whole: bool = True

    def read(self, pieces: Iterable[Piece]) -> None:
        """Look in ``pieces`` until they end, or until it is enough for one file."""
        seen = {_digits(number) for number in self.places}
        for piece in pieces:
            self.signs += len(piece.text)
            if self.signs > MOST_SIGNS or time.monotonic() > self.until:
                self.is_whole = False
                return
            for number in numbers_in(piece):
                digits = _digits(number)
                if digits in seen:
                    continue
                seen.add(digits)
                if len(self.places) < MOST:
                    self.places[number] = piece.place
                else:
                    self.more += 1


def numbers_in(piece: Piece) -> list[str]:
    """The numbers in ``piece`` that may be a BSN, as they are written."""
    if not _ENOUGH.search(piece.text):
        return []
    text = piece.text.strip()
    if piece.around and _BARE.fullmatch(text):
        around = [each for each in piece.around if not _BARE.fullmatch(each.strip())]
        if any(_SAYS_BSN.search(each) for each in around):
            return find_bsn(f"BSN: {text}")
        if any(_SAYS_OTHER.search(each) or _SAYS_AMOUNT.search(each) for each in around):
            return []
        if any(_SAYS_CHAMBER.search(each) for each in around):
            return find_bsn(f"KvK {text}")
    return find_bsn(text)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal()).lstrip("0")
