"""A talk, and each of its parts, that breaks one rule: by the name of the constraint."""

from __future__ import annotations

from typing import Any

from contracts.models import ActionEvent, ActionPoint, CollegeNote, Decision, MeetingEvent
from tests.constraints import Spoilt, spoil, spoilt, twin
from tests.factories_agenda import PartnerFactory
from tests.factories_talks import (
    DAY,
    ActionPointFactory,
    AttendanceFactory,
    CollegeNoteFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingPointFactory,
    MeetingRhythmFactory,
    manager,
)


def meeting_event() -> MeetingEvent:
    return MeetingEvent(
        meeting=MeetingFactory.create(), from_status="planned", to_status="droom", actor=manager()
    )


def action_event() -> ActionEvent:
    """Dropped without a reason."""
    return ActionEvent(
        action=ActionPointFactory.create(), from_status="open", to_status="dropped", actor=manager()
    )


def decision(**changes: Any) -> Spoilt:
    """A decision that is new: one that stands there is never changed."""
    says: dict[str, Any] = {
        "kind": "money",
        "title": "Het budget gaat omhoog",
        "reason": "De vraag groeide.",
        "decided_on": DAY,
        "decided_by": "het college",
    }
    return lambda: Decision(**says | changes, actor=manager())


def second_decision() -> Decision:
    DecisionFactory.create(title="Meer budget")
    return Decision(
        kind="money",
        title="MEER budget",
        reason="De vraag groeide.",
        decided_on=DAY,
        decided_by="het college",
        actor=manager(),
    )


def second_note() -> CollegeNote:
    first = CollegeNoteFactory.create()
    return CollegeNote(meeting=first.meeting, number=1, text="Nog een bericht.", actor=manager())


def empty_note() -> CollegeNote:
    return CollegeNote(meeting=MeetingFactory.create(), number=1, text="", actor=manager())


def loose_twin() -> ActionPoint:
    ActionPointFactory.create(meeting=None, text="Bel elkaar")
    return spoil(ActionPointFactory.create(meeting=None), text="BEL elkaar")  # type: ignore[return-value]


TALKS: dict[str, Spoilt] = {
    "contracts_rhythm_year_unique": twin(MeetingRhythmFactory, "contract", "from_year"),
    "contracts_rhythm_least": spoilt(MeetingRhythmFactory, official=1),
    "contracts_rhythm_reason": spoilt(MeetingRhythmFactory, reason=""),
    "contracts_meeting_kind": spoilt(MeetingFactory, kind="borrel"),
    "contracts_meeting_status": spoilt(MeetingFactory, status="slaapt"),
    "contracts_meeting_unique": twin(MeetingFactory, "title", "day", "kind"),
    "contracts_meeting_cancelled_with_reason": spoilt(MeetingFactory, reason="Zomaar."),
    "contracts_meeting_event_words": meeting_event,
    "contracts_attendance_presence": spoilt(AttendanceFactory, presence="misschien"),
    "contracts_attendance_who": spoilt(AttendanceFactory, who=""),
    "contracts_meeting_point_unique": twin(MeetingPointFactory, "meeting", "title"),
    "contracts_meeting_point_says": spoilt(MeetingPointFactory, title=""),
    "contracts_action_words": spoilt(ActionPointFactory, kind="wens"),
    "contracts_action_one_owner": lambda: spoil(
        ActionPointFactory.create(), organisation=PartnerFactory.create()
    ),
    "contracts_action_says": spoilt(ActionPointFactory, text=""),
    "contracts_action_unique": twin(ActionPointFactory, "meeting", "text"),
    "contracts_action_loose_unique": loose_twin,
    "contracts_action_event_words": action_event,
    "contracts_decision_kind": decision(kind="droom"),
    "contracts_decision_says": decision(reason=""),
    "contracts_decision_unique": second_decision,
    "contracts_college_note_number_unique": second_note,
    "contracts_college_note_says": empty_note,
}
