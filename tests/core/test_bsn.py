"""docs/regels/bsn.md is read here: every row of it is true of core/bsn.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bsn import find_bsn, passes_eleven_test
from tests.ops.tables import ROOT, rows

EXAMPLES = rows(ROOT / "docs" / "regels" / "bsn.md", "tekst")

DIGITS = st.integers(10_000_000, 999_999_999).map(str)


def sum_of(digits: str) -> int:
    """The eleven-test as the rule tells it, apart from the code."""
    nine = digits.rjust(9, "0")
    return sum((9 - place) * int(nine[place]) for place in range(8)) - int(nine[8])


def numbers_from(lowest: int) -> st.SearchStrategy[str]:
    """Numbers that pass, from their first digits and the last one that those ask for."""
    first = st.integers(lowest, 99_999_999).filter(lambda digits: sum_of(f"{digits}0") % 11 != 10)
    return first.map(lambda digits: f"{digits}{sum_of(f'{digits}0') % 11}")


NUMBERS = numbers_from(1_000_000)
NINE_DIGITS = numbers_from(10_000_000)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_an_example_comes_out_as_the_page_says(text: str, expected: str) -> None:
    assert find_bsn(text) == ([] if expected == "niets" else expected.split(", "))


@given(DIGITS)
def test_a_number_is_found_exactly_when_it_passes_the_eleven_test(digits: str) -> None:
    passes = sum_of(digits) % 11 == 0
    assert passes_eleven_test(digits) == passes
    assert find_bsn(f"Cliënt {digits} kwam.") == ([digits] if passes else [])


@given(NUMBERS, st.sampled_from("0123456789"), st.integers(0, 8))
def test_one_wrong_digit_is_no_number(number: str, digit: str, place: int) -> None:
    nine = number.zfill(9)
    wrong = nine[:place] + digit + nine[place + 1 :]
    assert passes_eleven_test(wrong) == (wrong == nine)


@given(
    NINE_DIGITS,
    st.sampled_from([" ", ".", "-", "\N{NO-BREAK SPACE}", "\N{EN DASH}"]),
)
def test_a_number_in_groups_is_given_back_as_it_was_written(number: str, sign: str) -> None:
    written = sign.join([number[:3], number[3:6], number[6:]])
    assert find_bsn(f"bsn {written}.") == [written]


@given(st.lists(NUMBERS, max_size=5))
def test_every_number_is_found_in_order_also_twice(numbers: list[str]) -> None:
    assert find_bsn("; ".join(numbers)) == numbers


@given(st.text(alphabet="0123456789 .-,€+()aNL\n", max_size=60))
def test_what_is_found_stands_in_the_text_and_passes(text: str) -> None:
    place = 0
    for written in find_bsn(text):
        place = text.index(written, place) + len(written)
        digits = "".join(character for character in written if character.isdigit())
        assert len(digits) in (8, 9)
        assert passes_eleven_test(digits)


def test_a_number_over_two_lines_is_two_numbers() -> None:
    assert find_bsn("123 456\n782") == []


def test_a_text_without_digits_has_none() -> None:
    assert find_bsn("") == find_bsn("Geen cijfers hier.") == []
