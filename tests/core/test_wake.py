"""Telling the workers: thin tasks, and a broker that is down breaks nothing."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from accounts.tasks import anchor_audit
from agenda.tasks import sweep_imports
from core import jobs
from core.models import Job
from core.tasks import run_job, send_outbox, sweep_files, sweep_jobs
from core.wake import wake
from reporting.tasks import remind_due_reports


@pytest.mark.parametrize("error", [OperationalError("down"), ConnectionRefusedError()])
def test_a_broker_that_is_down_is_no_error_for_the_user(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def send_task(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(current_app, "send_task", send_task)
    assert wake("core.run_job", 1) is False
    assert "did not take core.run_job" in caplog.text


def test_a_message_reaches_the_broker() -> None:
    assert wake("core.sweep_jobs") is True


def test_every_task_that_is_sent_by_name_exists() -> None:
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} | {"core.run_job"}
    assert names == {
        run_job.name,
        sweep_files.name,
        sweep_jobs.name,
        send_outbox.name,
        remind_due_reports.name,
        anchor_audit.name,
        sweep_imports.name,
    }
    assert names <= set(current_app.tasks)


@pytest.mark.django_db
def test_the_task_does_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "handler_for", lambda kind: lambda run: {"n": run.payload["n"]})
    job = Job.objects.create(kind="probe", key="a", payload={"n": 3})
    sweep_jobs()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result == {"n": 3}
