"""The public pages of projects: those that were started here, and those that sources name."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from agenda.access import goal_or_404
from contracts.models import Project
from contracts.projects.access import listed, project_or_404
from contracts.projects.filters import ProjectFilter
from contracts.projects.reading import project_page, project_rows
from core.filters import is_chosen

PER_PAGE = 25


@login_not_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project that is no draft, to search and to choose from."""
    chosen = ProjectFilter(
        request.GET, queryset=Project.objects.readable().own_first(), request=request
    )
    paginator = Paginator(listed(chosen.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": project_rows(page, timezone.localdate()),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
    }
    return render(request, "contracts/project_list.html", context)


@login_not_required
@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: what was agreed beforehand, how it went, and what was decided."""
    story = project_page(project_or_404(slug), timezone.localdate())
    return render(request, "contracts/project_detail.html", story)


@login_not_required
@require_safe
def goal_projects(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """The projects that contribute to a goal: a fragment for htmx, else a page of its own."""
    row = goal_or_404(slug, goal)
    projects = listed(Project.objects.readable().filter(goals=row))
    partial = bool(getattr(request, "htmx", False))
    response = render(
        request,
        "contracts/_goal_projects.html" if partial else "contracts/goal_projects.html",
        {"goal": row, "rows": project_rows(projects, timezone.localdate())},
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
