"""The pages around signing in speak Dutch and say u, also where a library has the word."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from accounts.second_step import SETTLED, SecondStepAdapter
from core.models import OutboxMail
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

# No Dutch page needs these: they are of a text that nobody translated, or that says je.
FOREIGN = re.compile(
    r"\b(je|jij|jou|jouw|jezelf"
    r"|the|this|your|you|please|must|cannot|again|with|been|invalid|incorrect|required|enter|type"
    r"|password|address|remember|confirmation|sign|login|phone|username|new|current)\b",
    re.IGNORECASE,
)
OTHER = "een-heel-andere-zin"
SHORT = "kort"
TWO = {"password1": OTHER, "password2": f"{OTHER}-2"}
WEAK = {"password1": SHORT, "password2": SHORT}
COMMON = {"password1": "qwerty123456", "password2": "qwerty123456"}
LIKE = {"password1": "anja@voorbeeld.test", "password2": "anja@voorbeeld.test"}
# Here nobody signs in with a name or a telephone number, and everybody needs a password.
NEVER = {"invalid_login"}
NEVER |= {"username_blacklisted", "username_password_mismatch", "username_taken"}
NEVER |= {"phone_password_mismatch", "phone_taken", "unknown_phone"}


def shown(page: str) -> str:
    """What a page says: its text, and what stands in its empty fields."""
    page = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", page)
    told = re.findall(r'\b(?:placeholder|title|alt|aria-label)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *told]))


def foreign_in(texts: Iterable[str]) -> dict[str, str]:
    """The words that are not ours, each with the text that it stands in."""
    found = {}
    for text in texts:
        for word in FOREIGN.finditer(text):
            around = text[max(0, word.start() - 40) : word.end() + 40]
            found[word[0].lower()] = " ".join(around.split())
    return found


@pytest.fixture
def person() -> User:
    made: User = UserFactory.create(name="Anja", email="anja@voorbeeld.test")
    return made


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("account_login", None),
        ("account_login", {}),
        ("account_login", {"login": "geen adres", "password": "x"}),
        ("account_login", {"login": "anja@voorbeeld.test", "password": "x"}),
        ("account_signup", None),
        ("account_inactive", None),
        ("account_reset_password", None),
        ("account_reset_password", {}),
        ("account_reset_password", {"email": "geen adres"}),
        ("account_reset_password_done", None),
        ("account_reset_password_from_key_done", None),
        ("account_email_verification_sent", None),
        ("mfa_login_webauthn", {"credential": "{}"}),
    ],
)
def test_a_page_at_the_door(
    name: str, typed: dict[str, str] | None, client: Client, person: User
) -> None:
    address = reverse(name)
    page = client.get(address) if typed is None else client.post(address, typed, follow=True)
    assert foreign_in([shown(page.content.decode())]) == {}


@pytest.mark.parametrize("typed", [None, {}, TWO, WEAK, COMMON, LIKE])
def test_choosing_a_password_by_a_link(
    typed: dict[str, str] | None, client: Client, person: User
) -> None:
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    page = client.get(f"/account/password/reset/key/{key}/", follow=True)
    if typed is not None:
        page = client.post(page.redirect_chain[-1][0], typed)
        assert page.context["form"].errors
    assert foreign_in([shown(page.content.decode())]) == {}


def test_a_link_that_works_no_longer(client: Client) -> None:
    for address in ("/account/password/reset/key/1-weg/", "/account/confirm-email/weg/"):
        page = client.get(address, follow=True)
        assert foreign_in([shown(page.content.decode())]) == {}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("account_logout", None),
        ("account_change_password", None),
        ("account_change_password", {}),
        ("account_change_password", {"oldpassword": "mis", **TWO}),
        ("account_change_password", {"oldpassword": PASSWORD, **WEAK}),
        ("account_change_password", {"oldpassword": PASSWORD, **COMMON}),
        (
            "account_change_password",
            {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD},
        ),
        ("account_email", None),
        ("account_email", {"action_add": "", "email": ""}),
        ("account_email", {"action_add": "", "email": "geen adres"}),
        ("account_email", {"action_add": "", "email": "anja@voorbeeld.test"}),
        ("account_email", {"action_add": "", "email": "bas@voorbeeld.test"}),
        ("account_email", {"action_primary": "", "email": "anders@voorbeeld.test"}),
        ("account_email", {"action_remove": "", "email": "anja@voorbeeld.test"}),
        ("account_email", {"action_send": "", "email": "anders@voorbeeld.test"}),
        ("account_reauthenticate", None),
        ("account_reauthenticate", {}),
        ("account_reauthenticate", {"password": "mis"}),
        ("mfa_index", None),
        ("mfa_reauthenticate", None),
        ("mfa_reauthenticate", {}),
        ("mfa_reauthenticate", {"code": "1"}),
        ("mfa_list_webauthn", None),
    ],
)
def test_a_page_of_the_own_account(
    name: str, typed: dict[str, str] | None, client: Client, person: User
) -> None:
    UserFactory.create(email="bas@voorbeeld.test")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    EmailAddress.objects.create(user=person, email="anders@voorbeeld.test")
    client.force_login(person)
    address = reverse(name)
    page = client.get(address) if typed is None else client.post(address, typed, follow=True)
    assert foreign_in([shown(page.content.decode())]) == {}


def test_a_person_without_a_password_chooses_one(client: Client) -> None:
    newcomer = UserFactory.create(password=None)
    client.force_login(newcomer)
    address = reverse("account_set_password")
    for typed in (None, {}, TWO, WEAK):
        page = client.get(address) if typed is None else client.post(address, typed)
        assert page.status_code == 200
        assert foreign_in([shown(page.content.decode())]) == {}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("mfa_index", None),
        ("mfa_activate_totp", None),
        ("mfa_activate_totp", {}),
        ("mfa_activate_totp", {"code": "1"}),
        ("mfa_add_webauthn", None),
        ("mfa_add_webauthn", {}),
        ("mfa_add_webauthn", {"name": "x" * 101, "credential": "{}"}),
        ("mfa_generate_recovery_codes", None),
        ("mfa_generate_recovery_codes", {}),
    ],
)
def test_a_page_of_the_second_step(name: str, typed: dict[str, str] | None, client: Client) -> None:
    newcomer = UserFactory.create(second_step=False)
    client.post("/account/login/", {"login": newcomer.email, "password": PASSWORD})
    address = reverse(name)
    page = client.get(address) if typed is None else client.post(address, typed, follow=True)
    assert foreign_in([shown(page.content.decode())]) == {}


@pytest.mark.parametrize("typed", [None, {}, {"code": "1"}, {"credential": "{}"}])
def test_the_second_step_of_signing_in(typed: dict[str, str] | None, client: Client) -> None:
    person = UserFactory.create()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    address = reverse("mfa_authenticate")
    page = client.get(address) if typed is None else client.post(address, typed)
    assert foreign_in([shown(page.content.decode())]) == {}


def test_what_the_libraries_may_say_is_ours() -> None:
    told = AccountAdapter.error_messages | SecondStepAdapter.error_messages
    assert set(told) > NEVER
    assert foreign_in(str(text) for key, text in told.items() if key not in NEVER) == {}


def test_an_address_that_is_added_is_confirmed_at_this_site(client: Client) -> None:
    """By who signed in with an account of work: who has a second step of ours adds none."""
    person = UserFactory.create(second_step=False)
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    session = client.session
    session[SETTLED] = True
    session.save()
    client.post(reverse("account_email"), {"action_add": "", "email": "nieuw@voorbeeld.test"})
    mail = OutboxMail.objects.get(to="nieuw@voorbeeld.test")
    assert f"{settings.BASE_URL}/account/confirm-email/" in mail.text
    assert f"Gemeente {settings.MUNICIPALITY_NAME}" in mail.text
    assert foreign_in([re.sub(r"https?://\S+", "", mail.text), mail.subject]) == {}


@pytest.mark.parametrize(
    "text", ["Je moet dit twee keer typen.", "Your password", "Wees geduldig, je gaat te snel."]
)
def test_a_foreign_word_would_be_found(text: str) -> None:
    assert foreign_in([shown(f"<p>{text}</p>")])
    assert foreign_in([shown(f'<input placeholder="{text}">')])


def test_what_only_looks_foreign_is_left_alone() -> None:
    assert foreign_in([shown('<p class="password">Kies uw tweede stap.</p>')]) == {}
