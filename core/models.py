"""Durable rows for work that outlives a request: jobs, stored files and outgoing mail.

A transition filters on the old state, updates, and raises ``WrongState`` unless exactly one row
changed; so of two processes that try the same transition one wins and the other knows.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.constants import FINISHED_STATES, LIVE_STATES, JobState, MailState
from core.querysets import JobQuerySet, OutboxMailQuerySet

CHUNK = 1024 * 1024


class WrongState(Exception):
    """The row was no longer in the state that the transition starts from; nothing changed."""


class LeaseLost(WrongState):
    """Another process took the job over; what this one made does not count."""


def _exactly_one(changed: int, row: models.Model, verb: str) -> None:
    if changed != 1:
        raise WrongState(f"{row!r}: {verb} is not possible from its present state")


class Job(models.Model):
    """One piece of background work. The broker only wakes a worker; this row is the work.

    While it runs it is leased: the worker that holds ``lease_token`` extends ``lease_until`` with
    every heartbeat, and only that worker may finish it.
    """

    kind = models.CharField("soort", max_length=60)
    key = models.CharField("sleutel", max_length=200)
    payload = models.JSONField("gegevens", default=dict, blank=True)
    requested_by = models.CharField("gevraagd door", max_length=200, blank=True)

    state = models.CharField("status", max_length=12, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    max_attempts = models.PositiveSmallIntegerField("hoogste aantal pogingen", default=3)
    lease_token = models.CharField("lease", max_length=32, blank=True)
    lease_until = models.DateTimeField("lease tot", null=True, blank=True)
    heartbeat_at = models.DateTimeField("laatste teken van leven", null=True, blank=True)
    cancel_requested = models.BooleanField("stoppen gevraagd", default=False)

    progress = models.PositiveSmallIntegerField(
        "voortgang in procenten", default=0, validators=[MaxValueValidator(100)]
    )
    progress_text = models.CharField("waar het werk is", max_length=200, blank=True)
    result = models.JSONField("uitkomst", default=dict, blank=True)
    error = models.TextField("fout", blank=True)

    created_at = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)
    queued_at = models.DateTimeField("in de rij sinds", default=timezone.now)
    woken_at = models.DateTimeField("laatste bericht aan de werkers", default=timezone.now)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="core_job_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=(*LIVE_STATES, JobState.DONE)),
                name="core_job_key_unique",
                violation_error_message="Deze opdracht bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="core_job_state_known",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100),
                name="core_job_progress",
                violation_error_message="De voortgang ligt tussen 0 en 100.",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=F("max_attempts"), max_attempts__gte=1),
                name="core_job_attempts",
                violation_error_message="Er zijn meer pogingen dan toegestaan.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=JobState.RUNNING, lease_until__isnull=False) & ~Q(lease_token="")
                )
                | (~Q(state=JobState.RUNNING) & Q(lease_token="", lease_until__isnull=True)),
                name="core_job_lease",
                violation_error_message="Alleen een lopende opdracht heeft een lease.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED_STATES, finished_at__isnull=False)
                | Q(state__in=LIVE_STATES, finished_at__isnull=True),
                name="core_job_finished",
                violation_error_message="Alleen een afgelopen opdracht heeft een eindtijd.",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(error=""),
                name="core_job_failed_says_why",
                violation_error_message="Een mislukte opdracht zegt waarom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.get_state_display()})"

    @property
    def is_live(self) -> bool:
        """Whether the job waits or runs; the state may be older than the database's."""
        return self.state in LIVE_STATES

    # -- transitions -----------------------------------------------------------------------------
    def claim(self) -> str:
        """queued -> running: count an attempt and take the lease. Returns its token."""
        now = timezone.now()
        token = uuid.uuid4().hex
        changed = (
            Job.objects.queued()
            .filter(pk=self.pk)
            .update(
                state=JobState.RUNNING,
                attempts=F("attempts") + 1,
                lease_token=token,
                lease_until=_lease_end(now),
                heartbeat_at=now,
                started_at=now,
                progress=0,
                progress_text="",
                error="",
            )
        )
        _exactly_one(changed, self, "claim")
        self.refresh_from_db()
        return token

    def beat(self, token: str, **changes: Any) -> None:
        """Extend the lease, and write ``changes`` (progress). Raises ``LeaseLost``."""
        now = timezone.now()
        changed = (
            Job.objects.held_by(token)
            .filter(pk=self.pk)
            .update(heartbeat_at=now, lease_until=_lease_end(now), **changes)
        )
        if changed != 1:
            raise LeaseLost(f"{self!r}: the lease went to another worker")

    def finish(self, token: str, result: dict[str, Any]) -> None:
        """running -> done, by the holder of the lease only. Raises ``LeaseLost``."""
        self._leave(
            token,
            None,
            state=JobState.DONE,
            result=result,
            progress=100,
            finished_at=timezone.now(),
        )

    def fail(self, token: str, error: str, *, expired: datetime.datetime | None = None) -> None:
        """running -> failed; ``error`` is plain Dutch for the user. Raises ``LeaseLost``."""
        self._leave(token, expired, state=JobState.FAILED, error=error, finished_at=timezone.now())

    def stop(self, token: str, *, expired: datetime.datetime | None = None) -> None:
        """running -> cancelled, by the worker that noticed the request. Raises ``LeaseLost``."""
        self._leave(token, expired, state=JobState.CANCELLED, finished_at=timezone.now())

    def give_back(self, token: str, *, expired: datetime.datetime | None = None) -> None:
        """running -> queued, with its place in the queue kept. Raises ``LeaseLost``."""
        self._leave(token, expired, state=JobState.QUEUED, woken_at=timezone.now())

    def _leave(self, token: str, expired: datetime.datetime | None, **changes: Any) -> None:
        """Leave running. With ``expired``: only if the lease ran out before that moment."""
        held = Job.objects.held_by(token).filter(pk=self.pk)
        if expired is not None:
            held = held.lease_expired(expired)
        if held.update(lease_token="", lease_until=None, **changes) != 1:
            raise LeaseLost(f"{self!r}: the lease went to another worker, or is alive")
        self.refresh_from_db()

    def drop(self) -> None:
        """queued -> cancelled."""
        changed = (
            Job.objects.queued()
            .filter(pk=self.pk)
            .update(state=JobState.CANCELLED, cancel_requested=True, finished_at=timezone.now())
        )
        _exactly_one(changed, self, "drop")
        self.refresh_from_db()

    def ask_to_stop(self) -> None:
        """running, with the request to stop noted; the worker sees it at its next check."""
        changed = Job.objects.running().filter(pk=self.pk).update(cancel_requested=True)
        _exactly_one(changed, self, "ask_to_stop")
        self.refresh_from_db()

    def queue_again(self) -> None:
        """done, failed or cancelled -> queued, at the end of the queue, with no attempts counted.

        Raises ``IntegrityError`` when another job holds the same key.
        """
        now = timezone.now()
        changed = (
            Job.objects.finished()
            .filter(pk=self.pk)
            .update(
                state=JobState.QUEUED,
                attempts=0,
                cancel_requested=False,
                progress=0,
                progress_text="",
                result={},
                error="",
                queued_at=now,
                woken_at=now,
                started_at=None,
                finished_at=None,
            )
        )
        _exactly_one(changed, self, "queue_again")
        self.refresh_from_db()


