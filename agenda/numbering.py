"""The number that a new goal or theme would get, as its agenda numbers. Pure Python; no database.

An agenda may count in digits, Roman numerals or letters, with or without something before it that
stays the same: ``3``, ``iii``, ``2.3``, ``2c``. One that numbers otherwise gets no proposal.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

LAST_PART = re.compile(r"(.*?)([0-9]+|[a-z]+|[A-Z]+)", re.ASCII)
TENS = ["", "x", "xx", "xxx"]
ONES = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
ROMAN: list[str] = [ten + one for ten in TENS for one in ONES]
LETTERS: list[str] = ["", *string.ascii_lowercase]
#: What each way of counting calls the places from 1 on. Roman goes before letters: an "i" alone is
#: the first, not the ninth.
COUNTED: dict[str, list[str]] = {
    "1": [""] + [str(place) for place in range(1, 1000)],
    "i": ROMAN,
    "I": [told.upper() for told in ROMAN],
    "a": LETTERS,
    "A": [told.upper() for told in LETTERS],
}

Way = tuple[str, str]  # what stands before it, and a key of COUNTED


def _places(number: str) -> dict[Way, int]:
    """In every way that ``number`` can be read: which place it has."""
    found = LAST_PART.fullmatch(number.strip())
    if found is None:
        return {}
    prefix, told = found.groups()
    return {(prefix, way): held.index(told) for way, held in COUNTED.items() if told in held}


def _ways(numbers: Sequence[str]) -> dict[Way, int]:
    """The ways in which all of ``numbers`` are counted, each with the highest place."""
    read = [_places(number) for number in numbers]
    return {
        way: max(each[way] for each in read)
        for way in (read[0] if read else {})
        if all(way in each for each in read)
    }


def next_number(numbers: Sequence[str]) -> str:
    """The number after all of ``numbers``; empty where they are not counted in one way."""
    for (prefix, way), last in _ways(numbers).items():
        if last + 1 < len(COUNTED[way]):
            return prefix + COUNTED[way][last + 1]
    return ""


Goals = tuple[str, Sequence[str]]  # the number of a theme, if any, and those of its goals


def next_goal(theme: Goals | None, others: Sequence[Goals]) -> str:
    """The number of a new goal of ``theme``, beside the ``others`` of the agenda.

    Where no number comes twice in an agenda, it counts on from theme to theme; else it begins anew
    in each, as the last of the others did. Without a theme only the first of these can tell.
    """
    filled = [each for each in [*others, *([theme] if theme else [])] if each[1]]
    everything = [number for _, goals in filled for number in goals]
    if len(filled) > 1 and len(set(everything)) == len(everything):
        counts_on = next_number(everything)
        if counts_on:
            return counts_on
    if theme is None:
        return ""
    own, goals = theme
    if goals:
        return next_number(goals)
    return _first(own, filled[-1]) if filled else "1"


def _first(own: str, model: Goals) -> str:
    """The first number under the theme ``own``, as the goals of ``model`` are counted."""
    number, goals = model
    for prefix, way in _ways(goals):
        if not prefix:
            return COUNTED[way][1]
        if own and number and prefix.startswith(number):
            return own + prefix.removeprefix(number) + COUNTED[way][1]
    return ""
