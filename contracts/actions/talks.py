"""What may be done to a talk: planned -> held -> its minutes laid down, or called off.

Each step is compare-and-set in one transaction and writes an append-only event. The row of the
talk is held until its transaction ends, so that writing and laying down come one after the other.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import history, trail
from accounts.models import Organisation, User
from contracts.actions.locks import NotEditable
from contracts.changes import lines_of
from contracts.fingerprint import fingerprint
from contracts.models import (
    ActionEvent,
    ActionPoint,
    Attendance,
    CalendarFeed,
    CollegeNote,
    Contract,
    Decision,
    Meeting,
    MeetingEvent,
    MeetingPoint,
    MeetingRhythm,
)
from contracts.talk_constants import ActionStatus, MeetingStatus, Presence
from contracts.talks.changes import (
    attendance_part,
    of_action,
    of_meeting,
    of_new_meeting,
    of_rhythm,
)
from contracts.talks.mails import tell_action, tell_college
from core.edits import RevisedForm
from core.refusals import refusal

Rows = Sequence[Mapping[str, Any]]

NOTHING_KEPT = "Wat u typte, staat hieronder nog, maar is niet bewaard."
GONE = f"Dit overleg is intussen verwijderd. {NOTHING_KEPT}"
RECORDED = (
    f"Het verslag van dit overleg is vastgesteld. Er verandert niets meer aan. {NOTHING_KEPT}"
)
CANCELLED = f"Dit overleg is vervallen. {NOTHING_KEPT}"
TWIN = "Dit overleg staat er al. Ga ermee verder vanuit de lijst."
POINT_TWIN = "Dit punt staat al op de agenda."
ACTION_TWIN = "Dit actiepunt staat er al."
DECISION_TWIN = "Dit besluit van deze dag is al vastgelegd."
NOT_YET = "Deze dag is nog niet geweest. Leg daarna vast dat het overleg is gehouden."
NOT_PLANNED = "Dit overleg is niet meer gepland. Bekijk eerst hoe het er nu voor staat."
NOT_HELD = "Leg eerst vast dat het overleg is gehouden."
NO_MINUTES = "Er staat nog bij geen enkel agendapunt een verslag."
NOBODY = "Leg eerst vast wie erbij was."
CLOSED_ACTION = f"Dit actiepunt is intussen afgerond. {NOTHING_KEPT}"
OTHER_STATE = "Iemand anders veranderde intussen de stand van dit actiepunt. Bekijk het opnieuw."


# -- locks -----------------------------------------------------------------------------------------
def _lock(meeting: Meeting) -> Meeting:
    """The talk as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = Meeting.objects.select_for_update().filter(pk=meeting.pk).order_by("pk").first()
    if held is None:
        raise NotEditable(GONE)
    return held


def _lock_open(meeting: Meeting) -> Meeting:
    held = _lock(meeting)
    if held.status == MeetingStatus.RECORDED:
        raise NotEditable(RECORDED)
    if held.status == MeetingStatus.CANCELLED:
        raise NotEditable(CANCELLED)
    return held


