"""A passkey or security key: added, renamed, used as second step and alone, and taken away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from accounts.second_step import factors_of
from core.models import OutboxMail
from tests.second_step import give_app, sign_in
from tests.soft_key import FLAG, SoftKey

pytestmark = pytest.mark.django_db
PASSWORD = "lang-genoeg-wachtwoord"
ADD = "/account/2fa/webauthn/add/"
ALONE = "/account/2fa/webauthn/login/"
LIST = "/account/2fa/webauthn/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anja@example.nl", PASSWORD, name="Anja")


@pytest.fixture
def browser(client: Client, user: User) -> Client:
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def key(browser: Client) -> SoftKey:
    """A key that was added, by who is signed in, to sign in with alone as well."""
    return added(browser, SoftKey(), passwordless="on")


def added(browser: Client, key: SoftKey, **typed: str) -> SoftKey:
    sent = {"name": "", "credential": key.register(asked(browser, ADD)), **typed}
    answer = browser.post(ADD, sent)
    assert answer.status_code == 302, answer.content.decode()
    return key


def asked(browser: Client, address: str) -> Any:
    """The options on a page, as the script reads them."""
    html = browser.get(address).content.decode()
    _, _, rest = html.partition('<script id="passkey-options" type="application/json">')
    return json.loads(rest.partition("</script>")[0])


def to_second_step(client: Client, user: User) -> str:
    client.post("/account/logout/")
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return answer.headers["Location"]


def test_a_key_gets_a_name_and_is_told(browser: Client, key: SoftKey, user: User) -> None:
    [factor] = factors_of(user)
    assert str(factor) == "Mijn sleutel"
    entries = AuditEntry.objects.filter(action="factor_added").order_by("pk")
    assert entries[0].details == {"soort": "passkey of beveiligingssleutel"}
    assert [mail.subject for mail in OutboxMail.objects.all()] == ["Uw account: sleutel toegevoegd"]
    browser.post(reverse("mfa_edit_webauthn", args=[factor.pk]), {"name": "Telefoon"})
    assert "Telefoon" in browser.get(reverse("mfa_list_webauthn")).content.decode()


def test_a_key_is_the_second_step(client: Client, key: SoftKey, user: User) -> None:
    address = to_second_step(client, user)
    assert "_auth_user_id" not in client.session
    page = client.get(address).content.decode()
    assert page.count("btn-primary") == 1
    answer = client.post(address, {"credential": key.sign(asked(client, address))})
    assert answer.headers["Location"] == "/werk/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_key_of_somebody_else_is_not(client: Client, key: SoftKey, user: User) -> None:
    address = to_second_step(client, user)
    answer = client.post(address, {"credential": SoftKey().sign(asked(client, address))})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_answer_signed_with_another_key_is_not_recognised(
    client: Client, key: SoftKey, user: User
) -> None:
    address = to_second_step(client, user)
    forged = SoftKey()
    forged.id, forged.user_handle = key.id, key.user_handle
    answer = client.post(address, {"credential": forged.sign(asked(client, address))})
    assert "Deze sleutel werd niet herkend" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_passkey_signs_in_without_a_password(client: Client, key: SoftKey, user: User) -> None:
    client.post("/account/logout/")
    options = client.get(ALONE, headers=JSON).json()
    answer = client.post(ALONE, {"credential": key.sign(options)})
    assert answer.headers["Location"] == "/werk/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_key_is_not_added_for_signing_in_alone_when_it_does_not_ask_who_holds_it(
    browser: Client, user: User
) -> None:
    sent = {"name": "", "passwordless": "on"}
    sent["credential"] = SoftKey(verifies=False).register(asked(browser, ADD))
    assert browser.post(ADD, sent).status_code == 200
    assert not factors_of(user).exists()


@pytest.mark.parametrize("verifies", [True, False])
def test_a_key_that_is_a_second_step_alone_does_not_sign_in_alone(
    browser: Client, user: User, verifies: bool
) -> None:
    key = added(browser, SoftKey(verifies=verifies))
    assert "werkt ook zonder wachtwoord" not in browser.get(LIST).content.decode()
    browser.post("/account/logout/")
    key.flags |= FLAG.UV
    answer = browser.post(
        ALONE, {"credential": key.sign(browser.get(ALONE, headers=JSON).json())}, follow=True
    )
    assert "Deze sleutel is alleen een tweede stap." in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    # As what it is, it works.
    address = to_second_step(browser, user)
    browser.post(address, {"credential": key.sign(asked(browser, address))})
    assert browser.session["_auth_user_id"] == str(user.pk)


@pytest.fixture
def former(browser: Client, user: User) -> SoftKey:
    """A key from before it was asked whether it signs in alone: nothing was kept of that."""
    key = added(browser, SoftKey())
    [factor] = factors_of(user)
    del factor.data["credential"]["alone"]
    factor.save()
    return key


def test_a_key_from_before_says_so_and_the_same_device_replaces_it(
    browser: Client, former: SoftKey, user: User
) -> None:
    [old] = factors_of(user)
    page = browser.get(LIST).content.decode()
    assert "Daarom logt u er niet mee in zonder wachtwoord." in page
    address = f"{ADD}?vervangt={old.pk}"
    assert address in page
    form = browser.get(address).content.decode()
    assert f'action="{address}"' in form
    assert "dan halen wij <b>Mijn sleutel</b> weg" in form
    options = asked(browser, address)
    assert options["creation_options"]["publicKey"]["excludeCredentials"] == []
    assert len(asked(browser, ADD)["creation_options"]["publicKey"]["excludeCredentials"]) == 1
    again = SoftKey()
    sent = {"name": "Mijn sleutel", "passwordless": "on"}
    sent["credential"] = again.register(asked(browser, address))
    assert browser.post(address, sent).status_code == 302
    [new] = factors_of(user)
    assert new.pk != old.pk
    assert "Daarom logt u er niet mee in" not in browser.get(LIST).content.decode()
    browser.post("/account/logout/")
    browser.post(ALONE, {"credential": again.sign(browser.get(ALONE, headers=JSON).json())})
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert browser.get(address).status_code == 404


def test_who_breaks_off_keeps_the_key(browser: Client, former: SoftKey, user: User) -> None:
    [old] = factors_of(user)
    address = f"{ADD}?vervangt={old.pk}"
    wrong = {"name": "", "passwordless": "on"}
    wrong["credential"] = SoftKey(verifies=False).register(asked(browser, address))
    assert browser.post(address, wrong).status_code == 200
    assert list(factors_of(user)) == [old]


@pytest.mark.parametrize("word", ["0", "x", "9" * 30, "foreign"])
def test_a_key_that_is_not_yours_is_not_replaced(
    browser: Client, former: SoftKey, user: User, word: str
) -> None:
    if word == "foreign":
        other = User.objects.create_user("bas@example.nl", PASSWORD, name="Bas")
        theirs = Authenticator.objects.create(
            user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Telefoon"}
        )
        word = str(theirs.pk)
    answer = browser.get(f"{ADD}?vervangt={word}")
    assert answer.status_code == 404
    assert factors_of(user).count() == 1


def test_a_key_does_not_say_itself_that_it_signs_in_alone(browser: Client, user: User) -> None:
    key = SoftKey(verifies=False)
    told = json.loads(key.register(asked(browser, ADD)))
    browser.post(ADD, {"name": "", "credential": json.dumps({**told, "alone": True})})
    assert factors_of(user).get().data["credential"]["alone"] is False


def test_a_found_key_that_asks_nothing_opens_nothing_on_the_page_of_another_account(
    browser: Client, key: SoftKey
) -> None:
    """The page of the second step asks less of a key: its question is no way around the door."""
    assert "werkt ook zonder wachtwoord" in browser.get(LIST).content.decode()
    finder = User.objects.create_user("vinder@example.nl", PASSWORD, name="Vinder")
    other = Client()
    other.post("/account/login/", {"login": finder.email, "password": PASSWORD})
    added(other, SoftKey())
    address = to_second_step(other, finder)
    question = asked(other, address)
    # The sign-in that was begun is too old, and the question is there still.
    session = other.session
    del session["account_login"]
    session.save()
    key.flags = FLAG.UP
    answer = other.post(ALONE, {"credential": key.sign(question)}, follow=True)
    assert "Deze sleutel werd niet herkend." in answer.content.decode()
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize(
    "sent",
    ["", "geen json", "[]", "{}", '{"id": 3}', '"x"', '{"response": {"userHandle": "§"}}', "null"],
)
def test_what_no_browser_sends_is_refused_and_breaks_nothing(
    browser: Client, key: SoftKey, user: User, sent: str
) -> None:
    asked(browser, ADD)
    assert browser.post(ADD, {"credential": sent}).status_code == 200
    address = to_second_step(browser, user)
    asked(browser, address)
    assert browser.post(address, {"credential": sent}).status_code == 200
    browser.get(ALONE, headers=JSON)
    assert browser.post(ALONE, {"credential": sent}).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_the_last_key_stays_and_one_of_two_can_go(
    browser: Client, key: SoftKey, user: User
) -> None:
    [first] = factors_of(user)
    remove = reverse("mfa_remove_webauthn", args=[first.pk])
    answer = browser.post(remove, follow=True)
    assert "Dit is uw enige tweede stap" in answer.content.decode()
    second = SoftKey()
    browser.post(ADD, {"name": "Twee", "credential": second.register(asked(browser, ADD))})
    assert browser.get(remove).status_code == 200
    browser.post(remove)
    assert [str(factor) for factor in factors_of(user)] == ["Twee"]


def test_a_key_of_somebody_else_cannot_be_taken_away_or_renamed(
    client: Client, key: SoftKey, user: User
) -> None:
    [factor] = factors_of(user)
    other = User.objects.create_user("bas@example.nl", PASSWORD, name="Bas")
    thief = Client()
    give_app(other)
    sign_in(thief, other, PASSWORD)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert thief.post(reverse(name, args=[factor.pk]), {"name": "x"}).status_code == 404
    assert factors_of(user).count() == 1
