"""The style guide is for staff, and shows what the site is made of."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from accounts.constants import STAFF_ROLES, Role
from accounts.models import Organisation, RoleAssignment, User
from core.navigation import STAFF
from core.tokens import colours
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2015, 1, 1)


@pytest.fixture
def officer() -> User:
    user = UserFactory.create(email="officer@example.nl", name="Anja")
    RoleAssignment.objects.create(user=user, role=Role.POLICY_OFFICER, valid_from=LONG_AGO)
    return user


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get("/stijlgids/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/account/login/?next=/stijlgids/"


def test_a_reader_of_a_partner_is_told_whom_the_page_is_for(client: Client) -> None:
    user = UserFactory.create(email="reader@example.nl", name="Bas")
    partner = Organisation.objects.create(name="Partner", slug="partner")
    RoleAssignment.objects.create(
        user=user, role=Role.READER, organisation=partner, valid_from=LONG_AGO
    )
    client.force_login(user)
    response = client.get("/stijlgids/")
    assert response.status_code == 403
    html = response.content.decode()
    assert "U mag deze bladzijde niet zien" in html
    assert "beleidsmedewerker" in html


def test_an_officer_sees_every_colour_with_its_contrast(client: Client, officer: User) -> None:
    client.force_login(officer)
    html = client.get("/stijlgids/").content.decode()
    for name, value in colours().items():
        assert f'<th scope="row">{name}</th>' in html
        assert value in html
    assert ">16,4<" in html  # ink on white


def test_the_names_on_the_page_are_unique(client: Client, officer: User) -> None:
    client.force_login(officer)
    names = re.findall(r'\sid="([^"]+)"', client.get("/stijlgids/").content.decode())
    assert len(names) == len(set(names))


def test_the_work_bar_shows_who_is_signed_in_and_the_way_out(client: Client, officer: User) -> None:
    client.force_login(officer)
    html = client.get("/werk/").content.decode()
    assert "Anja" in html
    assert html.count('action="/account/logout/"') == 2
    assert 'href="/werk/" aria-current="page"' in html


def test_the_menu_means_the_same_staff_as_the_doors_do() -> None:
    assert {str(role.value) for role in STAFF_ROLES} == STAFF


def test_the_guide_can_only_be_read(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert client.post("/stijlgids/").status_code == 405
