"""Whom the invitations of a round reach, and what became of each."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from accounts.constants import PARTNER_ROLES, Role
from accounts.models import RoleAssignment
from agenda.models import ConsultationRound, Invitation


@dataclass(frozen=True)
class Reached:
    """An invitation, how many people it goes to, and where it stands in words."""

    invitation: Invitation
    people: int
    stage: str


def reached(round: ConsultationRound, today: datetime.date) -> list[Reached]:
    """Every invitation of ``round``. Two queries."""
    rows = list(round.invitations.select_related("organisation", "advice"))
    found: dict[int | None, set[int]] = defaultdict(set)
    held = RoleAssignment.objects.valid_on(today).filter(
        role__in=[*PARTNER_ROLES, Role.ADVISORY_COUNCIL], user__is_active=True
    )
    for user, organisation in held.values_list("user", "organisation"):
        found[organisation].add(user)
    return [Reached(row, len(found[row.organisation_id]), _stage(row)) for row in rows]


def _stage(invitation: Invitation) -> str:
    advice = getattr(invitation, "advice", None)
    if invitation.withdrawn_at is not None:
        return "ingetrokken"
    if advice is not None and advice.is_submitted:
        return "advies ontvangen"
    if invitation.sent_at is None:
        return "nog niet verstuurd"
    return "nog geen advies"
