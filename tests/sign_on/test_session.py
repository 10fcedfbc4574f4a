"""Single sign-on: the second step, the session, and where it leads."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import idle
from accounts.constants import Role
from accounts.models import AuditEntry, Organisation, User
from accounts.second_step import SETTLED
from tests.factories import UserFactory
from tests.second_step import CODE_PAGE, code_for
from tests.sign_on.running import (
    EMAIL,
    EVA,
    START,
    Provider,
    come_back,
    sent_to,
    sign_on,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.processes]


# --- The second step ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "amr",
    [["mfa"], ["pwd", "otp"], ["hwk"], ["fido"], "mfa"],
)
def test_a_second_step_at_the_provider_is_enough(
    client: Client, provider: Provider, amr: Any
) -> None:
    provider.says(user={**EVA, "amr": amr})
    assert sign_on(client)["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200


@pytest.mark.parametrize("told", [{}, {"amr": ["pwd"]}, {"amr": ["sms"]}, {"amr": []}])
def test_without_one_it_is_set_up_here_first(
    client: Client, provider: Provider, told: dict[str, Any]
) -> None:
    provider.says(user={**EVA, **told})
    sign_on(client)
    assert client.get("/werk/")["Location"] == reverse("mfa_index")
    assert "Stel" in client.get(reverse("mfa_index")).content.decode()


def test_a_second_step_that_stands_in_the_second_answer_alone_does_not_count(
    client: Client, provider: Provider
) -> None:
    provider.says(user={"sub": "eva-1"}, info={**EVA, "amr": ["mfa"], "acr": "hoog"})
    sign_on(client)
    assert client.get("/werk/")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ({"acr": "hoog"}, True),
        ({"acrs": ["laag", "hoog"]}, True),
        ({"acr": "laag"}, False),
        ({"acrs": "laag"}, False),
        ({}, False),
    ],
)
def test_the_level_of_the_settings_counts_as_a_second_step(
    client: Client,
    provider: Provider,
    settings: Settings,
    told: dict[str, Any],
    enough: bool,
) -> None:
    settings.OIDC_ACR = ["hoog", "hoger"]
    provider.says(user={**EVA, **told})
    sign_on(client)
    assert provider.asked()["acr_values"] == "hoog hoger"
    assert bool(client.session.get(SETTLED)) is enough


def test_who_has_a_second_step_here_gives_it_when_the_provider_asked_none(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    eva = UserFactory.create(email=EMAIL, holds=[Role.POLICY_OFFICER])
    assert sign_on(client, "/beheer/agenda/")["Location"] == CODE_PAGE
    assert signed_in(client) is None
    done = client.post(CODE_PAGE, {"code": code_for(eva)})
    assert done["Location"] == "/beheer/agenda/"
    assert signed_in(client) == eva
    assert AuditEntry.objects.filter(action="single_sign_on", actor=eva).count() == 1
    assert not AuditEntry.objects.filter(action="sign_in").exists()


def test_a_second_step_of_an_earlier_session_does_not_count_for_the_next(
    client: Client, provider: Provider
) -> None:
    first, second = sent_to(client), sent_to(client)
    provider.says(user={**EVA, "amr": ["mfa"]})
    client.get(come_back(first))
    assert client.session[SETTLED]
    provider.says(user={**EVA, "amr": ["pwd"]})
    client.get(come_back(second))
    assert signed_in(client) is not None
    assert SETTLED not in client.session


@pytest.mark.parametrize("amr", [["mfa"], ["pwd"]])
@pytest.mark.parametrize("sends", [False, True])
@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "account_set_password", "account_email"]
)
def test_who_signed_in_long_ago_signs_in_anew_before_the_account_gets_another_door(
    client: Client, provider: Provider, name: str, amr: list[str], sends: bool
) -> None:
    provider.says(user={**EVA, "amr": amr})
    sign_on(client)
    address = reverse(name)
    enrols = amr == ["pwd"] and not name.startswith("mfa")
    fresh = client.get(address)
    assert fresh.status_code == (302 if enrols else 200)
    assert signed_in(client) is not None
    grow_old(client)
    ask = client.post if sends else client.get
    answer = ask(address, headers={"referer": f"http://testserver{address}"})
    assert answer["Location"] == f"/account/login/?next={address}"
    assert signed_in(client) is None
    assert "Log eerst opnieuw in." in client.get("/account/login/").content.decode()


def grow_old(client: Client) -> None:
    """Six minutes go by."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 6 * 60
    session.save()


def test_who_has_a_second_step_here_is_asked_for_that_and_stays(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    eva = UserFactory.create(email=EMAIL, password=None, holds=[Role.POLICY_OFFICER])
    sign_on(client)
    client.post(CODE_PAGE, {"code": code_for(eva)})
    grow_old(client)
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert signed_in(client) == eva


# --- The session -------------------------------------------------------------------------------


def test_signing_in_gives_the_session_a_new_key_and_begins_its_time(
    client: Client, provider: Provider
) -> None:
    back = come_back(sent_to(client))
    before = client.session.session_key
    client.get(back)
    assert signed_in(client) is not None
    assert client.session.session_key != before
    assert client.session[idle.KEY]["at"] > time.time() - 60


def test_an_idle_session_ends(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.says(user={**EVA, "amr": ["mfa"]})
    sign_on(client)
    later = idle.now() + 61 * 60
    monkeypatch.setattr(idle, "now", lambda: later)
    assert client.get("/werk/")["Location"].startswith("/account/login/")
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("onward", "to"),
    [
        ("/beheer/agenda/?jaar=2018", "/beheer/agenda/?jaar=2018"),
        ("https://elders.example/", "/werk/"),
        ("//elders.example/", "/werk/"),
        ("/\\elders.example/", "/werk/"),
        ("javascript:alert(1)", "/werk/"),
        ("http://testserver/beheer/", "/werk/"),
    ],
)
def test_it_leads_on_to_a_path_of_this_site_alone(
    client: Client, provider: Provider, onward: str, to: str
) -> None:
    provider.says(user={**EVA, "amr": ["mfa"]})
    assert sign_on(client, onward)["Location"] == to


def test_who_is_signed_in_is_not_sent_away_again(
    client: Client, provider: Provider, officer: User
) -> None:
    client.force_login(officer)
    assert client.post(START)["Location"] == "/werk/"
