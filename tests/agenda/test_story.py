"""The thread of a goal through the agendas."""

from __future__ import annotations

import pytest
from django.db import connection

from agenda.models import GoalSuccession
from agenda.story import Lineage
from core.guards import rules
from tests.factories_agenda import GoalFactory

pytestmark = pytest.mark.django_db


def test_a_circle_of_successions_ends_after_one_round() -> None:
    rules.remove(connection)  # the database does not take a circle any more
    first, second, third = (GoalFactory.create(theme__version__adopted=True) for _ in range(3))
    GoalSuccession.objects.bulk_create(
        GoalSuccession(kind="continued", predecessor=before, successor=after)
        for before, after in ((first, second), (second, third), (third, first))
    )
    steps = [step for step in Lineage().steps(third) if step["kind"] == "goals"]
    assert [step["goals"][0]["slug"] for step in steps] == [first.slug, second.slug, third.slug]
