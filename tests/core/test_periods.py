"""Periods: codes, labels, order, and the column and form field that hold them."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, PeriodField, PeriodFormField

YEARS = st.integers(2000, 2080)
PERIODS = st.one_of(
    st.builds(Period, YEARS),
    st.builds(Period, YEARS, st.sampled_from([1, 2])),
    st.builds(
        lambda year, more: Period(year, until=year + more),
        st.integers(2000, 2050),
        st.integers(1, 9),
    ),
)


@pytest.mark.parametrize(
    ("code", "label", "start", "end"),
    [
        ("2018", "2018", (2018, 1, 1), (2018, 12, 31)),
        ("2018-H1", "eerste halfjaar 2018", (2018, 1, 1), (2018, 6, 30)),
        ("2018-H2", "tweede halfjaar 2018", (2018, 7, 1), (2018, 12, 31)),
        ("2019/2020", "2019 en 2020", (2019, 1, 1), (2020, 12, 31)),
        ("2015/2018", "2015 tot en met 2018", (2015, 1, 1), (2018, 12, 31)),
    ],
)
def test_a_code_says_its_days_and_its_label(
    code: str, label: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    period = Period.parse(code)
    assert (period.code, period.label) == (code, label)
    assert (period.start, period.end) == (datetime.date(*start), datetime.date(*end))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "geen periode"),
        ("vorig jaar", "geen periode"),
        ("18", "geen periode"),
        ("2018-H3", "geen periode"),
        ("2018-H0", "geen periode"),
        ("2018-2019", "geen periode"),
        ("2018-H1/2019", "geen periode"),
        ("٢٠١٨", "geen periode"),
        ("2018/2018", "eindigt voor zij begint"),
        ("2018/2017", "eindigt voor zij begint"),
        ("1989", "ligt niet tussen"),
        ("2101", "ligt niet tussen"),
    ],
)
def test_a_period_that_does_not_exist_is_refused(code: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Period.parse(code)


def test_a_half_year_has_no_end_year_and_no_third_part() -> None:
    with pytest.raises(ValueError, match="geen eindjaar"):
        Period(2018, 1, 2019)
    with pytest.raises(ValueError, match="1 of 2"):
        Period(2018, 3)


@given(PERIODS)
def test_a_code_reads_back_as_its_period(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(PERIODS)
def test_next_and_previous_join_without_a_gap(period: Period) -> None:
    day = datetime.timedelta(days=1)
    assert period.next.start - day == period.end
    assert period.previous.end + day == period.start
    assert period.next.previous == period
    assert period.previous.next == period


@given(st.lists(PERIODS))
def test_periods_sort_as_their_codes_do(periods: list[Period]) -> None:
    assert [p.code for p in sorted(periods)] == sorted(p.code for p in periods)


@given(PERIODS, PERIODS)
def test_an_earlier_first_year_sorts_first(one: Period, other: Period) -> None:
    assert one.year >= other.year or one < other


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2080, 12, 31)), st.booleans())
def test_a_day_falls_in_its_period(day: datetime.date, half_years: bool) -> None:
    period = Period.of(day, half_years=half_years)
    assert period.start <= day <= period.end


def test_a_year_contains_its_halves_and_no_other_year() -> None:
    year = Period(2018)
    assert year.contains(Period(2018, 1))
    assert Period(2015, until=2018).contains(year)
    assert not Period(2018, 1).contains(year)
    assert not year.contains(Period(2019, 1))


def test_the_column_reads_writes_and_refuses() -> None:
    column: PeriodField = PeriodField("periode")
    assert column.to_python("2018-H1") == Period(2018, 1)
    assert column.get_prep_value(Period(2018, 1)) == "2018-H1"
    assert column.get_prep_value(None) is None
    assert column.clean("2018", None) == Period(2018)
    with pytest.raises(ValidationError, match="eindigt voor zij begint"):
        column.clean("2019/2018", None)


def test_the_column_survives_a_migration() -> None:
    column: PeriodField = PeriodField("periode", null=True)
    _, path, args, kwargs = column.deconstruct()
    assert path == "core.periods.PeriodField"
    assert "max_length" not in kwargs
    copy: models.Field[object, object] = PeriodField(*args, **kwargs)
    assert copy.max_length == 9


def test_a_column_without_a_period_is_null_and_never_empty_text() -> None:
    assert PeriodField("periode").get_default() is None


class PeriodForm(forms.Form):
    period = PeriodFormField(label="Periode")
    compared = PeriodFormField(label="Vergeleken met", required=False)


def test_a_form_shows_the_code_and_gives_the_period() -> None:
    assert 'value="2018-H1"' in str(PeriodForm(initial={"period": Period(2018, 1)})["period"])
    form = PeriodForm({"period": " 2018-H1 ", "compared": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"period": Period(2018, 1), "compared": None}


@pytest.mark.parametrize("typed", ["2027-2030", "2027 – 2030", "2027 t/m 2030", "2027/2030"])
def test_a_form_understands_years_as_people_write_them(typed: str) -> None:
    form = PeriodForm({"period": typed})
    assert form.is_valid()
    assert form.cleaned_data["period"] == Period(2027, until=2030)


def test_a_form_keeps_what_was_typed_beside_the_message() -> None:
    form = PeriodForm({"period": "2019/2018"})
    assert form.errors["period"] == ["De periode eindigt voor zij begint."]
    assert 'value="2019/2018"' in str(form["period"])


@pytest.mark.parametrize(
    ("typed", "changed"), [("2018", []), ("2019", ["period"]), ("ooit", ["period"])]
)
def test_a_form_knows_whether_the_period_changed(typed: str, changed: list[str]) -> None:
    form = PeriodForm({"period": typed}, initial={"period": Period(2018)})
    assert form.changed_data == changed


def test_a_model_form_uses_the_form_field() -> None:
    assert isinstance(PeriodField("periode").formfield(), PeriodFormField)
