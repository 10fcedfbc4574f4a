"""How often is met, and whether a year meets it: the rule of docs/regels/overleg.md."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.talks.rules import (
    LEAST_EXECUTIVE,
    LEAST_OFFICIAL,
    Counted,
    Ground,
    Outcome,
    Raised,
    Rhythm,
    rhythm_in,
    runs_part_of,
    year_outcome,
)

TODAY = datetime.date(2026, 11, 1)
WHOLE = {"first": datetime.date(2025, 1, 1), "last": datetime.date(2028, 12, 31)}


@pytest.mark.parametrize(
    ("official", "executive", "expected"),
    [
        (None, None, Rhythm(2, 1, Ground.NORM)),
        (1, 0, Rhythm(2, 1, Ground.NORM)),
        (2, 1, Rhythm(2, 1, Ground.CONTRACT)),
        (12, None, Rhythm(12, 1, Ground.CONTRACT)),
    ],
)
def test_a_contract_asks_never_less_than_the_norm(
    official: int | None, executive: int | None, expected: Rhythm
) -> None:
    assert rhythm_in(2026, official=official, executive=executive) == expected


def test_the_last_rhythm_that_was_raised_by_then_holds() -> None:
    raised = [Raised(2027, 12, 2), Raised(2026, 4, 1)]
    found = {
        year: rhythm_in(year, official=2, executive=1, raised=raised).official
        for year in (2025, 2026, 2027, 2030)
    }
    assert found == {2025: 2, 2026: 4, 2027: 12, 2030: 12}
    assert rhythm_in(2026, official=2, executive=1, raised=raised).ground is Ground.RAISED


@given(
    st.integers(2020, 2030),
    st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 60),
    st.lists(st.tuples(st.integers(2020, 2030), st.integers(0, 60)), max_size=3),
)
def test_no_rhythm_is_below_the_norm(
    year: int, official: int | None, executive: int | None, raised: list[tuple[int, int]]
) -> None:
    rows = [Raised(first, number, number) for first, number in raised]
    found = rhythm_in(year, official=official, executive=executive, raised=rows)
    assert found.official >= LEAST_OFFICIAL
    assert found.executive >= LEAST_EXECUTIVE


@pytest.mark.parametrize(
    ("year", "held", "planned", "expected"),
    [
        (2026, 2, 0, Outcome.MET),
        (2026, 3, 0, Outcome.MET),
        (2026, 1, 1, Outcome.ON_TRACK),
        (2026, 1, 0, Outcome.BEHIND),
        (2025, 1, 1, Outcome.NOT_MET),
        (2025, 2, 0, Outcome.MET),
        (2027, 0, 2, Outcome.ON_TRACK),
    ],
)
def test_a_year_is_met_on_schedule_or_not(
    year: int, held: int, planned: int, expected: Outcome
) -> None:
    asked = [(2, Counted(held, planned))]
    assert year_outcome(asked, year=year, today=TODAY, **WHOLE) is expected


def test_each_kind_has_to_be_enough() -> None:
    asked = [(2, Counted(held=5)), (1, Counted(held=0))]
    assert year_outcome(asked, year=2025, today=TODAY, **WHOLE) is Outcome.NOT_MET


def test_a_contract_that_ran_a_part_of_the_year_is_not_held_to_all_of_it() -> None:
    late = {**WHOLE, "first": datetime.date(2025, 7, 1)}
    asked = [(2, Counted(held=1))]
    assert year_outcome(asked, year=2025, today=TODAY, **late) is Outcome.PART_OF_YEAR
    assert year_outcome([(2, Counted(held=2))], year=2025, today=TODAY, **late) is Outcome.MET
    assert not runs_part_of(2025, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert runs_part_of(2025, None, datetime.date(2025, 12, 30))
