"""What is left out cannot be computed from what is published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure import (
    MOST_TRIED,
    Addition,
    Counts,
    is_small,
    left_out,
    left_out_unnamed,
    masked,
    people_in,
    year_sums,
)
from core.values import Absence, Qualifier, Value, ValueType

T = 5


def of(*counts: int) -> Counts:
    return tuple(map(Decimal, counts))


@pytest.mark.parametrize(
    ("value", "counts", "small"),
    [
        (Value.count(0), of(0), False),
        (Value.count(1), of(1), True),
        (Value.count(4), of(4), True),
        (Value.count(5), of(5), False),
        (Value.fraction(45, 50), of(45, 5), False),
        (Value.fraction(46, 50), of(46, 4), True),
        (Value.fraction(3, 50), of(3, 47), True),
        (Value.fraction(0, 50), of(0, 50), False),
        (Value.fraction(0, 4), of(0, 4), True),
        (Value.fraction(4, 4), of(4, 0), True),
        (Value.reported_percentage(3), (), False),
        (Value.amount(3), (), False),
        (Value(ValueType.SCALE, number=Decimal(3)), (), False),
        (Value.absent(ValueType.COUNT, Absence.NOT_YET), (), False),
        (Value.absent(ValueType.COUNT, Absence.TOO_SMALL), of(1), True),
        (Value.count(5, Qualifier.LESS_THAN), of(4), True),
        (Value.count(6, Qualifier.LESS_THAN), of(5), False),
        (Value.count(3, Qualifier.ALMOST), of(3), True),
    ],
)
def test_what_counts_as_a_small_number_of_people(value: Value, counts: Counts, small: bool) -> None:
    assert people_in(value) == counts
    assert is_small(counts, T) == small


def test_what_is_left_out_says_so_and_nothing_else() -> None:
    shown = masked(Value.fraction(3, 50))
    assert shown.display() == "te klein om te publiceren"
    assert shown.to_json().keys() <= {"type", "absence", "basis"}


def test_without_a_threshold_nothing_is_left_out() -> None:
    cells = {"a": of(1), "b": of(2), "t": of(3)}
    assert left_out(cells, [Addition("t", ("a", "b"), ())], 0) == frozenset()


def test_a_half_year_cannot_be_had_from_the_year() -> None:
    year = Addition("2019", ("H1", "H2"), ("2019", "H2", "H1"))
    cells = {"H1": of(20), "H2": of(3), "2019": of(23)}
    # The first half-year was published before: the year is left out.
    assert left_out(cells, [year], T) == {"H2", "2019"}


def test_a_part_that_is_not_measured_gives_nothing_away() -> None:
    year = Addition("2019", ("H1", "H2"), ("2019",))
    assert left_out({"H2": of(3), "2019": of(23)}, [year], T) == {"H2"}


def test_two_parts_that_are_together_small_need_a_third() -> None:
    total = Addition("t", ("a", "b", "c", "d"), ("c", "d"))
    cells = {"a": of(1), "b": of(2), "c": of(10), "d": of(8), "t": of(21)}
    assert left_out(cells, [total], T) == {"a", "b", "c"}


@pytest.mark.parametrize("numbers", [(4, 4), (1, 1, 1, 1, 1), (4, 4, 4)])
def test_small_parts_of_which_the_sum_leaves_one_way_take_another_along(
    numbers: tuple[int, ...],
) -> None:
    parts = tuple(f"{n}x" for n in range(len(numbers) + 1))
    cells = {part: of(number) for part, number in zip(parts, (*numbers, 30), strict=True)}
    cells["t"] = of(sum(numbers) + 30)
    assert left_out(cells, [Addition("t", parts, parts)], T) == set(parts)


def test_what_was_left_out_before_stays_so() -> None:
    total = Addition("t", ("a", "b", "c"), ("b", "c"))
    before = left_out({"a": of(3), "b": of(9), "c": of(9), "t": of(21)}, [total], T)
    corrected = {"a": of(8), "b": of(9), "c": of(9), "t": of(26)}
    assert left_out(corrected, [total], T, already=before) == before == {"a", "b"}


# -- properties: an attacker who knows the rules and all that is published ------------------------
@st.composite
def grids(draw: st.DrawFn, most: int) -> tuple[dict[str, Counts], list[Addition]]:
    """Two areas by two half-years, with the municipality and the year as totals: all published."""
    table = [[draw(st.integers(0, most)) for _ in range(2)] for _ in range(2)]
    cells = {f"{a}{h}": of(table[a][h]) for a in range(2) for h in range(2)}
    sums: list[Addition] = []
    for a in range(2):
        cells[f"{a}y"] = of(sum(table[a]))
        sums.append(Addition(f"{a}y", (f"{a}0", f"{a}1"), (f"{a}y", f"{a}1", f"{a}0")))
    for h in (0, 1, "y"):
        parts = tuple(f"{a}{h}" for a in range(2))
        cells[f"t{h}"] = of(sum(int(cells[part][0]) for part in parts))
        sums.append(Addition(f"t{h}", parts, parts))
    sums.append(Addition("ty", ("t0", "t1"), ("ty", "t1", "t0")))
    return cells, sums


def solutions(
    cells: Mapping[str, Counts], sums: Sequence[Addition], out: Sequence[str], most: int
) -> Iterator[dict[str, int]]:
    """Every filling of ``out`` with numbers of people that agrees with what is published."""
    shown = {key: int(counts[0]) for key, counts in cells.items() if key not in out}
    free = [key for key in out if not any(each.total == key for each in sums)]
    for numbers in itertools.product(range(most + 1), repeat=len(free)):
        held = {**shown, **dict(zip(free, numbers, strict=True))}
        for each in sums:
            total = sum(held[part] for part in each.parts)
            if held.setdefault(each.total, total) != total:
                break
        else:
            yield held


@given(grids(most=7))
@settings(max_examples=80, deadline=None)
def test_no_small_number_in_a_table_is_certain(
    made: tuple[dict[str, Counts], list[Addition]],
) -> None:
    cells, sums = made
    out = left_out(cells, sums, T)
    assert {key for key, counts in cells.items() if is_small(counts, T)} <= out
    found = list(solutions(cells, sums, sorted(out), 9))
    for key in out:
        assert len({each[key] for each in found}) > 1, (key, sorted(out))


@given(st.lists(st.integers(0, 8), min_size=2, max_size=3), st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_a_correction_tells_no_number_that_was_left_out(numbers: list[int], now: int) -> None:
    """The first part is corrected; both versions lie on the table."""
    parts = tuple(f"{n}x" for n in range(len(numbers)))
    total = Addition("t", parts, parts)

    def version(counts: list[int]) -> dict[str, Counts]:
        held = {part: of(number) for part, number in zip(parts, counts, strict=True)}
        return {**held, "t": of(sum(counts))}

    first, second = version(numbers), version([now, *numbers[1:]])
    before = left_out(first, [total], T)
    after = left_out(second, [total], T, already=before)
    assert before <= after
    possible = [
        one
        for one in solutions(first, [total], sorted(before), 9)
        if any(
            all(one[part] == two[part] for part in parts[1:])
            for two in solutions(second, [total], sorted(after), 9)
        )
    ]
    for key in before:
        assert len({each[key] for each in possible}) > 1


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.permutations([0, 1, 2, 3]))
@settings(max_examples=100, deadline=None)
def test_of_parts_and_their_total_no_small_number_is_certain(
    numbers: list[int], order: list[int]
) -> None:
    parts = tuple(f"{n}x" for n in range(len(numbers)))
    cells = {part: of(number) for part, number in zip(parts, numbers, strict=True)}
    cells["t"] = of(sum(numbers))
    total = Addition("t", parts, tuple(parts[n] for n in order if n < len(parts)))
    out = left_out(cells, [total], T)
    found = list(solutions(cells, [total], sorted(out), 9))
    for part in parts:
        if 0 < numbers[parts.index(part)] < T:
            assert len({each[part] for each in found}) > 1


@pytest.mark.parametrize(
    ("total", "told", "out"),
    [
        (12, 10, {"t"}),
        (14, 10, {"t"}),
        (15, 10, set()),
        (10, 10, set()),
        (9, 10, set()),  # they do not add up: there is no rest
        (43, 3, {"a"}),
    ],
)
def test_a_part_that_was_not_told_yet_does_not_follow(total: int, told: int, out: set[str]) -> None:
    cells = {"t": of(total), "a": of(told)}
    assert left_out(cells, [Addition("t", ("a",), ("t", "a"), rest=True)], T) == out


def test_the_figures_of_a_year_that_add_up() -> None:
    held = {None: ["y"], 1: ["a"], 2: ["b"]}
    assert list(year_sums(held, cumulative=False)) == [(("y", "a", "b"), False)]
    assert list(year_sums({None: ["y"], 2: ["b"]}, cumulative=False)) == [(("y", "b"), True)]
    assert list(year_sums({1: ["a"], 2: ["b"]}, cumulative=False)) == []
    assert list(year_sums(held, cumulative=True)) == [
        (("y", "b"), False),
        (("y", "a"), True),
        (("b", "a"), True),
    ]


def test_of_loose_numbers_the_one_that_gives_a_small_one_away_goes_too() -> None:
    cells = {"totaal": of(10), "vrouwen": of(8), "mannen": of(2)}
    assert left_out_unnamed(cells, T) == {"vrouwen", "mannen"}
    assert left_out_unnamed({**cells, "mannen": of(7)}, T) == frozenset()
    assert left_out_unnamed({"a": of(3), "b": of(40)}, T) == {"a"}


def test_of_more_loose_numbers_than_can_be_tried_none_stays() -> None:
    many = {str(n): of(10 + n) for n in range(MOST_TRIED)}
    assert left_out_unnamed(many, T) == frozenset()
    assert left_out_unnamed({**many, "klein": of(1)}, T) == {*many, "klein"}


@given(st.lists(st.integers(0, 20), min_size=2, max_size=4))
@settings(max_examples=200, deadline=None)
def test_no_sum_of_loose_numbers_tells_a_small_one(numbers: list[int]) -> None:
    """Whichever of them are told to add up: all parts and their total stand on the page."""
    cells = {f"{n}x": of(number) for n, number in enumerate(numbers)}
    cells["t"] = of(sum(numbers))
    out = left_out_unnamed(cells, T)
    shown = {key: sum(counts) for key, counts in cells.items() if key not in out}
    for key in out:
        others = [number for held, number in shown.items() if held != "t"]
        computed = shown["t"] - sum(others) if "t" in shown else None
        missing = [held for held in out if held != "t"]
        # The only equation that a reader has: the total is its parts.
        assert not (computed is not None and missing == [key])
        if key == "t":
            assert missing
