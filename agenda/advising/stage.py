"""Whether somebody who was asked may still advise. Pure: no query, no clock."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from agenda.constants import RoundStatus
from agenda.models import Invitation
from core.wording import in_words


@dataclass(frozen=True)
class Stage:
    """``is_open``: advice may be written and handed in; ``words`` say where it stands."""

    is_open: bool
    label: str
    words: str


def stage_of(invitation: Invitation, today: datetime.date) -> Stage:
    """Where an invitation stands on ``today``; read with its round and its advice."""
    round = invitation.round
    advice = getattr(invitation, "advice", None)
    if advice is not None and advice.is_submitted:
        day = in_words(advice.given_on)
        if round.is_answered:
            return Stage(
                False, "beantwoord", f"U gaf op {day} advies. De gemeente heeft geantwoord."
            )
        return Stage(False, "ingediend", f"U gaf op {day} advies. De gemeente antwoordt per punt.")
    if invitation.withdrawn_at is not None:
        return Stage(False, "ingetrokken", "De gemeente heeft deze uitnodiging ingetrokken.")
    if round.status != RoundStatus.OPEN or (round.closes_on and round.closes_on < today):
        return Stage(False, "gesloten", "Deze adviesronde is gesloten.")
    if round.opens_on and today < round.opens_on:
        day = in_words(round.opens_on)
        return Stage(False, "nog niet open", f"U kunt advies geven vanaf {day}.")
    return Stage(True, "open", f"U kunt advies geven tot en met {in_words(round.closes_on)}.")
