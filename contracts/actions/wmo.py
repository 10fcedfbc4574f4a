"""Writing the budget tables of the municipality; of a closed year nothing changes."""

from __future__ import annotations

from functools import partial

from django.db import IntegrityError, transaction

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.actions.products import NOTHING_KEPT, RESERVED
from contracts.budgets.changes import of_budget
from contracts.models import Budget, BudgetItem
from core.edits import RevisedForm
from core.refusals import refusal
from core.slugs import free_slug

TWIN = "Er is net al een begroting met deze titel gemaakt. Ga daarmee verder."
ITEM_TWIN = f"Dit nummer staat al in de begroting. Kies een ander nummer. {NOTHING_KEPT}"
GONE = f"Deze begroting is intussen verwijderd. {NOTHING_KEPT}"
refuse = partial(refuse_closed, error=NotEditable)


def _held(budget: Budget) -> Budget | None:
    """The budget as it stands now, held until the transaction ends. One query."""
    return Budget.objects.select_for_update().filter(pk=budget.pk).order_by("pk").first()


def save_budget(form: RevisedForm, *, user: User) -> bool:
    """Write a budget, new or there already. False when another wrote meanwhile.

    Raises ``NotEditable`` when its year, before or after the change, is closed, and for a second
    click on a new one.
    """
    budget: Budget = form.instance
    try:
        with transaction.atomic():
            held = _held(budget)
            before = (held.year, held.year) if held else None
            refuse((budget.year, budget.year), before)
            if form.instance.pk is None:
                words = f"{budget.title} {budget.year}"
                budget.slug = free_slug(
                    Budget.objects.all(), words, otherwise="begroting", reserved=RESERVED
                )
            return history.save(form, of_budget, user=user)
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=TWIN)) from error


def remove_budget(budget: Budget, *, user: User) -> None:
    """Take a budget away with its items. A second click does nothing.

    Raises ``NotEditable`` when its year is closed.
    """
    with transaction.atomic():
        held = _held(budget)
        if held is None:
            return
        refuse((held.year, held.year))
        for item in held.items.select_related("budget"):
            history.removed(item, of_budget, user=user)
        history.removed(held, of_budget, user=user)
        held.delete()


def save_item(form: RevisedForm, *, user: User) -> bool:
    """Write an item of a budget with its posts. False when another wrote meanwhile.

    Raises ``NotEditable`` when the year is closed, the budget is gone, or the number is taken.
    """
    item: BudgetItem = form.instance
    try:
        with transaction.atomic():
            held = _held(item.budget)
            if held is None:
                raise NotEditable(GONE)
            refuse((held.year, held.year))
            return history.save(form, of_budget, user=user)
    except IntegrityError as error:
        raise NotEditable(refusal(error, twin=ITEM_TWIN)) from error


def remove_item(item: BudgetItem, *, user: User) -> None:
    """Take an item away with its posts. A second click does nothing.

    Raises ``NotEditable`` when the year is closed.
    """
    with transaction.atomic():
        rows = BudgetItem.objects.select_for_update(of=("self",)).select_related("budget")
        held = rows.filter(pk=item.pk).order_by("pk").first()
        if held is None:
            return
        refuse((held.budget.year, held.budget.year))
        history.removed(held, of_budget, user=user)
        held.delete()
