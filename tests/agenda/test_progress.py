"""docs/regels/voortgang.md is read here: every row of it is true of agenda/progress.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.constants import Direction
from agenda.progress import ProgressState, due_target, is_too_early, progress
from core.periods import Period
from core.values import parse_number
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "voortgang.md"
EXAMPLES = rows(PAGE, "richting")
MOMENTS = rows(PAGE, "laatste waarde over")
ANSWERS = {"ja": True, "nee": False}
DIRECTIONS = {str(direction.label): direction.value for direction in Direction}
NUMBERS = st.decimals(min_value=0, max_value=10_000, places=2)


def number(cell: str) -> Decimal | None:
    return None if cell == "–" else parse_number(cell)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(row))
def test_an_example_comes_out_as_the_page_says(row: list[str]) -> None:
    direction, band, baseline, last, due, final, meaning, early, words, share = row
    found = progress(
        direction="" if direction == "–" else DIRECTIONS[direction],
        band=number(band),
        baseline=number(baseline),
        last=number(last),
        due=number(due),
        final=number(final),
        broken={"zelfde": False, "anders": True}[meaning],
        too_early=ANSWERS[early],
    )
    assert found.state.value == words
    assert found.share == (None if share == "–" else int(share))


def test_the_examples_show_every_direction_and_every_outcome() -> None:
    assert {row[0] for row in EXAMPLES} - {"–"} == set(DIRECTIONS) - {"niet vermeld in de bron"}
    assert {row[8] for row in EXAMPLES} == {state.value for state in ProgressState}


@pytest.mark.parametrize("row", MOMENTS, ids=lambda row: " ".join(row))
def test_a_value_is_too_early_when_the_page_says_so(row: list[str]) -> None:
    last, baseline, agenda = (None if cell == "–" else Period.parse(cell) for cell in row[:3])
    assert last is not None
    assert is_too_early(last, baseline, agenda) is ANSWERS[row[3]]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2017", "first half"),
        ("2018", "whole 2018"),
        ("2018-H1", "first half"),
        ("2018-H2", "whole 2018"),
        ("2019", "2020"),
        ("2019-H1", "2020"),
        ("2018/2019", "2020"),
        ("2020", "2020"),
        ("2022", "2020"),
    ],
)
def test_a_value_is_held_against_its_own_target_the_next_or_the_last(
    period: str, expected: str
) -> None:
    targets = [("2020", "2020"), ("2018", "whole 2018"), ("2018-H1", "first half")]
    held = [(Period.parse(code), name) for code, name in targets]
    assert due_target(held, Period.parse(period)) == expected


def test_without_targets_there_is_nothing_to_hold_a_value_against() -> None:
    assert due_target([], Period(2018)) is None


@given(
    st.sampled_from([d.value for d in Direction if d]), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS
)
def test_the_share_is_full_only_when_the_final_target_is_reached(
    direction: str, last: Decimal, due: Decimal, final: Decimal, start: Decimal, band: Decimal
) -> None:
    found = progress(
        direction=direction, last=last, due=due, final=final, baseline=start, band=band
    )
    reached = progress(direction=direction, last=last, due=final, final=final, band=band)
    assert found.share is None or 0 <= found.share <= 100
    assert (found.share == 100) == (reached.state is ProgressState.ON_COURSE)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_up_and_down_are_each_others_mirror(
    last: Decimal, due: Decimal, final: Decimal, start: Decimal
) -> None:
    up = progress(direction="up", last=last, due=due, final=final, baseline=start)
    down = progress(direction="down", last=-last, due=-due, final=-final, baseline=-start)
    assert up == down
