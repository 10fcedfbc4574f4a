"""The public page of the development tasks of an agenda."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.access import version_with_tasks_or_404
from agenda.filters import TaskChoice
from agenda.story import version_story
from agenda.task_stories import tasks_page
from core.filters import whole_number


@login_not_required
@require_safe
def agenda_tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """How each task stands, and which stand still; ``?versie=`` asks for an earlier version."""
    number = whole_number(request.GET.get("versie"))
    version = version_with_tasks_or_404(slug, number)
    form = TaskChoice(request.GET)
    context = {
        "agenda": version_story(version),
        "form": form,
        "chosen": form.chosen,
        **tasks_page(version, form.chosen),
    }
    return render(request, "agenda/agenda_tasks.html", context)