@contextlib.contextmanager
def _no_twin(message: str) -> Iterator[None]:
    """Somebody added the same at the same moment: the form saw no twin, the database does."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=message)) from error


def _move(
    meeting: Meeting,
    to: MeetingStatus,
    *,
    user: User,
    at: datetime.datetime | None,
    note: str = "",
    **columns: Any,
) -> MeetingEvent:
    before = meeting.status
    rows = Meeting.objects.filter(pk=meeting.pk, status=before)
    if rows.update(status=to, revision=F("revision") + 1, **columns) != 1:
        raise NotEditable(NOT_PLANNED)
    meeting.status, meeting.revision = to, meeting.revision + 1
    return MeetingEvent.objects.create(
        meeting=meeting,
        from_status=before,
        to_status=to,
        actor=user,
        note=note,
        at=at or timezone.now(),
    )


# -- the talk --------------------------------------------------------------------------------------
def create_meeting(form: RevisedForm, *, user: User) -> Meeting:
    """A new talk, planned. The form is valid. Raises ``NotEditable`` when it is there already: a
    second click makes no second one."""
    with transaction.atomic(), _no_twin(TWIN):
        meeting: Meeting = form.instance
        form.save()
        history.added(meeting, of_new_meeting, user=user)
    return meeting


def save_meeting(form: RevisedForm, *, user: User) -> bool:
    """Write the particulars, until the minutes are laid down. False when another wrote first."""
    meeting: Meeting = form.instance
    with transaction.atomic(), _no_twin(TWIN):
        _lock_open(meeting)
        return history.save(form, of_meeting(meeting), user=user)


def hold(
    meeting: Meeting,
    *,
    user: User,
    today: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> MeetingEvent:
    """planned -> held, from the day itself on. Raises ``NotEditable``."""
    with transaction.atomic():
        held = _lock(meeting)
        if not held.is_planned:
            raise NotEditable(NOT_PLANNED)
        if held.day > (today or timezone.localdate()):
            raise NotEditable(NOT_YET)
        return _move(held, MeetingStatus.HELD, user=user, at=at)


def cancel(
    meeting: Meeting, *, reason: str, user: User, at: datetime.datetime | None = None
) -> MeetingEvent:
    """planned, or held by mistake -> called off, with a reason. Raises ``NotEditable``."""
    with transaction.atomic():
        held = _lock_open(meeting)
        to = MeetingStatus.CANCELLED
        return _move(held, to, user=user, at=at, note=reason, reason=reason)


def not_ready(meeting: Meeting) -> list[str]:
    """What is still missing before the minutes can be laid down. Two queries."""
    missing = []
    if not meeting.attendance.filter(presence=Presence.PRESENT).exists():
        missing.append(NOBODY)
    if not meeting.points.exclude(minutes="").exists():
        missing.append(NO_MINUTES)
    return missing


def record(
    meeting: Meeting, *, seen: str, user: User, at: datetime.datetime | None = None
) -> MeetingEvent:
    """held -> minutes laid down: nothing of the talk changes any more.

    ``seen`` is the mark of what was read (``mark_of``). Raises ``NotEditable`` with all that is
    missing, or when something was written after it was read.
    """
    with transaction.atomic():
        held = _lock(meeting)
        if not held.is_held:
            raise NotEditable(NOT_HELD)
        if mark_of(held) != seen:
            raise NotEditable("Het verslag is intussen gewijzigd. Lees het opnieuw.")
        if missing := not_ready(held):
            raise NotEditable(missing)
        return _move(held, MeetingStatus.RECORDED, user=user, at=at)


def mark_of(meeting: Meeting) -> str:
    """A mark that changes with the minutes and with who was there. Two queries."""
    points = meeting.points.order_by("pk").values("pk", "revision")
    there = meeting.attendance.order_by("order", "pk")
    return fingerprint([*points, *there.values("who", "organisation", "presence", "note")])


# -- agenda and minutes ----------------------------------------------------------------------------
def save_point(form: RevisedForm, meeting: Meeting, *, user: User) -> bool:
    """Write a point, new or there already. False when another wrote meanwhile."""
    with transaction.atomic(), _no_twin(POINT_TWIN):
        held = _lock_open(meeting)
        form.instance.meeting = held
        return history.save(form, of_meeting(held), user=user)


def raise_point(
    meeting: Meeting, *, title: str, text: str, organisation: Organisation, user: User
) -> MeetingPoint:
    """A partner puts a point on the agenda of a talk to come. Raises ``NotEditable``."""
    with transaction.atomic(), _no_twin(POINT_TWIN):
        held = _lock(meeting)
        if not held.is_planned:
            raise NotEditable("Dit overleg is al geweest of vervallen. Vraag de gemeente ernaar.")
        made = MeetingPoint.objects.create(
            meeting=held, title=title, text=text, raised_by=organisation
        )
        history.added(made, of_meeting(held), user=user)
        return made


def remove_point(point: MeetingPoint, meeting: Meeting, *, user: User) -> None:
    """Take a point away; the history keeps it. Raises ``NotEditable``."""
    with transaction.atomic():
        held = _lock_open(meeting)
        there = MeetingPoint.objects.filter(pk=point.pk, meeting=held).first()
        if there is None:
            return  # a second click
        history.removed(there, of_meeting(held), user=user)
        there.delete()


def replace_attendance(
    meeting: Meeting, *, held: Callable[[], Rows], seen: str, rows: Rows, user: User
) -> bool:
    """Put ``rows`` in the place of who is on the list; False when the list was changed meanwhile.

    Raises ``NotEditable``.
    """
    with transaction.atomic():
        locked = _lock_open(meeting)
        before = held()
        now = fingerprint(before)
        if now == fingerprint(rows):
            return True  # a second click on the same page
        if now != seen:
            return False
        locked.attendance.all().delete()
        Attendance.objects.bulk_create(
            Attendance(meeting=locked, order=order, **row)
            for order, row in enumerate(rows, start=1)
        )
        said, says = lines_of(Attendance, before), lines_of(Attendance, rows)
        history.note(attendance_part(locked), said, says, user=user)
    return True


# -- action points ---------------------------------------------------------------------------------
def save_action(form: RevisedForm, *, user: User) -> bool:
    """Write an action point, new or open still, and tell who becomes its owner.

    False when another wrote meanwhile. Raises ``NotEditable``.
    """
    action: ActionPoint = form.instance
    with transaction.atomic(), _no_twin(ACTION_TWIN):
        before = None
        if action.pk is not None:
            held = _lock_action(action, ActionStatus.OPEN, CLOSED_ACTION)
            before = (held.user_id, held.organisation_id)
        saved = history.save(form, of_action, user=user)
        if saved and before != (action.user_id, action.organisation_id):
            tell_action(action, by=user)
        return saved


def _lock_action(action: ActionPoint, status: str, otherwise: str) -> ActionPoint:
    rows = ActionPoint.objects.select_for_update().filter(pk=action.pk)
    held = rows.order_by("pk").first()
    if held is None or held.status != status:
        raise NotEditable(otherwise)
    return held


def move_action(
    action: ActionPoint,
    to: ActionStatus,
    *,
    seen: str,
    note: str,
    user: User,
    at: datetime.datetime | None = None,
) -> ActionEvent:
    """Finish, drop or open an action point again; ``seen`` is the state that the page showed.

    Raises ``NotEditable`` when it stands otherwise by now: a second click does it once.
    """
    with transaction.atomic(), _no_twin(ACTION_TWIN):
        held = _lock_action(action, seen, OTHER_STATE)
        if held.status == to:
            raise NotEditable(OTHER_STATE)
        rows = ActionPoint.objects.filter(pk=held.pk, status=seen)
        if rows.update(status=to, revision=F("revision") + 1) != 1:
            raise NotEditable(OTHER_STATE)
        return ActionEvent.objects.create(
            action=held,
            from_status=seen,
            to_status=to,
            actor=user,
            note=note,
            at=at or timezone.now(),
        )


# -- decisions and the college ---------------------------------------------------------------------
def decide(form: Any, *, user: User, after: Callable[[Decision], None] | None = None) -> Decision:
    """Lay a decision down, for good; ``after`` runs in the same transaction.

    The form is valid. Raises ``NotEditable`` when it was laid down or replaced already.
    """
    with transaction.atomic(), _no_twin(DECISION_TWIN):
        decision: Decision = form.instance
        decision.actor = user
        form.save()
        if after is not None:
            after(decision)
    return decision


def note_college(
    meeting: Meeting,
    *,
    text: str,
    seen: int | None,
    user: User,
    at: datetime.datetime | None = None,
) -> CollegeNote:
    """Send a short note about a talk to the college, and keep it.

    ``seen`` is how many notes there were when the page was opened. Raises ``NotEditable``: a second
    click sends nothing.
    """
    with transaction.atomic(), _no_twin("Dit bericht is al verstuurd."):
        held = _lock(meeting)
        number = held.notes.count()
        if number != seen:
            raise NotEditable("Intussen is er een bericht verstuurd. Bekijk dat eerst.")
        if held.is_cancelled:
            raise NotEditable(CANCELLED)
        made = CollegeNote.objects.create(
            meeting=held, number=number + 1, text=text, actor=user, at=at or timezone.now()
        )
        tell_college(made)
        return made


# -- rhythm and calendar ---------------------------------------------------------------------------
def save_rhythm(form: RevisedForm, contract: Contract, *, user: User) -> bool:
    """Write how often is met from a year on. False when another wrote meanwhile."""
    with transaction.atomic(), _no_twin("Vanaf dit jaar geldt al een ritme. Wijzig dat."):
        rhythm: MeetingRhythm = form.instance
        rhythm.contract = contract
        return history.save(form, of_rhythm(contract), user=user)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_feed(user: User) -> str:
    """A new secret for the calendar of ``user``; the former one opens nothing any more.

    The secret is shown once: only its hash is kept.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarFeed.objects.update_or_create(
            user=user, defaults={"digest": digest_of(token), "made_at": timezone.now()}
        )
        trail.record("calendar_address_made", actor=user)
    return token


def end_feed(user: User) -> None:
    """From now on no calendar may ask for the talks of ``user``."""
    with transaction.atomic():
        gone, _by_model = CalendarFeed.objects.filter(user=user).delete()
        if gone:
            trail.record("calendar_address_ended", actor=user)
