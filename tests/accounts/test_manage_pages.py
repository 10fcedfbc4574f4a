"""The pages on which the functional manager manages accounts."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.constants import Role
from accounts.models import AuditEntry, Organisation, RoleAssignment, User
from core.models import OutboxMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def managing(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def test_a_new_account_comes_with_a_role_and_a_mail(
    managing: Client, functional_manager: User, partner: Organisation
) -> None:
    response = managing.post(
        reverse("account_add"),
        {
            "email": "Nina@Voorbeeld.test",
            "name": "Nina Nieuw",
            "role": Role.REPORTER,
            "organisation": partner.pk,
            "valid_until": "2099-12-31",
        },
        follow=True,
    )
    person = User.objects.get(email="nina@voorbeeld.test")
    page = response.content.decode()
    for words in ("Nina Nieuw", "Rapporteur van een partner", "De Brug", "31 december 2099"):
        assert words in page
    assert "Uitgenodigd" in page
    assert OutboxMail.objects.filter(to=person.email).count() == 1
    assert {e.actor for e in AuditEntry.objects.filter(action="role_given")} == {functional_manager}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "femke"}, "Voer een geldig e-mailadres in"),
        ({"role": ""}, "Dit veld is verplicht"),
        ({"role": Role.REPORTER}, "Kies bij welke partner deze rol hoort."),
        ({"valid_until": "2001-01-01"}, "De einddatum is al voorbij."),
        ({"role": "koning"}, "Selecteer een geldige keuze"),
    ],
)
def test_a_wrong_account_keeps_what_was_typed_and_says_why(
    managing: Client, change: dict[str, str], words: str
) -> None:
    typed = {"email": "nina@voorbeeld.test", "name": "Nina Nieuw", "role": Role.COLLEGE.value}
    page = managing.post(reverse("account_add"), typed | change).content.decode()
    assert words in page
    assert 'value="Nina Nieuw"' in page
    assert not User.objects.filter(name="Nina Nieuw").exists()


def test_an_address_that_has_an_account_is_said(managing: Client, officer: User) -> None:
    typed = {"email": officer.email.upper(), "name": "Olga", "role": Role.COLLEGE.value}
    page = managing.post(reverse("account_add"), typed).content.decode()
    assert f"Er is al een account met het adres {officer.email}." in page


def test_a_role_of_staff_belongs_to_no_organisation(
    managing: Client, officer: User, partner: Organisation
) -> None:
    typed = {
        "role": Role.COLLEGE.value,
        "organisation": partner.pk,
        "valid_from": str(timezone.localdate()),
    }
    page = managing.post(reverse("role_add", args=[officer.pk]), typed).content.decode()
    assert "De rol college hoort bij geen organisatie." in page


def test_a_role_is_given_and_ended(managing: Client, officer: User) -> None:
    today = timezone.localdate()
    managing.post(
        reverse("role_add", args=[officer.pk]),
        {"role": Role.COLLEGE.value, "valid_from": str(today)},
    )
    held = RoleAssignment.objects.get(user=officer, role=Role.COLLEGE)
    managing.post(
        reverse("role_end", args=[officer.pk, held.pk]), {"last_day": str(today + 9 * DAY)}
    )
    held.refresh_from_db()
    assert held.valid_until == today + 9 * DAY
    managing.post(reverse("role_end", args=[officer.pk, held.pk]), {"at_once": "on"})
    assert not RoleAssignment.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_means_is_refused_at_its_field(
    managing: Client, officer: User, day: str
) -> None:
    role = officer.role_assignments.get()
    page = managing.post(f"/beheer/accounts/{officer.pk}/rol/{role.pk}/", {"last_day": day})
    assert page.status_code == 200
    assert "Kies een dag van 1990 tot en met 2100." in page.content.decode()
    role.refresh_from_db()
    assert role.valid_until is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("accounts/999999/", "Dit account is er niet."),
        ("accounts/{pk}/rol/999999/", "Deze rol is er niet"),
        ("organisaties/999999/", "Deze organisatie is er niet."),
    ],
)
def test_what_is_not_there_is_said_in_dutch(
    managing: Client, officer: User, path: str, words: str
) -> None:
    page = managing.get(f"/beheer/{path.format(pk=officer.pk)}")
    assert page.status_code == 404
    assert words in page.content.decode()
    assert "matches the given query" not in page.content.decode()


def test_a_name_cannot_turn_the_sentence_that_it_stands_in(managing: Client) -> None:
    page = managing.post(
        "/beheer/accounts/nieuw/",
        {"email": "abc@voorbeeld.nl", "name": "\N{RIGHT-TO-LEFT OVERRIDE}cba", "role": "college"},
    )
    assert "onzichtbaar teken" in page.content.decode()
    assert not User.objects.filter(email="abc@voorbeeld.nl").exists()


def test_a_role_of_another_account_is_not_there(
    managing: Client, officer: User, manager: User
) -> None:
    other = RoleAssignment.objects.get(user=manager)
    address = reverse("role_end", args=[officer.pk, other.pk])
    assert managing.post(address, {"at_once": "on"}).status_code == 404
    assert RoleAssignment.objects.get(pk=other.pk).valid_until is None


def test_the_own_account_cannot_be_closed(managing: Client, functional_manager: User) -> None:
    response = managing.post(reverse("account_close", args=[functional_manager.pk]), follow=True)
    assert "Dit kunt u niet bij uzelf doen." in response.content.decode()
    functional_manager.refresh_from_db()
    assert functional_manager.is_active


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"zoek": "olga"}, ["Olga Beleid"]),
        ({"rol": "policy_officer"}, ["Olga Beleid"]),
        ({"organisatie": "partner"}, ["Sanne Tekent"]),
        ({"stand": "closed"}, ["Wim Weg"]),
        ({"stand": "invited"}, ["Nina Nieuw"]),
        ({"zoek": "niemand zo"}, []),
    ],
)
def test_a_choice_narrows_the_list(
    managing: Client,
    officer: User,
    signatory: User,
    partner: Organisation,
    choice: dict[str, str],
    found: list[str],
) -> None:
    UserFactory.create(name="Wim Weg", is_active=False, holds=[Role.POLICY_OFFICER])
    UserFactory.create(name="Nina Nieuw", password=None)
    if "organisatie" in choice:
        choice = {"organisatie": str(partner.pk)}
    page = managing.get(reverse("account_list"), choice)
    assert [person.name for person in page.context["page"]] == found
    if not found:
        assert "Geen account past bij deze keuze" in page.content.decode()


def test_many_accounts_cost_as_many_queries_as_one(managing: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            managing.get(reverse("account_list"))
        return len(queries)

    asked()
    few = asked()
    for _number in range(20):
        UserFactory.create(holds=[Role.POLICY_OFFICER, Role.CONTRACT_MANAGER])
    assert asked() == few
