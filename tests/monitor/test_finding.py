"""docs/regels/bevinding.md is read here: every row of it is true of monitor/finding.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.constants import VERDICT_RANK, Movement, Verdict
from monitor.finding import (
    Judged,
    Tally,
    enumeration,
    headline,
    lede,
    movement,
    number_word,
    sentence,
    theme_finding,
)
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "bevinding.md"
LETTERS = {"G": Verdict.GOOD, "N": Verdict.NEUTRAL, "X": Verdict.NEGATIVE, "–": None}


def goals_of(code: str) -> list[Judged]:
    pairs = [] if code == "(geen)" else code.split()
    return [
        Judged(label="abcde"[place], previous=LETTERS[pair[0]], verdict=LETTERS[pair[1]])
        for place, pair in enumerate(pairs)
    ]


@pytest.mark.parametrize(("code", "expected"), rows(PAGE, "doelen"))
def test_the_headline_is_what_the_page_says(code: str, expected: str) -> None:
    assert headline(goals_of(code), 2018) == expected


@pytest.mark.parametrize(("code", "previous", "expected"), rows(PAGE, "doelen a tot en met e"))
def test_the_text_under_it_is_what_the_page_says(code: str, previous: str, expected: str) -> None:
    year = None if previous == "geen" else int(previous)
    assert lede(goals_of(code), year) == expected


@pytest.mark.parametrize(("code", "expected"), rows(PAGE, "doelen van een thema"))
def test_the_finding_of_a_theme_is_what_the_page_says(code: str, expected: str) -> None:
    assert theme_finding(goals_of(code)) == expected


verdicts = st.one_of(st.none(), st.sampled_from(list(Verdict)))
judged = st.builds(
    Judged, label=st.sampled_from(["veilig", "gezond"]), verdict=verdicts, previous=verdicts
)
many = st.lists(judged, max_size=40)


@given(many)
def test_every_goal_is_counted_once(goals: list[Judged]) -> None:
    tally = Tally.of(goals)
    without = sum(goal.verdict is None for goal in goals)
    new = sum(goal.movement is Movement.NEW for goal in goals)
    assert tally.total == tally.good + tally.neutral + tally.negative + without
    assert tally.total == tally.improved + tally.worsened + tally.same + new


@given(verdicts, verdicts)
def test_a_move_seen_from_the_other_side_is_its_opposite(
    one: Verdict | None, other: Verdict | None
) -> None:
    opposite = {Movement.IMPROVED: Movement.WORSENED, Movement.WORSENED: Movement.IMPROVED}
    there = movement(one, other)
    assert movement(other, one) == opposite.get(there, there)
    if one and other and there is Movement.IMPROVED:
        assert VERDICT_RANK[other] > VERDICT_RANK[one]


@given(many)
def test_goals_that_were_not_judged_before_never_change_the_direction(goals: list[Judged]) -> None:
    old = [goal for goal in goals if goal.movement is not Movement.NEW]
    if not old:
        return
    newcomers = [Judged("nieuw", Verdict.GOOD), Judged("ook nieuw", Verdict.NEGATIVE)]
    assert headline(old, 2018).split(":")[0] == headline([*old, *newcomers], 2018).split(":")[0]


@given(many, st.integers(2015, 2030))
def test_what_went_back_is_never_left_out_of_the_headline(goals: list[Judged], year: int) -> None:
    worse = Tally.of(goals).worsened
    text = headline(goals, year)
    assert ("ging achteruit." in text or "gingen achteruit." in text) == (
        Tally.of(goals).improved + worse + Tally.of(goals).same > 0
    )
    if worse > 1:
        assert f"{sentence(number_word(worse))} gingen achteruit." in text


@given(many, st.one_of(st.none(), st.integers(2015, 2030)))
def test_the_words_are_sentences(goals: list[Judged], previous_year: int | None) -> None:
    for text in (lede(goals, previous_year), theme_finding(goals)):
        assert text[0].isupper() or text[0] == "‘"
        assert text.endswith(".")
        assert "  " not in text


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), ([*"abc"], "a, b en c")]
)
def test_an_enumeration_has_one_and(words: list[str], expected: str) -> None:
    assert enumeration(words) == expected


def test_a_sentence_starts_with_een_as_one_writes_it() -> None:
    assert sentence("één doel") == "Eén doel"
    assert sentence("dertien") == "Dertien"
    assert (number_word(12), number_word(13)) == ("twaalf", "13")
