"""Which verdict a goal had before, along its succession: docs/regels/oordeel.md, rule 8.

Pure Python; no database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

# The goal goes on as itself: its verdict goes with it.
SAME_GOAL = frozenset({"continued", "extended", "reworded"})
# The verdict on the whole was a verdict on this part too.
PARTS = SAME_GOAL | {"split"}
MERGED = "merged"


@dataclass(frozen=True)
class Link:
    """``before`` went on as ``after``; ``kind`` is the code of the succession."""

    before: int
    after: int
    kind: str


def earlier_selves(goals: Collection[int], links: Iterable[Link]) -> dict[int, set[int]]:
    """For each goal itself and all that it was under another name (rule 8); not its parts."""
    origins: dict[int, list[int]] = {}
    for link in links:
        if link.kind in SAME_GOAL:
            origins.setdefault(link.after, []).append(link.before)
    return {goal: _reach(goal, origins) for goal in goals}


def _reach(start: int, steps: Mapping[int, list[int]]) -> set[int]:
    found, new = {start}, [start]
    while new:
        new = [place for at in new for place in steps.get(at, []) if place not in found]
        found.update(new)
    return found


def previous_verdicts(
    goals: Collection[int], verdicts: Mapping[int, str], links: Collection[Link]
) -> dict[int, str | None]:
    """For each goal the verdict that it, or else what it came from, had last.

    ``verdicts`` holds the newest earlier verdict of each goal that has one. Of goals that were
    merged, the verdicts count only when they are the same: verdicts are never averaged.
    """
    origins: dict[int, list[Link]] = {}
    for link in links:
        origins.setdefault(link.after, []).append(link)
    return {goal: _previous(goal, verdicts, origins, frozenset()) for goal in goals}


def _previous(
    goal: int, verdicts: Mapping[int, str], origins: Mapping[int, list[Link]], seen: frozenset[int]
) -> str | None:
    if goal in verdicts:
        return verdicts[goal]
    if goal in seen:
        return None
    links = [link for link in origins.get(goal, []) if link.kind in PARTS or link.kind == MERGED]
    found = {_previous(link.before, verdicts, origins, seen | {goal}) for link in links}
    return found.pop() if len(found) == 1 else None
