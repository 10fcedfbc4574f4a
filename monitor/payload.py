"""The content of an edition as plain data: all that web, PDF and open data are made from.

``build_payload`` is called once, when an edition is offered to the council; afterwards only the
frozen text is read. Keys are English, values are what a reader sees.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings

from agenda.models import Goal, Theme
from agenda.story import (
    MEASURE_RELATIONS,
    Lineage,
    Story,
    contradiction_stories,
    measure_story,
    provenance,
    source_stories,
    survey_story,
    version_story,
)
from contracts.story import budget_story
from core.tokens import tokens
from monitor import glossary
from monitor.constants import Movement, NoteKind, Verdict
from monitor.finding import Judged, Tally, headline, lede, movement, theme_finding
from monitor.history import verdict_histories
from monitor.models import Bottleneck, Judgement, Monitor
from monitor.reports import Ground, ground_of, known_reports, result_stories, results_in
from reporting.story import partner_stories

SCHEMA = 1


def build_payload(monitor: Monitor, *, version: int) -> Story:
    """Everything that the pages of ``monitor`` show. Some forty queries, however many goals."""
    judgements = list(
        monitor.judgements.in_order().select_related(
            "goal__theme__version__agenda", "goal__theme__parent", "source"
        )
    )
    judged = {row.goal_id: _judged(row) for row in judgements}
    previous_year = _previous_year(monitor)
    until = monitor.year
    partners = partner_stories(until=monitor.period, known=known_reports(monitor))
    bottlenecks = _bottlenecks(monitor)
    ground = ground_of(monitor)
    themes = _themes(monitor, judgements, judged, partners, bottlenecks)
    return {
        "schema": SCHEMA,
        "municipality": settings.MUNICIPALITY_NAME,
        "title": monitor.title,
        "year": monitor.year,
        "kind": monitor.kind,
        "version": version,
        "origin": monitor.origin,
        "note": monitor.note,
        "judges_goals": monitor.judges_goals,
        "previous_year": previous_year,
        "agenda": version_story(monitor.agenda_version) if monitor.agenda_version else None,
        "finding": {
            "headline": headline(list(judged.values()), monitor.year),
            "lede": lede(list(judged.values()), previous_year),
        },
        "counts": _counts(list(judged.values())),
        "themes": themes,
        "goals": _goals(monitor, judgements, judged, bottlenecks, ground),
        "reports": [line.story() for line in ground.based_on],
        "challenges": [
            {
                "text": row.text,
                "core": row.is_core,
                "goals": [goal.slug for goal in row.goals.all()],
                "source": provenance(row),
            }
            for row in monitor.challenges.select_related("source").prefetch_related("goals")
        ],
        "other_parties": [row.name for row in monitor.other_parties.all()],
        "notes": _notes(monitor),
        "partners": partners,
        "money": {"budget": budget_story(until=until + 2), "amounts": _amounts(partners, until)},
        "experience": survey_story(until=until + 1),
        "sources": source_stories(),
        "contradictions": contradiction_stories(),
        "glossary": glossary.to_freeze(),
        "verdict_words": glossary.verdict_words(),
        "source": provenance(monitor),
        "tokens": tokens(),
    }


def _judged(row: Judgement) -> Judged:
    return Judged(
        label=row.label,
        verdict=Verdict(row.verdict) if row.verdict else None,
        previous=Verdict(row.previous) if row.previous else None,
    )


def _previous_year(monitor: Monitor) -> int | None:
    """The year of the edition before this one that judged goals."""
    earlier = (
        Monitor.objects.compared_with(monitor).filter(judges_goals=True).newest_first().first()
    )
    return earlier.year if earlier else None


def _counts(goals: list[Judged]) -> Story:
    tally = Tally.of(goals)
    before = Tally.of([Judged(goal.label, goal.previous) for goal in goals])
    return {
        "total": tally.total,
        "good": tally.good,
        "neutral": tally.neutral,
        "negative": tally.negative,
        "improved": tally.improved,
        "worsened": tally.worsened,
        "same": tally.same,
        "previous": {
            "good": before.good,
            "neutral": before.neutral,
            "negative": before.negative,
        },
    }


def _bottleneck(row: Bottleneck) -> Story:
    return {
        "text": row.text,
        "year": row.monitor.year,
        "goal": row.goal.slug if row.goal else "",
        "theme": row.theme.slug,
        "theme_name": row.theme.name,
        "action": row.action,
        "owner": row.owner,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "state": row.get_state_display() if row.state else "",
        "continued": row.continues_id is not None,
        "source": provenance(row),
    }


def _bottlenecks(monitor: Monitor) -> dict[str, list[Story]]:
    """Bottlenecks of this edition and of earlier published ones, by theme, newest first."""
    found: dict[str, list[Story]] = defaultdict(list)
    for row in (
        Bottleneck.objects.known_to(monitor)
        .select_related("monitor", "goal", "theme", "source")
        .order_by("-monitor__year", "theme__order", "order")
    ):
        found[row.theme.slug].append(_bottleneck(row))
    return found


def _themes(
    monitor: Monitor,
    judgements: list[Judgement],
    judged: dict[int, Judged],
    partners: list[Story],
    by_theme_slug: dict[str, list[Story]],
) -> list[Story]:
    if monitor.agenda_version is None:
        return []
    by_theme: dict[int, list[Judgement]] = defaultdict(list)
    for row in judgements:
        by_theme[row.goal.theme_id].append(row)
    themes = (
        Theme.objects.filter(version=monitor.agenda_version)
        .select_related("parent", "source")
        .prefetch_related(*MEASURE_RELATIONS)
        .order_by("order")
    )
    stories = []
    for theme in themes:
        held = by_theme.get(theme.pk, [])
        if not held:
            continue
        goals = [judged[row.goal_id] for row in held]
        named = by_theme_slug.get(theme.slug, [])
        stories.append(
            {
                "slug": theme.slug,
                "name": theme.name,
                "parent": theme.parent.name if theme.parent else "",
                "finding": theme_finding(goals),
                "counts": _counts(goals),
                "goals": [row.goal.slug for row in held],
                "bottlenecks": [row for row in named if row["year"] == monitor.year],
                "earlier_bottlenecks": [row for row in named if row["year"] < monitor.year],
                "measures": [
                    measure_story(measure, until=monitor.period)
                    for measure in sorted(theme.measures.all(), key=lambda row: row.order)
                ],
                "expectations": _expectations(partners, theme.slug),
                "activities": _activities(partners, theme.slug),
                "source": provenance(theme),
            }
        )
    return stories


def _goals(
    monitor: Monitor,
    judgements: list[Judgement],
    judged: dict[int, Judged],
    by_theme_slug: dict[str, list[Story]],
    ground: Ground,
) -> list[Story]:
    if not judgements:
        return []
    results = results_in(monitor, [row.goal_id for row in judgements], ground)
    lineage = Lineage()
    history = verdict_histories(
        [row.goal_id for row in judgements], Judgement.objects.known_to(monitor)
    )
    measures = {
        goal.pk: [measure_story(row, until=monitor.period) for row in goal.measures.all()]
        for goal in Goal.objects.filter(
            pk__in=[row.goal_id for row in judgements]
        ).prefetch_related(*MEASURE_RELATIONS)
    }
    bottlenecks = [row for rows in by_theme_slug.values() for row in rows]
    return [
        {
            "slug": row.goal.slug,
            "number": row.number,
            "agenda_number": row.goal.number,
            "label": row.label,
            "text": row.goal.text,
            "direction_reason": row.goal.direction_reason,
            "theme": row.goal.theme.slug,
            "theme_name": row.goal.theme.name,
            "verdict": row.verdict,
            "previous": row.previous,
            "verdict_label": row.get_verdict_display() or "nog geen oordeel",
            "previous_label": row.get_previous_display() or "",
            "movement": judged[row.goal_id].movement.value,
            "movement_label": str(movement_label(row)),
            "reason": row.get_reason_display() if row.reason else "",
            "explanation": row.explanation,
            "history": history[row.goal_id],
            "thread": lineage.steps(row.goal),
            "measures": measures[row.goal_id],
            "bottlenecks": [held for held in bottlenecks if held["goal"] == row.goal.slug],
            "results": result_stories(results[row.goal_id]),
            "reports_accepted": results[row.goal_id].accepted,
            "reports_expected": results[row.goal_id].expected,
            "source": provenance(row),
        }
        for row in judgements
    ]


def movement_label(row: Judgement) -> str:
    previous = Verdict(row.previous) if row.previous else None
    verdict = Verdict(row.verdict) if row.verdict else None
    return str(Movement(movement(previous, verdict)).label)


def _notes(monitor: Monitor) -> list[Story]:
    rows = list(monitor.notes.select_related("source"))
    return [
        {
            "kind": kind.value,
            "label": str(kind.label),
            "lines": [
                {"text": row.text, "source": provenance(row)} for row in rows if row.kind == kind
            ],
        }
        for kind in NoteKind
        if any(row.kind == kind for row in rows)
    ]


def _expectations(partners: list[Story], theme: str) -> list[Story]:
    """What partners were expected to do under a theme, contract by contract."""
    found = []
    for partner in partners:
        for contract in partner["contracts"]:
            lines = [row["text"] for row in contract["expectations"] if row["theme_slug"] == theme]
            if lines:
                found.append(
                    {
                        "partner": partner["name"],
                        "partner_slug": partner["slug"],
                        "contract": contract["title"],
                        "year": contract["first_year"],
                        "term": contract["term"],
                        "lines": lines,
                        "source": contract["source"],
                    }
                )
    return found


def _activities(partners: list[Story], theme: str) -> list[Story]:
    return [
        {
            **activity,
            "partner": partner["name"],
            "partner_slug": partner["slug"],
            "report": report["title"],
            "year": report["year"],
            "period": report["period"],
            "source": report["source"],
        }
        for partner in partners
        for report in partner["reports"]
        for activity in report["activities"]
        if activity["theme_slug"] == theme
    ]


def _amounts(partners: list[Story], year: int) -> Story:
    """Agreed amounts that hold in ``year``, and what reports say was spent up to its end."""
    agreed: list[Story] = []
    spent: list[Story] = []
    for partner in partners:
        who: dict[str, Any] = {"partner": partner["name"], "partner_slug": partner["slug"]}
        for contract in partner["contracts"]:
            for line in contract["budget_lines"]:
                holds = line["first_year"] is not None and (
                    line["first_year"] <= year <= line["last_year"]
                )
                if holds and line["kind"] == "agreed" and not line["earmarked"]:
                    agreed.append({**line, **who, "contract": contract["title"]})
        for report in partner["reports"]:
            spent.extend(
                {**row, **who, "report": report["title"], "year": report["year"]}
                for row in report["spendings"]
            )
    return {"agreed": agreed, "spent": spent}
