"""Two people at the same moment: one wins, the other is told, and nothing happens twice."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.constants import Role
from accounts.models import User
from contracts.actions import activate, sign_amendment, start_amendment
from contracts.forms.contract import AmendmentForm
from contracts.models import Amendment, Contract, ContractEvent
from tests.contracts.drafts import complete_draft, draft_amendment, running
from tests.factories import UserFactory
from tests.factories_contracts import KPIFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the test database of SQLite has one writer"
    ),
]


def at_once(act: Callable[[], Any], times: int = 4) -> list[BaseException | None]:
    """``act`` in so many threads at the same moment; what each of them raised."""
    start, raised = threading.Barrier(times), [None] * times

    def run(number: int) -> None:
        start.wait()
        try:
            act()
        except BaseException as error:
            raised[number] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(raised)


def assert_one_won(raised: list[BaseException | None]) -> None:
    assert sum(error is None for error in raised) == 1, raised
    assert all(error is None or isinstance(error, ValidationError) for error in raised), raised


def manager() -> User:
    user: User = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    return user


def test_a_contract_is_activated_once() -> None:
    contract, user = complete_draft(), manager()
    assert_one_won(at_once(lambda: activate(Contract.objects.get(pk=contract.pk), user=user)))
    assert ContractEvent.objects.count() == 1


def test_one_amendment_is_started() -> None:
    user = manager()
    contract = running(user)
    typed = {"title": "Addendum", "reason": "Samen afgesproken", "holds_from": "2028-01-01"}

    def start() -> None:
        form = AmendmentForm(typed, contract=contract)
        assert form.is_valid()
        start_amendment(form, contract, user=user)

    assert_one_won(at_once(start))
    assert Amendment.objects.drafts().count() == 1


def test_an_amendment_is_signed_once() -> None:
    user = manager()
    contract = running(user)
    amendment = draft_amendment(contract)
    KPIFactory.create(contract=contract, started_by=amendment, number="2")
    day = datetime.date(2027, 12, 1)
    assert_one_won(at_once(lambda: sign_amendment(amendment, signed_on=day, user=user)))
    assert ContractEvent.objects.count() == 2
