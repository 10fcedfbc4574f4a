"""The history of an edition, for who works on it and who audits it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from monitor.access import monitor_or_404
from monitor.editions import EditionKey


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def monitor_history(request: HttpRequest, edition: EditionKey) -> HttpResponse:
    """What changed in an edition; ``?deel=`` names one part of it."""
    monitor = monitor_or_404(request.user, edition)
    context = history_context(request, monitor)
    context |= {"monitor": monitor, "edition_key": edition}
    return render(request, "monitor/monitor_history.html", context)
