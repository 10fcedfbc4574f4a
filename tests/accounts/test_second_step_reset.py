"""The functional manager sees who has a second step, and takes it away from who lost it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import AuditEntry, User
from core.models import OutboxMail
from tests.factories import PASSWORD, UserFactory
from tests.second_step import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def test_the_list_says_who_has_none_and_can_be_narrowed_to_them(desk: Client) -> None:
    UserFactory.create(name="Met Stap")
    UserFactory.create(name="Zonder Stap", second_step=False)
    UserFactory.create(name="Gedeeld Account", second_step=False, is_demonstration=True)
    html = desk.get(reverse("account_list")).content.decode()
    assert html.count('<span class="lines-sub">nog geen tweede stap') == 1
    assert "gedeeld, voor de demonstratie" in html
    html = desk.get(reverse("account_list"), {"stand": "no_second_step"}).content.decode()
    assert "Zonder Stap" in html
    assert "Met Stap" not in html
    assert "Gedeeld Account" not in html


def test_it_is_asked_first_and_then_gone_told_and_mailed(
    desk: Client, functional_manager: User, officer: User
) -> None:
    Authenticator.objects.create(user=officer, type="recovery_codes", data={})
    page = reverse("account_manage", args=[officer.pk])
    address = reverse("second_step_reset", args=[officer.pk])
    assert address in desk.get(page).content.decode()
    assert "Bel terug" in desk.get(address).content.decode()
    assert Authenticator.objects.filter(user=officer).count() == 2
    answer = desk.post(address, follow=True)
    assert "is weggehaald" in answer.content.decode()
    assert "nog niet ingesteld" in answer.content.decode()
    assert address not in answer.content.decode()
    assert not Authenticator.objects.filter(user=officer).exists()
    [entry] = AuditEntry.objects.filter(action="second_step_reset")
    assert (entry.actor, entry.target) == (functional_manager, page)
    [mail] = OutboxMail.objects.all()
    assert mail.to == officer.email
    assert "Femke Beheer haalde de tweede stap bij uw account weg" in mail.text


def test_who_lost_it_is_signed_out_everywhere_and_enrols_anew(
    functional_manager: User, officer: User
) -> None:
    here, there = Client(), Client()
    here.force_login(officer)
    there.force_login(officer)
    actions.reset_second_step(person=officer, user=functional_manager)
    for browser in (here, there):
        assert browser.get("/werk/").headers["Location"] == "/account/login/?next=/werk/"
    assert sign_in(here, officer, PASSWORD) == "/werk/"
    assert here.get("/werk/").headers["Location"] == "/account/2fa/"


def test_nobody_does_it_to_himself(functional_manager: User) -> None:
    with pytest.raises(ValidationError, match="niet bij uzelf"):
        actions.reset_second_step(person=functional_manager, user=functional_manager)
    assert Authenticator.objects.filter(user=functional_manager).exists()


def test_who_has_none_hears_nothing(desk: Client) -> None:
    person = UserFactory.create(name="Zonder Stap", second_step=False)
    answer = desk.post(reverse("second_step_reset", args=[person.pk]), follow=True)
    assert "heeft nog geen tweede stap" in answer.content.decode()
    assert not OutboxMail.objects.exists()
    assert not AuditEntry.objects.filter(action="second_step_reset").exists()


def test_a_name_that_is_removed_takes_its_keys_along(
    functional_manager: User, officer: User
) -> None:
    actions.close_account(person=officer, user=functional_manager)
    actions.remove_name(person=officer, user=functional_manager)
    assert not Authenticator.objects.filter(user=officer).exists()
