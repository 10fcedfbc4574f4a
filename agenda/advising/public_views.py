"""What everybody reads: the advice on an agenda with its answers, and what is being made now."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.access import version_or_404
from agenda.advising.access import answered_round_or_404, pages_of_rounds
from agenda.advising.documents import file_name
from agenda.advising.forms import OutcomeForm
from agenda.advising.plans import plans_on
from agenda.advising.reading import only_with, outcome_counts, round_story, shown, with_advice
from agenda.models import ConsultationRound
from core.downloads import NOT_YET, inline_pdf


@login_not_required
@require_safe
def agenda_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """Every answered round on this agenda, point by point. Six queries."""
    version = version_or_404(slug)
    rounds = ConsultationRound.objects.readable().filter(version__agenda=version.agenda_id)
    stories = [round_story(row) for row in with_advice(rounds).order_by("-version__number", "-pk")]
    form = OutcomeForm(request.GET)
    answered = [story for story in stories if story["is_answered"]]
    points = [row for story in answered for each in story["advices"] for row in each["points"]]
    chosen = [only_with(story, form.chosen) for story in answered]
    context = {
        "agenda": version.agenda,
        "rounds": [story for story in chosen if story["advices"]],
        "under_way": [story for story in stories if not story["is_answered"]],
        "form": form,
        "counts": outcome_counts(points),
        "total": len(points),
        "number": sum(shown(story["advices"]) for story in chosen),
        "chosen": form.chosen is not None,
    }
    return render(request, "agenda/agenda_advice.html", context)


@login_not_required
@require_safe
def agenda_advice_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The letter and the overview of an answered round."""
    round = answered_round_or_404(request.user, slug, pk)
    document = getattr(round, "document", None)
    if document is None or document.file is None:
        raise Http404(NOT_YET)
    # Before the agenda is public its answers are for those who may read it, and for no cache.
    return inline_pdf(request, document.file, file_name(round), is_public=round.is_public)


@login_not_required
@require_safe
def agenda_plans(request: HttpRequest) -> HttpResponse:
    """In which stage every agenda is, who is asked for advice now, and what comes. Five queries,
    and at most three more for who signed in."""
    today = timezone.localdate()
    plans = plans_on(today)
    pages = pages_of_rounds(request.user, plans.rounds)
    rounds = [(row, pages.get(row.pk, "")) for row in plans.rounds]
    context = {"plans": plans, "rounds": rounds, "today": today}
    return render(request, "agenda/agenda_plans.html", context)
