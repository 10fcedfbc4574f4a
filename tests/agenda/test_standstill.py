"""When a development task stands still: the table of docs/regels/stilstand.md, and the edges."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.utils import dateformat

from agenda.standstill import counts_from, standing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "regels" / "stilstand.md"
TODAY = datetime.date(2026, 12, 1)
DAYS = {
    dateformat.format(day, "j F Y"): day
    for day in (TODAY - datetime.timedelta(days=n) for n in range(3_000))
}


def rows() -> list[tuple[str, ...]]:
    found = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in PAGE.read_text().splitlines()
        if line.startswith("| ")
    ]
    return found[1:]


def test_the_page_has_examples() -> None:
    assert len(rows()) >= 7


@pytest.mark.parametrize("row", rows(), ids=" / ".join)
def test_the_page_and_the_code_say_the_same(row: tuple[str, ...]) -> None:
    adopted, moved, reached, still = row
    found = standing(
        is_reached=reached == "ja",
        moves=[DAYS.get(moved)],
        adopted_on=DAYS.get(adopted),
        today=TODAY,
        months=6,
    )
    assert (adopted == "nog niet") is (adopted not in DAYS)
    assert (moved == "geen") is (moved not in DAYS)
    assert found.is_still is (still == "ja")


def test_the_last_move_counts_whatever_it_is() -> None:
    update, step = datetime.date(2026, 11, 2), datetime.date(2024, 1, 1)
    found = standing(
        is_reached=False,
        moves=[step, None, update],
        adopted_on=datetime.date(2020, 10, 1),
        today=TODAY,
        months=1,
    )
    assert (found.is_still, found.moved_on, found.since) == (False, update, update)


def test_an_unknown_day_of_adoption_is_the_last_of_its_year() -> None:
    day = datetime.date(2020, 10, 1)
    assert counts_from(None, year=2020, is_adopted=True) == datetime.date(2020, 12, 31)
    assert counts_from(day, year=2020, is_adopted=True) == day
    assert counts_from(None, year=2020, is_adopted=False) is None
