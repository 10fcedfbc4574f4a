"""The page that somebody who signs in starts from: the roles held, and what can be done here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import assignments_of, person_or_404, require_role
from accounts.constants import STAFF_ROLES, Role
from accounts.reviewing import alone_in
from agenda.council.access import READERS as TALK_READERS
from contracts.talks.access import READERS as DASHBOARD_READERS
from monitor.access import newest_documents, published_editions
from monitor.document_views import MAKERS
from monitor.editions import Edition
from monitor.inquiries.access import WORKS
from monitor.models import CouncilDocument
from monitor.recommendations.access import READERS as FOLLOWERS
from monitor.waiting import everything_waiting


@dataclass(frozen=True)
class EditionDocuments:
    """A published edition with the council documents that were asked for."""

    edition: Edition
    documents: tuple[CouncilDocument, ...]


@require_safe
def work_home(request: HttpRequest) -> HttpResponse:
    """For everybody who is signed in. Thirty-five queries at most, however much there is."""
    assignments = list(assignments_of(request.user))
    roles = {Role(assignment.role) for assignment in assignments}
    editions = published_editions()[::-1]
    context = {
        "assignments": assignments,
        "makes_documents": bool(roles & frozenset(MAKERS)),
        "is_staff": bool(roles & STAFF_ROLES),
        "supervises": Role.SUPERVISOR in roles,
        "keeps_talks": bool(roles & frozenset(TALK_READERS)),
        "reads_dashboard": bool(roles & frozenset(DASHBOARD_READERS)),
        "works_on_inquiries": bool(roles & frozenset(WORKS)),
        "follows_recommendations": bool(roles & frozenset(FOLLOWERS)),
        "newest": editions[0] if editions else None,
        "waiting": everything_waiting(assignments, timezone.localdate()),
        "rows": [],
    }
    if context["makes_documents"]:
        held = newest_documents()
        context["rows"] = [
            EditionDocuments(edition, tuple(held.get(edition.key, ()))) for edition in editions
        ]
    return render(request, "monitor/work_home.html", context)


@require_role(Role.FUNCTIONAL_MANAGER)
@require_safe
def work_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for the roles of somebody who leaves or is away, to hand it over. Thirty-eight
    queries at most; it leads nowhere, because the work itself is not the manager's."""
    person = person_or_404(pk)
    assignments = list(assignments_of(person))
    alone = {(held.role, held.organisation_id) for held in alone_in(person)}
    context = {
        "person": person,
        "held": [(held, (held.role, held.organisation_id) in alone) for held in assignments],
        "waiting": everything_waiting(assignments, timezone.localdate()),
    }
    return render(request, "monitor/work_of.html", context)
