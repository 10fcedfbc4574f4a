"""The same save in several requests at the same moment is one line in the history."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from accounts.models import Change, User
from agenda.actions import save_of_indicator
from agenda.models import Observation
from agenda.value_forms import ObservationForm
from tests.connections import needs_connections
from tests.factories import UserFactory
from tests.factories_agenda import ObservationFactory

pytestmark = [pytest.mark.django_db(transaction=True), needs_connections]
TIMES = 4


def test_the_same_value_typed_at_once_is_noted_once() -> None:
    row = ObservationFactory.create(value_type="count", number=5, period="2024")
    user: User = UserFactory.create()
    typed = {"period": "2024", "certainty": "final", "revision": 1, "value_number": "6"}
    start = threading.Barrier(TIMES)
    saved: list[bool] = []

    def save() -> None:
        try:
            held = Observation.objects.get(pk=row.pk)
            form = ObservationForm(typed, instance=held, indicator=row.indicator)
            assert form.is_valid(), form.errors
            start.wait()
            saved.append(save_of_indicator(form, row.indicator, user=user))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save) for _ in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert saved == [True] * TIMES
    assert Change.objects.count() == 1
