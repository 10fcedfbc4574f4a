"""How far the members of a coalition are with their parts of a draft."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from contracts.terms import MemberTerms, Terms
from reporting.models import ReadyPart, Report
from reporting.parts import Part
from reporting.sheet import Section


@dataclass(frozen=True)
class PartState:
    """The part of one member: how many blocks hold something, and who said when it was ready.

    What was written after that makes it a draft again: ``is_ready`` is derived, never stored.
    """

    member: MemberTerms
    filled: int
    edited_at: datetime.datetime | None
    ready_at: datetime.datetime | None
    ready_by: User | None

    @property
    def is_ready(self) -> bool:
        if self.ready_at is None:
            return False
        return self.edited_at is None or self.edited_at <= self.ready_at


def states_of(report: Report, terms: Terms, sections: Sequence[Section]) -> list[PartState]:
    """The state of each member's part, in the order of the contract. Two queries, or none where
    nobody contributes."""
    if not terms.members:
        return []
    edited = dict(report.answers.values_list("key", "edited_at"))
    said: dict[int, ReadyPart] = {
        each.organisation_id: each for each in report.ready_parts.select_related("ready_by")
    }
    return [_state(member, sections, edited, said.get(member.id)) for member in terms.members]


def _state(
    member: MemberTerms,
    sections: Sequence[Section],
    edited: dict[str, datetime.datetime],
    said: ReadyPart | None,
) -> PartState:
    part = Part(frozenset({member.id}))
    own = part.of(sections)
    moments = [edited[key] for key in part.keys(own, ()) if key in edited]
    return PartState(
        member,
        sum(section.filled for section in own),
        max(moments, default=None),
        said.ready_at if said else None,
        said.ready_by if said else None,
    )
