"""Mails about action points and talks: one per occasion and receiver, through the outbox."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts.access import holders_of
from accounts.constants import Role
from accounts.models import User
from contracts.models import ActionPoint, CollegeNote
from core.outbox import queue_mail
from core.wording import in_words

AHEAD = datetime.timedelta(days=7)
WRITERS = (Role.REPORTER, Role.SIGNATORY)


def owners_of(action: ActionPoint) -> list[User]:
    """Who hears of an action point: its owner, or who writes for the organisation that owns it."""
    if action.user is not None:
        return [action.user] if action.user.is_active else []
    return list(holders_of(*WRITERS, organisation=action.organisation))


def tell_action(action: ActionPoint, *, by: User) -> None:
    """An action point, to who becomes its owner; nobody is told what he wrote himself."""
    text = (
        f"U bent eigenaar van een actiepunt.\n\n{action.text}\n\n"
        f"Klaar uiterlijk op {in_words(action.due_on)}.\n\n{_where(action)}\n"
    )
    receivers = [user for user in owners_of(action) if user.pk != by.pk]
    _send(receivers, "Een actiepunt voor u", text, f"action-owner-{action.pk}-{action.revision}")


def remind_action(action: ActionPoint, *, late: bool) -> None:
    """A reminder before the day, and one after it; each once for each day that was agreed."""
    day = in_words(action.due_on)
    first = f"Dit moest op {day} klaar zijn." if late else f"Dit moet op {day} klaar zijn."
    text = f"{first}\n\n{action.text}\n\n{_where(action)}\n"
    subject = "Een actiepunt is over tijd" if late else "Een actiepunt dat binnenkort klaar moet"
    key = f"action-{'late' if late else 'due'}-{action.pk}-{action.due_on.isoformat()}"
    _send(owners_of(action), subject, text, key)


def remind_actions(today: datetime.date) -> int:
    """Mail about every open action point that is due within a week, or late; how many there are.

    The outbox sends each occasion once to each receiver, however often this runs.
    """
    rows = ActionPoint.objects.open().filter(due_on__lte=today + AHEAD)
    found = list(rows.select_related("user", "organisation").order_by("pk"))
    for action in found:
        remind_action(action, late=action.due_on < today)
    return len(found)


def tell_college(note: CollegeNote) -> None:
    text = (
        f"Over het overleg ‘{note.meeting.title}’ van {in_words(note.meeting.day)}:\n\n"
        f"{note.text}\n\nTeruglezen: {_address('college_note_list')}\n"
    )
    subject = f"Bericht over een overleg: {note.meeting.title}"
    _send(holders_of(Role.COLLEGE), subject, text, f"college-note-{note.pk}")


def _where(action: ActionPoint) -> str:
    name = "portal_talks" if action.organisation_id else "action_list"
    return f"Bekijken en afronden: {_address(name)}"


def _address(name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name)}"


def _send(users: Iterable[User], subject: str, text: str, key: str) -> None:
    for user in users:
        queue_mail(to=user.email, subject=subject, text=text, key=f"{key}-{user.pk}")
