"""Which verdict a goal had before (docs/regels/oordeel.md, rule 8)."""

from __future__ import annotations

import pytest

from agenda.constants import SuccessionKind
from monitor.succession import MERGED, PARTS, Link, earlier_selves, previous_verdicts


def previous(goal: int, verdicts: dict[int, str], *links: tuple[int, int, str]) -> str | None:
    return previous_verdicts([goal], verdicts, [Link(*link) for link in links])[goal]


def test_a_goal_that_was_judged_itself_has_its_own_verdict() -> None:
    assert previous(2, {1: "good", 2: "negative"}, (1, 2, "continued")) == "negative"


@pytest.mark.parametrize("kind", ["continued", "extended", "reworded", "split"])
def test_a_goal_that_went_on_takes_its_verdict_along(kind: str) -> None:
    assert previous(2, {1: "good"}, (1, 2, kind)) == "good"


@pytest.mark.parametrize("kind", ["replaced", "new", "dropped", "not_in_source"])
def test_what_came_instead_has_no_earlier_verdict(kind: str) -> None:
    assert previous(2, {1: "good"}, (1, 2, kind)) is None


def test_it_goes_back_over_more_than_one_agenda() -> None:
    assert previous(3, {1: "neutral"}, (1, 2, "reworded"), (2, 3, "continued")) == "neutral"


def test_merged_goals_with_one_verdict_keep_it() -> None:
    assert previous(3, {1: "good", 2: "good"}, (1, 3, "merged"), (2, 3, "merged")) == "good"


@pytest.mark.parametrize("other", [{2: "negative"}, {}])
def test_merged_goals_with_different_verdicts_are_not_averaged(other: dict[int, str]) -> None:
    links = ((1, 3, "merged"), (2, 3, "merged"))
    assert previous(3, {1: "good", **other}, *links) is None


def test_links_that_go_round_end() -> None:
    assert previous(1, {}, (1, 2, "continued"), (2, 1, "continued")) is None


def test_every_part_of_a_split_goal_has_the_verdict_of_the_whole() -> None:
    links = [Link(1, 2, "split"), Link(1, 3, "split")]
    assert previous_verdicts([2, 3], {1: "neutral"}, links) == {2: "neutral", 3: "neutral"}


def test_a_goal_is_itself_under_its_earlier_names_and_not_its_whole() -> None:
    links = [Link(1, 2, "reworded"), Link(2, 3, "extended"), Link(9, 3, "split")]
    assert earlier_selves([3, 9], links) == {3: {1, 2, 3}, 9: {9}}


def test_the_kinds_are_those_of_the_agenda() -> None:
    assert {*PARTS, MERGED} <= set(SuccessionKind.values)
