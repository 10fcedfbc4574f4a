"""Transitions of an edition: draft -> judged -> adopted -> published, and never back.

Each is compare-and-set in one transaction and writes an append-only event. Nothing else assigns the
status of a monitor (a test greps for it).
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from agenda.constants import Origin
from core.transactions import Overtaken, one_moment
from monitor.constants import MonitorStatus
from monitor.documents import request_document
from monitor.models import (
    Bottleneck,
    Challenge,
    Judgement,
    Monitor,
    MonitorEvent,
    MonitorNote,
    OtherParty,
    Snapshot,
)
from monitor.snapshots import freeze


class TransitionError(ValidationError):
    """The edition is not in the state that the step starts from; the message says what to do."""


BEFORE = {
    MonitorStatus.JUDGED: MonitorStatus.DRAFT,
    MonitorStatus.ADOPTED: MonitorStatus.JUDGED,
    MonitorStatus.PUBLISHED: MonitorStatus.ADOPTED,
}
MISSING_STEP = {
    MonitorStatus.JUDGED: "Deze monitor is al beoordeeld.",
    MonitorStatus.ADOPTED: (
        "Het college kan deze monitor nu niet vaststellen: eerst moet hij beoordeeld zijn, en "
        "vaststellen kan één keer."
    ),
    MonitorStatus.PUBLISHED: (
        "Deze monitor kan nu niet aan de raad worden aangeboden: eerst stelt het college hem vast, "
        "en aanbieden kan één keer."
    ),
}
# What publishing closes: nobody writes in it while it is frozen (settings.LOCKED_ROWS after that).
CLOSED = (
    Judgement,
    Bottleneck,
    MonitorNote,
    OtherParty,
    Challenge,
    Challenge.goals.through,
)


def _move(monitor: Monitor, to: MonitorStatus, *, user: User | None, note: str = "") -> None:
    if monitor.origin == Origin.SYSTEM and user is None:
        raise TransitionError("Een besluit in dit systeem heeft iemand die het neemt.")
    moved = Monitor.objects.filter(pk=monitor.pk, status=BEFORE[to]).update(status=to)
    if moved != 1:
        raise TransitionError(MISSING_STEP[to])
    MonitorEvent.objects.create(
        monitor=monitor,
        from_status=BEFORE[to],
        to_status=to,
        origin=monitor.origin,
        actor=user,
        note=note,
    )
    monitor.refresh_from_db(fields=["status"])


def mark_judged(monitor: Monitor, *, user: User | None) -> None:
    """All goals have a verdict; the edition goes to the college.

    Raises ``TransitionError`` when it is not a draft or a goal still lacks a verdict.
    """
    with transaction.atomic():
        if monitor.judges_goals:
            open_goals = monitor.judgements.filter(verdict__isnull=True).count()
            if open_goals or not monitor.judgements.exists():
                raise TransitionError(
                    f"Nog niet alle doelen hebben een oordeel: {open_goals} te gaan."
                    if open_goals
                    else "Deze monitor heeft nog geen doelen om te beoordelen."
                )
        _move(monitor, MonitorStatus.JUDGED, user=user)


def adopt(monitor: Monitor, *, user: User | None, note: str = "") -> None:
    """The college adopts a judged edition. Raises ``TransitionError``."""
    with transaction.atomic():
        _move(monitor, MonitorStatus.ADOPTED, user=user, note=note)


def publish(monitor: Monitor, *, user: User | None, note: str = "") -> Snapshot:
    """Offer an adopted edition to the council: freeze version 1 of its content, and ask for the
    council document (a worker builds it after the commit).

    What is frozen is the content of one moment. An edit of what publishing closes waits for it, and
    is refused then; any other edit is in it as a whole or not at all.

    Raises ``TransitionError`` without adoption, when published before, and when somebody takes a
    step with the same edition at the same moment; nothing changes then.
    """
    try:
        with one_moment(still=CLOSED):
            _move(monitor, MonitorStatus.PUBLISHED, user=user, note=note)
            monitor.refresh_from_db()  # the rest of it was read before this moment
            snapshot = freeze(monitor, release=settings.VERSION)
            request_document(snapshot)
            return snapshot
    except Overtaken as overtaken:
        raise TransitionError(MISSING_STEP[MonitorStatus.PUBLISHED]) from overtaken
