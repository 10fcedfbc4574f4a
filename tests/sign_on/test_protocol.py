"""Single sign-on: what goes to a running provider, and what may not come back."""

from __future__ import annotations

import socket
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.factories import PASSWORD
from tests.second_step import CODE_PAGE
from tests.sign_on.running import (
    BACK,
    NAME,
    START,
    Provider,
    come_back,
    refusals,
    sent_to,
    sign_on,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.processes]


# --- What goes to the provider, and what comes back --------------------------------------------


def test_the_try_goes_with_state_nonce_and_proof(client: Client, provider: Provider) -> None:
    asked = {key: value[0] for key, value in parse_qs(urlsplit(sent_to(client)).query).items()}
    assert asked["redirect_uri"] == f"http://localhost:8000{BACK}"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert min(len(asked[part]) for part in ("state", "nonce", "code_challenge")) >= 16
    assert "client_secret" not in asked


def test_cancelling_is_said_and_nothing_happened(client: Client, provider: Provider) -> None:
    answer = sign_on(client, cancel=True)
    assert answer.status_code == 200
    assert "U brak het inloggen af" in answer.content.decode()
    assert signed_in(client) is None
    assert refusals() == [("onbekend account", "afgebroken")]


HOUR = 3600
WRONG: dict[str, dict[str, Any]] = {
    "the audience": {"token": {"aud": "een-andere-site"}},
    "one audience of several": {"token": {"aud": ["monitor", "een-andere-site"]}},
    "the party": {"token": {"azp": "een-andere-site"}},
    "the issuer": {"token": {"iss": "https://nep.example"}},
    "the nonce": {"token": {"nonce": "van-een-andere-keer"}},
    "the name": {"token": {"sub": ""}},
    "a name that is too long": {"token": {"sub": "e" * 192}},
    "a name that is no text": {"token": {"sub": 7}},
    "the key": {"key": "other"},
    "no signature": {"alg": "none"},
    "a signature with the shared secret": {"key": "shared", "alg": "HS256"},
    "its own name": {"config": {"issuer": "https://nep.example"}},
    "its keys": {"config": {"jwks_uri": None}},
}


@pytest.mark.parametrize("what", WRONG)
def test_an_answer_that_is_wrong_signs_nobody_in(
    client: Client, provider: Provider, what: str
) -> None:
    address = sent_to(client)
    provider.says(**WRONG[what])
    back = come_back(address)
    answer = client.get(back)
    assert answer.status_code == 400
    assert "Inloggen is niet gelukt" in answer.content.decode()
    assert (signed_in(client), User.objects.count()) == (None, 0)
    assert refusals() == [("onbekend account", "antwoord klopt niet")]


@pytest.mark.parametrize(("seconds", "status"), [(-HOUR, 400), (-30, 302), (HOUR, 302)])
def test_a_token_counts_until_it_ends_and_a_minute_for_clocks(
    client: Client, provider: Provider, seconds: int, status: int
) -> None:
    provider.says(token={"exp": int(time.time()) + seconds})
    assert sign_on(client).status_code == status


def test_a_token_from_the_future_is_refused(client: Client, provider: Provider) -> None:
    provider.says(token={"iat": int(time.time()) + HOUR})
    assert sign_on(client).status_code == 400


def test_a_provider_that_calls_itself_otherwise_is_not_gone_to(
    client: Client, provider: Provider
) -> None:
    provider.says(config={"issuer": "https://nep.example"})
    assert client.post(START).status_code == 400


@pytest.mark.parametrize("config", [{"token_endpoint": None}, {"authorization_endpoint": 7}])
def test_a_provider_that_says_nonsense_breaks_nothing(
    client: Client, provider: Provider, config: dict[str, Any]
) -> None:
    provider.says(config=config)
    page = client.post(START)
    if page.status_code == 200:
        back = f"{BACK}?code=x&state={next(iter(client.session['socialaccount_states']))}"
        page = client.get(back)
    assert page.status_code in {400, 503}
    assert "Inloggen" in page.content.decode()


def test_a_try_counts_once(client: Client, provider: Provider) -> None:
    back = come_back(sent_to(client))
    client.get(back)
    assert signed_in(client) is not None
    client.post("/account/logout/")
    answer = client.get(back)
    assert answer.status_code == 400
    assert "Dit inloggen is verlopen" in answer.content.decode()
    assert signed_in(client) is None


def test_a_try_counts_once_in_a_session_that_stays(client: Client, provider: Provider) -> None:
    back = come_back(sent_to(client), cancel=True)
    assert client.get(back).status_code == 200
    assert client.get(back).status_code == 400


def test_a_try_of_another_browser_does_not_count(client: Client, provider: Provider) -> None:
    back = come_back(sent_to(client))
    victim = Client()
    sent_to(victim)
    answer = victim.get(back)
    assert answer.status_code == 400
    assert signed_in(victim) is None
    assert refusals() == [("onbekend account", "verlopen")]


@pytest.mark.parametrize("query", ["", "?state=verzonnen&code=x", "?code=x", "?state="])
def test_coming_back_without_a_try_is_refused(
    client: Client, provider: Provider, query: str
) -> None:
    assert client.get(BACK + query).status_code == 400


def test_a_try_that_took_too_long_is_refused(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = come_back(sent_to(client))
    now = time.time()
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: now + 11 * 60)
    assert client.get(back).status_code == 400


def test_a_code_of_another_try_does_not_fit_the_proof(client: Client, provider: Provider) -> None:
    stolen = parse_qs(urlsplit(come_back(sent_to(Client()))).query)["code"][0]
    own = parse_qs(urlsplit(come_back(sent_to(client))).query)["state"][0]
    answer = client.get(f"{BACK}?code={stolen}&state={own}")
    assert answer.status_code == 400
    assert signed_in(client) is None


def test_a_wrong_secret_is_refused_and_never_shown(
    client: Client, provider: Provider, settings: Settings
) -> None:
    back = come_back(sent_to(client))
    settings.OIDC_CLIENT_SECRET = "een-verkeerd-geheim"
    answer = client.get(back)
    assert answer.status_code == 400
    assert "geheim" not in answer.content.decode()


# --- The provider is away ----------------------------------------------------------------------


@pytest.fixture
def nobody_there() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_provider_that_is_away_at_the_start_is_said(
    client: Client, provider: Provider, settings: Settings, nobody_there: str, officer: User
) -> None:
    settings.OIDC_SERVER_URL = nobody_there
    answer = client.post(START)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert f"Er komt geen antwoord van: {NAME}." in page
    assert nobody_there not in page
    assert refusals() == [("onbekend account", "geen antwoord")]
    typed = {"login": officer.email, "password": PASSWORD}
    assert client.post("/account/login/", typed)["Location"] == CODE_PAGE


def test_a_provider_that_goes_away_halfway_is_said(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = come_back(sent_to(client))

    def away(*args: object, **kwargs: object) -> None:
        raise requests.ConnectTimeout

    with monkeypatch.context() as patch:
        patch.setattr(requests.Session, "request", away)
        answer = client.get(back)
    assert answer.status_code == 503
    assert signed_in(client) is None
    sign_on(client)
    assert signed_in(client) is not None


def test_too_many_tries_from_one_address_are_slowed_down(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"single_sign_on": "3/m/ip"}
    answers = [client.get(BACK).status_code for _time in range(5)]
    assert answers == [400, 400, 400, 429, 429]
    assert len(refusals()) == 3
