"""Which goal of one version is the same goal in another."""

from __future__ import annotations

import pytest

from agenda.matching import Place, same_goals


def goal(pk: int, label: str, number: str = "", theme: str = "Wonen") -> Place:
    return Place(pk, theme, number or str(pk), label)


HOMES, WORK, CARE = goal(1, "Huizen", "i"), goal(2, "Werk", "ii"), goal(3, "Zorg", "iii")


@pytest.mark.parametrize(
    ("after", "links", "same"),
    [
        ([goal(11, "Anders genoemd", "x")], [(1, 11)], {1: 11}),
        # By way of the version in between.
        ([goal(21, "Anders genoemd", "x")], [(1, 11), (11, 21)], {1: 21}),
        # A goal that is split or merged does not go on as one.
        ([goal(11, "Koop", "x"), goal(12, "Huur", "y")], [(1, 11), (1, 12)], {}),
        ([goal(11, "Samen", "x")], [(1, 11), (2, 11)], {}),
        # Without a word about either: the same name, and else the same number and theme.
        ([goal(11, "huizen ", "x")], [], {1: 11}),
        ([goal(11, "Anders genoemd", "i")], [], {1: 11}),
        ([goal(11, "Anders genoemd", "i", theme="Werken")], [], {}),
        # What the succession says goes before the name.
        ([goal(11, "Werk", "x"), goal(12, "Nieuw", "y")], [(1, 11)], {1: 11}),
        ([], [(1, 11)], {}),
    ],
)
def test_a_goal_is_the_same_where_the_succession_says_so_or_its_name_or_number(
    after: list[Place], links: list[tuple[int, int]], same: dict[int, int]
) -> None:
    assert same_goals([HOMES, WORK, CARE], after, links) == same


def test_two_of_one_name_are_nobodys_same() -> None:
    after = [goal(11, "Huizen", "x"), goal(12, "Huizen", "y")]
    assert same_goals([HOMES], after, []) == {}


def test_a_circle_of_links_ends() -> None:
    assert same_goals([HOMES], [goal(11, "x", "x")], [(1, 5), (5, 6), (6, 5)]) == {}
