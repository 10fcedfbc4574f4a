"""The headline over what clients say counts what is better, what is equal and what is worse."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.pictures import experience_picture


def statement(own: str | None, reference: str | None, direction: str) -> dict[str, Any]:
    def shown(number: str | None) -> dict[str, Any] | None:
        return None if number is None else {"quantity": number, "display": f"{number}%"}

    return {
        "text": "Ik werd snel geholpen",
        "own": shown(own),
        "reference": shown(reference) or {"quantity": None, "display": ""},
        "earlier": None,
        "direction": direction,
    }


BETTER, WORSE = statement("80", "70", "up"), statement("60", "70", "up")
EQUAL, OPEN = statement("85", "85", "up"), statement("8", "11", "")
ALONE = statement("76", None, "up")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([BETTER, WORSE], "Op één van de twee vergeleken stellingen"),
        ([BETTER, EQUAL, OPEN, ALONE], "referentiegroep, op één gelijk"),
        ([BETTER, EQUAL, WORSE, WORSE], "referentiegroep, op één gelijk en op twee ongunstiger"),
        ([BETTER, WORSE], "referentiegroep, op één ongunstiger"),
        ([statement("30", "39", "down"), BETTER], "Op twee van de twee"),
    ],
)
def test_the_finding_counts_better_and_equal(rows: list[dict[str, Any]], words: str) -> None:
    assert words in experience_picture({"year": 2019, "statements": rows}).finding


def test_without_equals_nothing_is_said_of_them() -> None:
    rows = [BETTER, WORSE, OPEN]
    assert "gelijk" not in experience_picture({"year": 2019, "statements": rows}).finding
