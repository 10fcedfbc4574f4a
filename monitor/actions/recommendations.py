"""What may be done with a recommendation: somebody gets it, and somebody tells how far it is."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from monitor.changes import of_follow_up
from monitor.models import FollowUp, FollowUpUpdate

TOLD_ALREADY = "Deze stand staat er al; hij is niet nog eens bewaard."


def assign(form: RevisedForm, *, user: User) -> bool:
    """Write who sees to a recommendation. False when another wrote meanwhile."""
    return history.save(form, of_follow_up, user=user)


def add_update(
    row: FollowUp, *, day: datetime.date, state: str, text: str, evidence_url: str, user: User
) -> FollowUpUpdate:
    """Note how far a recommendation is, for good.

    Raises ``ValidationError`` when just that was told last: a second click adds nothing.
    """
    said = {"day": day, "state": state, "text": text, "evidence_url": evidence_url}
    with transaction.atomic():
        held = FollowUp.objects.select_for_update().order_by("pk").get(pk=row.pk)
        if held.updates.filter(**said).exists():
            raise ValidationError(TOLD_ALREADY)
        made = FollowUpUpdate.objects.create(follow_up=held, actor=user, **said)
        history.added(made, of_follow_up, user=user)
        return made
