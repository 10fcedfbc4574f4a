"""What belongs to a version as a whole: its decision, its document, and how it differs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require_role
from agenda.access import managed_version_or_404, version_or_404
from agenda.comparing import compare
from agenda.document_status import document_context
from agenda.documents import file_name, public_document, request_document
from agenda.filters import VersionChoice
from agenda.manage_views import READERS, WRITER, at_part, may_write
from agenda.models import AgendaDocument, AgendaVersion
from core.downloads import download, inline_pdf

NO_DOCUMENT = "Dit document is er nog niet. Vraag de gemeente ernaar, of lees de agenda op het web."
NO_DECISION = "Van deze versie is het besluit hier niet als bestand bewaard."


# -- for everybody ---------------------------------------------------------------------------------
@login_not_required
@require_safe
def agenda_decision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The decision by which a version was adopted, as it was handed in."""
    version = version_or_404(slug, number)
    if version.decision_file is None:
        raise Http404(NO_DECISION)
    return download(version.decision_file, version.decision_name)


@login_not_required
@require_safe
def agenda_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A version that is decided, as a document."""
    version = version_or_404(slug, number)
    document = public_document(version)
    if document is None or document.file is None:
        raise Http404(NO_DOCUMENT)
    return inline_pdf(request, document.file, file_name(version, is_concept=False), is_public=True)


@login_not_required
@require_safe
def agenda_difference(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions beside each other: ``?van=1&naar=2``, without a choice the newest two."""
    version = version_or_404(slug)
    context = _difference(request, version, drafts=False)
    return render(request, "agenda/agenda_difference.html", context)


def _difference(request: HttpRequest, version: AgendaVersion, *, drafts: bool) -> dict[str, Any]:
    versions = comparable(version, drafts=drafts)
    if drafts:  # the draft that the page is about goes first
        versions.sort(key=lambda each: each.pk != version.pk)
    form = VersionChoice(request.GET, own=version.agenda, versions=versions)
    pair = form.pair
    return {
        "version": version,
        "agenda": version.agenda,
        "form": form,
        "is_alone": len(versions) < 2,
        "comparison": compare(*pair) if pair else None,
    }


# -- for officers ----------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def agenda_manage_difference(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Any version, a draft too, beside another; without a choice beside the one before it."""
    version = managed_version_or_404(slug, number)
    context = _difference(request, version, drafts=True)
    return render(request, "agenda/agenda_manage_difference.html", context)


@require_role(*READERS)
@require_safe
def agenda_document_job(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The fragment that asks for itself every second while the document is being made."""
    version = managed_version_or_404(slug, number)
    shown = document_context(version, may_make=may_write(request))
    if "job" not in shown:
        raise Http404("Dit document is nog niet gevraagd.")
    return render(request, "core/_job.html", shown)


@require_role(WRITER)
@require_POST
def agenda_document(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Ask for the document; what is there and still tells the same is not made again."""
    version = managed_version_or_404(slug, number)
    document = request_document(version, requested_by=str(request.user))
    if document.job is not None and document.job.is_live:
        messages.success(request, "Het document wordt gemaakt. U kunt doorwerken.")
    else:
        messages.success(request, "Het document is er al, en zegt hetzelfde als de agenda nu.")
    response = at_part(version)
    response["Location"] += "#document"
    return response


@require_role(*READERS)
@require_safe
def agenda_manage_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The document of any version, a concept too."""
    version = managed_version_or_404(slug, number)
    document = AgendaDocument.objects.filter(version=version).select_related("file").first()
    if document is None or document.file is None:
        raise Http404(NO_DOCUMENT)
    name = file_name(version, is_concept=document.is_concept)
    return inline_pdf(request, document.file, name, is_public=False)


def comparable(version: AgendaVersion, *, drafts: bool) -> list[AgendaVersion]:
    """The versions of the same agenda and of the one before it, newest first; ``drafts`` too, for
    officers. One query."""
    agendas = Q(agenda=version.agenda_id) | Q(agenda=version.agenda.predecessor_id)
    rows = AgendaVersion.objects.all() if drafts else AgendaVersion.objects.readable()
    return list(
        rows.filter(agendas)
        .select_related("agenda__predecessor")
        .order_by("-agenda__year", "-agenda_id", "-number")
    )
