"""Asking for a council document, doing it over, and stopping it."""

from __future__ import annotations

from django.db import transaction

from core import jobs
from core.constants import JobState
from core.models import Job
from monitor.constants import DocumentVariant, MonitorKind
from monitor.models import CouncilDocument, Snapshot

KIND = "council_document"


def job_key(snapshot: Snapshot, variant: str) -> str:
    """Which work it is: the content and the cover. The same content is built once."""
    return f"{snapshot.pk}:{snapshot.sha256}:{variant}"


def file_name(year: int, kind: str, *, variant: str = DocumentVariant.FULL) -> str:
    """How the document is called on a reader's disk and in the agenda of the council."""
    half = "-halfjaar" if kind == MonitorKind.HALF_YEAR else ""
    lean = "-zuinig-omslag" if variant == DocumentVariant.LEAN else ""
    return f"monitor-sociaal-domein-{year}{half}{lean}.pdf"


def request_document(
    snapshot: Snapshot, variant: str = DocumentVariant.FULL, *, requested_by: str = ""
) -> CouncilDocument:
    """The document of ``snapshot``, with the job that builds it; asking twice makes one job.

    A job that failed or was stopped is followed by a new one. Workers hear of it on commit.
    """
    with transaction.atomic():
        document, _ = CouncilDocument.objects.get_or_create(
            snapshot=snapshot, variant=DocumentVariant(variant)
        )
        job = jobs.enqueue(
            KIND,
            job_key(snapshot, document.variant),
            {"document": document.pk},
            requested_by=requested_by,
        )
        _follow(document, job)
    return document


def rebuild(document: CouncilDocument, *, requested_by: str = "") -> CouncilDocument:
    """Build ``document`` again; the bytes that are there stay until the new ones are stored.

    Raises ``core.models.WrongState`` while a job for it waits or runs.
    """
    with transaction.atomic():
        if document.job is None:
            return request_document(document.snapshot, document.variant, requested_by=requested_by)
        _follow(document, jobs.rebuild(document.job))
    return document


def cancel(document: CouncilDocument) -> bool:
    """Stop the building of ``document``. False, and nothing happens, when it is not being built."""
    if document.job is None or not document.job.is_live:
        return False
    jobs.cancel(document.job)
    return document.job.state == JobState.CANCELLED or document.job.cancel_requested


def _follow(document: CouncilDocument, job: Job) -> None:
    if document.job_id != job.pk:
        document.job = job
        document.save(update_fields=["job"])
