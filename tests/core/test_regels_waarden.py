"""docs/regels/waarden.md is read here: every row of it is true of core/values.py."""

from __future__ import annotations

import pytest

from core.values import NARROW, QUALIFIER_WORDS, Absence, InvalidValue, Value, ValueType
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "waarden.md"
EXAMPLES = rows(PAGE, "soort")
TYPES = {type.label: type for type in ValueType}


@pytest.mark.parametrize(("kind", "written", "shown", "counts"), EXAMPLES)
def test_an_example_does_what_the_page_says(
    kind: str, written: str, shown: str, counts: str
) -> None:
    text = "" if written == "(leeg)" else written
    if counts == "geweigerd":
        with pytest.raises(InvalidValue) as refusal:
            Value.parse(TYPES[kind], text)
        assert str(refusal.value) == shown
        return
    value = Value.parse(TYPES[kind], text)
    assert value.display().replace(NARROW, " ") == shown
    assert counts == ("ja" if value.may_aggregate else "nee")


def test_the_examples_show_every_kind_and_every_outcome() -> None:
    assert {row[0] for row in EXAMPLES} == set(TYPES)
    assert {row[3] for row in EXAMPLES} == {"ja", "nee", "geweigerd"}


def test_the_page_lists_every_word_that_may_stand_before_a_number() -> None:
    listed = {row[0]: row[1] for row in rows(PAGE, "geschreven")}
    assert listed == {word: qualifier.label for word, qualifier in QUALIFIER_WORDS.items()}


def test_the_page_lists_every_reason_why_a_value_is_missing() -> None:
    assert [row[0] for row in rows(PAGE, "reden")] == [reason.label for reason in Absence if reason]
