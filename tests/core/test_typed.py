"""A typed value goes into one field of text and comes back the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.typed import as_typed
from core.values import Absence, Qualifier, Value, ValueType

whole = st.integers(0, 10**9).map(Decimal)
tenths = st.integers(0, 10**6).map(lambda n: Decimal(n) / 10)
qualifiers = st.sampled_from(Qualifier)
values = st.one_of(
    st.builds(Value.count, whole, qualifiers),
    st.builds(Value.amount, tenths, qualifiers),
    st.builds(lambda n, q: Value(ValueType.SCALE, number=n, qualifier=q), tenths, qualifiers),
    st.builds(
        Value.reported_percentage, st.integers(0, 1000).map(lambda n: Decimal(n) / 10), qualifiers
    ),
    st.builds(lambda n, more: Value.fraction(n, n + more), whole, st.integers(1, 9)),
    st.builds(
        lambda n, more: Value(ValueType.COUNT, number=n, number_to=n + more),
        whole,
        st.integers(1, 99),
    ),
    st.builds(Value.absent, st.sampled_from(ValueType), st.sampled_from([a for a in Absence if a])),
)


@given(value=values)
def test_what_is_shown_is_read_back_the_same(value: Value) -> None:
    assert Value.parse(value.type, as_typed(value)) == value


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (None, ""),
        (Value(ValueType.TEXT, text="Er is een plan"), "Er is een plan"),
        (Value.fraction(3, 4), "3 van 4"),
        (Value.count(12, Qualifier.ABOUT), "circa 12"),
        (Value.reported_percentage(75), "75%"),
    ],
)
def test_it_is_written_as_people_write(value: Value | None, typed: str) -> None:
    assert as_typed(value) == typed
