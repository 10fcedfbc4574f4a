"""The verdicts on a goal over the published editions, along its succession."""

from __future__ import annotations

from collections import defaultdict

from agenda.models import Goal, GoalSuccession
from agenda.story import Story, provenance
from monitor.constants import MonitorKind
from monitor.editions import EditionKey
from monitor.models import Judgement


def verdict_history(goal: Goal) -> list[Story]:
    """Verdicts on ``goal`` and on the goals it came from or went on as, oldest first.

    A goal that an agenda rewords or splits goes on under another name; each row says which goal was
    judged. Two queries.
    """
    family = _line_of(goal)
    rows = (
        Judgement.objects.published()
        .filter(goal__in=family)
        .select_related("monitor", "goal__theme__version__agenda", "source")
        .order_by("monitor__year", "-monitor__kind", "goal__theme__order", "order")
    )
    return [
        {
            "key": EditionKey(row.monitor.year, MonitorKind(row.monitor.kind)),
            "slug": row.goal.slug,
            "verdict": row.verdict,
            "number": row.number,
            "label": row.label,
            "agenda": row.goal.theme.version.agenda.short_name,
            "same_goal": row.goal_id == goal.pk,
            "explanation": row.explanation,
            "source": provenance(row),
        }
        for row in rows
    ]


def _line_of(goal: Goal) -> set[int]:
    """The goal, all it came from and all it went on as; not what merely shares a forebear."""
    before: dict[int, set[int]] = defaultdict(set)
    after: dict[int, set[int]] = defaultdict(set)
    links = GoalSuccession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    for old, new in links.values_list("predecessor", "successor"):
        before[new].add(old)
        after[old].add(new)
    return _reach(goal.pk, before) | _reach(goal.pk, after)


def _reach(start: int, steps: dict[int, set[int]]) -> set[int]:
    found = {start}
    new = {start}
    while new:
        new = {target for place in new for target in steps[place]} - found
        found |= new
    return found
