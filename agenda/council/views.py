"""Talks of the council about agendas: for everybody, and the desk of officer and clerk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history_pages import history_context
from agenda.access import version_or_404
from agenda.actions import council as actions
from agenda.advising.subjects import subjects_of
from agenda.council.access import (
    READERS,
    WRITERS,
    point_or_404,
    talk_or_404,
    talks_for,
    versions_for,
    writes_talks,
)
from agenda.council.forms import TalkForm, TalkPointForm
from agenda.council.reading import talk_story, talks_about
from agenda.models import CouncilTalkPoint
from core.edits import RevisedForm, saved_or_told
from core.filters import whole_number

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25
TWIN = "Dit gesprek op deze dag staat er al. Ga terug naar de lijst en open het daar."


# -- everybody -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def council_talk_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every talk of the council about one agenda, with what was promised. Three queries."""
    version = version_or_404(slug)
    talks = talks_about(version.agenda, timezone.localdate())
    context = {
        "agenda": version.agenda,
        "talks": talks,
        "promises": sum(talk["promises"] for talk in talks),
        "open": sum(talk["open"] for talk in talks),
    }
    return render(request, "agenda/council_talk_list.html", context)


# -- the desk --------------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def council_talk_manage_list(request: HttpRequest) -> HttpResponse:
    """Every talk about every agenda that one may read."""
    rows = talks_for(request.user).with_agenda().with_promises()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "writes": writes_talks(request.user)}
    return render(request, "agenda/council_talk_manage_list.html", context)


@require_role(*READERS)
@require_safe
def council_talk_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """A talk with its points."""
    talk = talk_or_404(request.user, pk)
    story = talk_story(talk, talk.points.all(), timezone.localdate())
    context = {"talk": story, "writes": writes_talks(request.user)}
    return render(request, "agenda/council_talk_manage.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_add(request: HttpRequest) -> HttpResponseBase:
    """Write down a talk; ``?agenda=`` names the version that it was about."""
    versions = versions_for(request.user)
    about = whole_number(request.GET.get("agenda", ""))
    form = TalkForm(request.POST or None, initial={"version": about}, versions=versions)
    if _saved(request, form, actions.save_talk):
        messages.success(request, "Het gesprek staat erbij. Voeg nu toe wat is besproken.")
        return redirect("council_talk_manage", form.instance.pk)
    return render(request, "agenda/council_talk_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend when and what a talk was."""
    talk = talk_or_404(request.user, pk)
    form = TalkForm(request.POST or None, instance=talk, versions=versions_for(request.user))
    if _saved(request, form, actions.save_talk):
        return _done(request, pk, "Het gesprek is bewaard.")
    return _page(request, "council_talk_edit", pk, form=form)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take out a talk that was written down by mistake, after asking."""
    talk = talk_or_404(request.user, pk)
    if request.method == "POST":
        try:
            actions.remove_talk(talk, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("council_talk_manage", pk)
        messages.success(request, "Het gesprek is verwijderd.")
        return redirect("council_talk_manage_list")
    return _page(request, "council_talk_delete", pk, talk=talk, points=talk.points.count())


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_point_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One more thing that was said or promised."""
    talk = talk_or_404(request.user, pk)
    point = CouncilTalkPoint(talk=talk)
    form = TalkPointForm(request.POST or None, instance=point, subjects=subjects_of(talk.version))
    if _saved(request, form, actions.save_point):
        return _done(request, pk, "Het punt is toegevoegd.")
    return _page(request, "council_talk_point_add", pk, form=form)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_point_edit(request: HttpRequest, pk: int, point: int) -> HttpResponseBase:
    """Mend a point, or say that a promise was kept."""
    talk = talk_or_404(request.user, pk)
    row = point_or_404(talk, point)
    form = TalkPointForm(request.POST or None, instance=row, subjects=subjects_of(talk.version))
    if _saved(request, form, actions.save_point):
        return _done(request, pk, "Het punt is bewaard.")
    return _page(request, "council_talk_point_edit", pk, form=form)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def council_talk_point_delete(request: HttpRequest, pk: int, point: int) -> HttpResponseBase:
    """Take a point out, after asking."""
    row = point_or_404(talk_or_404(request.user, pk), point)
    if request.method == "POST":
        try:
            actions.remove_point(row, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("council_talk_manage_list")
        return _done(request, pk, "Het punt is weggehaald.")
    return _page(request, "council_talk_point_delete", pk, point=row)


@require_role(*READERS)
@require_safe
def council_talk_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in a talk and its points."""
    talk = talk_or_404(request.user, pk)
    context = {"talk": talk, **history_context(request, talk)}
    return render(request, "agenda/council_talk_history.html", context)


# -- what these views share ------------------------------------------------------------------------
def _saved(request: HttpRequest, form: RevisedForm, save: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    return saved_or_told(form, lambda: bool(save(form, user=signed_in(request))), twin=TWIN)


def _done(request: HttpRequest, pk: int, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("council_talk_manage", pk)


def _page(request: HttpRequest, name: str, pk: int, **context: Any) -> HttpResponse:
    context["back"] = reverse("council_talk_manage", args=[pk])
    return render(request, f"agenda/{name}.html", context)
