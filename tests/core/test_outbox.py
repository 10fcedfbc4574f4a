"""A mail goes out once; when that is in doubt, a person decides."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.models import OutboxMail, WrongState
from core.outbox import Sent, queue_mail, resolve_uncertain, send_again, send_outbox

pytestmark = pytest.mark.django_db


def _mail(key: str = "rapportage-1") -> OutboxMail:
    return queue_mail(to="a@example.org", subject="Rapportage", text="Beste Anna,", key=key)


def _server(monkeypatch: pytest.MonkeyPatch, send: Callable[[], int]) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: send())


def _raises(error: Exception) -> Callable[[], int]:
    def send() -> int:
        raise error

    return send


def test_a_queued_mail_is_sent_once() -> None:
    mail = _mail()
    assert send_outbox() == Sent(sent=1)
    assert send_outbox() == Sent()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("sent", 1)
    assert mail.sent_at
    assert [(message.to, message.subject) for message in django_mail.outbox] == [
        (["a@example.org"], "Rapportage")
    ]


def test_the_same_occasion_is_mailed_once(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr("core.outbox.wake", lambda *call: woken.append(call))
    with django_capture_on_commit_callbacks(execute=True):
        assert _mail() == _mail()
    assert woken == [("core.send_outbox",)]


def test_a_mail_is_known_to_be_going_out_before_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = _mail()
    seen: list[str] = []

    def send() -> int:
        seen.append(OutboxMail.objects.get(pk=mail.pk).state)
        return 1

    _server(monkeypatch, send)
    send_outbox()
    assert seen == ["sending"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), "550 no such"),
        (smtplib.SMTPSenderRefused(553, b"not you", "x"), "553 not you"),
        (smtplib.SMTPDataError(554, b"spam"), "554 spam"),
    ],
)
def test_a_refused_mail_fails_with_the_reason(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = _mail()
    _server(monkeypatch, _raises(error))
    assert send_outbox() == Sent(failed=1)
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert words in mail.error
    assert send_outbox() == Sent()


def test_a_mail_that_nobody_took_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = _mail()
    _server(monkeypatch, lambda: 0)
    assert send_outbox() == Sent(failed=1)
    mail.refresh_from_db()
    assert mail.error == "De mailserver nam het bericht niet aan."


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError(), ConnectionResetError()]
)
def test_a_connection_that_breaks_while_sending_leaves_the_mail_uncertain(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, other = _mail(), _mail("rapportage-2")
    sends: list[int] = []

    def send() -> int:
        sends.append(1)
        if len(sends) == 1:
            raise error
        return 1

    _server(monkeypatch, send)
    assert send_outbox() == Sent(uncertain=1, sent=1)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, other.state) == ("uncertain", "sent")
    assert "Ga na of het bericht is aangekomen" in mail.error
    assert send_outbox() == Sent()


def test_an_unreachable_mail_server_leaves_everything_queued(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail = _mail()

    def refuse(self: EmailBackend) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse)
    assert send_outbox() == Sent()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)


def test_a_mail_that_a_dead_process_was_sending_becomes_uncertain_and_stays_so() -> None:
    mail = _mail()
    mail.start_sending()
    assert send_outbox() == Sent()
    OutboxMail.objects.update(sending_at=timezone.now() - datetime.timedelta(hours=1))
    assert send_outbox() == Sent(uncertain=1)
    assert send_outbox() == Sent()
    mail.refresh_from_db()
    assert mail.state == "uncertain"
    assert not django_mail.outbox


def test_of_two_processes_that_send_at_once_one_sends() -> None:
    mail = _mail()
    same = OutboxMail.objects.get(pk=mail.pk)
    mail.start_sending()
    with pytest.raises(WrongState):
        same.start_sending()


@pytest.mark.parametrize(("was_sent", "state", "messages"), [(True, "sent", 0), (False, "sent", 1)])
def test_a_person_resolves_an_uncertain_mail(was_sent: bool, state: str, messages: int) -> None:
    mail = _mail()
    mail.start_sending()
    mail.mark_uncertain("Onderbroken.")
    resolve_uncertain(mail, was_sent=was_sent)
    assert mail.resolved_at
    send_outbox()
    mail.refresh_from_db()
    assert mail.state == state
    assert len(django_mail.outbox) == messages


def test_an_uncertain_mail_is_resolved_once() -> None:
    mail = _mail()
    mail.start_sending()
    mail.mark_uncertain("Onderbroken.")
    same = OutboxMail.objects.get(pk=mail.pk)
    resolve_uncertain(mail, was_sent=True)
    with pytest.raises(WrongState):
        resolve_uncertain(same, was_sent=False)
    same.refresh_from_db()
    assert same.state == "sent"


def test_a_refused_mail_is_sent_again_when_a_person_says_so() -> None:
    mail = _mail()
    with pytest.raises(WrongState):
        send_again(mail)
    mail.start_sending()
    mail.mark_failed("Het adres bestond nog niet.")
    send_again(mail)
    assert send_outbox() == Sent(sent=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("sent", 2, "")


def test_a_server_that_is_gone_when_the_connection_closes_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail, other = _mail(), _mail("rapportage-2")

    def close(self: EmailBackend) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "close", close)
    assert send_outbox() == Sent(sent=2)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, other.state) == ("sent", "sent")


@pytest.mark.parametrize(
    "wrong", [{"to": "geen adres"}, {"subject": "regel\nBcc: x@example.org"}, {"subject": ""}]
)
def test_a_mail_that_cannot_be_is_refused_before_it_is_queued(wrong: dict[str, str]) -> None:
    good = {"to": "a@example.org", "subject": "Rapportage", "text": "Tekst", "key": "k"}
    with pytest.raises(ValidationError):
        queue_mail(**{**good, **wrong})
    assert not OutboxMail.objects.exists()


def test_a_header_that_django_refuses_fails_and_does_not_stop_the_rest() -> None:
    bad = OutboxMail.objects.create(key="x", to="a@example.org", subject="a\nb", text="t")
    good = _mail()
    assert send_outbox() == Sent(sent=1, failed=1)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("failed", "sent")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"state": "sent"},
        {"sent_at": timezone.now()},
        {"state": "failed"},
        {"state": "uncertain"},
    ],
)
def test_the_database_refuses_a_mail_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.create(key="x", to="a@example.org", subject="a", text="t", **wrong)
