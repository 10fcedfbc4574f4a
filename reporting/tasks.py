"""What the workers are woken for; the work itself is in the actions."""

from __future__ import annotations

from celery import shared_task

from reporting.actions import remind_due


@shared_task(name="reporting.remind_due")
def remind_due_reports() -> None:
    remind_due()
