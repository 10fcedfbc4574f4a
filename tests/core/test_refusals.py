"""A row that is there already is told so, and another refusal of the database is told as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.db import IntegrityError, transaction

from contracts.actions import NotEditable
from contracts.actions.talks import _no_twin
from contracts.models import Allocation, Party
from core.edits import saved_or_told
from core.refusals import NOT_SAVED, is_twin, refusal
from tests.factories_contracts import ContractFactory, PartyFactory
from tests.factories_money import AllocationFactory

pytestmark = pytest.mark.django_db

TWIN = "Dit staat er al."


def refused(write: Callable[[], object]) -> IntegrityError:
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        write()
    return told.value


def twice() -> bool:
    party = PartyFactory.create(contract=ContractFactory.create())
    Party.objects.create(contract=party.contract, organisation=party.organisation, role=party.role)
    return True


def backwards() -> bool:
    row = AllocationFactory.create()
    return bool(Allocation.objects.filter(pk=row.pk).update(last_year=row.first_year - 1))


def test_a_twin_and_another_refusal_are_told_apart() -> None:
    twin, check = refused(twice), refused(backwards)
    assert is_twin(twin)
    assert refusal(twin, twin=TWIN) == TWIN
    assert not is_twin(check)
    (held,) = (row for row in Allocation._meta.constraints if row.name in str(check))
    assert refusal(check, twin=TWIN) == held.get_violation_error_message()
    assert refusal(IntegrityError("FOREIGN KEY constraint failed"), twin=TWIN) == NOT_SAVED


@pytest.mark.parametrize(("write", "is_told"), [(twice, True), (backwards, False)])
def test_a_form_and_an_action_say_what_was_refused(
    write: Callable[[], bool], is_told: bool
) -> None:
    form = forms.Form({})
    assert form.is_valid()
    assert not saved_or_told(form, write, twin=TWIN)
    assert (TWIN in form.non_field_errors()) is is_told
    with pytest.raises(NotEditable) as told, _no_twin(TWIN):
        write()
    assert (TWIN in told.value.messages) is is_told
