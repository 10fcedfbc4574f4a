"""Two people replace one arrangement at the same moment: one does, and the other hears how."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.constants import Role
from monitor.actions import replace_arrangement
from monitor.models import SteeringArrangement
from monitor.steering_forms import ArrangementForm
from tests.connections import meanwhile, needs_connections
from tests.factories import UserFactory
from tests.factories_monitor import SteeringFactory
from tests.monitor.test_steering import typed

pytestmark = [needs_connections, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


@pytest.mark.parametrize("same", [True, False])
def test_one_comes_in_its_place(*, same: bool) -> None:
    user = UserFactory.create(holds=[Role.POLICY_OFFICER])
    for turn in range(2):
        old = SteeringFactory.create(who=f"commissie {turn}")
        names = ("een", "een") if same else ("een", "twee")
        forms = [
            ArrangementForm(
                typed(who=f"{name} {turn}", since="2020-01-01"),
                instance=SteeringArrangement(replaces=old),
            )
            for name in names
        ]
        assert all(form.is_valid() for form in forms)
        tries = [meanwhile(partial(replace_arrangement, form, old, user=user)) for form in forms]
        refused = [each.exception(PATIENCE) for each in tries]
        assert sum(isinstance(error, ValidationError) for error in refused) == (not same)
        assert SteeringArrangement.objects.filter(replaces=old).count() == 1
