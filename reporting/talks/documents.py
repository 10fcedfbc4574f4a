"""The agenda sheet of a talk as a PDF: made in the background, and again when it changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from agenda.document_story import hash_of
from contracts.models import Meeting
from contracts.talks.access import whole
from core import jobs
from core.documents import page_count
from core.files import store
from core.jobs import JobRun
from core.rendering import render_in_child
from core.tokens import document_style, tokens
from reporting.models import SheetDocument
from reporting.talks.sheet import sheet

KIND = "meeting_sheet"
STYLESHEETS = ("css/document.css",)


def request_sheet(meeting: Meeting, *, requested_by: str = "") -> SheetDocument:
    """The document of the sheet, with the job that makes it; asking twice makes one job.

    ``meeting`` comes from ``whole``. What is there and tells the same is not made again.
    """
    with transaction.atomic():
        document, _ = SheetDocument.objects.select_for_update().get_or_create(meeting=meeting)
        sha256 = hash_of(sheet(meeting))
        if document.file_id is not None and document.sha256 == sha256:
            return document
        job = jobs.enqueue(
            KIND, f"{meeting.pk}-{sha256}", {"meeting": meeting.pk}, requested_by=requested_by
        )
        if not job.is_live:
            # This text was made before, and another came in between.
            job = jobs.rebuild(job)
        if document.job_id != job.pk:
            document.job = job
            document.save(update_fields=["job"])
    return document


def file_name(meeting: Meeting) -> str:
    return f"agendablad-overleg-{meeting.pk}.pdf"


def sheet_html(meeting: Meeting) -> tuple[str, str]:
    """The whole document, and the hash of what it tells. Nothing of the moment of making."""
    story = sheet(meeting)
    html = render_to_string(
        "reporting/document/sheet.html",
        {
            **document_style(tokens(), is_lean=True),
            "sheet": story,
            "municipality": settings.MUNICIPALITY_NAME,
        },
    )
    return html, hash_of(story)


def render_sheet(run: JobRun) -> dict[str, Any]:
    """Handler of ``meeting_sheet``: makes the bytes, stores them and fills the document's row."""
    meeting = whole(Meeting.objects.filter(pk=run.payload["meeting"])).get()
    run.progress(2, "Gegevens lezen")
    html, sha256 = sheet_html(meeting)
    content = render_in_child(html, stylesheets=STYLESHEETS, run=run, first=5, last=95)
    run.progress(96, "Agendablad bewaren")
    kept = store(content, name=file_name(meeting), content_type="application/pdf")
    pages = page_count(content)
    with run.finishing() as result:
        document = SheetDocument.objects.select_for_update().get(meeting=meeting)
        document.file, document.pages, document.sha256 = kept, pages, sha256
        document.job = run.job
        document.save()
        result.update(pages=pages, size=len(content), sha256=kept.sha256)
    return result
