"""The doors to talks: what is not for somebody answers as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404

from accounts.access import partner_roles, roles_of
from accounts.constants import OFFICER_ROLES, Role
from accounts.models import Organisation, User
from contracts.actions.talks import digest_of
from contracts.models import (
    ActionEvent,
    ActionPoint,
    Attendance,
    CalendarFeed,
    Decision,
    Meeting,
    MeetingEvent,
    MeetingPoint,
)
from contracts.talk_querysets import ActionPointQuerySet, DecisionQuerySet, MeetingQuerySet

#: Who works with talks reads them, who audits that work, and the college.
READERS = tuple(sorted({*OFFICER_ROLES, Role.COLLEGE}))
WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)

NO_MEETING = "Dit overleg is er niet."
NO_ACTION = "Dit actiepunt is er niet."
NO_DECISION = "Dit besluit is er niet."


def listed(rows: MeetingQuerySet) -> MeetingQuerySet:
    """``rows`` as a list tells them: three queries, however many there are."""
    return rows.prefetch_related("contracts__partner", "partners")


def told_actions(rows: ActionPointQuerySet) -> ActionPointQuerySet:
    """``rows`` with their owner, talk and what became of them: three queries."""
    last = ActionEvent.objects.order_by("pk").select_related("actor")
    return rows.select_related("user", "organisation", "meeting").prefetch_related(
        "between", Prefetch("events", last)
    )


def told_decisions(rows: DecisionQuerySet) -> DecisionQuerySet:
    """``rows`` with what they are about: four queries, however many there are."""
    return rows.select_related(
        "meeting", "project", "replaces", "replaced_by", "actor"
    ).prefetch_related("contracts__partner", "goals__theme__version__agenda", "kpis__contract")


def whole(rows: MeetingQuerySet) -> MeetingQuerySet:
    """``rows`` with all that is told of a talk: thirteen queries."""
    return listed(rows).prefetch_related(
        Prefetch("points", MeetingPoint.objects.order_by("pk").select_related("raised_by")),
        Prefetch("attendance", Attendance.objects.select_related("organisation")),
        Prefetch("actions", told_actions(ActionPoint.objects.by_term())),
        Prefetch("decisions", told_decisions(Decision.objects.newest_first())),
        Prefetch("events", MeetingEvent.objects.order_by("pk").select_related("actor")),
        "notes__actor",
    )


def whole_meeting_or_404(pk: int) -> Meeting:
    """A talk with all that is told of it. Raises ``Http404``."""
    meeting = whole(Meeting.objects.filter(pk=pk)).first()
    if meeting is None:
        raise Http404(NO_MEETING)
    return meeting


def meeting_or_404(pk: int) -> Meeting:
    """A talk to work on. Raises ``Http404``. One query."""
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None:
        raise Http404(NO_MEETING)
    return meeting


def point_or_404(meeting: Meeting, pk: int) -> MeetingPoint:
    """A point of ``meeting``. Raises ``Http404``. One query."""
    point = MeetingPoint.objects.filter(meeting=meeting, pk=pk).first()
    if point is None:
        raise Http404("Dit agendapunt is er niet, of het is verwijderd.")
    return point


def action_or_404(pk: int) -> ActionPoint:
    """An action point. Raises ``Http404``. Four queries."""
    action = told_actions(ActionPoint.objects.filter(pk=pk)).first()
    if action is None:
        raise Http404(NO_ACTION)
    return action


def decision_or_404(pk: int) -> Decision:
    """A decision with what it is about. Raises ``Http404``. Four queries."""
    decision = told_decisions(Decision.objects.filter(pk=pk)).first()
    if decision is None:
        raise Http404(NO_DECISION)
    return decision


# -- the portal ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Guest:
    """Somebody of a partner: for which organisations, and in which of them as one who writes."""

    user: User
    organisations: tuple[Organisation, ...]
    writing: tuple[Organisation, ...]

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.organisations]


def guest(user: User | AnonymousUser) -> Guest:
    """For whom ``user`` works today. Raises ``PermissionDenied`` for nobody. One query, and one for
    each step of organisations that went on under another."""
    held = partner_roles(user)
    if not held or not isinstance(user, User):
        raise PermissionDenied("Deze bladzijde is voor partners van de gemeente.")
    writing = [organisation for organisation, roles in held.values() if roles - {Role.READER}]
    return Guest(user, tuple(organisation for organisation, _ in held.values()), tuple(writing))


def shared_meeting_or_404(who: Guest, pk: int) -> Meeting:
    """A talk that a partner may read, with all that is told of it. Raises ``Http404``."""
    meeting = whole(Meeting.objects.shared_with(who.keys).filter(pk=pk)).first()
    if meeting is None:
        raise Http404(NO_MEETING)
    return meeting


def writing_for(who: Guest, meeting: Meeting) -> Organisation:
    """For which organisation somebody writes at this talk. Raises ``PermissionDenied``. At most one
    query for each organisation."""
    for organisation in who.writing:
        if Meeting.objects.shared_with([organisation.pk]).filter(pk=meeting.pk).exists():
            return organisation
    raise PermissionDenied("U leest mee. Vraag uw rapporteur of tekenbevoegde om dit te doen.")


def own_action_or_404(who: Guest, pk: int) -> ActionPoint:
    """An action point of one's own organisation. Raises ``Http404``, and ``PermissionDenied`` for
    who only reads there."""
    rows = ActionPoint.objects.owned_by(who.keys).filter(pk=pk)
    action = told_actions(rows).first()
    if action is None:
        raise Http404(NO_ACTION)
    if action.organisation_id not in {row.pk for row in who.writing}:
        raise PermissionDenied("U leest mee. Vraag uw rapporteur of tekenbevoegde om dit te doen.")
    return action


# -- calendars -------------------------------------------------------------------------------------
def feed_or_404(token: str) -> User:
    """Whose calendar asks with this secret. Raises ``Http404``. One query."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest_of(token)).first()
    if found is None or not found.user.is_active:
        raise Http404("Dit agenda-adres werkt niet (meer). Maak in de toepassing een nieuw adres.")
    return found.user


def meetings_for(user: User) -> MeetingQuerySet:
    """The talks that ``user`` may know of today: for staff all, for a partner what is shared.

    Two queries for the roles, and one for each step of organisations that went on under another.
    """
    if roles_of(user) & frozenset(READERS):
        return Meeting.objects.standing()
    if organisations := list(partner_roles(user)):
        return Meeting.objects.standing().shared_with(organisations)
    return Meeting.objects.none()
