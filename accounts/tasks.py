"""What the workers are woken for; the work itself is elsewhere."""

from __future__ import annotations

from celery import shared_task

from accounts import trail


@shared_task(name="accounts.anchor_audit")
def anchor_audit() -> None:
    trail.anchor()
