"""Which goals are proposed to go on as which (agenda/proposals.py)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agenda.proposals import ALIKE, Worded, propose

LONELY = "Niemand is eenzaam in onze gemeente"
MOVING = "Alle inwoners bewegen elke week ten minste een uur"


def goal(key: int, text: str, number: str = "i", label: str = "") -> Worded:
    return Worded(key, number, label or text[:20], text)


def test_the_same_text_is_proposed_as_continued_whatever_its_place_and_capitals() -> None:
    found = propose(
        [goal(1, LONELY), goal(2, MOVING)], [goal(11, MOVING.upper()), goal(12, f"{LONELY}. ")]
    )
    assert {row.before: (row.after, row.kind) for row in found.values()} == {
        1: (12, "continued"),
        2: (11, "continued"),
    }


def test_other_words_are_proposed_as_reworded_and_never_called_the_same() -> None:
    found = propose([goal(1, MOVING)], [goal(11, "Alle jongeren bewegen elke week twee uur")])
    assert (found[1].kind, found[1].same) == ("reworded", False)
    assert ALIKE * 100 <= found[1].percentage < 100
    label_alone = propose([goal(1, MOVING, label="Bewegen")], [goal(11, LONELY, label="Bewegen")])
    assert label_alone[1].kind == "reworded"


def test_what_has_nothing_in_common_is_not_proposed() -> None:
    assert propose([goal(1, MOVING)], [goal(11, "Huizen")]) == {}
    assert propose([], [goal(11, MOVING)]) == {}


def test_of_two_with_the_same_text_the_number_decides() -> None:
    found = propose([goal(1, MOVING, "ii")], [goal(11, MOVING, "i"), goal(12, MOVING, "ii")])
    assert found[1].after == 12


texts = st.lists(st.text("abc ", max_size=12), max_size=6)


@given(texts, texts)
def test_no_goal_is_proposed_twice(before: list[str], after: list[str]) -> None:
    found = propose(
        [goal(key, text) for key, text in enumerate(before)],
        [goal(key, text) for key, text in enumerate(after, start=100)],
    )
    assert len({row.after for row in found.values()}) == len(found)
