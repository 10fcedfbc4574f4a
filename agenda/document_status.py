"""How far the document of a version is, for the page where the version is managed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from agenda.models import AgendaDocument, AgendaVersion
from core.status import job_context


def document_context(version: AgendaVersion, *, may_make: bool) -> dict[str, Any]:
    """How far the document of a version is; two queries at most."""
    document = AgendaDocument.objects.filter(version=version).select_related("job", "file").first()
    where = [version.agenda.slug, version.number]
    shown: dict[str, Any] = {"document": document, "version": version}
    if document is None:
        return shown
    url = reverse("agenda_manage_pdf", args=where) if document.file_id else ""
    shown["document_url"] = url
    # A concept of what was adopted since is not the document of this version.
    shown["is_outdated"] = document.is_concept and not version.is_editable
    if document.job is not None:
        shown |= job_context(
            document.job,
            status_url=reverse("agenda_document_job", args=where),
            rebuild_url=reverse("agenda_document", args=where) if may_make else "",
            result_url=url,
            result_label="Open de agenda (pdf)",
        )
    return shown
