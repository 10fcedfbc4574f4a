"""What may be done to a talk of the council: written, mended, and taken out when it was a mistake.

They raise ``ValidationError`` with why not, in Dutch, and then nothing changed.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.models import User
from agenda.changes import of_talk
from agenda.models import CouncilTalk, CouncilTalkPoint
from core.edits import RevisedForm

GONE = "Dit gesprek is intussen verwijderd. Van u is niets bewaard."
HAS_POINTS = "Haal eerst de punten weg. Wat is toegezegd, verdwijnt niet ongemerkt."


def save_talk(form: RevisedForm, *, user: User) -> bool:
    """Write a talk; the form is valid. False when another wrote meanwhile."""
    return history.save(form, of_talk, user=user)


def save_point(form: RevisedForm, *, user: User) -> bool:
    """Write a point of a talk; a second click adds nothing."""
    with transaction.atomic():
        talk = _hold(form.instance.talk)
        newest = talk.points.order_by("-pk").first() if form.instance.pk is None else None
        if newest is not None and form.says_what(newest):
            return True
        return history.save(form, of_talk, user=user)


def remove_point(point: CouncilTalkPoint, *, user: User) -> None:
    """Take a point out; a second click finds it gone."""
    with transaction.atomic():
        _hold(point.talk)
        found = CouncilTalkPoint.objects.filter(pk=point.pk).select_related("talk__version").first()
        if found is not None:
            history.removed(found, of_talk, user=user)
            found.delete()


def remove_talk(talk: CouncilTalk, *, user: User) -> None:
    """Take a talk without points out."""
    with transaction.atomic():
        held = _hold(talk)
        if held.points.exists():
            raise ValidationError(HAS_POINTS)
        history.removed(held, of_talk, user=user)
        held.delete()


def _hold(talk: CouncilTalk) -> CouncilTalk:
    held = CouncilTalk.objects.select_for_update().order_by("pk").filter(pk=talk.pk).first()
    if held is None:
        raise ValidationError(GONE)
    return held
