"""Surveys among clients: for everybody, and the desk of the policy officer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, signed_in
from accounts.history_pages import history_context
from agenda.actions import surveys as actions
from agenda.manage_views import METHODS, READERS, WRITER, may_write
from agenda.models import Statement, Survey
from agenda.surveying.access import (
    managed_survey_or_404,
    own_survey_or_404,
    question_or_404,
    survey_or_404,
)
from agenda.surveying.forms import AnswersForm, QuestionForm, SurveyForm
from agenda.surveying.reading import survey_page
from core.edits import RevisedForm, saved_or_told

PER_PAGE = 25
TWIN = "Dit staat er net al. Ga terug naar het onderzoek."


# -- everybody -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    """Every public survey with its response, the newest first. Six queries at most."""
    page = Paginator(Survey.objects.readable().with_answers(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "surveys": [survey_page(row) for row in page]}
    return render(request, "agenda/survey_list.html", context)


@login_not_required
@require_safe
def survey_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One survey: what was asked, and what clients answered. Four queries."""
    return render(
        request, "agenda/survey_detail.html", {"survey": survey_page(survey_or_404(slug))}
    )


# -- the desk --------------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def survey_manage_list(request: HttpRequest) -> HttpResponse:
    """Every survey, also those that are not public yet."""
    page = Paginator(Survey.objects.with_answers(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "surveys": [survey_page(row, whole=True) for row in page],
        "may_write": may_write(request),
    }
    return render(request, "agenda/survey_manage_list.html", context)


@require_role(*READERS)
@require_safe
def survey_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey with its questions, its answers, and what comes next."""
    survey = managed_survey_or_404(slug)
    context = {
        "survey": survey_page(survey, whole=True),
        "edits": may_write(request) and survey.source_id is None,
    }
    return render(request, "agenda/survey_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_add(request: HttpRequest) -> HttpResponseBase:
    """Begin a survey; nobody but the officers reads it until it is made public."""
    form = SurveyForm(request.POST or None, instance=Survey())
    if _saved(request, form, actions.save_survey):
        messages.success(request, "Het onderzoek staat klaar. Zet er nu de vragen in.")
        return redirect("survey_manage", form.instance.slug)
    return render(request, "agenda/survey_add.html", {"form": form})


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Mend what a survey is, or fill in the response."""
    form = SurveyForm(request.POST or None, instance=own_survey_or_404(slug))
    if _saved(request, form, actions.save_survey):
        return _done(request, slug, "Het onderzoek is bewaard.")
    return _page(request, "survey_edit", slug, form=form)


@require_role(WRITER)
@require_POST
def survey_standard(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Put the ten standard questions in."""
    survey = own_survey_or_404(slug)
    try:
        added = actions.add_standard_questions(survey, user=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("survey_manage", slug)
    told = f"{added} standaardvragen staan erin." if added else "Alle standaardvragen staan er al."
    return _done(request, slug, told)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_question_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A question of the municipality itself."""
    survey = own_survey_or_404(slug)
    last = max((row.number for row in survey.statements.all()), default=0)
    question = Statement(survey=survey)
    form = QuestionForm(request.POST or None, instance=question, initial={"number": last + 1})
    if _saved(request, form, actions.save_question):
        return _done(request, slug, "De vraag is toegevoegd.")
    return _page(request, "survey_question_add", slug, form=form)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_question_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Mend a question."""
    question = question_or_404(own_survey_or_404(slug), pk)
    form = QuestionForm(request.POST or None, instance=question)
    if _saved(request, form, actions.save_question):
        return _done(request, slug, "De vraag is bewaard.")
    return _page(request, "survey_question_edit", slug, form=form, question=question)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_question_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Take a question out, after asking."""
    question = question_or_404(own_survey_or_404(slug), pk)
    if request.method == "POST":
        try:
            actions.remove_question(question, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("survey_manage", slug)
        return _done(request, slug, "De vraag is weggehaald.")
    return _page(request, "survey_question_delete", slug, question=question)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_answers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All questions at once: how many answered, and how many of them agreed."""
    survey = own_survey_or_404(slug)
    form = AnswersForm(request.POST if request.method == "POST" else None, survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_answers(
                survey,
                form.answers,
                revision=form.cleaned_data["revision"],
                user=signed_in(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _done(request, slug, "De antwoorden zijn bewaard.")
    return _page(request, "survey_answers", slug, form=form, survey=survey)


@require_role(WRITER)
@require_http_methods(METHODS)
def survey_publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Make a survey public; the page says what that means, and asks."""
    survey = own_survey_or_404(slug)
    if request.method == "POST":
        try:
            actions.publish(survey, user=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("survey_manage", slug)
        return _done(request, slug, "Het onderzoek is openbaar.")
    return _page(request, "survey_publish", slug, survey=survey_page(survey))


@require_role(*READERS)
@require_safe
def survey_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a survey."""
    survey = managed_survey_or_404(slug)
    context = {"survey": survey, **history_context(request, survey)}
    return render(request, "agenda/survey_history.html", context)


# -- what these views share ------------------------------------------------------------------------
def _saved(request: HttpRequest, form: RevisedForm, save: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    return saved_or_told(form, lambda: bool(save(form, user=signed_in(request))), twin=TWIN)


def _done(request: HttpRequest, slug: str, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("survey_manage", slug)


def _page(request: HttpRequest, name: str, slug: str, **context: Any) -> HttpResponse:
    context["back"] = reverse("survey_manage", args=[slug])
    return render(request, f"agenda/{name}.html", context)
