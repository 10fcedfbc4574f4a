"""The officer says what becomes of each goal of the agenda before, and why goals are new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, signed_in
from agenda import actions
from agenda.access import managed_version_or_404
from agenda.actions.fates import part_key
from agenda.fate_forms import FateForm, NewGoalForm
from agenda.following import Fate, Following, NewGoal, OldGoal, following
from agenda.manage_views import METHODS, READERS, WRITER, closed, may_write
from agenda.models import AgendaVersion, Goal

ON = "verder"  # the button that goes on to the next goal that is open


@require_role(*READERS)
@require_safe
def agenda_succession(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All goals of the agenda before with what becomes of each, and the new ones with why."""
    version = managed_version_or_404(slug, number)
    edits = may_write(request) and version.is_editable
    context = {
        "version": version,
        "held": following(version),
        "edits": edits,
        "closed": closed(version),
    }
    return render(request, "agenda/agenda_succession.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_fate(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """What becomes of one goal of the agenda before."""
    version = managed_version_or_404(slug, number)
    held = following(version)
    row = _old_or_404(held, pk)
    goals = [new.goal for new in held.new]
    form = FateForm(request.POST or None, held=row.fate, goal=row.goal, goals=goals)
    if request.method == "POST" and form.is_valid():
        try:
            now = actions.set_fate(
                version,
                row.goal,
                form.fate,
                seen=form.cleaned_data["seen"],
                user=signed_in(request),
            )
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if now is None:
                messages.success(request, f"Bewaard: de bestemming van ‘{row.goal}’.")
                return _after(request, version, row.goal)
            form.show_both(now)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return _at(version, row.goal)
    context = {"version": version, "held": held, "row": row, "form": form, **_page(version, row)}
    return render(request, "agenda/agenda_fate.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_new_goal(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Why one goal of this agenda is new."""
    version = managed_version_or_404(slug, number)
    held = following(version)
    row = _new_or_404(held, pk)
    fate = Fate("new", (row.goal.pk,), row.reason) if row.is_new else Fate()
    form = NewGoalForm(request.POST or None, held=fate)
    if request.method == "POST" and form.is_valid():
        try:
            now = actions.call_new(
                version,
                row.goal,
                form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                user=signed_in(request),
            )
        except actions.NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if now is None:
                messages.success(request, f"Bewaard: de herkomst van ‘{row.goal}’.")
                return _after(request, version, row.goal)
            form.show_both(now)
    if request.method != "POST" and not version.is_editable:
        messages.info(request, closed(version))
        return _at(version, row.goal)
    context = {"version": version, "held": held, "row": row, "form": form, **_page(version, row)}
    return render(request, "agenda/agenda_new_goal.html", context)


@require_role(WRITER)
@require_POST
def agenda_proposals(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Let the goals that came back word for word go on, as they were proposed on the page."""
    version = managed_version_or_404(slug, number)
    try:
        count = actions.accept_same(version, _pairs(request), user=signed_in(request))
    except actions.NotEditable as error:
        messages.warning(request, " ".join(error.messages))
    else:
        told = "Eén doel gaat" if count == 1 else f"{count} doelen gaan"
        messages.success(request, f"Bewaard: {told} ongewijzigd verder.")
    return _at(version)


def _pairs(request: HttpRequest) -> set[tuple[int, int]]:
    """The (old, new) goals that stood on the page; what is no pair is left out."""
    found = set()
    for told in request.POST.getlist("voorstel"):
        before, _, after = told.partition("-")
        if before.isdecimal() and after.isdecimal():
            found.add((int(before), int(after)))
    return found


def _old_or_404(held: Following, pk: int) -> OldGoal:
    for row in held.old:
        if row.goal.pk == pk:
            return row
    raise Http404("Dit doel staat niet in de agenda die deze opvolgt.")


def _new_or_404(held: Following, pk: int) -> NewGoal:
    for row in held.new:
        if row.goal.pk == pk:
            return row
    raise Http404("Dit doel staat niet in deze agenda.")


def _page(version: AgendaVersion, row: OldGoal | NewGoal) -> dict[str, Any]:
    where = [version.agenda.slug, version.number]
    return {
        "back": reverse("agenda_succession", args=where),
        "history": f"{reverse('agenda_history', args=where)}?deel={part_key(row.goal)}",
    }


def _at(version: AgendaVersion, goal: Goal | None = None) -> HttpResponseBase:
    """Back to all goals, at the one that was written."""
    url = reverse("agenda_succession", args=[version.agenda.slug, version.number])
    return redirect(f"{url}#goal-{goal.pk}" if goal is not None else url)


def _after(request: HttpRequest, version: AgendaVersion, goal: Goal) -> HttpResponseBase:
    """On to the next goal that is open where that was asked; else back to all goals."""
    where = [version.agenda.slug, version.number]
    if ON in request.POST:
        opened = following(version).open
        for name, goals in (("agenda_fate", opened.old), ("agenda_new_goal", opened.new)):
            if left := [pk for pk in goals if pk != goal.pk]:
                return redirect(name, *where, left[0])
    return _at(version, goal)
