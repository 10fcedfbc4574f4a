"""What is kept, how long, and what is past its term, for the functional manager."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role
from accounts.constants import Role
from accounts.retention import report


@require_role(Role.FUNCTIONAL_MANAGER)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every kind of record with its term and what is past it. It closes nothing: a command does."""
    lines = report()
    context = {
        "lines": lines,
        "due": sum(line.found.number for line in lines if line.is_due),
        "staying": sum(line.found.number for line in lines if line.stays),
    }
    return render(request, "accounts/retention.html", context)
