"""Writing the budget lines of the municipality; of a closed year nothing changes."""

from __future__ import annotations

from functools import partial

from django.db import IntegrityError, transaction

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.budgets.changes import of_allocation, of_change
from contracts.models import Allocation
from core.edits import RevisedForm
from core.refusals import refusal

TWIN = (
    "Er is al een budgetpost met deze omschrijving in deze jaren. Wijzig die, of noem het verschil."
)
HAS_FIGURES = (
    "Bij deze post staat een prognose of een uitkomst. Die blijft bewaard, en de post dus ook. "
    "Gaat het niet door? Zet het bedrag op 0."
)
refuse = partial(refuse_closed, error=NotEditable)


def save_allocation(form: RevisedForm, *, user: User) -> bool:
    """Write a budget line, new or there already. False when another wrote meanwhile.

    Raises ``NotEditable`` when it touches a closed year, before or after the change, and for a
    second click on a new line.
    """
    row: Allocation = form.instance
    try:
        with transaction.atomic():
            held = Allocation.objects.select_for_update().filter(pk=row.pk).first()
            before = (held.first_year, held.last_year) if held else None
            refuse((row.first_year, row.last_year), before)
            return history.save(form, of_allocation, user=user)
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=TWIN)) from error


def remove_allocation(row: Allocation, *, user: User) -> None:
    """Take a budget line away with why it changed; the history keeps both. A second click does
    nothing.

    Raises ``NotEditable`` when it touches a closed year, or has a forecast or an outcome.
    """
    with transaction.atomic():
        held = Allocation.objects.select_for_update().filter(pk=row.pk).first()
        if held is None:
            return
        refuse((held.first_year, held.last_year))
        if held.figures.exists():
            raise NotEditable(HAS_FIGURES)
        for change in held.changes.select_related("allocation"):
            history.removed(change, of_change, user=user)
        held.changes.all().delete()
        history.removed(held, of_allocation, user=user)
        held.delete()
