"""What changed between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.worddiff import GONE, NEW, SAME, SKIPPED, Piece, differences, folded

texts = st.lists(st.sampled_from(["de", "wijk", "groeit", "snel", ".", "\n", "é"])).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("gelijk", "gelijk", [(SAME, "gelijk")]),
        ("", "nieuw", [(NEW, "nieuw")]),
        ("oud", "", [(GONE, "oud")]),
        (
            "Meer inwoners bewegen elke week.",
            "Meer inwoners bewegen elke dag.",
            [(SAME, "Meer inwoners bewegen elke "), (GONE, "week."), (NEW, "dag.")],
        ),
        ("12", "15", [(GONE, "12"), (NEW, "15")]),
        ("een twee drie", "vier vijf zes", [(GONE, "een twee drie"), (NEW, "vier vijf zes")]),
    ],
)
def test_words_that_differ_are_marked(
    before: str, after: str, pieces: list[tuple[str, str]]
) -> None:
    assert differences(before, after) == [Piece(*piece) for piece in pieces]


@given(before=texts, after=texts)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != NEW) == before
    assert "".join(p.text for p in pieces if p.kind != GONE) == after


def test_a_long_text_that_stayed_is_folded_around_what_changed() -> None:
    words = [f"woord{number}" for number in range(300)]
    before = " ".join(words)
    words[150] = "anders"
    pieces = folded(differences(before, " ".join(words)))
    assert [piece.kind for piece in pieces] == [SKIPPED, SAME, GONE, NEW, SAME, SKIPPED]
    assert pieces[1].text.startswith("woord125 ")
    assert "woord149" in pieces[1].text


def test_a_short_text_is_not_folded() -> None:
    pieces = differences("De wijk groeit snel.", "De wijk groeit langzaam.")
    assert folded(pieces) == pieces
