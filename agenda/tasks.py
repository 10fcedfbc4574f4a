"""What the workers are woken for; the work itself is elsewhere."""

from __future__ import annotations

from celery import shared_task

from agenda.sheets import importing


@shared_task(name="agenda.sweep_imports", expires=3600)
def sweep_imports() -> None:
    importing.sweep()
