"""The page that somebody who signs in starts from: the roles held, and what can be done here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import assignments_of
from accounts.constants import STAFF_ROLES, Role
from monitor.access import newest_documents, published_editions
from monitor.document_views import MAKERS
from monitor.editions import Edition
from monitor.models import CouncilDocument
from monitor.waiting import everything_waiting


@dataclass(frozen=True)
class EditionDocuments:
    """A published edition with the council documents that were asked for."""

    edition: Edition
    documents: tuple[CouncilDocument, ...]


@require_safe
def work_home(request: HttpRequest) -> HttpResponse:
    """For everybody who is signed in. Fifteen queries at most, however much there is."""
    assignments = list(assignments_of(request.user))
    roles = {Role(assignment.role) for assignment in assignments}
    editions = published_editions()[::-1]
    context = {
        "assignments": assignments,
        "makes_documents": bool(roles & frozenset(MAKERS)),
        "is_staff": bool(roles & STAFF_ROLES),
        "supervises": Role.SUPERVISOR in roles,
        "newest": editions[0] if editions else None,
        "waiting": everything_waiting(assignments, roles, timezone.localdate()),
        "rows": [],
    }
    if context["makes_documents"]:
        held = newest_documents()
        context["rows"] = [
            EditionDocuments(edition, tuple(held.get(edition.key, ()))) for edition in editions
        ]
    return render(request, "monitor/work_home.html", context)
