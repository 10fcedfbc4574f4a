"""The demonstration accounts: one a role, one password, never in production."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.access import roles_of
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import Membership, Organisation, RoleAssignment, User
from demo.accounts import DEMO_ACCOUNTS, NotADemonstration, ensure_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_every_role_has_one_demonstration_account() -> None:
    assert sorted(account.role for account in DEMO_ACCOUNTS) == sorted(Role)
    assert len({account.email for account in DEMO_ACCOUNTS}) == len(Role)


def test_every_account_signs_in_with_the_shared_password_and_holds_its_role() -> None:
    password = ensure_demo_accounts()
    assert len(password) >= 12
    for account in DEMO_ACCOUNTS:
        client = Client()
        answer = client.post(
            reverse("account_login"), {"login": account.email, "password": password}
        )
        assert answer.status_code == 302, account.email
        user = User.objects.get(email=account.email)
        assert client.session["_auth_user_id"] == str(user.pk)
        assert roles_of(user) == {account.role}


def test_partner_accounts_belong_to_an_example_organisation_and_say_so() -> None:
    ensure_demo_accounts()
    partner = Organisation.objects.get()
    assert "voorbeeld" in partner.name.lower()
    assert set(
        RoleAssignment.objects.filter(organisation=partner).values_list("role", flat=True)
    ) == set(PARTNER_ROLES)
    assert Membership.objects.filter(organisation=partner).count() == len(PARTNER_ROLES)
    assert all("voorbeeld" in user.name for user in User.objects.all())


def test_a_second_time_changes_nothing() -> None:
    first = ensure_demo_accounts()
    before = list(User.objects.order_by("pk").values())
    assert ensure_demo_accounts() == first
    assert list(User.objects.order_by("pk").values()) == before
    assert RoleAssignment.objects.count() == len(DEMO_ACCOUNTS)


def test_a_changed_password_is_set_back_so_that_the_printed_one_is_right() -> None:
    password = ensure_demo_accounts()
    user = User.objects.get(email="beleid@voorbeeld.nl")
    user.set_password("heel iets anders")
    user.save()
    ensure_demo_accounts()
    user.refresh_from_db()
    assert user.check_password(password)


def test_an_ended_role_stays_ended() -> None:
    ensure_demo_accounts()
    user = User.objects.get(email="griffie@voorbeeld.nl")
    assignment = user.role_assignments.get()
    assignment.valid_until = assignment.valid_from
    assignment.save()
    ensure_demo_accounts()
    assert user.role_assignments.get().valid_until == assignment.valid_from


def test_the_password_file_is_for_its_owner_alone(own_data_folder: Path) -> None:
    password = ensure_demo_accounts()
    path = own_data_folder / "demo-password"
    assert path.read_text().strip() == password
    assert path.stat().st_mode & 0o077 == 0


def test_production_refuses_and_nothing_is_made(settings: Settings, own_data_folder: Path) -> None:
    settings.DEMO = False
    with pytest.raises(NotADemonstration, match="MODE=production"):
        ensure_demo_accounts()
    assert not User.objects.exists()
    assert not Organisation.objects.exists()
    assert not (own_data_folder / "demo-password").exists()
