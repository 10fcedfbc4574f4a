"""The doors to investigations: a draft is its investigator's, the rest of the work the
municipality's too, and what is public everybody's."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.access import roles_of
from accounts.constants import Role
from accounts.models import User
from monitor.constants import InvestigationStatus
from monitor.models import Investigation, InvestigationPart
from monitor.querysets import InvestigationQuerySet

INVESTIGATOR = Role.AUDITOR
# Who reacts on the facts for the municipality, and writes down the reaction of the board.
HEARD = (Role.POLICY_OFFICER, Role.COLLEGE)
WORKS = (INVESTIGATOR, *HEARD)


def investigates(user: User | AnonymousUser) -> bool:
    """Whether ``user`` writes investigations. At most one query."""
    return INVESTIGATOR in roles_of(user)


def is_heard(user: User | AnonymousUser) -> bool:
    """Whether ``user`` speaks for the municipality in an investigation. At most one query."""
    return bool(roles_of(user) & frozenset(HEARD))


def known_to(user: User | AnonymousUser) -> InvestigationQuerySet:
    """The investigations that ``user`` works with: drafts for the investigator alone."""
    rows = Investigation.objects.all()
    return rows if investigates(user) else rows.presented()


def investigation_or_404(user: User | AnonymousUser, pk: int) -> Investigation:
    """An investigation in whatever state that ``user`` may know of. Raises ``Http404``."""
    found = known_to(user).select_related("source").filter(pk=pk).first()
    if found is None:
        raise Http404("Dit onderzoek is er niet, of het is nog niet aan de gemeente voorgelegd.")
    return found


def draft_or_404(pk: int) -> Investigation:
    """A draft, for the investigator. Raises ``Http404``. One query."""
    found = Investigation.objects.filter(pk=pk, status=InvestigationStatus.DRAFT).first()
    if found is None:
        raise Http404("Dit onderzoek is er niet, of het is al aan de gemeente voorgelegd.")
    return found


def part_or_404(row: Investigation, pk: int) -> InvestigationPart:
    """A part of ``row``. Raises ``Http404``. One query."""
    found = row.parts.filter(pk=pk).first()
    if found is None:
        raise Http404("Dit onderdeel staat niet in dit onderzoek.")
    found.investigation = row
    return found


def published_or_404(pk: int) -> Investigation:
    """An investigation as everybody may read it. Raises ``Http404``. One query."""
    found = Investigation.objects.published().select_related("source").filter(pk=pk).first()
    if found is None:
        raise Http404("Dit onderzoek is er niet, of het is nog niet openbaar.")
    return found
