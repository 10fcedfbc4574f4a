"""The verdicts on a goal over the published editions, along its succession."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from agenda.models import Goal, GoalSuccession
from agenda.story import Story, provenance
from monitor.models import Judgement
from monitor.querysets import JudgementQuerySet


def verdict_history(goal: Goal) -> list[Story]:
    """Verdicts on ``goal`` in all published editions, oldest first. Two queries."""
    return verdict_histories([goal.pk], Judgement.objects.published())[goal.pk]


def verdict_histories(
    goals: Collection[int], judgements: JudgementQuerySet
) -> dict[int, list[Story]]:
    """For each goal the ``judgements`` on it and on the goals it came from or went on as.

    A goal that an agenda rewords or splits goes on under another name; each row says which goal was
    judged. Oldest first; two queries, however many goals.
    """
    before: dict[int, set[int]] = defaultdict(set)
    after: dict[int, set[int]] = defaultdict(set)
    links = GoalSuccession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    for old, new in links.values_list("predecessor", "successor"):
        before[new].add(old)
        after[old].add(new)
    # All a goal came from and went on as; not what merely shares a forebear with it.
    lines = {goal: _reach(goal, before) | _reach(goal, after) for goal in goals}
    rows = list(
        judgements.filter(goal__in=set().union(*lines.values()))
        .select_related("monitor", "goal__theme__version__agenda", "source")
        .order_by("monitor__year", "-monitor__kind", "goal__theme__order", "order")
    )
    return {
        goal: [_told(row, goal) for row in rows if row.goal_id in line]
        for goal, line in lines.items()
    }


def _told(row: Judgement, goal: int) -> Story:
    return {
        "edition": row.monitor.edition,
        "year": row.monitor.year,
        "kind": row.monitor.kind,
        "slug": row.goal.slug,
        "verdict": row.verdict,
        "verdict_label": row.get_verdict_display() or "nog geen oordeel",
        "number": row.number,
        "label": row.label,
        "agenda": row.goal.theme.version.agenda.short_name,
        "same_goal": row.goal_id == goal,
        "explanation": row.explanation,
        "source": provenance(row),
    }


def _reach(start: int, steps: dict[int, set[int]]) -> set[int]:
    found = {start}
    new = {start}
    while new:
        new = {target for place in new for target in steps[place]} - found
        found |= new
    return found
