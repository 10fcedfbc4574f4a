"""When every goal has its place (agenda/fates.py), by table and by what hypothesis makes up."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.fates import (
    MERGED_ALONE,
    NEW_AND_OLD,
    NO_FATE,
    NO_ORIGIN,
    NOT_ALONE,
    SPLIT_IN_ONE,
    Tie,
    still_open,
)

OLD, NEW = (1, 2, 3), (11, 12, 13)


@pytest.mark.parametrize(
    ("ties", "old", "new"),
    [
        ([], dict.fromkeys(OLD, NO_FATE), dict.fromkeys(NEW, NO_ORIGIN)),
        (
            [(1, 11, "continued"), (2, 12, "reworded"), (3, None, "dropped"), (None, 13, "new")],
            {},
            {},
        ),
        ([(1, 11, "split"), (1, 12, "split"), (2, 13, "merged"), (3, 13, "merged")], {}, {}),
        (
            [(1, 11, "split"), (2, 12, "merged"), (3, 13, "continued")],
            {1: SPLIT_IN_ONE, 2: MERGED_ALONE},
            {},
        ),
        (
            [(1, 11, "continued"), (2, 11, "merged"), (3, None, "dropped"), (None, 12, "new")],
            {1: NOT_ALONE},
            {13: NO_ORIGIN},
        ),
        # A part of one goal and the whole of another go into the same goal.
        ([(1, 11, "split"), (1, 12, "split"), (2, 12, "merged"), (3, 13, "replaced")], {}, {}),
        (
            [(1, 11, "continued"), (2, 12, "extended"), (3, 13, "replaced"), (None, 13, "new")],
            {},
            {13: NEW_AND_OLD},
        ),
    ],
)
def test_what_is_open_is_told_per_goal(
    ties: list[tuple[int | None, int | None, str]], old: dict[int, str], new: dict[int, str]
) -> None:
    found = still_open(OLD, NEW, [Tie(*tie) for tie in ties])
    assert (found.old, found.new) == (old, new)
    assert bool(found) is bool(old or new)


KINDS = ["continued", "extended", "reworded", "split", "merged", "replaced", "dropped"]


@st.composite
def fates(draw: st.DrawFn) -> list[Tie]:
    """For each old goal a fate as the form lets it through, and some new goals called new."""
    ties: list[Tie] = []
    for goal in OLD:
        kind = draw(st.sampled_from([*KINDS, ""]))
        if kind == "dropped":
            ties.append(Tie(goal, None, kind))
        elif kind:
            fewest, most = (2, len(NEW)) if kind == "split" else (1, 1)
            after = draw(
                st.lists(st.sampled_from(NEW), unique=True, min_size=fewest, max_size=most)
            )
            ties.extend(Tie(goal, one, kind) for one in after)
    ties.extend(Tie(None, goal, "new") for goal in NEW if draw(st.booleans()))
    return ties


@given(fates())
def test_nothing_open_means_that_both_sides_agree(ties: list[Tie]) -> None:
    found = still_open(OLD, NEW, ties)
    onward = {goal: [tie for tie in ties if tie.before == goal] for goal in OLD}
    origins = {goal: [tie for tie in ties if tie.after == goal and tie.before] for goal in NEW}
    for goal in set(OLD) - set(found.old):
        assert onward[goal], "no goal is lost"
        for tie in onward[goal]:
            beside = origins[tie.after] if tie.after is not None else []
            if tie.kind == "split":
                assert len(onward[goal]) >= 2
            elif tie.kind == "merged":
                assert len(beside) >= 2
            elif tie.kind in ("continued", "extended", "reworded"):
                assert len(beside) == len(onward[goal]) == 1
    for goal in set(NEW) - set(found.new):
        called_new = any(tie.after == goal and tie.kind == "new" for tie in ties)
        assert called_new is not bool(origins[goal])


@given(fates())
def test_each_goal_that_nobody_named_is_open(ties: list[Tie]) -> None:
    found = still_open(OLD, NEW, ties)
    named = set(chain.from_iterable((tie.before, tie.after) for tie in ties))
    assert set(OLD) - named <= set(found.old)
    assert set(NEW) - named <= set(found.new)
