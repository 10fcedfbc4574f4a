"""What the pages tell of talks, action points and decisions, as plain data. No query: the rows come
from ``access``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format

from agenda.story import Story
from contracts.models import (
    ActionPoint,
    Attendance,
    Contract,
    Decision,
    Meeting,
    MeetingRhythm,
)
from contracts.talk_constants import MeetingKind, Presence
from contracts.talks.rules import Counted, Raised, Rhythm, rhythm_in


def partners_of(meeting: Meeting) -> list[str]:
    """The names of the partners of a talk, each once, by name."""
    names = {row.name for row in meeting.partners.all()}
    names |= {row.partner.name for row in meeting.contracts.all() if row.partner}
    return sorted(names)


def warning_of(meeting: Meeting, today: datetime.date) -> str:
    """What asks for attention: minutes that are missing, or a day that went by."""
    if meeting.is_held:
        return "Het verslag is nog niet vastgesteld."
    if meeting.is_planned and meeting.day < today:
        return "Deze dag is voorbij. Is het overleg gehouden of vervallen?"
    return ""


def meeting_rows(meetings: Iterable[Meeting], today: datetime.date) -> list[Story]:
    """Talks in short; they were read with ``access.listed``."""
    return [_row(meeting, today) for meeting in meetings]


def _row(meeting: Meeting, today: datetime.date) -> Story:
    return {
        "meeting": meeting,
        "kind": str(meeting.get_kind_display()),
        "partners": partners_of(meeting),
        "warning": warning_of(meeting, today),
    }


def meeting_page(meeting: Meeting, today: datetime.date) -> Story:
    """All that is told of a talk; it was read with ``access.whole``."""
    attendance = list(meeting.attendance.all())
    return {
        **_row(meeting, today),
        "contracts": list(meeting.contracts.all()),
        "points": list(meeting.points.all()),
        "attendance": _by_presence(attendance),
        "actions": action_rows(meeting.actions.all(), today),
        "decisions": decision_rows(meeting.decisions.all()),
        "events": list(meeting.events.all()),
        "notes": list(meeting.notes.all()),
    }


def _by_presence(rows: list[Attendance]) -> list[Story]:
    """Who was there first, then who was not, and who was not involved."""
    order = (Presence.PRESENT, Presence.ABSENT, Presence.INVITED, Presence.NOT_INVOLVED)
    return [
        {"label": str(presence.label).capitalize(), "rows": held}
        for presence in order
        if (held := [row for row in rows if row.presence == presence])
    ]


def action_rows(actions: Iterable[ActionPoint], today: datetime.date) -> list[Story]:
    """Action points with what became of them; they were read with ``access.told_actions``."""
    return [_action(row, today) for row in actions]


def _action(row: ActionPoint, today: datetime.date) -> Story:
    events = list(row.events.all())
    last = events[-1] if events else None
    return {
        "action": row,
        "owner": str(row.user or row.organisation),
        "between": sorted(one.name for one in row.between.all()),
        "is_overdue": row.is_open and row.due_on < today,
        "ending": last,
    }


def decision_rows(decisions: Iterable[Decision]) -> list[Story]:
    """Decisions; they were read with ``access.told_decisions``."""
    return [
        {
            "decision": row,
            "kind": str(row.get_kind_display()),
            "contracts": list(row.contracts.all()),
            "goals": list(row.goals.all()),
            "kpis": list(row.kpis.all()),
            "replaced_by": getattr(row, "replaced_by", None),
        }
        for row in decisions
    ]


# -- a year of a contract --------------------------------------------------------------------------
def rhythm_of(contract: Contract, rhythms: Iterable[MeetingRhythm], year: int) -> Rhythm:
    """How often is met about ``contract`` in ``year``."""
    return rhythm_in(
        year,
        official=contract.official_meetings,
        executive=contract.executive_meetings,
        raised=[Raised(row.from_year, row.official, row.executive) for row in rhythms],
    )


def counted(meetings: Iterable[Meeting], kind: MeetingKind) -> Counted:
    """How many talks of ``kind`` took place, and how many are still planned."""
    rows = [meeting for meeting in meetings if meeting.kind == kind]
    return Counted(
        held=sum(row.took_place for row in rows), planned=sum(row.is_planned for row in rows)
    )


def months(meetings: Iterable[Meeting], year: int, today: datetime.date) -> list[Story]:
    """The twelve months of ``year``, each with its talks by day."""
    rows = meeting_rows(meetings, today)
    return [
        {
            "name": date_format(datetime.date(year, month, 1), "F"),
            "is_now": (year, month) == (today.year, today.month),
            "rows": [row for row in rows if row["meeting"].day.month == month],
        }
        for month in range(1, 13)
    ]


def needed(rhythm: Rhythm, meetings: list[Meeting]) -> list[Story]:
    """Each kind that counts: how many a year, how many there were and how many are to come."""
    found: list[Story] = []
    for kind, number in (
        (MeetingKind.OFFICIAL, rhythm.official),
        (MeetingKind.EXECUTIVE, rhythm.executive),
    ):
        held = counted(meetings, kind)
        found.append(
            {
                "label": str(kind.label).capitalize(),
                "needed": number,
                "counted": held,
                "is_met": held.held >= number,
                "short": max(0, number - held.held - held.planned),
            }
        )
    return found


def context_of(meeting: Meeting, **more: Any) -> dict[str, Any]:
    """What every page about ``meeting`` shows around its form."""
    return {"meeting": meeting, **more}
