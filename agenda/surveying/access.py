"""The doors to surveys among clients."""

from __future__ import annotations

from django.http import Http404

from agenda.models import Statement, Survey


def survey_or_404(slug: str) -> Survey:
    """A survey that everybody may read, with its answers. Raises ``Http404``. Four queries."""
    found = Survey.objects.readable().with_answers().filter(slug=slug).first()
    if found is None:
        raise Http404("Dit onderzoek is er niet, of het is nog niet openbaar.")
    return found


def managed_survey_or_404(slug: str) -> Survey:
    """Any survey, for those who manage them, with its answers. Raises ``Http404``. Four queries."""
    found = Survey.objects.with_answers().filter(slug=slug).first()
    if found is None:
        raise Http404("Dit onderzoek is er niet.")
    return found


def own_survey_or_404(slug: str) -> Survey:
    """A survey that was made here, to write in. Raises ``Http404``. Four queries."""
    found = managed_survey_or_404(slug)
    if found.source_id is not None:
        raise Http404("Dit onderzoek komt uit een bronstuk. Er verandert hier niets aan.")
    return found


def question_or_404(survey: Survey, pk: int) -> Statement:
    """A question of ``survey``. Raises ``Http404``. One query."""
    found = survey.statements.filter(pk=pk).first()
    if found is None:
        raise Http404("Deze vraag hoort niet bij dit onderzoek.")
    found.survey = survey
    return found
