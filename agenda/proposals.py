"""Which goal of a new agenda resembles one of the former: proposed to a person, never filled in.

Pure Python; no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Below this share the texts are too different to be the same goal in other words.
ALIKE = 0.6
#: Two texts are compared over this many characters: goals are sentences, not essays.
COMPARED = 300


@dataclass(frozen=True)
class Worded:
    """A goal as it reads."""

    key: int
    number: str
    label: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """``before`` seems to go on as ``after``: unchanged when ``same``, in other words otherwise."""

    before: int
    after: int
    likeness: float

    @property
    def same(self) -> bool:
        return self.likeness == 1

    @property
    def kind(self) -> str:
        return "continued" if self.same else "reworded"

    @property
    def percentage(self) -> int:
        return int(self.likeness * 100)


def propose(old: Sequence[Worded], new: Sequence[Worded]) -> dict[int, Proposal]:
    """For each goal of ``old`` the one of ``new`` that it resembles most, if any does enough.

    Each goal is proposed once at most: the best pair goes first. Of pairs that are as good, the one
    with the same number goes first, and then the order of the agenda decides.
    """
    pairs = [
        (likeness, before.number == after.number, -place, -other, before.key, after.key)
        for place, before in enumerate(old)
        for other, after in enumerate(new)
        if (likeness := _likeness(before, after)) >= ALIKE
    ]
    found: dict[int, Proposal] = {}
    given: set[int] = set()
    for likeness, _number, _place, _other, before_key, after_key in sorted(pairs, reverse=True):
        if before_key not in found and after_key not in given:
            found[before_key] = Proposal(before_key, after_key, likeness)
            given.add(after_key)
    return found


def _likeness(before: Worded, after: Worded) -> float:
    """From 0 to 1; 1 only for the same text. The label counts where it says more than the text."""
    if _plain(before.text) == _plain(after.text):
        return 1.0
    best = max(_ratio(before.text, after.text), _ratio(before.label, after.label))
    return min(best, 0.99)


def _ratio(first: str, second: str) -> float:
    matcher = SequenceMatcher(None, _plain(first), _plain(second), autojunk=False)
    # Cheap upper bounds first: most pairs of goals have nothing in common.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")[:COMPARED]
