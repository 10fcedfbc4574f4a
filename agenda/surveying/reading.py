"""What pages tell of surveys among clients, as plain data. Reads only."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from agenda.constants import SurveyGroup
from agenda.models import Survey
from agenda.story import Story, figure, provenance
from core.disclosure import is_small
from core.values import Value


def response_of(survey: Survey, *, whole: bool = False) -> str:
    """How many sent their questionnaire back, in words; a small number only to officers
    (``whole``)."""
    if survey.sent is None or survey.returned is None:
        return ""
    small = is_small((Decimal(survey.returned),), settings.SMALL_NUMBER_THRESHOLD)
    if small and not whole:
        return "te weinig om te noemen"
    if not survey.sent:
        return "er zijn geen lijsten verstuurd"
    share = Value.fraction(Decimal(survey.returned), Decimal(survey.sent)).display()
    return f"{share} ({survey.returned} van de {survey.sent})"


def survey_page(survey: Survey, *, whole: bool = False) -> Story:
    """A survey with its questions in order and what the clients answered; read it with answers."""
    questions = []
    for statement in survey.statements.all():
        results = {(row.group, row.year): row for row in statement.results.all()}
        own = results.get((SurveyGroup.MUNICIPALITY.value, survey.year))
        other = results.get((SurveyGroup.REFERENCE.value, survey.year))
        indicator = statement.indicator
        questions.append(
            {
                "pk": statement.pk,
                "number": statement.number,
                "text": statement.text,
                "is_standard": bool(statement.standard),
                "scale": statement.scale,
                "base": statement.base,
                "note": statement.note,
                "indicator": indicator.name if indicator else "",
                "slug": indicator.slug if indicator else "",
                "own": figure(own, whole=whole) if own else None,
                "reference": figure(other) if other else None,
            }
        )
    return {
        "slug": survey.slug,
        "name": survey.name,
        "year": survey.year,
        "clients": survey.get_clients_display() if survey.clients else "",
        "executor": survey.executor,
        "method": survey.method,
        "note": survey.note,
        "is_public": survey.is_public,
        "is_example": survey.is_example,
        "is_own": survey.source_id is None,
        "response": response_of(survey, whole=whole),
        "questions": questions,
        "standard": sum(row["is_standard"] for row in questions),
        "answered": sum(row["own"] is not None for row in questions),
        "source": provenance(survey),
    }
