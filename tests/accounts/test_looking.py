"""Looking along with somebody: the same pages, nothing changed, all of it in the audit trail."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from accounts.models import AuditEntry, User
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.reporting.cycle import Cycle, cycle

pytestmark = pytest.mark.django_db

STOP = "/beheer/meekijken/stoppen/"


@pytest.fixture
def manager() -> User:
    made: User = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    return made


@pytest.fixture
def made() -> Cycle:
    return cycle(1)


@pytest.fixture
def along(client: Client, manager: User, made: Cycle) -> Client:
    """The manager, who looks along with the reporter of a partner."""
    client.force_login(manager)
    answer = client.post(f"/beheer/accounts/{made.reporter.pk}/meekijken/")
    assert answer.headers["Location"] == reverse("work_home")
    return client


def test_the_pages_are_those_of_the_other_with_a_banner(along: Client, made: Cycle) -> None:
    for address in (reverse("work_home"), reverse("portal_home")):
        page = along.get(address).content.decode()
        assert f"U kijkt mee met {made.reporter.name}" in page
        assert "Stop met meekijken" in page
    assert along.get(reverse("report_check", args=[made.report.pk])).status_code == 200
    # What only the manager may see is not there now.
    assert along.get(reverse("account_list")).status_code == 403


def test_nothing_can_be_changed_meanwhile(along: Client, made: Cycle) -> None:
    answer = along.post(
        reverse("report_autosave", args=[made.report.pk]), {"trends-text": "Door beheer getypt"}
    )
    assert answer.status_code == 403
    assert "en wijzigt niets" in answer.content.decode()
    assert not made.report.answers.exists()


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_view_recovery_codes", "account_change_password", "account_email"]
)
def test_the_keys_of_the_account_stay_of_its_owner(name: str, along: Client) -> None:
    answer = along.get(reverse(name))
    assert answer.status_code == 403
    assert "alleen voor de eigenaar" in answer.content.decode()


def test_stopping_gives_the_manager_his_own_pages_back(along: Client, made: Cycle) -> None:
    answer = along.post(STOP)
    assert answer.headers["Location"] == f"/beheer/accounts/{made.reporter.pk}/"
    page = along.get(reverse("account_list"))
    assert page.status_code == 200
    assert "U kijkt mee" not in page.content.decode()
    assert along.post(STOP).headers["Location"] == reverse("account_list")


def test_begin_end_and_what_was_read_are_in_the_trail_under_the_managers_name(
    along: Client, manager: User, made: Cycle
) -> None:
    along.get(reverse("report_check", args=[made.report.pk]))
    along.get(reverse("account_list"))
    along.post(reverse("report_autosave", args=[made.report.pk]))
    along.post(STOP)
    assert not AuditEntry.objects.filter(actor=made.reporter).exists()
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[0] == "looking_begun"
    assert actions[-1] == "looking_ended"
    refused = AuditEntry.objects.get(action="account_list")
    assert (refused.actor, refused.details) == (
        manager,
        {"kijkt mee met account": made.reporter.pk},
    )
    written = AuditEntry.objects.get(action="report_autosave")
    assert (written.result, written.details) == (refused.result, refused.details)
    ends = AuditEntry.objects.filter(action__in=["looking_begun", "looking_ended"])
    assert len(set(ends.values_list("target", flat=True))) == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ({"holds": [Role.FUNCTIONAL_MANAGER]}, "Met een beheerder, auditor of toezichthouder"),
        ({"holds": [Role.AUDITOR]}, "Met een beheerder, auditor of toezichthouder"),
        ({"holds": [Role.SUPERVISOR]}, "Met een beheerder, auditor of toezichthouder"),
        ({"holds": [Role.COLLEGE], "is_active": False}, "Dit account is gesloten"),
    ],
)
def test_with_some_nobody_looks_along(
    who: dict[str, object], words: str, client: Client, manager: User
) -> None:
    client.force_login(manager)
    person = UserFactory.create(**who)
    page = client.post(f"/beheer/accounts/{person.pk}/meekijken/", follow=True)
    assert words in page.content.decode()
    assert "U kijkt mee" not in client.get(reverse("work_home")).content.decode()


def test_it_ends_by_itself_and_when_the_manager_is_none_any_more(
    along: Client, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr("accounts.looking.time.time", lambda: now + 31 * 60)
    assert "U kijkt mee" not in along.get(reverse("work_home")).content.decode()
    assert AuditEntry.objects.filter(action="looking_ended").count() == 1


def test_who_loses_the_role_looks_along_no_more(along: Client, manager: User) -> None:
    manager.role_assignments.all().delete()
    page = along.get(reverse("work_home")).content.decode()
    assert "U kijkt mee" not in page
    assert Session.objects.count() == 1


def test_signing_out_ends_it_in_the_trail(along: Client) -> None:
    along.post(reverse("account_logout"))
    assert AuditEntry.objects.filter(action="looking_ended").count() == 1


def test_with_who_becomes_an_auditor_meanwhile_it_stops(along: Client, made: Cycle) -> None:
    made.reporter.role_assignments.all().delete()
    RoleAssignmentFactory.create(user=made.reporter, role=Role.AUDITOR)
    assert "U kijkt mee" not in along.get(reverse("work_home")).content.decode()
    assert AuditEntry.objects.filter(action="looking_ended").count() == 1
