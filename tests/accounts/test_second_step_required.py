"""Everybody needs a second step: who has none is led to it, and can do nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.checks import no_demonstration_accounts
from accounts.constants import AuditResult, Role
from accounts.models import AuditEntry, User
from tests.factories import PASSWORD, UserFactory
from tests.reporting.cycle import cycle
from tests.second_step import code_of, give_app, secret_on, sign_in

pytestmark = pytest.mark.django_db
ENROL = "/account/2fa/"


@pytest.fixture
def newcomer() -> User:
    return UserFactory.create(name="Nina", holds=[Role.POLICY_OFFICER], second_step=False)


@pytest.fixture
def shared() -> User:
    """An account of the demonstration."""
    return UserFactory.create(
        name="Gedeeld", holds=[Role.POLICY_OFFICER], second_step=False, is_demonstration=True
    )


def test_a_newcomer_is_led_to_enrolment_and_from_there_to_where_it_began(
    client: Client, newcomer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **kwargs: do())
    client.post("/account/login/", {"login": newcomer.email, "password": PASSWORD})
    answer = client.get("/beheer/agenda/?zoek=jeugd")
    assert answer.headers["Location"] == ENROL
    html = client.get(ENROL).content.decode()
    assert "Stel uw tweede stap in" in html
    assert 'href="/beheer/agenda/"' not in html, "a menu whose links all lead back here"
    secret = secret_on(client)
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert 'href="/beheer/agenda/?zoek=jeugd"' in answer.content.decode()
    assert client.get("/beheer/agenda/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/agenda/", "/account/logout/"])
def test_what_everybody_may_see_stays_open_and_so_does_signing_out(
    client: Client, newcomer: User, path: str
) -> None:
    client.force_login(newcomer)
    assert client.get(path).status_code == 200
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_public_page_is_the_same_for_who_has_to_enrol(client: Client, newcomer: User) -> None:
    stranger = client.get("/agenda/")
    client.force_login(newcomer)
    assert client.get("/agenda/").content == stranger.content


def test_a_form_that_is_sent_is_refused_and_says_how_to_keep_it(
    client: Client, newcomer: User
) -> None:
    client.force_login(newcomer)
    answer = client.post(reverse("agenda_add"), {"title": "Nieuw"})
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "uw tekst staat daar meestal nog" in html
    assert f'href="{ENROL}"' in html
    [entry] = AuditEntry.objects.filter(action="agenda_add")
    assert entry.result == AuditResult.REFUSED


def test_a_draft_is_answered_as_after_a_session_that_ended(client: Client) -> None:
    made = cycle()
    Authenticator.objects.all().delete()
    client.force_login(made.reporter)
    address = reverse("report_autosave", args=[made.report.pk])
    json = {"Accept": "application/json"}
    answer = client.post(address, {}, headers=json)
    ended = Client().post(address, {}, headers=json)
    assert answer.status_code == ended.status_code == 302


def test_a_session_that_was_seen_to_be_settled_asks_nothing_more(
    client: Client, officer: User
) -> None:
    client.force_login(officer)
    Authenticator.objects.all().delete()
    assert client.get("/beheer/agenda/").status_code == 200


def test_a_session_from_before_is_asked_once(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    assert client.get("/werk/").status_code == 302
    give_app(newcomer)
    assert client.get("/werk/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/werk/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client: Client, newcomer: User) -> None:
    Authenticator.objects.create(user=newcomer, type="recovery_codes", data={})
    client.force_login(newcomer)
    assert client.get("/werk/").status_code == 302


def test_an_account_of_the_demonstration_works_without_and_says_what_it_is(
    client: Client, shared: User, officer: User
) -> None:
    sign_in(client, shared, PASSWORD)
    html = client.get("/beheer/agenda/").content.decode()
    assert "Dit is een demonstratie met gedeelde accounts" in html
    client.force_login(officer)
    assert "gedeelde accounts" not in client.get("/beheer/agenda/").content.decode()


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_nobody_shuts_the_others_out_of_a_shared_account(
    client: Client, shared: User, name: str
) -> None:
    sign_in(client, shared, PASSWORD)
    assert client.get(reverse(name)).headers["Location"] == ENROL
    assert client.post(reverse(name), {"code": "1"}).headers["Location"] == ENROL
    assert "wordt gedeeld" in client.get(ENROL).content.decode()


def test_production_lets_no_account_of_the_demonstration_in(
    client: Client, shared: User, settings: Settings
) -> None:
    client.force_login(shared)
    settings.DEMO = False
    assert client.get("/werk/").headers["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session
    answer = client.post(
        "/account/login/", {"login": shared.email, "password": PASSWORD}, follow=True
    )
    assert "account voor de demonstratie" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    [entry] = AuditEntry.objects.filter(result=AuditResult.REFUSED)
    assert (entry.action, entry.target) == ("sign_in", f"account {shared.pk}")


def test_production_is_not_brought_up_on_a_database_with_such_accounts(
    shared: User, settings: Settings
) -> None:
    settings.DEMO = False
    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("migrate", "--plan", verbosity=0, skip_checks=False)
    call_command("close_demo_accounts", verbosity=0)
    assert no_demonstration_accounts(databases=["default"]) == []
    shared.refresh_from_db()
    assert not shared.is_active
    assert not shared.has_usable_password()


def test_a_demonstration_starts_on_them(shared: User) -> None:
    assert no_demonstration_accounts(databases=["default"]) == []


def test_a_command_that_checks_no_database_asks_none(
    settings: Settings, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    settings.DEMO = False
    with django_assert_num_queries(0):
        assert no_demonstration_accounts(databases=None) == []
