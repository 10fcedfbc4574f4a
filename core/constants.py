"""The states of background work and of outgoing mail."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued", "in de wachtrij"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "gestopt"


LIVE_STATES = (JobState.QUEUED, JobState.RUNNING)
FINISHED_STATES = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class MailState(models.TextChoices):
    QUEUED = "queued", "in de wachtrij"
    SENDING = "sending", "wordt verstuurd"
    SENT = "sent", "verstuurd"
    UNCERTAIN = "uncertain", "onzeker"
    FAILED = "failed", "mislukt"
