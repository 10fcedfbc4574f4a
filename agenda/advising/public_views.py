"""What everybody reads: the advice on an agenda with its answers, and what is being made now."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from agenda.access import version_or_404
from agenda.advising.access import answered_round_or_404
from agenda.advising.documents import file_name
from agenda.advising.forms import OutcomeForm
from agenda.advising.plans import plans_on
from agenda.advising.reading import only_with, outcome_counts, round_story, shown, with_advice
from agenda.models import ConsultationRound

logger = logging.getLogger(__name__)
NOT_YET = "Dit document wordt nog gemaakt. Probeer het over een minuut opnieuw."


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
    etag = f'"{document.file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with document.file.open() as file:
                response = HttpResponse(file.read(), content_type="application/pdf")
        except FileNotFoundError as error:
            logger.exception("The bytes of %s are gone from the storage", document)
            raise Http404(NOT_YET) from error
        response["Content-Disposition"] = (
            content_disposition_header(False, file_name(round)) or "inline"
        )
    response["ETag"] = etag
    # Before the agenda is public its answers are for those who may read it, and for no cache.
    response["Cache-Control"] = "public, no-cache" if round.is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def agenda_plans(request: HttpRequest) -> HttpResponse:
    """In which stage every agenda is, who is asked for advice now, and what comes. Five queries."""
    today = timezone.localdate()
    return render(request, "agenda/agenda_plans.html", {"plans": plans_on(today), "today": today})
