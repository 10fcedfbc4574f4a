"""The pieces of a line: it stops where a value misses or a series breaks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

Spot = tuple[float, float]
Runs = list[list[Spot]]


def unbroken(spots: Iterable[Spot | None]) -> Runs:
    """The line through ``spots`` in pieces: it is not drawn across a missing value."""
    runs: Runs = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if run]


def heights_between(runs: Runs, left: float, right: float) -> list[float]:
    """The extreme heights that the lines through ``runs`` have between ``left`` and ``right``."""
    found: list[float] = []
    for run in runs:
        for (x1, y1), (x2, y2) in pairwise(run):
            if x2 < left or x1 > right:
                continue
            if x1 == x2:
                found += [y1, y2]
                continue
            slope = (y2 - y1) / (x2 - x1)
            found += [y1 + slope * (min(max(x, x1), x2) - x1) for x in (left, right)]
    return found
