"""Pages over many contracts ask as many questions for a few as for many; the bench times them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.contracts import pages_of, seed_contract

pytestmark = pytest.mark.django_db


def test_pages_over_contracts_cost_the_same_for_few_and_for_many(
    client: Client, manager: User
) -> None:
    def asked(address: str) -> int:
        assert client.get(address).status_code == 200  # a first read may be written down
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.force_login(manager)
    small = seed_contract(0, kpis=2, years=2)
    few = {name: asked(address) for name, address in pages_of(small).items()}
    made = [seed_contract(number, kpis=6, years=4) for number in range(1, 6)]
    assert {name: asked(address) for name, address in pages_of(made[-1]).items()} == few
