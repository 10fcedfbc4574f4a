"""Consultation rounds as the officers make them: whom to ask, the steps, and the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from agenda.access import managed_version_or_404
from agenda.actions import advising
from agenda.advising.access import READERS, answer_or_404, invitation_or_404, round_or_404
from agenda.advising.documents import request_document
from agenda.advising.forms import AnswerForm, FinishForm, InviteForm, RoundForm
from agenda.advising.reach import reached
from agenda.advising.reading import round_story, with_advice
from agenda.constants import RoundStatus
from agenda.models import AgendaVersion, ConsultationRound
from core.status import job_context

WRITER = Role.POLICY_OFFICER
METHODS = ["GET", "HEAD", "POST"]


def may_write(request: HttpRequest) -> bool:
    return WRITER in roles_of(request.user)


def the_round(slug: str, number: int, pk: int) -> ConsultationRound:
    return round_or_404(managed_version_or_404(slug, number), pk)


def at_round(round: ConsultationRound, place: str = "") -> HttpResponseBase:
    """Back to the page of the round."""
    return redirect(f"{round_url(round)}{f'#{place}' if place else ''}")


def round_url(round: ConsultationRound, name: str = "round_manage", *more: int) -> str:
    version = round.version
    return reverse(name, args=[version.agenda.slug, version.number, round.pk, *more])


def frame(round: ConsultationRound, **context: Any) -> dict[str, Any]:
    """What every page about a round needs for its crumbs and its way back."""
    return {"round": round, "version": round.version, "back": round_url(round), **context}


# -- the rounds of a version -----------------------------------------------------------------------
@require_role(*sorted(READERS))
@require_safe
def round_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every round on this version, and the way to a new one."""
    version = managed_version_or_404(slug, number)
    context = {
        "version": version,
        "rounds": list(version.rounds.with_counts()),
        "adds": may_write(request) and version.is_editable,
    }
    return render(request, "agenda/round_list.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def round_add(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A new round, in preparation."""
    version = managed_version_or_404(slug, number)
    form = RoundForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            made = advising.create_round(form, version, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, "De adviesronde staat klaar. Nodig nu uit wie u advies vraagt."
            )
            return at_round(made)
    context = {"form": form, "version": version, "back": _list_url(version)}
    return render(request, "agenda/round_add.html", context)


def _list_url(version: AgendaVersion) -> str:
    return reverse("round_list", args=[version.agenda.slug, version.number])


@require_role(WRITER)
@require_http_methods(METHODS)
def round_edit(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Title, question and days."""
    round = the_round(slug, number, pk)
    form = RoundForm(request.POST or None, instance=round, version=round.version)
    if request.method == "POST" and form.is_valid():
        try:
            if advising.save_round(form, round, user=signed_in(request)):
                return at_round(round)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return render(request, "agenda/round_edit.html", frame(round, form=form))


@require_role(WRITER)
@require_http_methods(METHODS)
def round_delete(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Throw a round in preparation away; asks first."""
    round = the_round(slug, number, pk)
    context = frame(round)
    if request.method == "POST":
        try:
            advising.delete_round(round, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De adviesronde is verwijderd.")
            return redirect(_list_url(round.version))
    return render(request, "agenda/round_delete.html", context)


# -- one round -------------------------------------------------------------------------------------
@require_role(*sorted(READERS))
@require_safe
def round_manage(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Whom was asked, what came in, what waits for an answer, and the next step."""
    version = managed_version_or_404(slug, number)
    round = with_advice(version.rounds.all()).filter(pk=pk).first() or the_round(slug, number, pk)
    round.version = version
    story = round_story(round)
    waiting = [
        point
        for advice in story["advices"]
        for point in advice["points"]
        if not point["is_answered"]
    ]
    writes = may_write(request)
    context = frame(
        round,
        story=story,
        unanswered=waiting,
        invitations=reached(round, timezone.localdate()),
        open_letters=list(round.advices.filter(invitation__isnull=True, is_submitted=False)),
        events=list(round.events.select_related("actor")),
        edits=writes and round.is_editable,
        answers=writes and not round.is_answered,
        may_make=writes,
        is_over=bool(round.closes_on and round.closes_on < timezone.localdate()),
        **_document(round, may_make=writes),
    )
    return render(request, "agenda/round_manage.html", context)


def _document(round: ConsultationRound, *, may_make: bool) -> dict[str, Any]:
    """The document of an answered round: where it is, or how far its making is."""
    document = getattr(round, "document", None)
    if document is None:
        return {}
    url = reverse("agenda_advice_pdf", args=[round.version.agenda.slug, round.pk])
    shown: dict[str, Any] = {"document": document, "document_url": url if document.file_id else ""}
    if document.job is not None:
        shown |= job_context(
            document.job,
            status_url=round_url(round, "round_job"),
            rebuild_url=round_url(round, "round_document") if may_make else "",
            result_url=url if document.file_id else "",
            result_label="Open de antwoordbrief (pdf)",
        )
    return shown


@require_role(*sorted(READERS))
@require_safe
def round_job(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """The fragment that asks for itself every second while the document is being made."""
    shown = _document(the_round(slug, number, pk), may_make=may_write(request))
    if "job" not in shown:
        raise Http404("Dit document is nog niet gevraagd.")
    return render(request, "core/_job.html", shown)


@require_role(WRITER)
@require_POST
def round_document(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Ask for the document when it is not there: its making failed, or nobody asked yet."""
    round = the_round(slug, number, pk)
    if not round.is_answered:
        messages.warning(request, "Het document komt er als de ronde beantwoord is.")
    else:
        request_document(round, requested_by=str(request.user))
        messages.success(request, "Het document wordt gemaakt. U kunt doorwerken.")
    return at_round(round)


# -- whom to ask -----------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def round_invite(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Choose bodies; in a round that was put out their mail goes at once."""
    round = the_round(slug, number, pk)
    standing = round.invitations.filter(withdrawn_at__isnull=True)
    asked: set[int | None] = set(standing.values_list("organisation", flat=True))
    nobody: set[int | None] = set()
    # Who was asked meanwhile stays a choice of this form: asking twice is no mistake.
    form = InviteForm(request.POST or None, asked=nobody if request.method == "POST" else asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = advising.invite(round, form.chosen, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            names = ", ".join(invitation.name for invitation in made)
            messages.success(
                request, f"Uitgenodigd: {names}." if made else "Wie u koos, was al gevraagd."
            )
            return at_round(round, "uitnodigingen")
    return render(request, "agenda/round_invite.html", frame(round, form=form))


@require_role(WRITER)
@require_http_methods(METHODS)
def round_withdraw(
    request: HttpRequest, slug: str, number: int, pk: int, invitation: int
) -> HttpResponseBase:
    """Take an invitation back; asks first."""
    round = the_round(slug, number, pk)
    row = invitation_or_404(round, invitation)
    row.round = round
    context = frame(round, invitation=row)
    if request.method == "POST":
        try:
            advising.withdraw(row, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, f"De uitnodiging van {row.name} is ingetrokken.")
            return at_round(round, "uitnodigingen")
    return render(request, "agenda/round_withdraw.html", context)


# -- steps -----------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def round_open(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """prepared -> open: asks, and mails the invitations."""
    round = the_round(slug, number, pk)
    context = frame(round, invitations=reached(round, timezone.localdate()))
    if request.method == "POST":
        try:
            advising.open_round(round, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De adviesronde is uitgezet. De uitnodigingen zijn onderweg.")
            return at_round(round)
    return render(request, "agenda/round_open.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def round_close(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """-> closed: asks first."""
    round = the_round(slug, number, pk)
    context = frame(round, is_open=round.status == RoundStatus.OPEN)
    if request.method == "POST":
        try:
            advising.close_round(round, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De adviesronde is gesloten.")
            return at_round(round)
    return render(request, "agenda/round_close.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def round_finish(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """closed -> answered: who answers, when, with which first words."""
    round = the_round(slug, number, pk)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            advising.finish_round(round, user=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het antwoord is verstuurd. De brief wordt gemaakt.")
            return at_round(round)
    return render(request, "agenda/round_finish.html", frame(round, form=form))


# -- answers ---------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def answer_edit(
    request: HttpRequest, slug: str, number: int, pk: int, point: int
) -> HttpResponseBase:
    """What the municipality does with one point, and why."""
    round = the_round(slug, number, pk)
    row = answer_or_404(round, point)
    form = AnswerForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            if advising.save_answer(form, round, user=signed_in(request)):
                messages.success(request, "Het antwoord is bewaard.")
                return at_round(round, f"punt-{point}")
        except ValidationError as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and round.is_answered:
        messages.info(request, advising.ANSWERED)
        return at_round(round, f"punt-{point}")
    return render(request, "agenda/answer_edit.html", frame(round, form=form, point=row.point))
