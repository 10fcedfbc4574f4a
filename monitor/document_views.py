"""The council document on the web: its bytes, how far its making is, and doing it over."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of
from accounts.constants import Role
from core.constants import JobState
from core.models import WrongState
from core.status import job_context
from monitor import documents
from monitor.access import document_of, snapshot_or_404
from monitor.constants import DocumentVariant, MonitorKind
from monitor.editions import EditionKey, pdf_url
from monitor.models import CouncilDocument, Snapshot

logger = logging.getLogger(__name__)

MAKERS = (Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER)


# -- the bytes -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def monitor_pdf(
    request: HttpRequest,
    year: int,
    year2: int,
    kind: str = MonitorKind.ANNUAL,
    variant: str = DocumentVariant.FULL,
) -> HttpResponseBase:
    """The stored bytes; while there are none (any more), the page that says how far they are."""
    key = EditionKey(year, MonitorKind(kind))
    if year != year2:
        raise Http404("De jaren in dit adres verschillen.")
    document = document_of(snapshot_or_404(key), variant)
    if document is None or document.file is None:
        return redirect("document_status", edition=key)
    etag = f'"{document.file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with document.file.open() as file:
                response = HttpResponse(file.read(), content_type="application/pdf")
        except FileNotFoundError:
            logger.exception("The bytes of %s are gone from the storage", document)
            return redirect("document_status", edition=key)
        name = documents.file_name(year, kind, variant=variant)
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# -- how far it is ---------------------------------------------------------------------------------
def _shown(request: HttpRequest, key: EditionKey, document: CouncilDocument) -> dict[str, Any]:
    """What the fragment of one document needs; those who may make it get the buttons too."""
    is_there = document.file is not None and document.file.is_whole()
    shown: dict[str, Any] = {
        "document": document,
        "url": pdf_url(key, document.variant) if is_there else "",
        "is_lost": document.file is not None and not is_there,
        "kilobytes": document.file.size // 1024 if document.file else 0,
    }
    may_make = bool(roles_of(request.user) & frozenset(MAKERS))
    # That making it again was stopped or failed is of no use to who can read the document.
    ended = document.job is not None and document.job.state in (JobState.CANCELLED, JobState.FAILED)
    if document.job is not None and (may_make or not is_there or not ended):
        arguments = {"edition": key, "variant": document.variant}
        shown |= job_context(
            document.job,
            status_url=reverse("document_job", kwargs=arguments),
            cancel_url=reverse("document_cancel", kwargs=arguments) if may_make else "",
            rebuild_url=reverse("document_rebuild", kwargs=arguments) if may_make else "",
            result_url=shown["url"],
            result_label="Open het raadsdocument (pdf)",
        )
    return shown


def _documents(request: HttpRequest, key: EditionKey, snapshot: Snapshot) -> list[dict[str, Any]]:
    held = snapshot.documents.select_related("file", "job").order_by("variant")
    return [_shown(request, key, document) for document in held]


@login_not_required
@require_safe
def document_status(request: HttpRequest, edition: EditionKey) -> HttpResponse:
    """Public: is the document there, and if not, how long must one wait."""
    snapshot = snapshot_or_404(edition)
    context = {
        "edition_key": edition,
        "snapshot": snapshot,
        "documents": _documents(request, edition, snapshot),
    }
    return render(request, "monitor/document_status.html", context)


@login_not_required
@require_safe
def document_job(request: HttpRequest, edition: EditionKey, variant: str) -> HttpResponse:
    """The fragment that asks for itself every second while the document is being made."""
    document = document_of(snapshot_or_404(edition), variant)
    if document is None or document.job is None:
        raise Http404("Dit raadsdocument is nog niet gevraagd.")
    shown = _shown(request, edition, document)
    if "job" not in shown:
        return HttpResponse()  # takes the fragment away: the document itself stands below it
    return render(request, "core/_job.html", shown)


# -- making it -------------------------------------------------------------------------------------
@require_role(*MAKERS)
@require_safe
def document_manage(request: HttpRequest, edition: EditionKey) -> HttpResponse:
    """Both covers with their state, and the buttons to make them again or stop them."""
    snapshot = snapshot_or_404(edition)
    shown = _documents(request, edition, snapshot)
    asked = {row["document"].variant for row in shown}
    context = {
        "edition_key": edition,
        "snapshot": snapshot,
        "documents": shown,
        "not_asked": [
            {
                "label": variant.label,
                "url": reverse(
                    "document_rebuild", kwargs={"edition": edition, "variant": variant.value}
                ),
            }
            for variant in DocumentVariant
            if variant.value not in asked
        ],
    }
    return render(request, "monitor/document_manage.html", context)


@require_role(*MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_rebuild(request: HttpRequest, edition: EditionKey, variant: str) -> HttpResponseBase:
    """Make the document (again). Whoever had to sign in on the way finds the button again."""
    if request.method != "POST":
        return redirect("document_manage", edition=edition)
    snapshot = snapshot_or_404(edition)
    document = document_of(snapshot, variant)
    try:
        if document is None:
            documents.request_document(snapshot, variant, requested_by=str(request.user))
        else:
            documents.rebuild(document, requested_by=str(request.user))
    except WrongState:
        messages.warning(request, "Dit document wordt al gemaakt. U hoeft niets te doen.")
    else:
        messages.success(request, "Het document wordt gemaakt. U kunt doorwerken.")
    return redirect("document_manage", edition=edition)


@require_role(*MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_cancel(request: HttpRequest, edition: EditionKey, variant: str) -> HttpResponseBase:
    """Stop the making of the document; what was stored before stays."""
    if request.method != "POST":
        return redirect("document_manage", edition=edition)
    document = document_of(snapshot_or_404(edition), variant)
    if document is None:
        raise Http404("Dit raadsdocument is nog niet gevraagd.")
    if documents.cancel(document):
        messages.success(
            request, "Het maken van dit document wordt gestopt. Wat er al was, blijft."
        )
    else:
        messages.info(request, "Dit document wordt niet gemaakt: er valt niets te stoppen.")
    return redirect("document_manage", edition=edition)
