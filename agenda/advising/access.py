"""The doors to rounds and advice: who was not asked finds nothing here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.access import assignments_of, roles_of
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import User
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    AgendaVersion,
    ConsultationRound,
    Invitation,
)
from agenda.querysets import InvitationQuerySet

READERS = frozenset({Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER, Role.CONTRACT_MANAGER})
WRITING_ROLES = (PARTNER_ROLES - {Role.READER}) | {Role.ADVISORY_COUNCIL}
ROUND = "Deze adviesronde is er niet."
ADVICE = "Dit advies is er niet."
INVITATION = "Deze uitnodiging is er niet, of zij is niet voor u."
POINT = "Dit punt hoort niet bij dit advies."


@dataclass(frozen=True)
class Seat:
    """An invitation as one of the people it was sent to holds it."""

    invitation: Invitation
    may_write: bool

    @property
    def round(self) -> ConsultationRound:
        return self.invitation.round

    @property
    def advice(self) -> Advice | None:
        """What the body wrote so far; no query."""
        return getattr(self.invitation, "advice", None)


# -- those who were asked --------------------------------------------------------------------------
def invitations_of(user: User | AnonymousUser) -> InvitationQuerySet:
    """What ``user`` was asked, withdrawn ones too, newest first. One query more, for the roles."""
    held = list(assignments_of(user))
    return invitations_by(
        {Role(row.role) for row in held},
        [row.organisation_id for row in held if row.organisation_id is not None],
    )


def invitations_by(roles: set[Role], organisations: list[int]) -> InvitationQuerySet:
    """What was asked of holders of ``roles`` and of people of ``organisations``."""
    mine = Q(organisation__in=organisations)
    if Role.ADVISORY_COUNCIL in roles:
        mine |= Q(organisation__isnull=True)
    rows = Invitation.objects.filter(mine, sent_at__isnull=False)
    return rows.select_related("round__version__agenda", "organisation", "advice").order_by("-pk")


def seat_or_404(user: User | AnonymousUser, pk: int) -> Seat:
    """The seat of ``user`` at an invitation. Raises ``Http404``. Two queries."""
    invitation = invitations_of(user).filter(pk=pk).first()
    if invitation is None:
        raise Http404(INVITATION)
    return Seat(invitation, may_write=_writes(user, invitation))


def writing_seat_or_404(user: User | AnonymousUser, pk: int) -> Seat:
    """The same for who may write there. Raises ``PermissionDenied`` for who only reads along."""
    seat = seat_or_404(user, pk)
    if not seat.may_write:
        raise PermissionDenied("U leest mee. Een collega met schrijfrecht vult het advies in.")
    return seat


def _writes(user: User | AnonymousUser, invitation: Invitation) -> bool:
    if invitation.organisation_id is None:
        return True
    held = assignments_of(user).filter(organisation=invitation.organisation_id)
    return held.filter(role__in=WRITING_ROLES).exists()


def own_point_or_404(seat: Seat, pk: int) -> AdvicePoint:
    """A point of the advice at ``seat``. Raises ``Http404``. One query."""
    return point_or_404(seat.advice, pk)


# -- officers --------------------------------------------------------------------------------------
def round_or_404(version: AgendaVersion, pk: int) -> ConsultationRound:
    """A round of ``version``. Raises ``Http404``. One query."""
    found = version.rounds.select_related("source").filter(pk=pk).first()
    if found is None:
        raise Http404(ROUND)
    found.version = version
    return found


def invitation_or_404(round: ConsultationRound, pk: int) -> Invitation:
    found = round.invitations.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404(INVITATION)
    return found


def letter_or_404(round: ConsultationRound, pk: int) -> Advice:
    """An advice that came on paper. What a body writes itself, no officer reads before it is
    handed in."""
    found = round.advices.filter(pk=pk, invitation__isnull=True).first()
    if found is None:
        raise Http404(ADVICE)
    return found


def point_or_404(advice: Advice | None, pk: int) -> AdvicePoint:
    found = advice.points.filter(pk=pk).first() if advice is not None else None
    if found is None:
        raise Http404(POINT)
    return found


def answer_or_404(round: ConsultationRound, pk: int) -> AdviceAnswer:
    """The answer to a point that was handed in in ``round``. One query."""
    found = (
        AdviceAnswer.objects.of_round(round.pk)
        .select_related("point__advice")
        .filter(point=pk)
        .first()
    )
    if found is None:
        raise Http404(POINT)
    return found


# -- everybody -------------------------------------------------------------------------------------
def answered_round_or_404(user: User | AnonymousUser, slug: str, pk: int) -> ConsultationRound:
    """An answered round: public with its version, and before that for officers and who was asked.

    Raises ``Http404``. One query for the public.
    """
    found: ConsultationRound | None = (
        ConsultationRound.objects.filter(version__agenda__slug=slug, pk=pk)
        .select_related("version__agenda", "document__file")
        .first()
    )
    if found is None or not found.is_answered:
        raise Http404(ROUND)
    if not found.is_public and not _may_read_before(user, found):
        raise Http404(ROUND)
    return found


def pages_of_rounds(
    user: User | AnonymousUser, rounds: Sequence[ConsultationRound]
) -> dict[int, str]:
    """Where ``user`` reads of each round, by its key: at the own invitation, at the desk, or among
    the advice on an agenda that is public; a round that is none of these has no page. The versions
    and agendas of ``rounds`` were read before. No query for the public, else at most three."""
    asked: dict[int, int] = {}
    may_manage = bool(roles_of(user) & READERS)
    if user.is_authenticated:
        rows = invitations_of(user).filter(round__in=[row.pk for row in rounds])
        asked = dict(rows.values_list("round_id", "pk"))
    found = {}
    for row in rounds:
        slug, version = row.version.agenda.slug, row.version
        if row.pk in asked:
            found[row.pk] = reverse("advice_round", args=[asked[row.pk]])
        elif may_manage:
            found[row.pk] = reverse("round_manage", args=[slug, version.number, row.pk])
        elif not version.is_draft:
            found[row.pk] = reverse("agenda_advice", args=[slug])
    return found


def _may_read_before(user: User | AnonymousUser, round: ConsultationRound) -> bool:
    if roles_of(user) & READERS:
        return True
    rows: QuerySet[Invitation] = invitations_of(user).standing()
    return rows.filter(round=round).exists()
