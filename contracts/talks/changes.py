"""What the history of a talk, an action point and a rhythm calls its parts, and what it keeps."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from accounts.history import Describe, Part, Whole, key_of
from contracts.models import (
    ActionPoint,
    Contract,
    Meeting,
    MeetingPoint,
    MeetingRhythm,
)
from core.wording import Told, told

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Meeting: (
        *("kind", "title", "day", "starts_at", "place"),
        *("contracts", "partners", "is_shared"),
    ),
    MeetingPoint: ("title", "text", "raised_by", "minutes"),
    ActionPoint: ("kind", "text", "user", "organisation", "between", "due_on"),
    MeetingRhythm: ("from_year", "official", "executive", "reason"),
}
KINDS: dict[type[models.Model], str] = {
    Meeting: "gegevens",
    MeetingPoint: "agendapunt",
    ActionPoint: "actiepunt",
    MeetingRhythm: "overlegritme",
}
ATTENDANCE = "wie erbij was"


def _labels(model: type[models.Model]) -> dict[str, str]:
    return {
        name: str(capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name))))
        for name in COLUMNS[model]
    }


def _describe(row: models.Model, *, whole: Whole) -> tuple[Part, Told]:
    model = type(row)
    part = Part(whole, key_of(row), KINDS[model], str(row)[:300])
    return part, told(row, _labels(model))


def whole_of_meeting(meeting: Meeting) -> Whole:
    page = reverse("meeting_history", args=[meeting.pk])
    return Whole(key_of(meeting), meeting.title, page, is_private=True)


def of_meeting(meeting: Meeting) -> Describe:
    """Describes the talk and its points. Four queries at most."""
    return partial(_describe, whole=whole_of_meeting(meeting))


def of_new_meeting(row: models.Model) -> tuple[Part, Told]:
    """Describes a talk that was just added."""
    assert isinstance(row, Meeting)  # noqa: S101 - a talk is a whole of its own
    return of_meeting(row)(row)


def of_action(row: models.Model) -> tuple[Part, Told]:
    """Describes an action point, in the history of its own. Four queries at most."""
    page = reverse("action_history", args=[row.pk])
    return _describe(row, whole=Whole(key_of(row), str(row), page, is_private=True))


def of_rhythm(contract: Contract) -> Describe:
    """Describes a rhythm, in the history of its contract."""
    page = reverse("contract_history", args=[contract.slug])
    return partial(_describe, whole=Whole(key_of(contract), contract.title, page))


def attendance_part(meeting: Meeting) -> Part:
    """The list of who was there, which is written as a whole."""
    key = f"attendance-{meeting.pk}"
    return Part(whole_of_meeting(meeting), key, ATTENDANCE, ATTENDANCE)
