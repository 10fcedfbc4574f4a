"""docs/regels/rapportageplicht.md is read here: every row of it is true of the code."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.constants import ReportFrequency
from core.periods import Period
from reporting.constants import ReportKind
from reporting.obligations import Obligation, obligations
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "rapportageplicht.md"
EXAMPLES = rows(PAGE, "begint")
FREQUENCIES = {frequency.label: frequency for frequency in ReportFrequency}
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
TERMS = st.tuples(DAYS, st.integers(0, 4000)).map(
    lambda drawn: (drawn[0], drawn[0] + timedelta(days=drawn[1]))
)
AGREED = st.fixed_dictionaries(
    {
        "annual_accounts": st.booleans(),
        "due_days": st.integers(0, 400),
        "lock_days": st.integers(0, 400),
    }
)


def written(row: Obligation) -> str:
    mark = "j" if row.kind == ReportKind.ANNUAL else ""
    return f"{mark}{row.period.code} {row.due_on} {row.locks_on}"


@pytest.mark.parametrize(("starts", "ends", "frequency", "annual", "expected"), EXAMPLES)
def test_an_example_does_what_the_page_says(
    starts: str, ends: str, frequency: str, annual: str, expected: str
) -> None:
    found = obligations(
        date.fromisoformat(starts),
        date.fromisoformat(ends),
        FREQUENCIES[frequency],
        annual_accounts=annual == "ja",
        due_days=56,
        lock_days=28,
    )
    assert ("; ".join(map(written, found)) or "geen") == expected


def test_the_examples_show_every_frequency_with_and_without_annual_accounts() -> None:
    assert {(row[2], row[3]) for row in EXAMPLES} == {
        (label, annual) for label in FREQUENCIES for annual in ("ja", "nee")
    }


@given(TERMS, AGREED)
def test_every_day_of_the_term_is_in_exactly_one_half_year(
    term: tuple[date, date], agreed: dict[str, Any]
) -> None:
    found = obligations(*term, ReportFrequency.HALF_YEARLY, **agreed)
    halves = [row.period for row in found if row.kind == ReportKind.HALF_YEAR]
    assert halves[0] == Period.of(term[0], half_years=True)
    assert halves[-1] == Period.of(term[1], half_years=True)
    assert all(after == before.next for before, after in pairwise(halves))


@given(TERMS, AGREED, st.sampled_from(ReportFrequency))
def test_annual_accounts_are_asked_once_for_each_year_or_not_at_all(
    term: tuple[date, date], agreed: dict[str, Any], frequency: ReportFrequency
) -> None:
    found = obligations(*term, frequency, **agreed)
    years = [row.period.year for row in found if row.kind == ReportKind.ANNUAL]
    asked = agreed["annual_accounts"] or frequency == ReportFrequency.YEARLY
    assert years == (list(range(term[0].year, term[1].year + 1)) if asked else [])


@given(TERMS, AGREED, st.sampled_from(ReportFrequency))
def test_reports_come_in_order_and_their_dates_follow_from_the_period(
    term: tuple[date, date], agreed: dict[str, Any], frequency: ReportFrequency
) -> None:
    found = obligations(*term, frequency, **agreed)
    assert found == sorted(found, key=lambda row: (row.period_end, row.kind.value))
    assert len({(row.kind, row.period) for row in found}) == len(found)
    for row in found:
        assert row.period_end == row.period.end
        assert (row.due_on - row.period_end).days == agreed["due_days"]
        assert (row.locks_on - row.due_on).days == agreed["lock_days"]


@pytest.mark.parametrize(
    ("starts", "ends", "days", "message"),
    [
        (date(2019, 1, 1), date(2018, 12, 31), (56, 28), "eindigt voor zij begint"),
        (date(2018, 1, 1), date(2018, 12, 31), (-1, 28), "0 dagen of meer"),
        (date(2018, 1, 1), date(2018, 12, 31), (56, -1), "0 dagen of meer"),
        (date(1989, 1, 1), date(2018, 12, 31), (56, 28), "1989 ligt niet tussen"),
    ],
)
def test_a_term_that_cannot_be_is_refused(
    starts: date, ends: date, days: tuple[int, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        obligations(
            starts,
            ends,
            ReportFrequency.HALF_YEARLY,
            annual_accounts=False,
            due_days=days[0],
            lock_days=days[1],
        )
