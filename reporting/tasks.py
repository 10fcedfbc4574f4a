"""What the workers are woken for; the work itself is in the actions."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from contracts.file.due import remind_deadlines
from contracts.talks.mails import remind_actions
from reporting.actions import remind_due


@shared_task(name="reporting.remind_due")
def remind_due_reports() -> None:
    """Once a day: reports that are due or late, and the days of contracts."""
    remind_due()
    remind_actions(timezone.localdate())
    remind_deadlines(timezone.localdate())
