"""The goal tree: the public page, the same for those who write, and what leads to what."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from agenda import actions
from agenda.access import managed_version_or_404, part_or_404, version_or_404
from agenda.manage_views import METHODS, READERS, WRITER, at_part, closed, may_write
from agenda.models import AgendaVersion, Goal
from agenda.parts import PARTS
from agenda.story import version_story
from agenda.tree_forms import ContributionsForm
from agenda.tree_reading import tree_page


@login_not_required
@require_safe
def agenda_tree(request: HttpRequest, slug: str) -> HttpResponse:
    """The goal tree of an agenda in its newest version."""
    return _public(request, version_or_404(slug))


@login_not_required
@require_safe
def agenda_version_tree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The goal tree as it stood in one version."""
    return _public(request, version_or_404(slug, number))


def _public(request: HttpRequest, version: AgendaVersion) -> HttpResponse:
    def address(goal: Goal) -> str:
        return reverse("agenda_goal", args=[version.agenda.slug, goal.slug])

    context = {"agenda": version_story(version), "tree": tree_page(version, address)}
    return render(request, "agenda/agenda_tree.html", context)


@require_role(*READERS)
@require_safe
def agenda_manage_tree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The goal tree of any version, drafts too; each box leads to where its goal is written."""
    version = managed_version_or_404(slug, number)
    edits = may_write(request) and version.is_editable
    outline = reverse("agenda_manage", args=[slug, number])

    def address(goal: Goal) -> str:
        if edits:
            return reverse("agenda_contributions", args=[slug, number, goal.pk])
        return f"{outline}#goal-{goal.pk}"

    context = {"version": version, "edits": edits, "tree": tree_page(version, address)}
    return render(request, "agenda/agenda_manage_tree.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_contributions(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """What a goal contributes to."""
    version = managed_version_or_404(slug, number)
    goal: Goal = part_or_404(version, PARTS["doel"], pk)
    form = ContributionsForm(request.POST or None, instance=goal, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_part(form, version, user=signed_in(request)):
                messages.success(request, f"Bewaard: waar ‘{goal}’ aan bijdraagt.")
                return at_part(version, goal)
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version, goal)
    context = {
        "form": form,
        "version": version,
        "goal": goal,
        "incoming": list(goal.contributors.order_by("theme__order", "order")),
        "back": reverse("agenda_manage", args=[slug, number]),
        "key": key_of(goal),
    }
    return render(request, "agenda/agenda_contributions.html", context)
