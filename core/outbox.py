"""Mail goes out through rows, so that a crash never sends one twice and never loses one."""

from __future__ import annotations

import contextlib
import datetime
import logging
import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from core.models import OutboxMail, WrongState
from core.wake import wake

logger = logging.getLogger(__name__)

# Longer than any mail server takes; a mail that is "sending" for longer belongs to a dead process.
SENDING_LIMIT = datetime.timedelta(minutes=10)

REFUSALS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPResponseException,
    smtplib.SMTPNotSupportedError,
    ValueError,  # Django refuses a header with a line break, and an address it cannot encode
)


@dataclass(frozen=True)
class Sent:
    """How many mails went which way in one run of ``send_outbox``."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0


def queue_mail(*, to: str, subject: str, text: str, key: str) -> OutboxMail:
    """Put one mail in the outbox, to go out once the transaction commits.

    ``key`` names the occasion and the receiver: a second call with the same key returns the first
    mail and sends nothing. Raises ``ValidationError`` on an address or subject that cannot be.
    """
    kept = OutboxMail.objects.filter(key=key).first()
    if kept is not None:
        return kept
    mail = OutboxMail(key=key, to=to, subject=subject, text=text)
    # The state of a new mail is always right: checking that would ask the database thrice a mail.
    mail.full_clean(validate_unique=False, validate_constraints=False)
    mail, _ = OutboxMail.objects.get_or_create(
        key=key, defaults={"to": to, "subject": subject, "text": text}
    )
    transaction.on_commit(lambda: wake("core.send_outbox"))
    return mail


def send_outbox() -> Sent:
    """Send what is queued, oldest first; mark as uncertain what a dead process left half done.

    Not inside a transaction: a mail must be known to be going out before it goes. When the mail
    server cannot be reached nothing is sent and everything stays queued for the next run.
    """
    uncertain = _mark_abandoned()
    sent = failed = 0
    for mail in OutboxMail.objects.queued().order_by("pk"):
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            logger.warning("The mail server cannot be reached: %s", type(error).__name__)
            break
        try:
            with transaction.atomic(durable=True):
                mail.start_sending()
        except WrongState:
            _close(connection)
            continue  # another worker has it
        try:
            message = EmailMessage(mail.subject, mail.text, to=[mail.to], connection=connection)
            count = message.send()
        except REFUSALS as error:
            mail.mark_failed(f"De mailserver weigert dit bericht: {_reason(error)}")
            failed += 1
        except (OSError, smtplib.SMTPException) as error:
            mail.mark_uncertain(
                "De verbinding met de mailserver viel weg tijdens het versturen "
                f"({type(error).__name__}). Ga na of het bericht is aangekomen."
            )
            uncertain += 1
        else:
            if count:
                mail.mark_sent()
                sent += 1
            else:
                mail.mark_failed("De mailserver nam het bericht niet aan.")
                failed += 1
        finally:
            _close(connection)
    return Sent(sent=sent, failed=failed, uncertain=uncertain)


def resolve_uncertain(mail: OutboxMail, *, was_sent: bool) -> None:
    """A person says whether an uncertain mail arrived; if not, it is sent again.

    Raises ``WrongState`` when somebody else resolved it first.
    """
    mail.resolve(was_sent=was_sent)
    if not was_sent:
        transaction.on_commit(lambda: wake("core.send_outbox"))


def send_again(mail: OutboxMail) -> None:
    """A person sends a refused mail again. Raises ``WrongState`` unless it failed."""
    mail.queue_again()
    transaction.on_commit(lambda: wake("core.send_outbox"))


def _close(connection: BaseEmailBackend) -> None:
    """Close, and let a server that is gone already be gone: the mail's state is known by now."""
    with contextlib.suppress(OSError):  # SMTPException is one too
        connection.close()


def _mark_abandoned() -> int:
    marked = 0
    for mail in OutboxMail.objects.abandoned(timezone.now() - SENDING_LIMIT):
        try:
            mail.mark_uncertain("Het versturen is onderbroken. Ga na of het bericht is aangekomen.")
        except WrongState:
            continue  # another worker marked it
        marked += 1
    return marked


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_words(answer)}" for code, answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return str(error)


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
