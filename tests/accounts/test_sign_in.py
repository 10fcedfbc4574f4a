"""Signing in and everything around it: in the look, in Dutch, reachable by those who need it."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.actions import close_account, give_account, open_account
from accounts.constants import Role
from accounts.models import User
from core.models import OutboxMail
from core.outbox import send_outbox
from tests.second_step import give_app, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "lang-genoeg-wachtwoord"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()  # the rate limits count there


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anja@example.nl", PASSWORD, name="Anja")


def test_the_sign_in_page_has_one_heading_and_one_primary_action(client: Client) -> None:
    html = client.get("/account/login/").content.decode()
    assert html.count("<h1") == 1
    assert html.count("btn-primary") == 1
    assert "Inloggen" in html


def test_the_right_password_signs_in(client: Client, user: User) -> None:
    response = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert response.headers["Location"] == "/werk/"


def test_a_wrong_password_keeps_the_address_and_says_what_is_wrong(
    client: Client, user: User
) -> None:
    response = client.post("/account/login/", {"login": user.email, "password": "mis"})
    html = response.content.decode()
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar." in html
    assert f'value="{user.email}"' in html
    assert "<title>1 fout – Inloggen" in html
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_of_his_own(client: Client) -> None:
    html = client.get("/account/signup/").content.decode()
    assert "Een account krijgt u van de gemeente" in html
    client.post(
        "/account/signup/",
        {"email": "nieuw@example.nl", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.filter(email="nieuw@example.nl").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/signup/",
        "/account/inactive/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/done/",
        "/account/password/reset/key/1-oud/",
        "/account/confirm-email/",
        "/account/confirm-email/oud/",
    ],
)
def test_a_page_at_the_door_opens_without_an_account_and_wears_the_look(
    client: Client, path: str
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'class="mast"' in html
    assert html.count("<h1") == 1
    assert '<html lang="nl">' in html


@pytest.mark.parametrize(
    "path",
    [
        "/account/logout/",
        "/account/email/",
        "/account/password/change/",
        "/account/reauthenticate/",
    ],
)
def test_a_page_about_your_account_wears_the_work_bar(
    client: Client, user: User, path: str
) -> None:
    give_app(user)
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'class="bar"' in html
    assert html.count("<h1") == 1


def test_a_forgotten_password_can_be_replaced_by_mail(client: Client, user: User) -> None:
    client.post("/account/password/reset/", {"email": user.email})
    [queued] = OutboxMail.objects.all()
    assert (queued.to, mail.outbox) == (user.email, [])
    send_outbox()
    [message] = mail.outbox
    assert "Kies een nieuw wachtwoord" in message.subject
    assert "Kaag en Braassem" in str(message.body)
    address = next(
        word for word in str(message.body).split() if "/account/password/reset/key/" in word
    )
    page = client.get(address.removeprefix(settings.BASE_URL), follow=True)
    assert "Kies een nieuw wachtwoord" in page.content.decode()
    changed = "een-ander-lang-wachtwoord"
    form_path = page.redirect_chain[-1][0]
    client.post(form_path, {"password1": changed, "password2": changed})
    user.refresh_from_db()
    assert user.check_password(changed)


def test_a_link_of_before_the_account_was_closed_opens_nothing_any_more(
    client: Client, user: User, functional_manager: User
) -> None:
    """Also not on the page that it led to already, and not after the account was opened again."""
    client.post("/account/password/reset/", {"email": user.email})
    [queued] = OutboxMail.objects.all()
    address = next(word for word in queued.text.split() if "/password/reset/key/" in word)
    path = address.removeprefix(settings.BASE_URL)
    form_path = client.get(path, follow=True).redirect_chain[-1][0]
    changed = "een-ander-lang-wachtwoord"
    for step in (close_account, open_account):
        step(person=user, user=functional_manager)
        for answer in (
            client.post(form_path, {"password1": changed, "password2": changed}),
            Client().get(path, follow=True),
        ):
            html = answer.content.decode()
            assert "Deze link werkt niet meer" in html
            assert "of uw account is gesloten" in html
            assert "Vraag dan de functioneel beheerder" in html
        user.refresh_from_db()
        assert not user.check_password(changed)
    OutboxMail.objects.all().delete()
    client.post("/account/password/reset/", {"email": user.email})
    [queued] = OutboxMail.objects.all()  # the account is open: a new link works
    address = next(word for word in queued.text.split() if "/password/reset/key/" in word)
    page = client.get(address.removeprefix(settings.BASE_URL), follow=True)
    assert "Kies een nieuw wachtwoord" in page.content.decode()


def test_an_invitation_is_good_for_three_days(
    client: Client, functional_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_account(
        email="nieuw@voorbeeld.test", name="Nina", role=Role.COLLEGE, user=functional_manager
    )
    text = OutboxMail.objects.get(to="nieuw@voorbeeld.test").text
    assert "is drie dagen geldig" in text
    address = next(word for word in text.split() if "/password/reset/key/" in word)
    path, now = address.removeprefix(settings.BASE_URL), datetime.datetime.now()  # noqa: DTZ005
    three_days, minute = datetime.timedelta(days=3), datetime.timedelta(minutes=1)
    for moment, words in (
        (now + three_days - minute, "Kies een nieuw wachtwoord"),
        (now + three_days + minute, "Deze link werkt niet meer"),
    ):
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self, at=moment: at)
        assert words in Client().get(path, follow=True).content.decode()


def test_an_unknown_address_gets_no_other_answer_on_the_page(client: Client, user: User) -> None:
    known = client.post("/account/password/reset/", {"email": user.email})
    unknown = client.post("/account/password/reset/", {"email": "niemand@example.nl"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [row.to for row in OutboxMail.objects.all()] == [user.email]


def test_asking_twice_for_a_new_password_gives_two_mails(client: Client, user: User) -> None:
    for _ in range(2):
        client.post("/account/password/reset/", {"email": user.email})
    assert OutboxMail.objects.queued().count() == 2


def test_signing_out_takes_a_confirmation_and_ends_the_session(client: Client, user: User) -> None:
    client.force_login(user)
    assert "Wilt u uitloggen?" in client.get("/account/logout/").content.decode()
    response = client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
    assert response.headers["Location"] == "/"


def test_nothing_of_the_last_session_is_said_at_the_next(client: Client, user: User) -> None:
    give_app(user)
    client.force_login(user)
    client.post("/account/logout/")
    sign_in(client, user, PASSWORD)
    html = client.get("/werk/").content.decode()
    assert "Goedendag Anja" in html
    assert "U bent uitgelogd" not in html


def test_a_closed_account_is_told_whom_to_ask(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    response = client.post(
        "/account/login/", {"login": user.email, "password": PASSWORD}, follow=True
    )
    assert "functioneel beheerder" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_attempts_are_slowed_down_with_a_reason(client: Client, user: User) -> None:
    answers = [
        client.post("/account/login/", {"login": user.email, "password": f"mis-{n}"})
        for n in range(12)
    ]
    assert "te vaak" in answers[-1].content.decode()


def test_five_wrong_passwords_close_the_account_for_a_while_and_not_its_neighbours(
    client: Client, user: User
) -> None:
    neighbour = User.objects.create_user("buur@example.nl", PASSWORD, name="Buur")
    for _time in range(5):
        client.post("/account/login/", {"login": user.email, "password": "mis"})
    response = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 429
    html = response.content.decode()
    assert "Wacht een paar minuten" in html
    assert f'value="{user.email}"' in html
    other = client.post("/account/login/", {"login": neighbour.email, "password": PASSWORD})
    assert other.status_code == 302


def test_an_address_without_an_account_is_limited_in_the_same_words(client: Client) -> None:
    answers = [
        client.post("/account/login/", {"login": "niemand@example.nl", "password": "mis"})
        for _time in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_a_page_behind_the_sign_in_is_kept_by_no_cache(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get("/werk/").headers["Cache-Control"] == "private, no-store"
    assert client.get("/beheer/agenda/").headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/agenda/").headers.get("Cache-Control", "")
