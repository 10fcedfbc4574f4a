"""The history of an agenda version and of an indicator, for who works on them and who audits it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role, roles_of
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from agenda.access import managed_indicator_or_404, managed_version_or_404
from agenda.manage_views import READERS


def _may_manage(request: HttpRequest) -> bool:
    """Whether the pages around the history are there for the reader: an auditor has none."""
    return bool(roles_of(request.user) & frozenset(READERS))


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def agenda_history(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What changed in a version; ``?deel=`` names one part of it."""
    version = managed_version_or_404(slug, number)
    context = history_context(request, version)
    context |= {"version": version, "may_manage": _may_manage(request)}
    return render(request, "agenda/agenda_history.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def indicator_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a passport and its values."""
    indicator = managed_indicator_or_404(slug)
    context = history_context(request, indicator)
    context |= {"indicator": indicator, "may_manage": _may_manage(request)}
    return render(request, "agenda/indicator_history.html", context)
