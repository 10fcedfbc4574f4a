"""What a page shows about a job. Who may see or stop it is decided by the app that asked for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core.constants import JobState
from core.jobs import queue_position
from core.models import Job


def job_context(
    job: Job,
    *,
    status_url: str,
    cancel_url: str = "",
    rebuild_url: str = "",
    result_url: str = "",
    result_label: str = "Bekijk het resultaat",
) -> dict[str, Any]:
    """The context of ``core/_job.html``; one query while the job waits, none otherwise.

    ``status_url`` gives this fragment again (the fragment asks for it every second while the job is
    live), ``cancel_url`` and ``rebuild_url`` take a POST, ``result_url`` shows what was made. An
    empty address leaves its button out.
    """
    is_live = job.is_live
    return {
        "job": job,
        "job_state": job.state,
        "job_state_label": job.get_state_display(),
        "job_is_live": is_live,
        "job_is_silent": job.state == JobState.RUNNING
        and job.lease_until is not None
        and job.lease_until < timezone.now(),
        "job_is_stopping": job.state == JobState.RUNNING and job.cancel_requested,
        "job_position": queue_position(job),
        "job_status_url": status_url,
        "job_cancel_url": cancel_url if is_live and not job.cancel_requested else "",
        "job_rebuild_url": "" if is_live else rebuild_url,
        "job_result_url": result_url if job.state == JobState.DONE else "",
        "job_result_label": result_label,
    }
