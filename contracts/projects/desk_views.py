"""Projects behind the sign-in: the list, the file, the draft with its plan, and the start."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from contracts.actions import NotEditable
from contracts.actions import projects as actions
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import Project
from contracts.projects.access import listed, managed_project_or_404, whole_project_or_404
from contracts.projects.filters import ManagedProjectFilter
from contracts.projects.forms import PlanChangeForm, PlanForm, ProjectForm
from contracts.projects.reading import project_page, project_rows
from contracts.projects.running_forms import StartForm
from core.filters import is_chosen


def at_project(slug: str) -> HttpResponseBase:
    return redirect("project_manage", slug)


def closed(request: HttpRequest, slug: str, why: str) -> HttpResponseBase:
    """Back to the file, with the reason why this cannot be done now."""
    messages.warning(request, why)
    return at_project(slug)


def around(project: Project, **more: Any) -> dict[str, Any]:
    """What every page about ``project`` shows around its form."""
    return {"project": project, **more}


@require_role(*READERS)
@require_safe
def project_manage_list(request: HttpRequest) -> HttpResponse:
    """Every project, drafts too, to search and to choose from."""
    rows = Project.objects.order_by("-pk")
    chosen = ManagedProjectFilter(request.GET, queryset=rows, request=request)
    paginator = Paginator(listed(chosen.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": project_rows(page, timezone.localdate()),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "contracts/project_manage_list.html", context)


@require_role(*READERS)
@require_safe
def project_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of a project: each part with what may be done with it."""
    project = whole_project_or_404(slug)
    context = project_page(project, timezone.localdate())
    writes = may_write(request) and not project.is_from_source
    context["edits"] = writes and not project.is_closed
    context["drafts"] = writes and project.is_draft
    context["follows"] = writes and project.is_running
    return render(request, "contracts/project_manage.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def project_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a project; ``?deel=`` names one part of it."""
    project = managed_project_or_404(slug)
    may_manage = bool(roles_of(request.user) & frozenset(READERS))
    context = history_context(request, project) | around(project, may_manage=may_manage)
    return render(request, "contracts/project_history.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_add(request: HttpRequest) -> HttpResponseBase:
    """A new project, as a draft."""
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project = actions.create_project(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het concept is gemaakt. Beantwoord nu de vijf vragen.")
            return redirect("project_plan", project.slug)
    return render(request, "contracts/project_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The particulars, until the project is closed."""
    project = managed_project_or_404(slug)
    title = project.title
    if request.method != "POST" and (why := _no_editing(project)):
        return closed(request, slug, why)
    form = ProjectForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_project(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "De gegevens zijn bewaard.")
                return at_project(slug)
    context = around(project, form=form, title=title)
    return render(request, "contracts/project_edit.html", context)


def _no_editing(project: Project) -> str:
    if project.is_from_source:
        return actions.FROM_SOURCE
    return "Dit project is afgesloten en verandert niet meer." if project.is_closed else ""


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The five questions and what is settled beforehand, of a draft."""
    project = managed_project_or_404(slug)
    if request.method != "POST" and not project.is_draft:
        return closed(
            request,
            slug,
            _no_editing(project) or "Het plan staat vast. U wijzigt het alleen nog met een reden.",
        )
    form = PlanForm(request.POST or None, instance=actions.current_plan(project))
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_plan(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "Het plan is bewaard.")
                return at_project(slug)
    return render(request, "contracts/project_plan.html", around(project, form=form))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_start(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Start a project of which the plan is whole, after reading it once more."""
    project = whole_project_or_404(slug)
    story = project_page(project, timezone.localdate())
    if not project.is_draft:
        return closed(request, slug, _no_editing(project) or "Dit project is al gestart.")
    typed = request.POST if request.method == "POST" else None
    form = StartForm(typed, initial={"revision": story["plan"].revision})
    if form.is_valid():
        seen = form.cleaned_data["revision"]
        try:
            actions.start(project, seen=seen, user=signed_in(request))
        except NotEditable as error:
            return closed(request, slug, " ".join(error.messages))
        messages.success(request, "Het project is gestart. Iedereen kan het nu lezen.")
        return at_project(slug)
    return render(request, "contracts/project_start.html", story | {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_plan_change(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A next plan of a project that runs, with the reason."""
    project = managed_project_or_404(slug)
    if not project.is_running:
        why = _no_editing(project) or "Dit is nog een concept. U kunt het plan zelf bewerken."
        return closed(request, slug, why)
    form = PlanChangeForm(request.POST or None, current=actions.current_plan(project))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["number"]
        try:
            changed = actions.change_plan(form, project, seen=seen, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if changed:
                messages.success(
                    request, "Het plan is gewijzigd. De wijziging staat op de bladzijde."
                )
                return at_project(slug)
            form.show_later(actions.current_plan(project))
    return render(request, "contracts/project_plan_change.html", around(project, form=form))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def project_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    project = managed_project_or_404(slug)
    if not project.is_draft:
        why = _no_editing(project) or "Een project dat is gestart, blijft bewaard."
        return closed(request, slug, why)
    if request.method == "POST":
        try:
            actions.delete_project(project, user=signed_in(request))
        except NotEditable as error:
            return closed(request, slug, error.messages[0])
        messages.success(request, f"Het concept ‘{project.title}’ is verwijderd.")
        return redirect("project_manage_list")
    return render(request, "contracts/project_delete.html", around(project))
