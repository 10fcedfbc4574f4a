"""Pages that explain: how verdicts come about, what was corrected, open data, accessibility."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.access import published_editions
from monitor.constants import MonitorKind
from monitor.editions import EditionKey
from monitor.models import Snapshot


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for accessibility, how it is tested, and what is not known yet."""
    return render(request, "monitor/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site knows about its visitors and about clients."""
    return render(request, "monitor/privacy.html")


@login_not_required
@require_safe
def verdict_rules(request: HttpRequest) -> HttpResponse:
    """How a verdict comes about."""
    return render(request, "monitor/verdict_rules.html")


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every published edition with its downloads and its SHA-256. One query."""
    editions = [
        {
            "edition": edition,
            "is_half_year": edition.key.kind == MonitorKind.HALF_YEAR,
        }
        for edition in reversed(published_editions())
    ]
    return render(request, "monitor/open_data.html", {"editions": editions})


@login_not_required
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Every version of a published edition after its first, newest first. One query."""
    rows = (
        Snapshot.objects.corrections()
        .order_by("-created_at", "-pk")
        .values("monitor__year", "monitor__kind", "version", "sha256", "created_at")
    )
    found = [
        {
            "key": EditionKey(row["monitor__year"], MonitorKind(row["monitor__kind"])),
            "version": row["version"],
            "before": row["version"] - 1,
            "sha256": row["sha256"],
            "created_at": row["created_at"],
        }
        for row in rows
    ]
    return render(request, "monitor/corrections.html", {"corrections": found})
