"""Filling in many values at once: of one indicator, and the targets of a whole agenda."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from agenda import actions
from agenda.access import managed_indicator_or_404, managed_version_or_404
from agenda.manage_views import METHODS, PER_PAGE, WRITER, closed
from agenda.target_grid import posted_measures, target_grid, version_measures
from agenda.value_forms import GridForm, StatusForm
from agenda.value_grid import spots, value_grid


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_values(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The values of one indicator as a table, some rows a page; a page is one form."""
    indicator = managed_indicator_or_404(slug)
    if not indicator.value_type:
        messages.warning(request, "Kies eerst welke soort waarde deze indicator heeft.")
        return redirect("indicator_edit", slug)
    choice = GridForm(request.GET, indicator)
    status = StatusForm(request.POST or None)
    context = {"indicator": indicator, "choice": choice, "status": status}
    chosen = choice.chosen()
    if chosen is None:
        return render(request, "agenda/indicator_values.html", context)
    page = Paginator(spots(chosen.areas, chosen.groups), PER_PAGE).get_page(request.GET.get("page"))
    grid = value_grid(indicator, chosen.source, page.object_list, chosen.periods)
    if request.method == "POST":
        said = status.cleaned_data if status.is_valid() else {}
        certainty = said.get("status", "")
        grid.read(request.POST, certainty, raises=bool(said.get("also")))
        if certainty and not grid.errors and not grid.problem:
            try:
                conflicts = actions.save_values(
                    indicator, chosen.source, certainty, grid.changes(), user=signed_in(request)
                )
            except actions.NotEditable as error:
                grid.problem = error.messages[0]
            else:
                if not conflicts:
                    messages.success(request, "De meetwaarden zijn bewaard.")
                    return redirect(request.get_full_path())
                grid.show_conflicts(conflicts)
    context |= {"grid": grid, "page": page, "source": chosen.source}
    return render(request, "agenda/indicator_values.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_targets(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Baselines and targets of an agenda as a table, beside what was measured."""
    version = managed_version_or_404(slug, number)
    if not version.is_editable and request.method != "POST":
        messages.warning(request, closed(version))
        return redirect("agenda_manage", slug, number)
    posted = request.POST if request.method == "POST" else None
    rows = version_measures(version)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    # What was posted is about the rows of the page as it was: rows may have come and gone since.
    shown = list(page) if posted is None else list(rows.filter(pk__in=posted_measures(posted)))
    grid = target_grid(version, shown)
    if posted is not None:
        grid.read(posted)
        if not grid.errors and not grid.problem:
            try:
                conflicts = actions.save_agenda_targets(
                    version, grid.changes(), user=signed_in(request)
                )
            except actions.NotEditable as error:
                grid.problem = error.messages[0]
            else:
                if not conflicts:
                    messages.success(request, "De nulmetingen en streefwaarden zijn bewaard.")
                    return redirect(request.get_full_path())
                grid.show_conflicts(conflicts)
    context = {"version": version, "agenda": version.agenda, "grid": grid, "page": page}
    return render(request, "agenda/agenda_targets.html", context)
