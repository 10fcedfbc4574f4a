"""Two managers who send each other away at the same moment: one of them stays."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions
from accounts.access import holders_of
from accounts.constants import Role
from accounts.models import RoleAssignment, User
from tests.connections import meanwhile, needs_connections
from tests.factories import UserFactory

pytestmark = [needs_connections, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


def closed(person: User, user: User) -> None:
    actions.close_account(person=person, user=user)


def ended(person: User, user: User) -> None:
    held = RoleAssignment.objects.get(user=person)
    day = timezone.localdate() - datetime.timedelta(days=1)
    actions.end_role(assignment=held, last_day=day, user=user)


@pytest.mark.parametrize("send_away", [closed, ended])
def test_one_manager_stays(send_away: Callable[[User, User], None]) -> None:
    for _ in range(2):
        one, two = UserFactory.create_batch(2, holds=[Role.FUNCTIONAL_MANAGER])
        tries = [
            meanwhile(partial(send_away, two, one)),
            meanwhile(partial(send_away, one, two)),
        ]
        refused = [each.exception(PATIENCE) for each in tries]
        assert sum(isinstance(error, ValidationError) for error in refused) == 1
        assert sum(error is None for error in refused) == 1
        left = holders_of(Role.FUNCTIONAL_MANAGER)
        assert left.count() == 1
        RoleAssignment.objects.all().delete()
