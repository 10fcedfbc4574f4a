"""What is still to be said before every goal has its place: docs/regels/opvolging.md.

Pure Python; no database. A goal is known by its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

#: One goal goes on as one goal, and nothing else goes into that one.
ONE_TO_ONE = frozenset({"continued", "extended", "reworded"})
CONTINUED = "continued"
SPLIT, MERGED, DROPPED, NEW = "split", "merged", "dropped", "new"

NO_FATE = "Heeft nog geen bestemming."
SPLIT_IN_ONE = "Is gesplitst, maar er is maar één doel aangewezen. Wijs er nog een aan."
MERGED_ALONE = (
    "Is samengevoegd, maar er gaat nog geen ander doel in op. Wijs ook dat doel aan, of kies een "
    "andere bestemming."
)
NOT_ALONE = (
    "In hetzelfde doel gaat ook een ander doel op. Kies dan bij beide ‘samengevoegd’, of wijs een "
    "ander doel aan."
)
CHANGED = (
    "Staat als ongewijzigd, maar de tekst of de korte naam is nu anders. Kies ‘anders verwoord’ of "
    "‘uitgebreid’."
)
NO_ORIGIN = "Komt uit geen ander doel, en er staat nog niet waarom het nieuw is."
NEW_AND_OLD = "Staat als nieuw te boek en komt toch uit een ander doel. Kies een van beide."


@dataclass(frozen=True)
class Tie:
    """``before`` goes on as ``after``; a dropped goal has no ``after``, a new one no ``before``."""

    before: int | None
    after: int | None
    kind: str


@dataclass(frozen=True)
class Open:
    """What is to be said yet, by goal: of those of the former agenda, and of those of the new."""

    old: dict[int, str] = field(default_factory=dict)
    new: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.old or self.new)


def still_open(
    old: Collection[int],
    new: Collection[int],
    ties: Iterable[Tie],
    changed: Collection[tuple[int, int]] = (),
) -> Open:
    """The goals that keep a new agenda from being adopted, each with a sentence that says why.

    ``changed`` names the pairs (old, new) that do not read the same: none of them is continued.
    """
    onward: dict[int, list[Tie]] = defaultdict(list)
    sources: dict[int, list[Tie]] = defaultdict(list)
    called_new: set[int] = set()
    for tie in ties:
        if tie.before is not None:
            onward[tie.before].append(tie)
            if tie.after is not None:
                sources[tie.after].append(tie)
        elif tie.after is not None and tie.kind == NEW:
            called_new.add(tie.after)
    found = Open()
    for goal in old:
        held = onward.get(goal, [])
        why = _of_old(held, sources)
        if not why and any(_is_changed(tie, changed) for tie in held):
            why = CHANGED
        if why:
            found.old[goal] = why
    for goal in new:
        if goal in sources and goal in called_new:
            found.new[goal] = NEW_AND_OLD
        elif goal not in sources and goal not in called_new:
            found.new[goal] = NO_ORIGIN
    return found


def _is_changed(tie: Tie, changed: Collection[tuple[int, int]]) -> bool:
    return tie.kind == CONTINUED and (tie.before, tie.after) in changed


def _of_old(ties: list[Tie], sources: dict[int, list[Tie]]) -> str:
    """Why the fate of an old goal is not complete; empty when it is."""
    if not ties:
        return NO_FATE
    kind = ties[0].kind
    if kind == SPLIT and len(ties) < 2:
        return SPLIT_IN_ONE
    beside = max((len(sources[tie.after]) for tie in ties if tie.after is not None), default=0)
    if kind == MERGED and beside < 2:
        return MERGED_ALONE
    if kind in ONE_TO_ONE and beside > 1:
        return NOT_ALONE
    return ""
