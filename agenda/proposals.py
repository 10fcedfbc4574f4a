"""Which goal of a new agenda resembles one of the former: proposed to a person, never filled in.

Pure Python; no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Below this share the texts are too different to be the same goal in other words.
ALIKE = 0.6
#: How alike two texts are is told over this many characters: goals are sentences, not essays.
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


def propose(
    old: Sequence[Worded], new: Sequence[Worded], copies: Mapping[int, int] | None = None
) -> dict[int, Proposal]:
    """For each goal of ``old`` the one of ``new`` that it resembles most, if any does enough.

    ``copies`` tells of goals of ``new`` which of ``old`` they began as: those go first, however
    they read by now. A goal of which two copies were made is left to resemblance.
    Each goal is proposed once at most: the best pair goes first. Of pairs that are as good, the one
    with the same number goes first, and then the order of the agenda decides.
    """
    given_as = Counter((copies or {}).values())
    by_key = {goal.key: goal for goal in new}
    found = {
        goal.key: Proposal(goal.key, after, _likeness(goal, by_key[after]))
        for after, before in (copies or {}).items()
        for goal in old
        if goal.key == before and given_as[before] == 1 and after in by_key
    }
    given = {proposal.after for proposal in found.values()}
    pairs = [
        (likeness, before.number == after.number, -place, -other, before.key, after.key)
        for place, before in enumerate(old)
        for other, after in enumerate(new)
        if before.key not in found
        and after.key not in given
        and (likeness := _likeness(before, after)) >= ALIKE
    ]
    for likeness, _number, _place, _other, before_key, after_key in sorted(pairs, reverse=True):
        if before_key not in found and after_key not in given:
            found[before_key] = Proposal(before_key, after_key, likeness)
            given.add(after_key)
    return found


def says_the_same(before: Worded, after: Worded) -> bool:
    """Whether two goals read the same but for their number: capitals and spaces do not count."""
    return (_plain(before.text), _plain(before.label)) == (_plain(after.text), _plain(after.label))


def _likeness(before: Worded, after: Worded) -> float:
    """From 0 to 1; 1 only when both read the same. The label counts where it says more than the
    text."""
    if says_the_same(before, after):
        return 1.0
    best = max(_ratio(before.text, after.text), _ratio(before.label, after.label))
    return min(best, 0.99)


def _ratio(first: str, second: str) -> float:
    first, second = _plain(first)[:COMPARED], _plain(second)[:COMPARED]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    # Cheap upper bounds first: most pairs of goals have nothing in common.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")
