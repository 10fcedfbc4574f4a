"""What may be done to where inhabitants can go: written, mended, taken out."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from accounts import history
from accounts.history import Part, Whole, key_of
from accounts.models import User
from core.edits import RevisedForm
from core.wording import Told, told
from reporting.models import Entrance

LABELS = {
    "organisation": "Van wie",
    "name": "Naam",
    "for_what": "Waarvoor",
    "referral": "Verwijzing",
    "place": "Waar",
    "opening": "Wanneer",
    "phone": "Telefoon",
    "email": "E-mail",
    "website": "Website",
}


def describe(row: Entrance) -> tuple[Part, Told]:
    """Describes an entrance, which has a history of its own. One query at most."""
    whole = Whole(key_of(row), str(row), reverse("entrance_manage"))
    return Part(whole, key_of(row), "waar inwoners terechtkunnen", str(row)), told(row, LABELS)


def save_entrance(form: RevisedForm, *, user: User) -> bool:
    """Write an entrance; the form is valid. False when another wrote meanwhile."""
    return history.save(form, describe, user=user)


def remove_entrance(row: Entrance, *, user: User) -> None:
    """Take out an entrance that is closed; a second click finds it gone."""
    with transaction.atomic():
        rows = Entrance.objects.select_for_update(of=("self",)).order_by("pk")
        held = rows.filter(pk=row.pk).first()
        if held is not None:
            history.removed(held, describe, user=user)
            held.delete()
