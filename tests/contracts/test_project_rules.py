"""What a project needs before it starts, and what it cost against what it may cost."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts.models import ProjectPlan
from contracts.projects.money import Pot, pots
from contracts.projects.readiness import BEFOREHAND, FIVE_QUESTIONS, missing
from tests.factories_projects import ANSWERS

LAST = datetime.date(2026, 12, 31)


def open_in(**changes: Any) -> list[str]:
    return [need.field for need in missing(ANSWERS | changes)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert open_in() == []


def test_an_empty_plan_lacks_everything_in_the_order_of_the_form() -> None:
    found = [need.field for need in missing({})]
    questions = [need.field for need in FIVE_QUESTIONS]
    assert found == [*questions, "incidental", *(need.field for need in BEFOREHAND)]
    columns = {field.name for field in ProjectPlan._meta.concrete_fields}
    assert set(found) <= columns


@pytest.mark.parametrize("need", [*FIVE_QUESTIONS, *BEFOREHAND], ids=lambda need: need.field)
@pytest.mark.parametrize("empty", ["", None])
def test_each_answer_is_needed(need: Any, empty: Any) -> None:
    assert open_in(**{need.field: empty}) == [need.field]


@pytest.mark.parametrize(
    ("money", "lacks"),
    [
        ({"incidental": None, "structural": None}, ["incidental"]),
        ({"incidental": None, "structural": 0, "incidental_until": None}, []),
        ({"incidental": 0, "structural": None, "incidental_until": None}, []),
        ({"incidental": 5, "incidental_until": None}, ["incidental_until"]),
    ],
)
def test_money_is_one_kind_or_both_and_what_ends_has_a_last_day(
    money: dict[str, Any], lacks: list[str]
) -> None:
    assert open_in(**money) == lacks


def told(pot: Pot) -> tuple[Any, ...]:
    return (pot.allowed, pot.spent, pot.left, pot.excess)


def test_money_of_both_kinds_is_told_apart_and_together() -> None:
    spent = [("incidental", Decimal(60)), ("incidental", Decimal(60)), ("structural", Decimal(5))]
    once, fixed, both = pots(Decimal(100), Decimal(20), LAST, spent)
    assert told(once) == (100, 120, -20, 20)
    assert told(fixed) == (20, 5, 15, 0)
    assert told(both) == (120, 125, -5, 5)
    assert [pot.is_over for pot in (once, fixed, both)] == [True, False, True]
    assert (once.until, fixed.until) == (LAST, None)


def test_money_that_nobody_spoke_of_is_no_row_until_it_is_spent() -> None:
    assert pots(None, None, None, []) == []
    (once,) = pots(Decimal(100), None, LAST, [])
    assert told(once) == (100, 0, 100, 0)
    _, fixed, both = pots(Decimal(100), None, LAST, [("structural", Decimal(7))])
    assert told(fixed) == (None, 7, None, 7)
    assert told(both) == (100, 7, 93, 0)
