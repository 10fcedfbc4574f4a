"""Answered rounds as plain data, the same for the page, the letter and its overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from agenda.constants import AdviceOutcome
from agenda.models import Advice, AdviceAnswer, AdvicePoint, ConsultationRound
from agenda.story import Story, provenance


def with_advice(rounds: QuerySet[ConsultationRound]) -> QuerySet[ConsultationRound]:
    """``rounds`` with all that was handed in and its answers. Three queries more."""
    handed_in = Advice.objects.filter(is_submitted=True).select_related("source")
    return rounds.select_related(
        "version__agenda__owner", "source", "document__file"
    ).prefetch_related(
        Prefetch(
            "advices",
            queryset=handed_in.order_by("given_on", "pk").prefetch_related(
                Prefetch("points", queryset=AdvicePoint.objects.select_related("answer"))
            ),
            to_attr="handed_in",
        )
    )


def rounds_to_answer() -> list[tuple[ConsultationRound, int]]:
    """Every round with points that have no answer yet, and how many. Two queries."""
    found: dict[int, int] = dict(
        AdviceAnswer.objects.to_give()
        .values_list("point__advice__round")
        .annotate(number=Count("pk"))
        .order_by("point__advice__round")
    )
    rounds = ConsultationRound.objects.filter(pk__in=found).select_related("version__agenda")
    return [(row, found[row.pk]) for row in rounds]


def round_story(round: ConsultationRound) -> Story:
    """A round with every advice and point; the rows come from ``with_advice``. No query."""
    advices = [_advice(advice) for advice in getattr(round, "handed_in", [])]
    points = [point for advice in advices for point in advice["points"]]
    document = getattr(round, "document", None)
    return {
        "pk": round.pk,
        "title": round.title,
        "question": round.question,
        "opens_on": round.opens_on,
        "closes_on": round.closes_on,
        "status": round.status,
        "status_label": round.get_status_display(),
        "is_answered": round.is_answered,
        "answered_on": round.answered_on,
        "answered_by": round.answered_by,
        "foreword": round.foreword,
        "agenda": round.version.agenda.short_name,
        "agenda_name": round.version.agenda.name,
        "slug": round.version.agenda.slug,
        "version": round.version.number,
        "source": provenance(round),
        "advices": advices,
        "point_count": len(points),
        "counts": outcome_counts(points),
        "has_document": document is not None and document.file_id is not None,
    }


def _advice(advice: Advice) -> Story:
    return {
        "pk": advice.pk,
        "body": advice.body,
        "given_on": advice.given_on,
        "is_letter": advice.is_letter,
        "source": provenance(advice),
        "points": [
            point_story(point, number) for number, point in enumerate(advice.points.all(), start=1)
        ],
    }


def point_story(point: AdvicePoint, number: int) -> Story:
    """A point with its answer, if there is one."""
    answer: AdviceAnswer | None = getattr(point, "answer", None)
    if answer is not None and not answer.is_given:
        answer = None
    return {
        "pk": point.pk,
        "number": number,
        "about": point.about or "de agenda als geheel",
        "kind": point.kind,
        "kind_label": point.get_kind_display(),
        "text": point.text,
        "is_answered": answer is not None,
        "outcome": answer.outcome if answer else "",
        "outcome_label": answer.get_outcome_display() if answer else "nog geen antwoord",
        "reason": answer.reason if answer else "",
        "change": answer.change if answer else "",
    }


def outcome_counts(points: Iterable[Story]) -> list[tuple[str, int]]:
    """How many points had which answer, in the order of the answers; none with zero."""
    found = Counter(point["outcome_label"] for point in points)
    order = [*(str(one.label) for one in AdviceOutcome if one.value), AdviceOutcome("").label]
    return [(str(label), found[label]) for label in order if found[label]]


def only_with(story: Story, outcome: str | None) -> Story:
    """``story`` with the points that have this ``outcome``; with all of them when it is None."""
    if outcome is None:
        return story
    advices = [
        {**advice, "points": kept}
        for advice in story["advices"]
        if (kept := [row for row in advice["points"] if row["outcome"] == outcome])
    ]
    return {**story, "advices": advices}


def shown(advices: Iterable[dict[str, Any]]) -> int:
    return sum(len(advice["points"]) for advice in advices)
