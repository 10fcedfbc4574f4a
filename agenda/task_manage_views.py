"""Following a development task: how it stands, which steps are done, what came of it.

These stay open after the adoption of the agenda; what the task is does not (agenda/parts.py).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from agenda import actions
from agenda.access import managed_task_or_404, step_or_404
from agenda.constants import Origin
from agenda.manage_views import METHODS, READERS, WRITER, closed, may_write
from agenda.models import DevelopmentTask
from agenda.standstill import Standing
from agenda.task_forms import EvaluationForm, StepDoneForm, UpdateForm
from agenda.task_stories import standing_of
from core.edits import RevisedForm
from core.wording import in_words


def at_task(task: DevelopmentTask) -> HttpResponseBase:
    version = task.version
    return redirect("agenda_task", version.agenda.slug, version.number, task.pk)


@require_role(*READERS)
@require_safe
def agenda_task(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """One task, whole, with what may be done with it. Constant queries."""
    task = managed_task_or_404(slug, number, pk)
    version, found = task.version, standing_of(task, task.version)
    writes = may_write(request)
    context = {
        **_around(task),
        "goals": list(task.goals.select_related("theme").order_by("theme__order", "order")),
        "steps": list(task.steps.order_by("order")),
        "updates": list(task.updates.select_related("actor")),
        "standing": found,
        "still": _still(found),
        "edits": writes and version.is_editable,
        "follows": writes and version.origin == Origin.SYSTEM,
        "closed": "" if version.is_editable else closed(version),
        "key": key_of(task),
    }
    return render(request, "agenda/agenda_task.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_task_update(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """A new line on how a task stands."""
    task = managed_task_or_404(slug, number, pk)
    form = UpdateForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_update(task, user=signed_in(request), **form.cleaned_data)
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De stand van zaken is toegevoegd.")
            return at_task(task)
    context = {"form": form, **_around(task)}
    return render(request, "agenda/agenda_task_update.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_task_evaluate(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """What came of a task."""
    task = managed_task_or_404(slug, number, pk)
    form = EvaluationForm(request.POST or None, instance=task)
    if _written(request, form, task):
        return at_task(task)
    return render(request, "agenda/agenda_task_evaluate.html", {"form": form, **_around(task)})


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_task_step(
    request: HttpRequest, slug: str, number: int, pk: int, step: int
) -> HttpResponseBase:
    """When a step of a task was done."""
    task = managed_task_or_404(slug, number, pk)
    row = step_or_404(task, step)
    form = StepDoneForm(request.POST or None, instance=row)
    if _written(request, form, task):
        return at_task(task)
    context = {"form": form, "step": row, **_around(task)}
    return render(request, "agenda/agenda_task_step.html", context)


def _still(found: Standing) -> str:
    """Since when there is no news, for who has to move it on."""
    if found.moved_on:
        return f"Het laatste nieuws is van {in_words(found.moved_on)}."
    return f"Er is nog geen nieuws sinds {in_words(found.since)}."


def _written(request: HttpRequest, form: RevisedForm, task: DevelopmentTask) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        written = actions.write_outcome(form, task, user=signed_in(request))
    except actions.NotEditable as error:
        form.add_error(None, error.messages)
        return False
    if written:
        messages.success(request, "Bewaard.")
    return written


def _around(task: DevelopmentTask) -> dict[str, Any]:
    version = task.version
    back = reverse("agenda_task", args=[version.agenda.slug, version.number, task.pk])
    return {"task": task, "version": version, "agenda": version.agenda, "back": back}
