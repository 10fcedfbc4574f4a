"""Whether a contract has the agreements about personal data that it needs, as the page says."""

from __future__ import annotations

import datetime

import pytest

from contracts.constants import PRIVACY_GAPS, PrivacyState
from contracts.privacy_rules import Agreed, PrivacyFacts, privacy_finding
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "persoonsgegevens.md"
TODAY = datetime.date(2020, 6, 1)
NOTHING = "–"
LABELS = {str(state.label): state for state in PrivacyState}


def named(cell: str) -> list[str]:
    return [] if cell == NOTHING else cell.split(", ")


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text not in ("", NOTHING) else None


def agreed(text: str) -> Agreed:
    party, _, last = text.partition(" ")
    return Agreed(party, day(last))


@pytest.mark.parametrize("cells", rows(PAGE, "persoonsgegevens"), ids=" ".join)
def test_an_example_comes_out_as_the_page_says(cells: list[str]) -> None:
    processed, partner, parties, ends, agreements, state, whom = cells
    found = privacy_finding(
        PrivacyFacts(
            is_processed={"ja": True, "nee": False, NOTHING: None}[processed],
            partner=partner,
            parties=named(parties),
            ends_on=day(ends),
            agreed=[agreed(text) for text in named(agreements)],
        ),
        TODAY,
    )
    assert (found.state, list(found.parties)) == (LABELS[state], named(whom))


def test_every_state_is_in_the_examples_of_the_page() -> None:
    assert {row[5] for row in rows(PAGE, "persoonsgegevens")} == LABELS.keys()
    assert set(PRIVACY_GAPS) == set(PrivacyState) - {PrivacyState.COVERED, PrivacyState.NOT_NEEDED}
