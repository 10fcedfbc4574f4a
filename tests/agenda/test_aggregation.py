"""docs/regels/samennemen.md is read here: every row of it is true of agenda/aggregation.py."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.aggregation import Aggregate, Given, NoValue, aggregate, combined
from agenda.constants import Aggregation
from core.periods import Period
from core.values import NARROW, Absence, Basis, Qualifier, Value, ValueType
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "samennemen.md"
EXAMPLES = rows(PAGE, "soort")
WORDS = rows(PAGE, "woorden")
TYPES = {type.label: type for type in ValueType}
WAYS = {way.label: way for way in Aggregation}
QUALIFIERS = {word.label: word for word in Qualifier}
YEAR = "2018"


def given_in(kind: str, cell: str) -> list[Given]:
    found = []
    for part in [] if cell == "–" else cell.split("; "):
        who, text = part.split(": ")
        giver, _, half = who.partition(" ")
        period = Period.parse(f"{YEAR}-{half}" if half else YEAR)
        found.append(Given(giver, period, Value.parse(TYPES[kind], text)))
    return found


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(row))
def test_an_example_comes_out_as_the_page_says(row: list[str]) -> None:
    kind, way, cumulative, cell, outcome, coverage = row
    found = aggregate(
        given_in(kind, cell),
        aggregation=WAYS[way],
        is_cumulative=cumulative == "ja",
        expected=int(coverage.split(" van ")[1]),
    )
    told = found.reason or (found.value and found.value.display().replace(NARROW, " "))
    assert told == outcome
    assert found.coverage == coverage


def test_the_examples_show_every_kind_every_way_and_every_refusal() -> None:
    assert {row[0] for row in EXAMPLES} == set(TYPES)
    assert {row[1] for row in EXAMPLES} == set(WAYS)
    assert {row[4] for row in EXAMPLES} >= {reason.value for reason in NoValue}


@pytest.mark.parametrize(("said", "together"), WORDS)
def test_words_go_together_as_the_page_says(said: str, together: str) -> None:
    words = [QUALIFIERS[word] for word in said.split(", ")]
    expected = None if together == "–" else QUALIFIERS[together]
    assert combined(words) == combined(words[::-1]) == expected


def test_the_page_shows_every_word() -> None:
    assert {word for row in WORDS for word in row[0].split(", ")} == set(QUALIFIERS)


# -- what is refused -------------------------------------------------------------------------------
def year(giver: str, value: Value, code: str = YEAR) -> Given:
    return Given(giver, Period.parse(code), value)


def test_values_of_different_types_are_refused() -> None:
    mixed = [year("A", Value.count(1)), year("B", Value.absent(ValueType.AMOUNT, Absence.NOT_YET))]
    with pytest.raises(ValueError, match="verschillende soorten"):
        aggregate(mixed, aggregation=Aggregation.SUM, expected=2)


def test_more_reports_than_expected_are_refused() -> None:
    with pytest.raises(ValueError, match="2 rapportages en er werden er 1 verwacht"):
        aggregate(
            [year("A", Value.count(1)), year("B", Value.count(1))],
            aggregation=Aggregation.SUM,
            expected=1,
        )


@pytest.mark.parametrize("code", ["2018", "2018-H1", "2018-H2", "2017/2018"])
@pytest.mark.parametrize("cumulative", [True, False])
def test_nobody_counts_twice_over_the_same_time(code: str, cumulative: bool) -> None:
    twice = [year("A", Value.count(1), code), year("A", Value.count(2))]
    with pytest.raises(ValueError, match="over dezelfde tijd twee waarden"):
        aggregate(twice, aggregation=Aggregation.SUM, is_cumulative=cumulative, expected=2)


def test_a_cumulative_figure_begins_anew_each_year() -> None:
    told = [
        year("A", Value.count(number), code)
        for code, number in (("2018-H1", 1), ("2018-H2", 3), ("2019-H1", 10), ("2019-H2", 30))
    ]
    found = aggregate(told, aggregation=Aggregation.SUM, is_cumulative=True, expected=4)
    assert found.value == Value.count(33)


# -- what holds for all values ---------------------------------------------------------------------
NUMBERS = st.integers(min_value=0, max_value=10_000)
FRACTIONS = st.tuples(NUMBERS, NUMBERS).map(lambda pair: Value.fraction(min(pair), max(*pair, 1)))
QUALIFIED = st.builds(Value.count, NUMBERS, st.sampled_from(list(Qualifier)))
ABSENT = st.sampled_from([reason for reason in Absence if reason]).map(
    lambda reason: Value.absent(ValueType.COUNT, reason)
)
REPORTED = st.integers(0, 100).map(Value.reported_percentage)
COMPUTING = st.sampled_from([Aggregation.SUM, Aggregation.MEAN, Aggregation.MAX])


def of(values: list[Value], way: Aggregation, **options: Any) -> Aggregate:
    """``values`` of as many partners, taken together."""
    told = [year(str(number), value) for number, value in enumerate(values)]
    return aggregate(told, aggregation=way, **{"expected": len(told), **options})


@given(st.lists(QUALIFIED | ABSENT) | st.lists(FRACTIONS | REPORTED), COMPUTING, st.randoms())
def test_the_order_of_the_reports_does_not_matter(
    values: list[Value], way: Aggregation, chance: random.Random
) -> None:
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert of(shuffled, way) == of(values, way)


@given(st.lists(QUALIFIED | ABSENT), st.sampled_from(list(Aggregation)))
def test_there_is_a_value_or_a_reason(values: list[Value], way: Aggregation) -> None:
    found = of(values, way)
    assert (found.value is None) == (found.reason is not None)
    assert found.value is None or found.value.is_present
    assert found.reported == sum(value.is_present for value in values) <= found.expected


@given(st.lists(QUALIFIED, min_size=1), ABSENT, st.sampled_from(list(Aggregation)))
def test_an_absent_value_changes_nothing_but_how_many_it_rests_on(
    values: list[Value], absent: Value, way: Aggregation
) -> None:
    without, beside = of(values, way), of([*values, absent], way)
    assert (beside.value, beside.reason) == (without.value, without.reason)
    assert (beside.reported, beside.expected) == (without.reported, without.expected + 1)


@given(st.lists(NUMBERS, min_size=1))
def test_exact_counts_are_added_and_the_highest_is_one_of_them(numbers: list[int]) -> None:
    values = [Value.count(number) for number in numbers]
    assert of(values, Aggregation.SUM).value == Value.count(sum(numbers))
    assert of(values, Aggregation.MAX).value == Value.count(max(numbers))
    mean = of(values, Aggregation.MEAN).value
    assert mean is not None
    assert mean.number is not None
    assert min(numbers) <= mean.number <= max(numbers)
    assert abs(mean.number - Decimal(sum(numbers)) / len(numbers)) <= Decimal("0.5")


@given(st.lists(FRACTIONS, min_size=1), st.sampled_from([Aggregation.SUM, Aggregation.MEAN]))
def test_a_percentage_of_all_lies_between_those_of_each(
    values: list[Value], way: Aggregation
) -> None:
    found = of(values, way).value
    assert found is not None
    assert found.basis is Basis.COMPUTED
    sizes = [value.quantity or Decimal(0) for value in values]
    slack = Decimal("1e-20")
    assert min(sizes) - slack <= (found.quantity or 0) <= max(sizes) + slack


@given(st.lists(FRACTIONS), REPORTED, st.lists(FRACTIONS), st.sampled_from(list(Aggregation)))
def test_a_reported_percentage_is_never_taken_together(
    before: list[Value], reported: Value, after: list[Value], way: Aggregation
) -> None:
    if way == Aggregation.LATEST:
        after = []
    assert of([*before, reported, *after], way).value is None


@given(st.lists(NUMBERS, min_size=1, max_size=2))
def test_a_cumulative_figure_is_that_of_its_last_half_year(numbers: list[int]) -> None:
    told = [
        Given("A", Period(2018, half), Value.count(number))
        for half, number in enumerate(numbers, start=1)
    ]
    for way in (Aggregation.SUM, Aggregation.MEAN, Aggregation.MAX, Aggregation.LATEST):
        found = aggregate(told, aggregation=way, is_cumulative=True, expected=2)
        assert found.value == Value.count(numbers[-1])


@st.composite
def true_statement(draw: st.DrawFn) -> tuple[int, Value]:
    """What a number really is, and something true that a partner says about it."""
    truth, apart = draw(st.integers(1000, 2000)), draw(st.integers(1, 900))
    word, said = draw(
        st.sampled_from(
            [
                (Qualifier.EXACT, truth),
                (Qualifier.AT_LEAST, truth - apart + 1),
                (Qualifier.MORE_THAN, truth - apart),
                (Qualifier.AT_MOST, truth + apart - 1),
                (Qualifier.LESS_THAN, truth + apart),
            ]
        )
    )
    return truth, Value.count(said, word)


HOLDS = {
    Qualifier.EXACT: lambda truth, said: truth == said,
    Qualifier.AT_LEAST: lambda truth, said: truth >= said,
    Qualifier.MORE_THAN: lambda truth, said: truth > said,
    Qualifier.AT_MOST: lambda truth, said: truth <= said,
    Qualifier.LESS_THAN: lambda truth, said: truth < said,
}


@given(st.lists(true_statement(), min_size=1), COMPUTING)
def test_what_is_said_of_all_is_true_when_what_is_said_of_each_is(
    statements: list[tuple[int, Value]], way: Aggregation
) -> None:
    found = of([value for _, value in statements], way).value
    if found is None or found.qualifier is Qualifier.ABOUT:
        return
    truths = [Decimal(truth) for truth, _ in statements]
    truth = {
        Aggregation.SUM: sum(truths),
        Aggregation.MEAN: sum(truths) / len(truths),
        Aggregation.MAX: max(truths),
    }[way]
    assert HOLDS[found.qualifier](truth, found.number)
