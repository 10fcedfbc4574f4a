"""docs/regels/doelenboom.md is read here: every row of it is true of agenda/tree.py."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.constants import LEVEL_MEANINGS, TREE_LEVELS
from agenda.tree import GoalTree, Node, circle_through, faults, level_fault
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "doelenboom.md"
PAIRS = rows(PAGE, "van")
LEVELS = {"–": "", **{str(level.label): level.value for level in TREE_LEVELS}}
LOOSE = [row for row in rows(PAGE, "niveau") if len(row) == 4]
LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20, unique=True)


def test_the_page_names_the_levels_in_their_order_with_what_they_say() -> None:
    told = [row for row in rows(PAGE, "niveau") if len(row) == 2]
    assert told == [[str(level.label), LEVEL_MEANINGS[level]] for level in TREE_LEVELS]


@pytest.mark.parametrize(("lower", "higher", "may"), PAIRS)
def test_a_contribution_goes_up(lower: str, higher: str, may: str) -> None:
    words = level_fault(Node("A", LEVELS[lower]), Node("B", LEVELS[higher]))
    assert (words == "") == (may == "ja")
    if words:
        assert "‘A’" in words
        assert "‘B’" in words


@pytest.mark.parametrize(("level", "leads", "led", "flags"), LOOSE)
def test_a_goal_hangs_loose_as_the_page_says(level: str, leads: str, led: str, flags: str) -> None:
    # 2 is the goal; the others have no level, so that anything may lead to anything.
    links = [*([(2, 3)] if leads == "ja" else []), *([(1, 2)] if led == "ja" else [])]
    tree = GoalTree({1: Node("A"), 2: Node("B", LEVELS[level]), 3: Node("C")}, links)
    assert "; ".join(tree.flags(2)) == ("" if flags == "–" else flags)


def test_a_circle_is_named_goal_by_goal() -> None:
    nodes = {1: Node("Bewegen"), 2: Node("Gezond"), 3: Node("Fit")}
    (fault,) = faults(1, nodes, [(1, 2), (2, 3), (3, 1), (2, 1)][:3])
    assert fault.message == (
        "Zo ontstaat een kring: ‘Bewegen’ draagt bij aan ‘Gezond’, ‘Gezond’ draagt bij aan ‘Fit’ "
        "en ‘Fit’ draagt bij aan ‘Bewegen’. Laat een van deze bijdragen weg."
    )


def test_faults_are_told_of_both_sides_of_a_goal() -> None:
    nodes = {1: Node("A", "impact"), 2: Node("B", "output"), 3: Node("C", "input")}
    assert [fault.link for fault in faults(2, nodes, [(1, 2), (2, 3)])] == [(1, 2), (2, 3)]
    assert faults(3, nodes, [(1, 2)]) == []


@given(LINKS)
def test_a_circle_is_found_exactly_when_there_is_one(links: list[tuple[int, int]]) -> None:
    reached: set[int] = set()
    edge = {higher for lower, higher in links if lower == 0}
    while edge - reached:
        reached |= edge
        edge = {higher for lower, higher in links if lower in reached}
    circle = circle_through(0, links)
    assert bool(circle) == (0 in reached)
    assert all(step in links for step in pairwise(circle))
    assert not circle or circle[0] == circle[-1] == 0
