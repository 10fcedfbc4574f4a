"""Writing the sub-assignments of a draft: each with the results that it is to reach."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from accounts import history
from accounts.models import User
from contracts.actions.locks import NotEditable, lock_draft
from contracts.changes import of_contract, part_of
from contracts.constants import ExpectationKind
from contracts.models import Allocation, Expectation, SubAssignment
from core.edits import RevisedForm

RESULTS = "Te bereiken resultaten"


def save_part(form: RevisedForm, *, results: Sequence[str], user: User) -> bool:
    """Write a sub-assignment of a draft with its results; the form is valid.

    False when somebody else wrote meanwhile. Raises ``NotEditable``, and ``IntegrityError`` when
    its number was taken a moment ago.
    """
    part: SubAssignment = form.instance
    with transaction.atomic():
        contract = lock_draft(part.contract)
        if part._state.adding:
            last = contract.sub_assignments.aggregate(last=Max("order"))["last"] or 0
            part.order = last + 1
        if not history.save(form, of_contract(contract), user=user):
            transaction.set_rollback(True)
            return False
        rows = Expectation.objects.filter(sub_assignment=part)
        before = list(rows.order_by("order", "pk").values_list("text", flat=True))
        if before != list(results):
            rows.delete()
            Expectation.objects.bulk_create(
                Expectation(
                    contract=contract,
                    sub_assignment=part,
                    theme=part.theme,
                    kind=ExpectationKind.RESULT,
                    text=text,
                    order=100 * part.order + place,
                )
                for place, text in enumerate(results, start=1)
            )
            history.note(
                part_of(part, contract),
                {RESULTS: "\n".join(before)},
                {RESULTS: "\n".join(results)},
                user=user,
            )
    return True


def remove_part(part: SubAssignment, *, user: User) -> None:
    """Take a sub-assignment out of a draft. Raises ``NotEditable``, also while it has money."""
    with transaction.atomic():
        contract = lock_draft(part.contract)
        held = contract.sub_assignments.filter(pk=part.pk).first()
        if held is None:
            return  # a second click
        if held.budget_lines.exists():
            raise NotEditable(
                "Bij deze deelopdracht staat een bedrag. Haal dat eerst weg bij Geld."
            )
        line = Allocation.objects.filter(sub_assignment=held).order_by("first_year", "pk").first()
        if line is not None:
            raise NotEditable(
                f"Budgetpost ‘{line}’ noemt deze deelopdracht. Wijzig eerst die post."
            )
        Expectation.objects.filter(sub_assignment=held).delete()
        history.removed(held, of_contract(contract), user=user)
        held.delete()
