"""Selections of jobs and mail; nothing else spells a filter on their states."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from core.constants import FINISHED_STATES, LIVE_STATES, JobState, MailState

if TYPE_CHECKING:
    from core.models import Job, OutboxMail  # noqa: F401 - named in the base classes below


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, kind: str, key: str) -> JobQuerySet:
        """Every job for this work, the newest first."""
        return self.filter(kind=kind, key=key).order_by("-pk")

    def queued(self) -> JobQuerySet:
        return self.filter(state=JobState.QUEUED)

    def running(self) -> JobQuerySet:
        return self.filter(state=JobState.RUNNING)

    def live(self) -> JobQuerySet:
        """Jobs that wait or run."""
        return self.filter(state__in=LIVE_STATES)

    def finished(self) -> JobQuerySet:
        return self.filter(state__in=FINISHED_STATES)

    def holding_key(self) -> JobQuerySet:
        """Jobs that keep another one with their kind and key from being made."""
        return self.filter(state__in=(*LIVE_STATES, JobState.DONE))

    def held_by(self, token: str) -> JobQuerySet:
        """The running job with this lease, also when the lease has run out but nobody took over."""
        return self.running().filter(lease_token=token)

    def lease_expired(self, now: datetime.datetime) -> JobQuerySet:
        """Running jobs whose worker gave no sign of life in time."""
        return self.running().filter(lease_until__lt=now)

    def not_woken_since(self, moment: datetime.datetime) -> JobQuerySet:
        """Queued jobs whose last message to the workers is older than ``moment``."""
        return self.queued().filter(woken_at__lt=moment)

    def ahead_of(self, job: Job) -> JobQuerySet:
        """Queued jobs that are older in the queue than ``job``."""
        return self.queued().filter(
            Q(queued_at__lt=job.queued_at) | Q(queued_at=job.queued_at, pk__lt=job.pk)
        )


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def queued(self) -> OutboxMailQuerySet:
        return self.filter(state=MailState.QUEUED)

    def sending(self) -> OutboxMailQuerySet:
        return self.filter(state=MailState.SENDING)

    def abandoned(self, moment: datetime.datetime) -> OutboxMailQuerySet:
        """Mails that were being sent since before ``moment``: their process died."""
        return self.sending().filter(sending_at__lt=moment)

    def uncertain(self) -> OutboxMailQuerySet:
        """Mails that a person has to decide on."""
        return self.filter(state=MailState.UNCERTAIN)

    def stranded(self) -> OutboxMailQuerySet:
        """Refused, or not known to have arrived: a person decides."""
        return self.filter(state__in=(MailState.FAILED, MailState.UNCERTAIN))

    def sent(self) -> OutboxMailQuerySet:
        return self.filter(state=MailState.SENT)

    def failed(self) -> OutboxMailQuerySet:
        return self.filter(state=MailState.FAILED)
