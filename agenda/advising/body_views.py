"""What those who are asked for advice see: the question, the agenda, their points, the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import signed_in
from agenda.actions import advising
from agenda.advising.access import (
    INVITATION,
    Seat,
    invitations_of,
    own_point_or_404,
    seat_or_404,
    writing_seat_or_404,
)
from agenda.advising.forms import PointForm, SubmitForm
from agenda.advising.reading import point_story
from agenda.advising.stage import Stage, stage_of
from agenda.advising.subjects import WHOLE, Subjects, subjects_of
from agenda.models import AdvicePoint
from agenda.outline import outline

METHODS = ["GET", "HEAD", "POST"]


def _at_seat(seat: Seat) -> HttpResponseBase:
    return redirect("advice_round", seat.invitation.pk)


def _stage(seat: Seat) -> Stage:
    return stage_of(seat.invitation, timezone.localdate())


def _frame(seat: Seat, **context: Any) -> dict[str, Any]:
    return {
        "seat": seat,
        "invitation": seat.invitation,
        "round": seat.round,
        "version": seat.round.version,
        "stage": _stage(seat),
        "back": reverse("advice_round", args=[seat.invitation.pk]),
        **context,
    }


@require_safe
def advice_list(request: HttpRequest) -> HttpResponse:
    """Everything the reader was asked, newest first."""
    today = timezone.localdate()
    rows = [(row, stage_of(row, today)) for row in invitations_of(request.user)]
    return render(request, "agenda/advice_list.html", {"rows": rows})


@require_safe
def advice_round(request: HttpRequest, invitation: int) -> HttpResponse:
    """The question, the points so far, and after the answer what became of each."""
    seat = seat_or_404(request.user, invitation)
    advice, points = seat.advice, []
    if advice is not None:
        rows = advice.points.select_related("answer")
        points = [point_story(row, number) for number, row in enumerate(rows, start=1)]
    document = getattr(seat.round, "document", None)
    context = _frame(
        seat,
        advice=advice,
        points=points,
        has_document=document is not None and document.file_id is not None,
    )
    return render(request, "agenda/advice_round.html", context)


@require_safe
def advice_draft(request: HttpRequest, invitation: int) -> HttpResponse:
    """The agenda as it stands now, for who was asked; a draft is read here and nowhere else."""
    seat = seat_or_404(request.user, invitation)
    if seat.invitation.withdrawn_at is not None:
        raise Http404(INVITATION)
    context = _frame(seat) | outline(seat.round.version)
    context["writes"] = seat.may_write and context["stage"].is_open
    return render(request, "agenda/advice_draft.html", context)


# -- writing ---------------------------------------------------------------------------------------
def _subjects(seat: Seat) -> Subjects | None:
    """The parts of the agenda; not told any more to whose invitation was withdrawn."""
    if seat.invitation.withdrawn_at is not None:
        return None
    return subjects_of(seat.round.version)


@require_http_methods(METHODS)
def advice_point_add(request: HttpRequest, invitation: int) -> HttpResponseBase:
    """A new point; ``?bij=goal-12`` names what it is about."""
    seat = writing_seat_or_404(request.user, invitation)
    asked = request.GET.get("bij", WHOLE)
    form = PointForm(request.POST or None, subjects=_subjects(seat), initial={"about_key": asked})
    return _point_page(request, seat, form, "agenda/advice_point_add.html")


@require_http_methods(METHODS)
def advice_point_edit(request: HttpRequest, invitation: int, point: int) -> HttpResponseBase:
    """A point that is there."""
    seat = writing_seat_or_404(request.user, invitation)
    row = own_point_or_404(seat, point)
    form = PointForm(request.POST or None, instance=row, subjects=_subjects(seat))
    return _point_page(request, seat, form, "agenda/advice_point_edit.html", row)


def _point_page(
    request: HttpRequest,
    seat: Seat,
    form: PointForm,
    template: str,
    point: AdvicePoint | None = None,
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            if advising.save_own_point(form, seat.invitation, user=signed_in(request)):
                messages.success(request, "Uw punt is bewaard. Het is nog niet ingediend.")
                return _at_seat(seat)
        except ValidationError as error:
            form.add_error(None, error.messages)
    stage = _stage(seat)
    if request.method != "POST" and not stage.is_open:
        messages.info(request, stage.words)
        return _at_seat(seat)
    return render(request, template, _frame(seat, form=form, point=point))


@require_http_methods(METHODS)
def advice_point_delete(request: HttpRequest, invitation: int, point: int) -> HttpResponseBase:
    """Throw a point away before handing in; asks first."""
    seat = writing_seat_or_404(request.user, invitation)
    row = own_point_or_404(seat, point)
    context = _frame(seat, point=row)
    if request.method == "POST":
        try:
            advising.delete_own_point(row, seat.invitation)
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "Uw punt is verwijderd.")
            return _at_seat(seat)
    return render(request, "agenda/advice_point_delete.html", context)


@require_http_methods(METHODS)
def advice_submit(request: HttpRequest, invitation: int) -> HttpResponseBase:
    """The whole advice once more, on whose behalf, and the button that hands it in."""
    seat = writing_seat_or_404(request.user, invitation)
    form = SubmitForm(request.POST or None, initial={"body": _body(seat)})
    if request.method == "POST" and form.is_valid():
        try:
            advising.hand_in(
                seat.invitation, body=form.cleaned_data["body"], user=signed_in(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Uw advies is ingediend. De gemeente antwoordt per punt.")
            return _at_seat(seat)
    points = list(seat.advice.points.all()) if seat.advice is not None else []
    return render(request, "agenda/advice_submit.html", _frame(seat, form=form, points=points))


def _body(seat: Seat) -> str:
    """How the body is called in what it hands in."""
    return seat.advice.body if seat.advice is not None else seat.invitation.name