def _lease_end(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(seconds=settings.JOB_LEASE_SECONDS)


class StoredFile(models.Model):
    """Bytes that never change, kept once in the default storage; make one with ``files.store``.

    ``name`` and ``content_type`` are those of the first time the bytes came in: whoever uses the
    file for something else keeps its own name for it.
    """

    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "Dit is geen SHA-256.")],
    )
    size = models.PositiveBigIntegerField("grootte in bytes")
    content_type = models.CharField("soort inhoud", max_length=120)
    name = models.CharField("naam", max_length=255)
    path = models.CharField("plaats in de opslag", max_length=255, unique=True)
    created_at = models.DateTimeField("opgeslagen op", default=timezone.now, editable=False)
    # The last time that these bytes came in: what nothing uses is swept some time after it.
    wanted_at = models.DateTimeField("laatst aangeboden op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="core_storedfile_sha256",
                violation_error_message="Dit is geen SHA-256.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def open(self) -> File[bytes]:
        """The bytes, to be closed by the caller. Raises ``FileNotFoundError``; checks no hash."""
        return default_storage.open(self.path, "rb")

    def is_whole(self) -> bool:
        """Whether the storage holds as many bytes as came in; reads none of them."""
        try:
            return default_storage.size(self.path) == self.size
        except FileNotFoundError:
            return False

    def verify(self) -> bool:
        """Whether the bytes in the storage are still those that came in (read in chunks)."""
        digest = hashlib.sha256()
        size = 0
        try:
            with self.open() as file:
                for chunk in file.chunks(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except FileNotFoundError:
            return False
        return size == self.size and digest.hexdigest() == self.sha256


class OutboxMail(models.Model):
    """One mail to one address. It goes out once, or a person says what happened to it."""

    key = models.CharField("sleutel", max_length=200, unique=True)
    to = models.EmailField("aan", max_length=254)
    subject = models.CharField(
        "onderwerp",
        max_length=200,
        validators=[RegexValidator(r"\A[^\r\n]*\Z", "Een onderwerp is één regel.")],
    )
    text = models.TextField("tekst")
    state = models.CharField("status", max_length=12, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    error = models.TextField("fout", blank=True)
    created_at = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)
    sending_at = models.DateTimeField("versturen begonnen op", null=True, blank=True)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    resolved_at = models.DateTimeField("beoordeeld op", null=True, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = "uitgaand bericht"
        verbose_name_plural = "uitgaande berichten"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MailState.values),
                name="core_outboxmail_state_known",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="core_outboxmail_sent_at",
                violation_error_message="Alleen een verstuurd bericht heeft een verzendtijd.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(MailState.FAILED, MailState.UNCERTAIN)) | ~Q(error=""),
                name="core_outboxmail_says_why",
                violation_error_message="Een mislukt of onzeker bericht zegt waarom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} aan {self.to} ({self.get_state_display()})"

    @property
    def is_uncertain(self) -> bool:
        return self.state == MailState.UNCERTAIN

    # -- transitions -----------------------------------------------------------------------------
    def start_sending(self) -> None:
        """queued -> sending: from here on a crash leaves the mail uncertain."""
        changed = (
            OutboxMail.objects.queued()
            .filter(pk=self.pk)
            .update(state=MailState.SENDING, attempts=F("attempts") + 1, sending_at=timezone.now())
        )
        self._changed(changed, "start_sending")

    def mark_sent(self) -> None:
        """sending -> sent: the mail server took it."""
        changed = (
            OutboxMail.objects.sending()
            .filter(pk=self.pk)
            .update(state=MailState.SENT, sent_at=timezone.now(), error="")
        )
        self._changed(changed, "mark_sent")

    def mark_failed(self, reason: str) -> None:
        """sending -> failed: the mail server refused it, so it certainly did not go out."""
        changed = (
            OutboxMail.objects.sending()
            .filter(pk=self.pk)
            .update(state=MailState.FAILED, error=reason)
        )
        self._changed(changed, "mark_failed")

    def mark_uncertain(self, reason: str) -> None:
        """sending -> uncertain: it may have gone out; a person has to decide."""
        changed = (
            OutboxMail.objects.sending()
            .filter(pk=self.pk)
            .update(state=MailState.UNCERTAIN, error=reason)
        )
        self._changed(changed, "mark_uncertain")

    def resolve(self, *, was_sent: bool) -> None:
        """uncertain -> sent, or -> queued when a person found out that it did not arrive."""
        now = timezone.now()
        uncertain = OutboxMail.objects.uncertain().filter(pk=self.pk)
        if was_sent:
            changed = uncertain.update(state=MailState.SENT, sent_at=now, resolved_at=now, error="")
        else:
            changed = uncertain.update(
                state=MailState.QUEUED, sending_at=None, resolved_at=now, error=""
            )
        self._changed(changed, "resolve")

    def queue_again(self) -> None:
        """failed -> queued: a refused mail certainly did not go out, so it may be sent again."""
        changed = (
            OutboxMail.objects.failed()
            .filter(pk=self.pk)
            .update(state=MailState.QUEUED, sending_at=None, error="")
        )
        self._changed(changed, "queue_again")

    def _changed(self, changed: int, verb: str) -> None:
        _exactly_one(changed, self, verb)
        self.refresh_from_db()
