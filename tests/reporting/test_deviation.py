"""docs/regels/afwijking.md is read here: every row of it is true of reporting/deviation.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agenda.constants import Direction
from core.values import Absence, Qualifier, Value, ValueType, parse_number
from reporting.deviation import judge
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "afwijking.md"
EXAMPLES = rows(PAGE, "soort")
DIRECTIONS = {str(direction.label): direction for direction in Direction}
TYPES = {type.label: type for type in ValueType}
ANSWERS = {"ja": True, "nee": False, "–": None}

NUMBERS = st.integers(0, 60).map(Decimal)
BANDS = st.none() | st.integers(0, 20).map(Decimal)
WAYS = st.sampled_from(list(Direction))
KNOWN_WAYS = st.sampled_from([way for way in Direction if way])


@st.composite
def qualified(draw: st.DrawFn) -> Value:
    low = draw(NUMBERS)
    high = low + draw(st.integers(1, 15)) if draw(st.booleans()) else None
    kind = draw(st.sampled_from([ValueType.SCALE, ValueType.AMOUNT, ValueType.COUNT]))
    word = draw(st.sampled_from(Qualifier))
    return Value(kind, number=low, number_to=high, qualifier=word)


def may_be(value: Value) -> list[Decimal]:
    """Numbers that the words of ``value`` allow, as a reader would list them."""
    assert value.number is not None
    low, high = value.number, value.number_to or value.number
    step = Decimal(1) if value.type is ValueType.COUNT else Decimal("0.5")
    far = [step, Decimal(3), Decimal(40)]
    between = [low, high, *([low + step] if high > low else [])]
    match value.qualifier:
        case Qualifier.AT_LEAST:
            return [*between, *(high + more for more in far)]
        case Qualifier.MORE_THAN:
            return [low + more for more in far]
        case Qualifier.AT_MOST:
            return [*between, *(low - less for less in far if less <= low)]
        case Qualifier.LESS_THAN:
            return [high - less for less in far if less <= high]
        case Qualifier.ALMOST | Qualifier.JUST_OVER:
            return []  # no number is the nearest
    return between


def told(cell: str, kind: ValueType) -> Value | None:
    return None if cell == "–" else Value.parse(kind, cell)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(row[:5]))
def test_an_example_comes_out_as_the_page_says(row: list[str]) -> None:
    kind, value, target, direction, band, achieved, deviates, words = row
    found = judge(
        told(value, TYPES[kind]),
        told(target, TYPES[kind]),
        DIRECTIONS[direction],
        None if band == "–" else parse_number(band),
    )
    assert (found.achieved, found.deviates) == (ANSWERS[achieved], ANSWERS[deviates])
    assert found.words == words


def test_the_examples_show_every_kind_every_direction_and_every_word() -> None:
    assert {row[0] for row in EXAMPLES} == set(TYPES)
    assert {row[3] for row in EXAMPLES} == set(DIRECTIONS)
    values = [told(row[1], TYPES[row[0]]) for row in EXAMPLES]
    assert {value.qualifier for value in values if value} == set(Qualifier)


@given(NUMBERS, NUMBERS, KNOWN_WAYS, BANDS)
def test_plain_numbers_follow_the_rule_as_it_is_written(
    number: Decimal, aim: Decimal, way: Direction, band: Decimal | None
) -> None:
    slack = band or Decimal(0)
    expected = {
        Direction.UP: (number >= aim, number < aim - slack),
        Direction.AT_LEAST: (number >= aim, number < aim - slack),
        Direction.DOWN: (number <= aim, number > aim + slack),
        Direction.AT_MOST: (number <= aim, number > aim + slack),
        Direction.STABLE: (abs(number - aim) <= slack, abs(number - aim) > slack),
    }[way]
    found = judge(Value.count(number), Value.count(aim), way, band)
    assert (found.achieved, found.deviates) == expected


@given(qualified(), qualified(), WAYS, BANDS)
def test_what_deviates_was_not_achieved_and_every_outcome_has_words(
    value: Value, target: Value, way: Direction, band: Decimal | None
) -> None:
    found = judge(value, target, way, band)
    assert found.achieved is False or not found.deviates
    assert found.words == found.words.strip()
    assert found.words
    assert "Infinity" not in found.words
    assert "  " not in found.words


@given(qualified(), NUMBERS, KNOWN_WAYS, BANDS)
def test_an_outcome_is_that_of_every_number_the_words_allow(
    value: Value, aim: Decimal, way: Direction, band: Decimal | None
) -> None:
    target = Value(value.type, number=aim)
    found = judge(value, target, way, band)
    each = [judge(Value(value.type, number=number), target, way, band) for number in may_be(value)]
    assume(each)
    if found.achieved is not None:
        assert {one.achieved for one in each} == {found.achieved}
    if found.deviates:
        assert all(one.deviates for one in each)
    if value.qualifier in (Qualifier.EXACT, Qualifier.ABOUT) and way is not Direction.STABLE:
        same = {one.achieved for one in each}
        assert found.achieved == (same.pop() if len(same) == 1 else None)


@given(qualified(), qualified(), WAYS, NUMBERS, NUMBERS)
def test_a_wider_band_never_makes_a_deviation(
    value: Value, target: Value, way: Direction, band: Decimal, more: Decimal
) -> None:
    if judge(value, target, way, band + more).deviates:
        assert judge(value, target, way, band).deviates


@given(qualified(), WAYS, BANDS, st.sampled_from([word for word in Absence if word]))
def test_without_a_value_or_a_target_there_is_no_outcome(
    value: Value, way: Direction, band: Decimal | None, reason: Absence
) -> None:
    absent = Value.absent(value.type, reason)
    pairs = [(None, value), (absent, value), (value, None), (value, absent)]
    for held, target in pairs:
        found = judge(held, target, way, band)
        assert found.achieved is None
        assert not found.deviates


def test_values_of_different_kinds_are_not_compared() -> None:
    found = judge(Value.count(3), Value.amount(2), Direction.UP, None)
    assert (found.achieved, found.deviates) == (None, False)
    assert found.words == "waarde en streefwaarde zijn niet van dezelfde soort"


def test_a_direction_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        judge(Value.count(3), Value.count(2), "sideways", None)
