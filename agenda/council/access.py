"""The doors to talks of the council: those about a draft are for who writes that draft."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from accounts.access import roles_of
from accounts.constants import OFFICER_ROLES, Role
from accounts.models import User
from agenda.models import AgendaVersion, CouncilTalk, CouncilTalkPoint
from agenda.querysets import CouncilTalkQuerySet

# The clerk keeps what the council said; the officer what was promised about the agenda.
WRITERS = (Role.POLICY_OFFICER, Role.COUNCIL_CLERK)
READERS = (*sorted(OFFICER_ROLES), Role.COUNCIL_CLERK)


def writes_talks(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may write down talks. At most one query."""
    return bool(roles_of(user) & frozenset(WRITERS))


def _reads_drafts(user: User | AnonymousUser) -> bool:
    return bool(roles_of(user) & OFFICER_ROLES)


def talks_for(user: User | AnonymousUser) -> CouncilTalkQuerySet:
    """The talks that ``user`` may know of at the desk."""
    rows = CouncilTalk.objects.all()
    return rows if _reads_drafts(user) else rows.readable()


def versions_for(user: User | AnonymousUser) -> QuerySet[AgendaVersion]:
    """The versions that ``user`` may write a talk about, newest first."""
    rows = AgendaVersion.objects.all() if _reads_drafts(user) else AgendaVersion.objects.readable()
    return rows.select_related("agenda").order_by("-agenda__year", "-number")


def talk_or_404(user: User | AnonymousUser, pk: int) -> CouncilTalk:
    """A talk with its agenda. Raises ``Http404``. One query."""
    found = talks_for(user).with_agenda().filter(pk=pk).first()
    if found is None:
        raise Http404(
            "Dit gesprek is er niet, of het gaat over een agenda die nog niet openbaar is."
        )
    return found


def point_or_404(talk: CouncilTalk, pk: int) -> CouncilTalkPoint:
    """A point of ``talk``. Raises ``Http404``. One query."""
    found = talk.points.filter(pk=pk).first()
    if found is None:
        raise Http404("Dit punt hoort niet bij dit gesprek.")
    found.talk = talk
    return found
