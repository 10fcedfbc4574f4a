"""Durable jobs: ask for work, do it once, watch it, stop it, take it back from the dead.

A handler is a function that takes a ``JobRun`` and returns a dictionary (the job's result)::

    def count_words(run: JobRun) -> dict[str, Any]:
        text = Document.objects.get(pk=run.payload["document"]).text
        run.progress(10, "Tekst gelezen")
        words = len(text.split())
        with run.finishing() as result:            # only when rows must change with the job
            Count.objects.create(words=words)
            result["words"] = words
        return result

Its dotted path stands in ``settings.JOB_HANDLERS`` under the kind. It may run more than once (a
worker dies), so whatever it changes before it finishes must bear repetition; what must happen
exactly once happens inside ``run.finishing()``.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core.constants import JobState
from core.models import Job, LeaseLost, WrongState
from core.wake import wake

logger = logging.getLogger(__name__)

Handler = Callable[["JobRun"], dict[str, Any]]

INTERRUPTED = (
    "Deze opdracht is {attempts} keer onderbroken en daarom gestopt. Probeer het opnieuw. "
    "Gaat het weer mis? Vraag dan de functioneel beheerder."
)
WENT_WRONG = (
    "Er ging iets mis, ook na {attempts} keer proberen. Probeer het later opnieuw. "
    "Gaat het weer mis? Vraag dan de functioneel beheerder."
)
TOOK_TOO_LONG = (
    "Dit duurde te lang en is daarom gestopt. Probeer het later opnieuw. "
    "Gaat het weer mis? Vraag dan de functioneel beheerder."
)


class UnknownKind(LookupError):
    """No handler is registered for this kind of job."""


class JobCancelled(Exception):
    """Somebody asked the job to stop; a handler lets this pass."""


class JobFailed(Exception):
    """A handler gives up for good; the message is plain Dutch for the user."""


def handler_for(kind: str) -> Handler:
    """The function that does jobs of ``kind``. Raises ``UnknownKind``."""
    try:
        path = settings.JOB_HANDLERS[kind]
    except KeyError:
        raise UnknownKind(kind) from None
    return cast(Handler, import_string(path))


# -- asking ---------------------------------------------------------------------------------------
def enqueue(
    kind: str,
    key: str,
    payload: dict[str, Any],
    *,
    max_attempts: int = 3,
    requested_by: str = "",
) -> Job:
    """The job that does this work: the waiting, running or done one, or else a new one.

    ``key`` says which work it is (for a document: the hash of what it shows); the payload of a job
    that exists is left as it was. Workers hear of a new job when the transaction commits. Raises
    ``UnknownKind``.
    """
    if kind not in settings.JOB_HANDLERS:
        raise UnknownKind(kind)
    kept = Job.objects.of(kind, key).holding_key().first()
    if kept is not None:
        return kept
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                key=key,
                payload=payload,
                max_attempts=max_attempts,
                requested_by=requested_by,
            )
    except IntegrityError:
        # Somebody asked for the same at the same moment; any other breach of a rule is ours.
        kept = Job.objects.of(kind, key).holding_key().first()
        if kept is None:
            raise
        return kept
    _wake_on_commit(job)
    return job


def cancel(job: Job) -> None:
    """Stop ``job``: at once while it waits, at its next check while it runs.

    A job that finished in the meantime stays as it is. ``job`` is refreshed.
    """
    for transition in (job.drop, job.ask_to_stop):
        with contextlib.suppress(WrongState):
            transition()
            return
    job.refresh_from_db()


def rebuild(job: Job) -> Job:
    """Do a finished job again, whatever its outcome was, with all its attempts.

    Returns the job that does it: this one, or the one that holds the same key by now. Raises
    ``WrongState`` when the job still waits or runs.
    """
    try:
        with transaction.atomic():
            job.queue_again()
    except IntegrityError:
        return Job.objects.of(job.kind, job.key).holding_key().get()
    _wake_on_commit(job)
    return job


def queue_position(job: Job) -> int | None:
    """1 for the next in line; None when the job does not wait. One query at most."""
    if job.state != JobState.QUEUED:
        return None
    return Job.objects.ahead_of(job).count() + 1


def _wake_on_commit(job: Job) -> None:
    pk = job.pk
    transaction.on_commit(lambda: wake("core.run_job", pk))


# -- doing ----------------------------------------------------------------------------------------
@dataclass
class JobRun:
    """One attempt at a job, as its handler sees it."""

    job: Job
    token: str
    finished: bool = field(default=False, init=False)
    _lost: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    @property
    def payload(self) -> dict[str, Any]:
        return cast(dict[str, Any], self.job.payload)

    def progress(self, percent: int, text: str = "") -> None:
        """Show how far the work is (0 to 100, and where it is in plain Dutch); also a ``check``.

        Raises ``JobCancelled`` or ``LeaseLost``; let them pass.
        """
        self.job.beat(self.token, progress=min(max(percent, 0), 100), progress_text=text[:200])
        self.check()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop. One query."""
        return bool(
            Job.objects.filter(pk=self.job.pk).values_list("cancel_requested", flat=True).first()
        )

    def check(self) -> None:
        """Raises ``JobCancelled`` when the job should stop, ``LeaseLost`` when it is another's."""
        if self._lost.is_set():
            raise LeaseLost(f"{self.job!r}: the lease went to another worker")
        seen = Job.objects.filter(pk=self.job.pk).values("lease_token", "cancel_requested").first()
        if seen is None or seen["lease_token"] != self.token:
            raise LeaseLost(f"{self.job!r}: the lease went to another worker")
        if seen["cancel_requested"]:
            raise JobCancelled

    @contextlib.contextmanager
    def finishing(self) -> Iterator[dict[str, Any]]:
        """Finish the job together with what the block writes: all of it, or nothing.

        Yields the result, to be filled. A worker that lost its lease raises ``LeaseLost`` before
        the block begins, so that the block runs to its end once per job.
        """
        result: dict[str, Any] = {}
        with transaction.atomic():
            # First the row, and with it its lock; then the rest.
            self.job.finish(self.token, {})
            yield result
            Job.objects.filter(pk=self.job.pk).update(result=result)
        self.job.result = result
        self.finished = True


