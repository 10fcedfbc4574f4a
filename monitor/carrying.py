"""What a new edition takes along from the one before it: the bottlenecks that were not solved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from agenda.models import Goal, GoalSuccession, Theme, ThemeSuccession
from monitor.constants import BottleneckState
from monitor.models import Bottleneck, Monitor
from monitor.succession import SAME_GOAL, Link


def goal_links() -> list[Link]:
    """Every succession of goals that has both ends. One query."""
    return _links(GoalSuccession)


def _links(model: type[GoalSuccession] | type[ThemeSuccession]) -> list[Link]:
    rows = model._default_manager.filter(predecessor__isnull=False, successor__isnull=False)
    held = rows.values_list("predecessor_id", "successor_id", "kind")
    return [Link(before, after, kind) for before, after, kind in held]


def unsolved_before(monitor: Monitor) -> list[Bottleneck]:
    """What the edition before ``monitor`` named and is not continued in it yet. Two queries."""
    before = Monitor.objects.earlier_than(monitor).newest_first().first()
    if before is None:
        return []
    rows = before.bottlenecks.unsolved().not_continued_in(monitor).in_order()
    return list(rows.select_related("monitor", "theme", "goal"))


def carry_over(monitor: Monitor) -> tuple[int, list[Bottleneck]]:
    """Continue in ``monitor`` what was not solved; how many, and what has no place in this agenda.

    A bottleneck follows its goal, or else its theme, where the succession leads to exactly one
    (docs/regels/oordeel.md, rule 10). Seven queries at most.
    """
    rows = unsolved_before(monitor)
    if not rows:
        return 0, []
    places = _Places(monitor)
    new: list[Bottleneck] = []
    left_behind: list[Bottleneck] = []
    for row in rows:
        theme, goal = places.of(row)
        if theme is None:
            left_behind.append(row)
            continue
        new.append(
            Bottleneck(
                monitor=monitor,
                theme=theme,
                goal=goal,
                text=row.text,
                action=row.action,
                owner=row.owner,
                due_on=row.due_on,
                state=row.state or BottleneckState.OPEN,
                continues=row,
                order=len(new) + 1,
            )
        )
    Bottleneck.objects.bulk_create(new)
    return len(new), left_behind


class _Places:
    """Where goals and themes of earlier agendas went in the agenda that an edition judges."""

    def __init__(self, monitor: Monitor) -> None:
        version = monitor.agenda_version_id
        goals = Goal.objects.filter(theme__version=version).select_related("theme")
        self.goals = {goal.pk: goal for goal in goals}
        self.themes = {theme.pk: theme for theme in Theme.objects.filter(version=version)}
        self.goal_steps = _steps(goal_links())
        self.theme_steps = _steps(_links(ThemeSuccession))

    def of(self, row: Bottleneck) -> tuple[Theme | None, Goal | None]:
        goals = _reach(row.goal_id, self.goal_steps, self.goals) if row.goal_id else []
        if len(goals) == 1:
            goal = self.goals[goals[0]]
            return goal.theme, goal
        themes = _reach(row.theme_id, self.theme_steps, self.themes)
        return (self.themes[themes[0]], None) if len(themes) == 1 else (None, None)


def _steps(links: Iterable[Link]) -> dict[int, list[int]]:
    steps: dict[int, list[int]] = defaultdict(list)
    for link in links:
        if link.kind in SAME_GOAL:
            steps[link.before].append(link.after)
    return steps


def _reach(start: int, steps: dict[int, list[int]], wanted: Iterable[int]) -> list[int]:
    """What ``start`` went on as, among ``wanted``; itself where it is still there."""
    found, new = {start}, {start}
    while new:
        new = {after for at in new for after in steps.get(at, ())} - found
        found |= new
    return sorted(found & set(wanted))
