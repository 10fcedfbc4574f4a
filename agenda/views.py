"""The public pages of agendas and goals."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.access import goal_or_404, version_or_404
from agenda.council.reading import talks_about, talks_about_goal
from agenda.documents import public_document
from agenda.filters import GoalFilter
from agenda.measuring import goal_marks
from agenda.models import AgendaVersion, Goal
from agenda.pictures import measure_picture
from agenda.reading import agenda_stories, goal_page, version_page
from agenda.story import contradictions_about
from agenda.tables import SERIES_HEADER, series_rows
from agenda.tree_reading import neighbours
from core.filters import is_chosen
from core.tables import csv_response

PER_PAGE = 25
TALKS = 3  # of the council, on the page of an agenda; the rest on their own page


@login_not_required
@require_safe
def agenda_list(request: HttpRequest) -> HttpResponse:
    """Every agenda in time, and how one follows the other."""
    return render(request, "agenda/agenda_list.html", {"agendas": agenda_stories()})


@login_not_required
@require_safe
def agenda_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An agenda in its newest version."""
    return _version(request, version_or_404(slug))


@login_not_required
@require_safe
def agenda_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An agenda as it stood in one version."""
    return _version(request, version_or_404(slug, number))


def _version(request: HttpRequest, version: AgendaVersion) -> HttpResponse:
    return render(
        request,
        "agenda/agenda_detail.html",
        {
            "agenda": version_page(version),
            "document": public_document(version),
            "contradictions": contradictions_about(version.agenda),
            "talks": talks_about(version.agenda, timezone.localdate())[:TALKS],
        },
    )


@login_not_required
@require_safe
def agenda_goal(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """One goal: its words, its place, where it came from and went, and what measures it."""
    row = goal_or_404(slug, goal)
    story = goal_page(row)
    measures = [*story["own"], *story["of_theme"]]
    return render(
        request,
        "agenda/agenda_goal.html",
        {
            "goal": story,
            "tree": neighbours(row),
            "measures": measures,
            "measurability": goal_marks(row),
            "talks": talks_about_goal(row, timezone.localdate()),
            "charts": [
                chart
                for number, measure in enumerate(measures, start=1)
                if (chart := measure_picture(measure, number))
            ],
        },
    )


@login_not_required
@require_safe
def agenda_goal_csv(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """The figures of one goal and its theme."""
    story = goal_page(goal_or_404(slug, goal))
    rows = series_rows([*story["own"], *story["of_theme"]])
    return csv_response(f"{story['slug']}-metingen.csv", SERIES_HEADER, rows)


@login_not_required
@require_safe
def goal_list(request: HttpRequest) -> HttpResponse:
    """All goals of all agendas, to search and to choose from."""
    goals = Goal.objects.readable().in_order().select_related("theme__version__agenda")
    chosen = GoalFilter(request.GET, queryset=goals, request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    return render(
        request,
        "agenda/goal_list.html",
        {
            "filter": chosen,
            "page": paginator.get_page(request.GET.get("page")),
            "total": paginator.count,
            "chosen": is_chosen(chosen),
        },
    )
