"""What changed anywhere in agendas, indicators, contracts and editions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import all_changes_context


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Every change, newest first, each with the way to the history of its whole."""
    return render(request, "accounts/change_list.html", all_changes_context(request))
