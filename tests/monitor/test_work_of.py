"""What waits for somebody who leaves, for the functional manager to hand over."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.models import AuditEntry, User
from tests.eisen.reading import read
from tests.factories import UserFactory
from tests.factories_agenda import AgendaVersionFactory
from tests.reporting.cycle import cycle, fill, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def page_of(person: User) -> str:
    return f"/beheer/accounts/{person.pk}/werk/"


def test_what_waits_for_a_leaver_is_listed_with_who_else_can_do_it(desk: Client) -> None:
    made = cycle(1)
    fill(made)
    submit(made)
    page = read(desk, page_of(made.manager))
    page.holds("Niemand anders heeft deze rol", "Eén ingediende rapportage")
    UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    read(desk, page_of(made.manager)).holds("Een ander heeft deze rol ook")
    assert AuditEntry.objects.filter(action="work_of").count() == 2


def test_who_closes_an_account_is_led_to_what_waits(desk: Client) -> None:
    leaver = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    html = desk.get(f"/beheer/accounts/{leaver.pk}/sluiten/").content.decode()
    assert page_of(leaver) in html


def test_who_has_no_role_has_no_work(desk: Client, outsider: User) -> None:
    read(desk, page_of(outsider)).holds("Dit account heeft nu geen rol", "Er wacht niets")
    assert desk.get("/beheer/accounts/999999/werk/").status_code == 404


def test_much_work_costs_as_many_queries_as_little(desk: Client) -> None:
    officer = UserFactory.create(holds=[Role.POLICY_OFFICER])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page_of(officer)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    AgendaVersionFactory.create_batch(5)
    assert asked() == few
