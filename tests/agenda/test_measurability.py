"""docs/regels/meetbaarheid.md is read here: its examples are true of agenda/measurability.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.constants import GoalLevel, Rhythm
from agenda.measurability import (
    Aspect,
    Mark,
    MeasureFacts,
    count,
    finding,
    in_time,
    marks,
    names_somebody,
    sentences,
)
from core.periods import Period
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "meetbaarheid.md"
IN_TIME = rows(PAGE, "looptijd")
TOGETHER = rows(PAGE, "per meting")
RHYTHMS = {str(rhythm.label): rhythm.value for rhythm in Rhythm if rhythm}
WHO = {
    "de GGD": True,
    "Niemand": False,
    " onbekend. ": False,
    "n.v.t.": False,
    "–": False,
    "": False,
}
ANSWERS = {"ja": True, "nee": False, "niet te zeggen": None}
FACTS = st.builds(
    MeasureFacts,
    has_baseline=st.booleans(),
    has_target=st.booleans(),
    in_time=st.sampled_from([True, False, None]),
    has_owner=st.booleans(),
    measures_effect=st.booleans(),
)
YEARS = st.integers(2000, 2040)
WHOLE = MeasureFacts(True, True, True, True, True)


def period(cell: str) -> Period | None:
    return None if cell == "–" else Period.parse(cell)


@pytest.mark.parametrize("row", IN_TIME, ids=lambda row: " ".join(row))
def test_a_figure_is_in_time_as_the_page_says(row: list[str]) -> None:
    agenda, rhythm, measured, expected = row
    held = [found] if (found := period(measured)) else []
    assert in_time(period(agenda), RHYTHMS.get(rhythm, ""), held) is ANSWERS[expected]


def test_the_examples_show_every_rhythm_and_every_answer() -> None:
    assert {row[1] for row in IN_TIME} - {"–"} == RHYTHMS.keys()
    assert {row[3] for row in IN_TIME} == ANSWERS.keys()


@pytest.mark.parametrize("row", TOGETHER, ids=lambda row: " ".join(row))
def test_measures_together_are_as_the_page_says(row: list[str]) -> None:
    each, expected = row
    held = [
        MeasureFacts(True, True, ANSWERS[word], True, True)
        for word in each.split(", ")
        if word != "–"
    ]
    assert marks(held, "")[Aspect.IN_TIME].value == expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (GoalLevel.NOT_STATED, Mark.YES),
        (GoalLevel.IMPACT, Mark.YES),
        (GoalLevel.OUTCOME, Mark.YES),
        (GoalLevel.OUTPUT, Mark.NO),
        (GoalLevel.THROUGHPUT, Mark.NO),
        (GoalLevel.INPUT, Mark.NO),
    ],
)
def test_a_goal_that_is_no_effect_measures_none(level: str, expected: Mark) -> None:
    assert marks([WHOLE], level)[Aspect.EFFECT] is expected
    performance = MeasureFacts(True, True, True, True, measures_effect=False)
    assert marks([performance], level)[Aspect.EFFECT] is Mark.NO


@given(st.lists(FACTS, max_size=5), FACTS)
def test_one_more_measure_never_takes_all_of_a_mark_away(
    held: list[MeasureFacts], more: MeasureFacts
) -> None:
    before, after = marks(held, ""), marks([*held, more], "")
    for aspect in Aspect:
        if before[aspect] in (Mark.YES, Mark.PARTLY):
            assert after[aspect] in (Mark.YES, Mark.PARTLY)


@given(st.lists(FACTS, min_size=1, max_size=5), st.randoms())
def test_the_order_of_measures_does_not_matter(held: list[MeasureFacts], random: object) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random
    assert marks(held, "") == marks(shuffled, "")


@given(YEARS, st.integers(1, 10), st.sampled_from(list(RHYTHMS.values())), YEARS)
def test_a_figure_within_the_years_of_the_agenda_is_in_time_at_any_rhythm(
    first: int, length: int, rhythm: str, year: int
) -> None:
    agenda = Period(first, until=first + length)
    if agenda.start <= Period(year).end < agenda.end:
        assert in_time(agenda, rhythm, [Period(year)]) is True
    elif rhythm == "once":
        assert in_time(agenda, rhythm, [Period(year)]) is False


@given(YEARS, st.integers(1, 10), YEARS)
def test_what_is_measured_every_two_years_is_in_time_where_every_four_is(
    first: int, length: int, year: int
) -> None:
    agenda = Period(first, until=first + length)
    if in_time(agenda, "four_yearly", [Period(year)]):
        assert in_time(agenda, "two_yearly", [Period(year)])


@given(st.lists(st.lists(FACTS, max_size=3), max_size=8))
def test_each_goal_counts_once_for_every_aspect(goals: list[list[MeasureFacts]]) -> None:
    counts = count(marks(held, "") for held in goals)
    assert {counter.total() for counter in counts.values()} == {len(goals)}


# -- in words --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("goals", "directions", "expected"),
    [
        ([], 0, "Deze agenda heeft nog geen doelen"),
        ([], 2, "Elk doel van deze agenda is een richting"),
        ([[]], 0, "Het enige doel heeft geen indicator"),
        ([[WHOLE]], 0, "Het enige doel is op alle zes punten meetbaar"),
        ([[], []], 0, "Geen van de 2 doelen heeft een indicator"),
        ([[WHOLE], [WHOLE]], 1, "Alle 2 doelen zijn op alle zes punten meetbaar"),
        ([[WHOLE], []], 0, "1 van de 2 doelen is op alle zes punten meetbaar"),
    ],
)
def test_the_finding_is_a_sentence(
    goals: list[list[MeasureFacts]], directions: int, expected: str
) -> None:
    assert finding([marks(held, "") for held in goals], directions) == expected


def test_what_is_there_and_what_is_not_is_told_in_words() -> None:
    bare = MeasureFacts(False, False, None, False, measures_effect=True)
    half = [WHOLE, MeasureFacts(False, True, True, True, measures_effect=True)]
    goals = [marks(held, "") for held in ([bare], [WHOLE], half)]
    assert sentences(goals, 1) == [
        "Alle 3 doelen hebben een indicator en zicht op effect.",
        "1 van de 3 doelen heeft een nulmeting.",
        "2 van de 3 doelen hebben een streefwaarde.",
        "2 van de 3 doelen hebben op tijd een cijfer.",
        "2 van de 3 doelen hebben iemand die meet.",
        "Bij 1 van de 3 doelen heeft maar een deel van de metingen een nulmeting.",
        "Van 1 van de 3 doelen is niet te zeggen of er op tijd een cijfer komt.",
        "1 van de 4 doelen is een richting en telt hier apart.",
    ]


@pytest.mark.parametrize(("said", "expected"), WHO.items())
def test_who_measures_is_somebody(said: str, expected: bool) -> None:
    assert names_somebody(said) is expected
