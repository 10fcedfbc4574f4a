"""Text as a search compares it: without capitals and accents, the same on every database."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def fold(text: str) -> str:
    """``text`` in small letters without accents: ‘Cliënt’ and ‘client’ become the same."""
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=1024)
def _fold_letter(letter: str) -> str:
    if letter == "’":
        return "'"
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """``fold(text)``, and for each of its letters the place in ``text`` that it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in _fold_letter(letter):
            folded.append(part)
            places.append(place)
    return "".join(folded), places
