"""What may be done to who steers by what: written, mended, ended, or replaced."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from monitor.changes import of_arrangement
from monitor.models import SteeringArrangement

NO_LONGER = (
    "Deze afspraak is intussen al vervangen of beëindigd. Van u is niets bewaard. Kijk in de lijst "
    "wat er nu geldt. Wilt u dat vervangen, begin dan daar."
)


def save_arrangement(form: RevisedForm, *, user: User) -> bool:
    """Write an arrangement; the form is valid. False when another wrote meanwhile."""
    return history.save(form, of_arrangement, user=user)


def replace_arrangement(form: RevisedForm, replaced: SteeringArrangement, *, user: User) -> bool:
    """Write a new arrangement, and end ``replaced`` on the day before, with the same decision.

    A second click finds it replaced by what it says, and changes nothing. Raises
    ``ValidationError`` when a colleague was first, or when the old one cannot end then.
    """
    row: SteeringArrangement = form.instance
    row.replaces = replaced
    first: datetime.date = form.cleaned_data["since"]
    with transaction.atomic():
        held = SteeringArrangement.objects.select_for_update().get(pk=replaced.pk)
        newer = SteeringArrangement.objects.filter(replaces=held).first()
        if newer is not None and form.says_what(newer):
            return True
        if held.until is not None:
            raise ValidationError(NO_LONGER)
        _end(held, first - datetime.timedelta(days=1), row.decision, user=user)
        return history.save(form, of_arrangement, user=user)


def _end(held: SteeringArrangement, day: datetime.date, decision: str, *, user: User) -> None:
    before = of_arrangement(held)[1]
    held.until, held.ended_by = day, decision
    held.revision += 1
    held.full_clean(exclude=["source"])
    held.save(update_fields=["until", "ended_by", "revision"])
    part, after = of_arrangement(held)
    history.note(part, before, after, user=user)
