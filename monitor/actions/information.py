"""What may be done to the inventory of information: written, mended, taken out."""

from __future__ import annotations

from django.db import transaction

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from monitor.changes import of_need
from monitor.models import InformationNeed


def save_need(form: RevisedForm, *, user: User) -> bool:
    """Write what a role needs; the form is valid. False when another wrote meanwhile."""
    return history.save(form, of_need, user=user)


def remove_need(row: InformationNeed, *, user: User) -> None:
    """Take out what a role needs no more; a second click finds it gone."""
    with transaction.atomic():
        held = InformationNeed.objects.select_for_update().filter(pk=row.pk).order_by("pk").first()
        if held is not None:
            history.removed(held, of_need, user=user)
            held.delete()
