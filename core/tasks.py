"""What the workers are woken for; the work itself is elsewhere, and its state is on rows."""

from __future__ import annotations

from celery import shared_task

from core import files, jobs, outbox


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.sweep_files")
def sweep_files() -> None:
    files.sweep()


@shared_task(name="core.send_outbox")
def send_outbox() -> None:
    outbox.send_outbox()
