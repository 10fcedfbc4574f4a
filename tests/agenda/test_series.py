"""Which figure of a period counts: the table of docs/regels/meetwaarden.md, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.constants import Certainty
from agenda.series import DEFINITE, of_whole, place_of, rank, standing
from core.periods import Period

PAGE = Path(__file__).resolve().parents[2] / "docs/regels/meetwaarden.md"
THIS_YEAR = Period(2024)
WORDS = {str(each.label): each.value for each in Certainty}


@dataclass(frozen=True)
class Told:
    certainty: str
    number: int = 0
    source_id: int | None = None
    area_id: int | None = None
    group_id: int | None = None
    period: Period = THIS_YEAR


def examples() -> list[tuple[str, str]]:
    lines = [
        line.split("|")[1:-1] for line in PAGE.read_text().splitlines() if line.count("|") == 3
    ]
    return [(given_.strip(), counts.strip()) for given_, counts in lines[2:]]


@pytest.mark.parametrize(("told", "counts"), examples())
def test_an_example_comes_out_as_the_page_says(told: str, counts: str) -> None:
    rows = []
    for each in told.split("; "):
        number, word = each.split(" ", 1)
        rows.append(Told(WORDS[word], int(number)))
    assert [row.number for row in standing(rows)] == [int(counts)]


figures = st.builds(
    Told,
    certainty=st.sampled_from([each.value for each in Certainty]),
    number=st.integers(0, 99),
    source_id=st.sampled_from([None, 1, 2]),
    area_id=st.sampled_from([None, 1]),
    group_id=st.sampled_from([None, 1]),
    period=st.sampled_from([Period(2023), Period(2024), Period(2024, 1)]),
)


@given(st.lists(figures))
def test_one_figure_counts_of_each_place_and_none_is_more_definite(rows: list[Told]) -> None:
    found = standing(rows)
    assert [place_of(row) for row in found] == list(dict.fromkeys(map(place_of, rows)))
    for row in found:
        others = [other for other in rows if place_of(other) == place_of(row)]
        assert rank(row.certainty) == max(rank(other.certainty) for other in others)


def test_the_whole_is_nobody_in_particular() -> None:
    rows = [Told("final"), Told("final", area_id=1), Told("final", group_id=1)]
    assert of_whole(rows) == [Told("final")]


def test_every_status_has_its_place() -> None:
    assert set(DEFINITE) == set(Certainty)
