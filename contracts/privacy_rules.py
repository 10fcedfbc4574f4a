"""Whether a contract has the agreements about personal data that it needs.

The page for readers, ``docs/regels/persoonsgegevens.md``, says the same; a test compares them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.constants import PrivacyState


@dataclass(frozen=True)
class Agreed:
    """An agreement with a party, and its last day; ``None`` lasts as long as the contract."""

    party: str
    ends_on: datetime.date | None


@dataclass(frozen=True)
class PrivacyFacts:
    """Parties are named by their slug.

    ``is_processed`` is ``None`` while nobody looked; ``parties`` carry out the work; ``ends_on`` is
    the last day of the contract, where that is known.
    """

    is_processed: bool | None
    partner: str
    parties: Sequence[str]
    ends_on: datetime.date | None
    agreed: Sequence[Agreed]


@dataclass(frozen=True)
class PrivacyFinding:
    """What was found, and with which parties that has to do."""

    state: PrivacyState
    parties: tuple[str, ...] = ()


def privacy_finding(facts: PrivacyFacts, today: datetime.date) -> PrivacyFinding:
    """The first of the rules on the page that holds."""
    if facts.is_processed is None:
        return PrivacyFinding(PrivacyState.UNKNOWN)
    if not facts.is_processed:
        return PrivacyFinding(PrivacyState.NOT_NEEDED)
    held = {row.party for row in facts.agreed}
    needed = _needed(facts, held)
    without = tuple(party for party in needed if party not in held)
    if not held:
        return PrivacyFinding(PrivacyState.MISSING, without)
    if without:
        return PrivacyFinding(PrivacyState.PARTLY, without)
    early = tuple(party for party in needed if _ends_early(facts, party, today))
    if early:
        return PrivacyFinding(PrivacyState.ENDS_EARLY, early)
    return PrivacyFinding(PrivacyState.COVERED)


def _needed(facts: PrivacyFacts, held: set[str]) -> tuple[str, ...]:
    """Who needs an agreement: the partner for all of them, or else each who carries out."""
    if facts.partner and (facts.partner in held or not facts.parties):
        return (facts.partner,)
    return tuple(dict.fromkeys(facts.parties))


def _ends_early(facts: PrivacyFacts, party: str, today: datetime.date) -> bool:
    ends = [row.ends_on for row in facts.agreed if row.party == party]
    known = [day for day in ends if day is not None]
    if len(known) < len(ends):
        return False
    last = facts.ends_on or today
    return max(known) < last
