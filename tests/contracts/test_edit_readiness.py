"""The rules of activation, without a database; docs/regels/activeren.md says the same."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.readiness import (
    Facts,
    KPIFacts,
    blocking,
    findings,
    listed,
    warnings,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "regels" / "activeren.md"

COMPLETE = Facts(
    has_partner=True,
    is_coalition=True,
    starts_on=datetime.date(2027, 1, 1),
    ends_on=datetime.date(2028, 12, 31),
    leads=1,
    carrying=2,
    agendas=1,
    themes=1,
    has_agreement=True,
    has_frequency=True,
    sections=2,
    asks_kpi_scores=True,
    kpis=(KPIFacts("1"),),
    budget_lines=1,
    has_funding=True,
    has_funding_reason=True,
    official_meetings=2,
    executive_meetings=1,
    is_signed=True,
)


def test_a_complete_contract_has_no_findings() -> None:
    assert findings(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "rule", "blocks"),
    [
        ({"has_partner": False}, 1, True),
        ({"starts_on": None}, 2, True),
        ({"ends_on": None}, 2, True),
        ({"ends_on": datetime.date(2026, 1, 1)}, 2, True),
        ({"leads": 0}, 3, True),
        ({"leads": 2}, 3, True),
        ({"carrying": 1}, 21, True),
        ({"has_agreement": False}, 4, True),
        ({"has_frequency": False}, 4, True),
        ({"sections": 0, "asks_kpi_scores": False}, 5, True),
        ({"kpis": ()}, 6, True),
        ({"kpis": (KPIFacts("1", is_population=True),)}, 7, True),
        ({"kpis": (KPIFacts("1", has_value_type=False),)}, 8, True),
        ({"kpis": (KPIFacts("1", has_target=False),)}, 9, False),
        ({"kpis": (KPIFacts("1", has_goal=False),)}, 10, False),
        ({"kpis": (), "asks_kpi_scores": False}, 11, False),
        ({"asks_kpi_scores": False}, 12, False),
        ({"agendas": 0}, 13, False),
        ({"themes": 0}, 13, False),
        ({"budget_lines": 0}, 14, False),
        ({"has_funding": False}, 15, False),
        ({"has_funding_reason": False}, 15, False),
        ({"official_meetings": 1}, 16, False),
        ({"official_meetings": None}, 16, False),
        ({"executive_meetings": 0}, 16, False),
        ({"is_signed": False}, 17, False),
        ({"lead_is_member": False}, 19, True),
        ({"overlapping": ("De eerdere opdracht",)}, 20, False),
    ],
)
def test_each_rule_finds_its_own(changes: dict[str, Any], rule: int, blocks: bool) -> None:
    found = findings(replace(COMPLETE, **changes))
    assert (rule, blocks) in {(one.rule, one.blocks) for one in found}


def test_one_partner_needs_no_lead() -> None:
    assert findings(replace(COMPLETE, is_coalition=False, leads=0, carrying=0)) == []


def test_many_kpis_are_told_in_one_line() -> None:
    kpis = tuple(KPIFacts(str(n), has_target=False) for n in range(1, 301))
    (found,) = findings(replace(COMPLETE, kpis=kpis))
    assert found.text == (
        "Prestatie-indicatoren 1, 2, 3, 4, 5, 6, 7, 8 en nog 292 hebben nog geen streefwaarde."
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ""), (["1"], "1"), (["1", "2"], "1 en 2"), (["1", "2", "3"], "1, 2 en 3")],
)
def test_a_short_list_is_told_in_full(words: list[str], told: str) -> None:
    assert listed(words) == told


@given(
    facts=st.builds(
        Facts,
        has_partner=st.booleans(),
        is_coalition=st.booleans(),
        starts_on=st.none() | st.dates(),
        ends_on=st.none() | st.dates(),
        leads=st.integers(0, 3),
        sections=st.integers(0, 3),
        asks_kpi_scores=st.booleans(),
        kpis=st.lists(st.builds(KPIFacts, number=st.just("1")), max_size=3).map(tuple),
        official_meetings=st.none() | st.integers(0, 5),
    )
)
def test_every_finding_blocks_or_warns_and_has_a_sentence(facts: Facts) -> None:
    found = findings(facts)
    assert len(blocking(found)) + len(warnings(found)) == len(found)
    assert all(one.text.endswith(".") and one.place for one in found)


def test_the_page_tells_every_rule() -> None:
    told = {int(number) for number in re.findall(r"^(\d+)\. ", PAGE.read_text(), re.MULTILINE)}
    assert told == set(range(1, 22))
