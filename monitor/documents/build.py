"""The job that makes the bytes of a council document and stores them."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.utils import timezone

from core.documents import page_count
from core.files import store
from core.jobs import JobFailed, JobRun
from core.rendering import render_in_child
from monitor.documents.html import document_assets, document_html
from monitor.documents.requests import file_name
from monitor.models import CouncilDocument, Snapshot
from monitor.snapshots import read

STYLESHEETS = ("css/document.css",)


def build_bytes(snapshot: Snapshot, variant: str, *, run: JobRun | None = None) -> bytes:
    """The PDF of ``snapshot``; the same snapshot and release give the same bytes.

    Renders in a child process. Raises ``DamagedSnapshot`` when the frozen text was tampered with,
    and what ``render_in_child`` raises.
    """
    payload = read(snapshot)
    html = document_html(
        payload,
        sha256=snapshot.sha256,
        version=snapshot.version,
        variant=variant,
        frozen_on=timezone.localtime(snapshot.created_at).date(),
        release=snapshot.release,
    )
    return render_in_child(
        html,
        stylesheets=STYLESHEETS,
        assets=document_assets(payload),
        run=run,
        first=5,
        last=95,
    )


def render_council_document(run: JobRun) -> dict[str, Any]:
    """Handler of ``council_document``: builds, stores the bytes and fills the document's row.

    May run more than once: the bytes are stored by their hash, and the row changes together with
    the job's end.
    """
    document = CouncilDocument.objects.select_related("snapshot__monitor", "file").get(
        pk=run.payload["document"]
    )
    snapshot = document.snapshot
    run.progress(2, "Vastgestelde versie lezen")
    content = build_bytes(snapshot, document.variant, run=run)
    run.progress(96, "Document bewaren")
    name = file_name(snapshot.monitor.year, snapshot.monitor.kind, variant=document.variant)
    _keep_what_the_council_has(document, content)
    kept = store(io.BytesIO(content), name=name, content_type="application/pdf")
    pages = page_count(content)
    with run.finishing() as result:
        document.file, document.pages, document.built_at = kept, pages, timezone.now()
        document.job = run.job
        document.save(update_fields=["file", "pages", "built_at", "job"])
        result.update(pages=pages, size=len(content), sha256=kept.sha256)
    return result


def _keep_what_the_council_has(document: CouncilDocument, content: bytes) -> None:
    """Raise ``JobFailed`` when ``content`` would replace other bytes that are stored and sound.

    A later release may lay out the same edition differently; what was offered to the council stays.
    """
    stored = document.file
    if stored is None or hashlib.sha256(content).hexdigest() == stored.sha256:
        return
    if stored.verify():
        raise JobFailed(
            "Deze uitgave van de programmatuur maakt het document anders op dan het stuk dat de "
            "raad heeft. Het bewaarde stuk is in orde en blijft staan."
        )
