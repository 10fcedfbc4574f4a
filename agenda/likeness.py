"""Which indicators look like one that is about to be made.

Texts are alike when they share many groups of three letters; the same on every database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agenda.models import Indicator
from core.folding import fold

LIKE_A_NAME = 0.45  # the share of groups of letters that two names have in common
LIKE_A_DEFINITION = 0.6
MOST = 5


def trigrams(text: str) -> frozenset[str]:
    """The groups of three letters in the words of ``text``, whatever capitals and accents."""
    return frozenset(
        padded[at : at + 3]
        for word in re.findall(r"\w+", fold(text))
        for padded in [f"  {word} "]
        for at in range(len(padded) - 2)
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share that two sets have in common, from 0 to 1; nothing is like nothing."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def alike_each(names: Iterable[str]) -> dict[str, Indicator]:
    """Of each name the indicator that is most like it, where one is. One query."""
    held = [(row, trigrams(row.name)) for row in Indicator.objects.order_by("name", "pk")]
    found: dict[str, Indicator] = {}
    for name in names:
        wanted = trigrams(name)
        best = max(held, key=lambda pair: likeness(wanted, pair[1]), default=None)
        if best is not None and likeness(wanted, best[1]) >= LIKE_A_NAME:
            found[name] = best[0]
    return found


def alike(name: str, definition: str) -> list[Indicator]:
    """Those whose name or definition is much like this one, the most like first. One query."""
    of_name, of_definition = trigrams(name), trigrams(definition)
    found: list[tuple[float, Indicator]] = []
    for row in Indicator.objects.order_by("name", "pk"):
        by_name = likeness(of_name, trigrams(row.name))
        by_definition = likeness(of_definition, trigrams(row.definition))
        if by_name >= LIKE_A_NAME or by_definition >= LIKE_A_DEFINITION:
            found.append((max(by_name, by_definition), row))
    found.sort(key=lambda pair: -pair[0])
    return [row for _, row in found[:MOST]]
