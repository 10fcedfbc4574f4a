"""How measurable an agenda is: for everybody, and for who writes it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role
from agenda.access import managed_version_or_404, version_or_404
from agenda.filters import LackForm
from agenda.manage_views import READERS, may_write
from agenda.measuring import HEADER, csv_rows, measurability
from agenda.models import AgendaVersion
from agenda.story import version_story
from core.tables import csv_response


@login_not_required
@require_safe
def agenda_measurability(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version. Seven queries."""
    return _page(request, version_or_404(slug))


@login_not_required
@require_safe
def agenda_version_measurability(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version. Seven queries."""
    return _page(request, version_or_404(slug, number))


def _page(request: HttpRequest, version: AgendaVersion) -> HttpResponse:
    context = {
        **_shown(request, version),
        "agenda": version_story(version),
        "versions": AgendaVersion.objects.readable()
        .filter(agenda=version.agenda_id)
        .order_by("number")
        .values_list("number", flat=True),
    }
    return render(request, "agenda/agenda_measurability.html", context)


def _shown(request: HttpRequest, version: AgendaVersion) -> dict[str, Any]:
    """The goals that lack what the address asks for, or all of them."""
    held, form = measurability(version), LackForm(request.GET)
    return {"held": held, "form": form, "goals": held.lacking(form.chosen()), "lack": form.chosen()}


@login_not_required
@require_safe
def agenda_measurability_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every goal of one version with its marks. Six queries."""
    version = version_or_404(slug, number)
    name = f"{slug}-versie-{number}-meetbaarheid.csv"
    return csv_response(name, HEADER, csv_rows(measurability(version).goals))


@require_role(*READERS)
@require_safe
def agenda_manage_measurability(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same of any version, drafts too, with the way to mend each goal."""
    version = managed_version_or_404(slug, number)
    context = {
        **_shown(request, version),
        "version": version,
        "edits": may_write(request) and version.is_editable,
    }
    return render(request, "agenda/agenda_manage_measurability.html", context)
