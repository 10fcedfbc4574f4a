"""Mails about advice: one per occasion and receiver, through the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.access import holders_of
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import User
from agenda.models import Advice, ConsultationRound, Invitation
from core.outbox import queue_mail
from core.wording import in_words


def people_of(invitation: Invitation) -> Iterable[User]:
    """Who was asked with this invitation. One query."""
    if invitation.organisation is None:
        return holders_of(Role.ADVISORY_COUNCIL)
    return holders_of(*PARTNER_ROLES, organisation=invitation.organisation)


def tell_invited(invitation: Invitation) -> None:
    round = invitation.round
    text = (
        f"De gemeente vraagt advies van {invitation.name}: {round.title}.\n\n"
        + (f"{round.question}\n\n" if round.question else "")
        + f"U kunt advies geven van {in_words(round.opens_on)} tot en met "
        f"{in_words(round.closes_on)}.\n\n"
        f"Lezen en advies geven: {address('advice_round', invitation.pk)}\n"
    )
    # Withdrawn and sent again another day is another occasion.
    key = f"advice-invited-{invitation.pk}-{timezone.localdate().isoformat()}"
    _send(people_of(invitation), f"Advies gevraagd: {round.title}", text, key)


def tell_withdrawn(invitation: Invitation) -> None:
    text = (
        f"De gemeente trekt de vraag om advies aan {invitation.name} in: "
        f"{invitation.round.title}.\n\nU hoeft niets te doen.\n"
    )
    key = f"advice-withdrawn-{invitation.pk}-{timezone.localdate().isoformat()}"
    _send(people_of(invitation), f"Ingetrokken: {invitation.round.title}", text, key)


def tell_received(advice: Advice) -> None:
    """To the policy officers, who answer it."""
    round = advice.round
    version = round.version
    where = address("round_manage", version.agenda.slug, version.number, round.pk)
    text = f"{advice.body} gaf advies: {round.title}.\n\nLezen en beantwoorden: {where}\n"
    subject = f"Advies ontvangen: {round.title}"
    _send(holders_of(Role.POLICY_OFFICER), subject, text, f"advice-received-{advice.pk}")


def tell_answered(round: ConsultationRound) -> None:
    """To the people of every body that handed in its advice here; a letter is answered by post."""
    given = round.advices.filter(is_submitted=True, invitation__isnull=False)
    for advice in given.select_related("invitation__organisation"):
        invitation = advice.invitation
        assert invitation is not None  # noqa: S101 - by the filter
        text = (
            f"{round.answered_by[:1].upper()}{round.answered_by[1:]} antwoordt op uw advies: "
            f"{round.title}.\n\nPer punt leest u wat ermee is gedaan, en waarom: "
            f"{address('advice_round', invitation.pk)}\n"
        )
        key = f"advice-answered-{advice.pk}"
        _send(people_of(invitation), f"Antwoord op uw advies: {round.title}", text, key)


def address(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _send(receivers: Iterable[User], subject: str, text: str, key: str) -> None:
    for user in receivers:
        body = f"Beste {user.name or user.email},\n\n{text}"
        queue_mail(to=user.email, subject=subject, text=body, key=f"{key}-{user.pk}")
