"""The Celery application: workers and beat read their settings from Django's."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("monitor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What the previous worker left behind is taken up at once, not at the next beat."""
    app.send_task("core.sweep_jobs")
    app.send_task("core.send_outbox")
