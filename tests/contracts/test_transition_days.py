"""The days of a transition arrangement are days that can be."""

from __future__ import annotations

import pytest

from contracts.forms.file import TransitionForm
from contracts.models import Transition
from tests.factories_contracts import ContractFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ({"ends_on": "2018-12-31"}, "ends_on", "voor de overeenkomst ingaat"),
        ({"finished_on": "2018-12-31"}, "finished_on", "voor de overeenkomst ingaat"),
        ({"finished_on": "2099-12-31"}, "finished_on", "moet nog komen"),
    ],
)
def test_days_of_a_transition_are_days_that_can_be(
    typed: dict[str, str], name: str, words: str
) -> None:
    contract = ContractFactory.create(running=True)
    base = {"group": "trajecten", "text": "Die lopen door.", "remind_days": "60"}
    row = Transition(contract=contract)
    form = TransitionForm(base | typed, instance=row, contract=contract)
    assert words in str(form.errors[name])
    right = base | {"ends_on": "2019-01-01"}
    assert TransitionForm(right, instance=row, contract=contract).is_valid()
