"""The front page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.access import published_editions


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this site is, and the newest annual edition."""
    editions = published_editions()
    return render(
        request,
        "monitor/home.html",
        {"newest": editions[-1] if editions else None, "editions": editions[::-1]},
    )
