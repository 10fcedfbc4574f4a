"""Following a project: its steps and money, how it stands, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from contracts.actions import NotEditable
from contracts.actions import projects as actions
from contracts.exchange_views import METHODS, WRITERS
from contracts.models import Project, ProjectSpending, ProjectStep
from contracts.projects.access import (
    managed_project_or_404,
    spending_or_404,
    step_or_404,
    whole_project_or_404,
)
from contracts.projects.desk_views import around, at_project, closed
from contracts.projects.reading import plan_of, project_page
from contracts.projects.running_forms import EvaluationForm, SpendingForm, StepForm, UpdateForm

NOT_NOW = "Dat kan nu niet: dit project loopt niet."


def _may_step(project: Project) -> bool:
    return not project.is_closed and not project.is_from_source


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_step_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new step."""
    return _step(request, managed_project_or_404(slug), None)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_step_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A step that is there: reworded, moved, or done."""
    project = managed_project_or_404(slug)
    return _step(request, project, step_or_404(project, pk))


def _step(request: HttpRequest, project: Project, row: ProjectStep | None) -> HttpResponseBase:
    if not _may_step(project):
        return closed(request, project.slug, NOT_NOW)
    name = row.text if row else ""
    form = StepForm(request.POST or None, instance=row or ProjectStep(project=project))
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_step(form, project, user=signed_in(request)):
                messages.success(request, "De stap is bewaard.")
                return at_project(project.slug)
        except NotEditable as error:
            form.add_error(None, error.messages)
    page = "contracts/project_step_edit.html" if row else "contracts/project_step_add.html"
    return render(request, page, around(project, form=form, row=row, name=name))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_step_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Take a step away, after asking."""
    project = managed_project_or_404(slug)
    if not _may_step(project):
        return closed(request, slug, NOT_NOW)
    row = step_or_404(project, pk)
    return _removed(request, project, row) or render(
        request, "contracts/project_step_delete.html", around(project, row=row)
    )


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_spending_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Money that a running project cost."""
    return _spending(request, managed_project_or_404(slug), None)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_spending_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A spending that was written wrongly."""
    project = managed_project_or_404(slug)
    return _spending(request, project, spending_or_404(project, pk))


def _spending(
    request: HttpRequest, project: Project, row: ProjectSpending | None
) -> HttpResponseBase:
    if not project.is_running:
        return closed(request, project.slug, NOT_NOW)
    name = row.label if row else ""
    held = row or ProjectSpending(project=project, spent_on=timezone.localdate())
    form = SpendingForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_spending(form, project, user=signed_in(request)):
                messages.success(request, "De besteding is bewaard.")
                return at_project(project.slug)
        except NotEditable as error:
            form.add_error(None, error.messages)
    page = "contracts/project_spending_edit.html" if row else "contracts/project_spending_add.html"
    return render(request, page, around(project, form=form, row=row, name=name))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_spending_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Take a spending away, after asking."""
    project = managed_project_or_404(slug)
    if not project.is_running:
        return closed(request, slug, NOT_NOW)
    row = spending_or_404(project, pk)
    return _removed(request, project, row) or render(
        request, "contracts/project_spending_delete.html", around(project, row=row)
    )


def _removed(
    request: HttpRequest, project: Project, row: ProjectStep | ProjectSpending
) -> HttpResponseBase | None:
    """Back to the file when ``row`` was taken away, or may not be; None while it is asked."""
    if request.method != "POST":
        return None
    try:
        actions.remove_row(row, project, user=signed_in(request))
    except NotEditable as error:
        return closed(request, project.slug, error.messages[0])
    messages.success(request, f"Verwijderd: {row}.")
    return at_project(project.slug)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_update(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new line on how a project stands."""
    project = managed_project_or_404(slug)
    if not project.is_running:
        return closed(request, slug, NOT_NOW)
    form = UpdateForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_update(project, user=signed_in(request), **form.cleaned_data)
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De stand van zaken is toegevoegd.")
            return at_project(slug)
    return render(request, "contracts/project_update.html", around(project, form=form))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_decide(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Evaluate a running project and decide, beside what was settled beforehand."""
    project = whole_project_or_404(slug)
    if not project.is_running:
        return closed(request, slug, NOT_NOW)
    story: dict[str, Any] = project_page(project, timezone.localdate())
    spent = sum(row.amount for row in story["spendings"])
    initial = {
        "seen": len(story["evaluations"]),
        "decided_on": timezone.localdate(),
        "costs": spent or None,
    }
    plan = plan_of(project)
    form = EvaluationForm(request.POST or None, initial=initial, starts_on=plan.starts_on)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                form.instance, project, seen=form.cleaned_data["seen"], user=signed_in(request)
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De evaluatie en het besluit zijn vastgelegd.")
            return at_project(slug)
    return render(request, "contracts/project_decide.html", story | {"form": form})
