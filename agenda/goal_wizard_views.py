"""The page with plain questions that help an officer to make one goal measurable."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from agenda import actions
from agenda.access import managed_version_or_404, part_or_404
from agenda.goal_wizard import Questions
from agenda.goal_wizard_forms import NEW
from agenda.manage_views import METHODS, WRITER, at_part, closed
from agenda.models import AgendaVersion, Goal, Measure
from agenda.parts import PARTS
from core.edits import MEANWHILE
from core.filters import whole_number

SEARCH, LOOK = "zoek", "bekijk"  # the buttons that write nothing


@require_role(WRITER)
@require_http_methods(METHODS)
def goal_wizard(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """The questions; ``?meting=`` names the measure they are about, or ``nieuw``."""
    version = managed_version_or_404(slug, number)
    goal: Goal = part_or_404(version, PARTS["doel"], pk)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version, goal)
    measures = list(goal.measures.select_related("indicator").prefetch_related("targets"))
    measure = _asked(request, measures)
    step = request.POST.get("stap", "")
    asked = Questions(
        version,
        goal,
        measure,
        request.POST if request.method == "POST" else None,
        judged=request.method == "POST" and step != SEARCH,
    )
    valid = asked.goal.is_bound and asked.is_valid()
    if valid and step != LOOK:
        if _write(request, version, asked):
            messages.success(request, f"Bewaard: doel ‘{goal}’.")
            return at_part(version, goal)
        valid = False
    context = {
        "version": version,
        "goal": goal,
        "measures": measures,
        "measure": measure,
        "asked": asked,
        "options": [] if measure is not None else asked.options(),
        "preview": asked.preview() if valid or request.method != "POST" else None,
        "looks_ahead": valid,
        "back": reverse("agenda_manage", args=[slug, number]),
    }
    return render(request, "agenda/goal_wizard.html", context)


def _asked(request: HttpRequest, measures: list[Measure]) -> Measure | None:
    """The measure that the address names; without a name the first. Raises ``Http404``."""
    told = request.GET.get("meting")
    if told is None:
        return measures[0] if measures else None
    if told == NEW:
        return None
    found = next((row for row in measures if row.pk == whole_number(told)), None)
    if found is None:
        raise Http404("Deze meting hoort niet bij dit doel.")
    return found


def _write(request: HttpRequest, version: AgendaVersion, asked: Questions) -> bool:
    """Write the answers; False, with the reason on a form, when that did not go through."""
    try:
        saved = actions.make_measurable(version, **asked.to_write(), user=signed_in(request))
    except actions.NotEditable as error:
        asked.goal.add_error(None, error.messages)
        return False
    if not saved and not asked.mistaken:
        asked.goal.add_error(None, MEANWHILE)
    return saved
