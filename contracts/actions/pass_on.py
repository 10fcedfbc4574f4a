"""Writing what a coalition passes on to volunteers; of a closed year nothing changes."""

from __future__ import annotations

from functools import partial

from django.db import IntegrityError, transaction

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.budgets.changes import of_pass_on
from contracts.models import PassOn, PassOnFrame
from core.edits import RevisedForm
from core.refusals import refusal

TWIN_FRAME = "Dit jaar staat al bij deze overeenkomst. Wijzig dat."
TWIN = "Deze organisatie staat hier al met hetzelfde doel. Wijzig die."
refuse = partial(refuse_closed, error=NotEditable)


def save_frame(form: RevisedForm, *, user: User) -> bool:
    """Write a frame. False when another wrote meanwhile. Raises ``NotEditable``."""
    row: PassOnFrame = form.instance
    try:
        with transaction.atomic():
            held = PassOnFrame.objects.select_for_update().filter(pk=row.pk).first()
            refuse((row.year, row.year), (held.year, held.year) if held else None)
            return history.save(form, of_pass_on, user=user)
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=TWIN_FRAME)) from error


def remove_frame(row: PassOnFrame, *, user: User) -> None:
    """Take a frame away; the history keeps it. A second click does nothing.

    Raises ``NotEditable`` in a closed year, and while an organisation stands in it.
    """
    with transaction.atomic():
        held = PassOnFrame.objects.select_for_update().filter(pk=row.pk).first()
        if held is None:
            return
        refuse((held.year, held.year))
        if held.rows.exists():
            raise NotEditable("In dit kader staan nog organisaties. Verwijder eerst die.")
        history.removed(held, of_pass_on, user=user)
        held.delete()


def save_pass_on(form: RevisedForm, *, user: User) -> bool:
    """Write what one organisation gets. False when another wrote meanwhile."""
    row: PassOn = form.instance
    try:
        with transaction.atomic():
            refuse((row.frame.year, row.frame.year))
            return history.save(form, of_pass_on, user=user)
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=TWIN)) from error


def remove_pass_on(row: PassOn, *, user: User) -> None:
    """Take a row away; the history keeps it. A second click does nothing."""
    with transaction.atomic():
        held = PassOn.objects.select_for_update().filter(pk=row.pk).order_by("pk").first()
        if held is None:
            return
        refuse((held.frame.year, held.frame.year))
        history.removed(held, of_pass_on, user=user)
        held.delete()
