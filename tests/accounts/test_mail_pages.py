"""A mail that stranded: who manages the application sees it and decides, without reading it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.constants import MailState
from core.models import OutboxMail

pytestmark = pytest.mark.django_db


def stranded(state: MailState, number: int = 1) -> OutboxMail:
    return OutboxMail.objects.create(
        key=f"sleutel-{number}",
        to="partner@example.org",
        subject="Teruggestuurd: halfjaarrapportage",
        text="https://voorbeeld.example/geheime-link/",
        state=state,
        error="De verbinding viel weg.",
    )


@pytest.fixture
def desk(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def decide(desk: Client, mail: OutboxMail, step: str) -> str:
    address = reverse("mail_decide", args=[mail.pk, step])
    return desk.post(address, follow=True).content.decode()


def test_it_stands_in_the_list_and_on_the_home_and_its_text_does_not(desk: Client) -> None:
    stranded(MailState.UNCERTAIN)
    html = desk.get(reverse("mail_list")).content.decode()
    assert "Eén bericht bleef liggen" in html
    assert "Teruggestuurd: halfjaarrapportage" in html
    assert "geheime-link" not in html
    home = desk.get(reverse("work_home")).content.decode()
    assert "Eén bericht dat bleef liggen" in home


def test_an_empty_list_says_so(desk: Client) -> None:
    assert "Alles ging de deur uit" in desk.get(reverse("mail_list")).content.decode()


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        (MailState.UNCERTAIN, "aangekomen", MailState.SENT),
        (MailState.UNCERTAIN, "opnieuw", MailState.QUEUED),
        (MailState.FAILED, "opnieuw", MailState.QUEUED),
    ],
)
def test_a_person_decides_once(desk: Client, state: MailState, step: str, after: MailState) -> None:
    mail = stranded(state)
    decide(desk, mail, step)
    mail.refresh_from_db()
    assert mail.state == after
    assert "Over dit bericht is intussen beslist." in decide(desk, mail, step)
    mail.refresh_from_db()
    assert mail.state == after


def test_a_refused_mail_did_not_arrive(desk: Client) -> None:
    mail = stranded(MailState.FAILED)
    assert "Er is niets gewijzigd." in decide(desk, mail, "aangekomen")
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_another_step_does_not_exist(desk: Client) -> None:
    mail = stranded(MailState.FAILED)
    assert desk.post(reverse("mail_decide", args=[mail.pk, "weg"])).status_code == 404