def run(job_id: int) -> None:
    """Do the job with this key if it waits; do nothing when it does not (any more).

    Not inside a transaction. An unexpected error gives the job back to the queue for the next
    sweep, until its attempts are used up.
    """
    job = Job.objects.queued().filter(pk=job_id).first()
    if job is None:
        return
    try:
        with transaction.atomic(durable=True):
            token = job.claim()
    except WrongState:
        return
    attempt = JobRun(job, token)
    with contextlib.suppress(LeaseLost), _heartbeat(attempt):
        try:
            result = handler_for(job.kind)(attempt)
            if not attempt.finished:
                job.finish(token, result)
        except JobCancelled:
            job.stop(token)
        except JobFailed as error:
            job.fail(token, str(error))
        except SoftTimeLimitExceeded:
            logger.warning("Job %s (%s) took too long", job.pk, job.kind)
            job.fail(token, TOOK_TOO_LONG)
        except LeaseLost:
            logger.warning("Job %s (%s) went to another worker", job.pk, job.kind)
            raise
        except Exception:
            logger.exception("Job %s (%s) went wrong in attempt %s", job.pk, job.kind, job.attempts)
            if job.attempts < job.max_attempts:
                job.give_back(token)
            else:
                job.fail(token, WENT_WRONG.format(attempts=job.attempts))


@contextlib.contextmanager
def _heartbeat(attempt: JobRun) -> Iterator[None]:
    """Extend the lease from a thread for as long as the block runs.

    The thread has a database connection of its own, so that a handler's open transaction does not
    hide its heartbeats; it opens one at its first beat, a third of a lease from now.
    """
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
                try:
                    Job(pk=attempt.job.pk).beat(attempt.token)
                except LeaseLost:
                    attempt._lost.set()
                    return
                except DatabaseError as error:
                    # A locked or restarting database: the next beat may still be in time.
                    logger.warning(
                        "No heartbeat for job %s: %s", attempt.job.pk, type(error).__name__
                    )
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"job-{attempt.job.pk}-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


# -- taking back ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Swept:
    """What one sweep did, in numbers of jobs."""

    requeued: int = 0
    woken: int = 0
    failed: int = 0
    cancelled: int = 0


def sweep() -> Swept:
    """Take back what a dead worker left, and call again for what no worker heard of.

    Two sweeps at once do no harm: each step is compare-and-set.
    """
    now = timezone.now()
    counts = {"requeued": 0, "failed": 0, "cancelled": 0}
    for job in Job.objects.lease_expired(now):
        try:
            if job.cancel_requested:
                job.stop(job.lease_token, expired=now)
                counts["cancelled"] += 1
            elif job.attempts >= job.max_attempts:
                job.fail(job.lease_token, INTERRUPTED.format(attempts=job.attempts), expired=now)
                counts["failed"] += 1
            else:
                job.give_back(job.lease_token, expired=now)
                wake("core.run_job", job.pk)
                counts["requeued"] += 1
        except LeaseLost:
            continue  # it showed a sign of life since, or another sweep was first
    woken = 0
    lost = now - datetime.timedelta(seconds=settings.JOB_LEASE_SECONDS)
    for job in Job.objects.not_woken_since(lost).order_by("queued_at", "pk"):
        if Job.objects.not_woken_since(lost).filter(pk=job.pk).update(woken_at=now):
            wake("core.run_job", job.pk)
            woken += 1
    return Swept(woken=woken, **counts)
