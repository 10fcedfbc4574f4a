"""The doors to recommendations: what is published everybody reads; who sees to one tells how far
it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from accounts.access import assignments_of, roles_of
from accounts.constants import PARTNER_ROLES, STAFF_ROLES, Role
from accounts.models import RoleAssignment, User
from monitor.inquiries.access import HEARD, WORKS
from monitor.models import FollowUp
from monitor.recommendations.reading import Recommendation, recommendation_or_none

#: Who says which norm a recommendation serves, who is responsible, and by when.
ASSIGNS = WORKS
READERS = tuple(sorted({*STAFF_ROLES, *WORKS, Role.COUNCIL_CLERK}))
WRITES_AT_PARTNER = PARTNER_ROLES - {Role.READER}

NOT_YOURS = (
    "De stand van een aanbeveling vertelt wie die bijhoudt, of een beleidsmedewerker of het "
    "college."
)
UNASSIGNED = "Deze aanbeveling is nog niet toegewezen. Zeg eerst wie verantwoordelijk is."


def published_or_404(origin: str, pk: int) -> Recommendation:
    """A recommendation as everybody reads it. Raises ``Http404``. At most six queries."""
    found = recommendation_or_none(origin, pk)
    if found is None:
        raise Http404("Deze aanbeveling is er niet, of zij is nog niet openbaar.")
    return found


def follow_up_to_tell(user: User | AnonymousUser, row: Recommendation) -> FollowUp:
    """The follow-up of ``row`` for who may say how far it is. Raises ``Http404`` where nobody is
    responsible yet, and ``PermissionDenied``. At most two queries."""
    held = row.follow_up
    if not tells(user, held):
        raise PermissionDenied(NOT_YOURS)
    if held is None:
        raise Http404(UNASSIGNED)
    return held


def tells(user: User | AnonymousUser, row: FollowUp | None) -> bool:
    """Whether ``user`` says how far ``row`` is: who keeps it, and who speaks for the municipality.
    At most two queries."""
    roles = roles_of(user)
    if roles & frozenset(HEARD):
        return True
    if row is None:
        return False
    if row.role:
        return row.role in roles
    if row.user_id is not None:
        return row.user_id == user.pk
    return any(
        held.organisation_id == row.organisation_id and held.role in WRITES_AT_PARTNER
        for held in assignments_of(user)
    )


def kept_by(assignments: Iterable[RoleAssignment]) -> Q:
    """The follow-ups that the holder of ``assignments`` keeps. No query."""
    rows = list(assignments)
    return (
        Q(role__in={row.role for row in rows})
        | Q(user__in={row.user_id for row in rows})
        | Q(
            organisation__in={
                row.organisation_id
                for row in rows
                if row.role in WRITES_AT_PARTNER and row.organisation_id is not None
            }
        )
    )
