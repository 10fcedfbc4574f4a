"""A version of an agenda as those who write it see it: whole, with what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agenda.gaps import Gap, grouped
from agenda.models import AgendaVersion, Goal, Measure, Target, Theme
from agenda.models.goals import in_tree_order
from agenda.task_stories import outlined_tasks
from agenda.tree import GoalTree
from agenda.tree_reading import read_tree, related


@dataclass(frozen=True)
class MeasureShown:
    measure: Measure
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class GoalShown:
    goal: Goal
    measures: tuple[MeasureShown, ...]
    effects: list[dict[str, Any]]
    target_groups: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class ThemeShown:
    theme: Theme
    goals: tuple[GoalShown, ...]
    measures: tuple[MeasureShown, ...]

    @property
    def all_measures(self) -> list[MeasureShown]:
        """Its own, and those of its goals."""
        return [*self.measures, *(row for goal in self.goals for row in goal.measures)]


def outline(version: AgendaVersion) -> dict[str, Any]:
    """Everything in ``version``, and its gaps. Sixteen queries, however much there is."""
    themes = list(
        version.themes.select_related("parent")
        .prefetch_related(
            "measures__indicator",
            "measures__targets",
            "goals__measures__indicator",
            "goals__measures__targets",
            "goals__target_groups",
            "goals__areas",
        )
        .order_by("order")
    )
    goals = {goal.pk: goal for theme in themes for goal in theme.goals.all()}
    tree = read_tree(version, goals.values())
    shown = [
        ThemeShown(
            theme,
            tuple(
                _goal(goal, related(tree.effects[goal.pk], tree, goals))
                for goal in theme.goals.all()
            ),
            _measures(theme),
        )
        for theme in in_tree_order(themes)
    ]
    return {
        "version": version,
        "agenda": version.agenda,
        "themes": shown,
        "goal_count": sum(len(row.goals) for row in shown),
        "themes_with_goals": sum(bool(row.goals) for row in shown),
        "situation": list(version.situation_facts.select_related("source")),
        "principles": list(version.principles.all()),
        "participations": list(version.participations.all()),
        "policies": list(version.policies.order_by("name")),
        "tasks": outlined_tasks(version),
        "events": list(version.events.select_related("actor")),
        "gaps": grouped([*_gaps(shown), *_gaps_of_tree(tree)]),
        "has_levels": tree.has_levels,
    }


def _goal(goal: Goal, effects: list[dict[str, Any]]) -> GoalShown:
    """A goal with what stands under and around it, read before."""
    return GoalShown(
        goal,
        _measures(goal),
        effects,
        tuple(row.name for row in goal.target_groups.all()),
        tuple(row.name for row in goal.areas.all()),
    )


def _measures(holder: Theme | Goal) -> tuple[MeasureShown, ...]:
    """The measures of a theme or goal, read before."""
    return tuple(MeasureShown(row, tuple(row.targets.all())) for row in holder.measures.all())


# -- gaps ------------------------------------------------------------------------------------------
def _gaps(shown: list[ThemeShown]) -> list[Gap]:
    """Goals that nothing measures and themes without goals (A05), goals that are neither measured
    nor explained (A14), measures without a target (M20)."""
    parents = {row.theme.parent_id for row in shown}
    gaps = []
    for row in shown:
        theme = row.theme
        if not row.goals and theme.pk not in parents:
            text = f"Thema ‘{theme.name}’ heeft geen doelen."
            gaps.append(Gap("no_goals", text, "thema", theme.pk))
        for each in row.goals:
            if not each.measures and not row.measures and not each.goal.direction_reason:
                goal = each.goal
                name = goal.label if goal.text else f"{theme.name}, nummer {goal.number}"
                text = (
                    f"Doel ‘{name}’ heeft geen meting. Voeg er een toe, of schrijf "
                    "waarom het doel een richting is."
                )
                gaps.append(Gap("no_measure", text, "doel", goal.pk))
        for shown_measure in row.all_measures:
            gaps += _gaps_of_measure(shown_measure, has_goals=bool(row.goals))
    return gaps


def _gaps_of_measure(shown: MeasureShown, *, has_goals: bool) -> list[Gap]:
    measure, kinds = shown.measure, {target.kind for target in shown.targets}
    name = f"Meting ‘{measure.text}’"
    found = []
    if "target" not in kinds:
        found.append(("no_target", f"{name} heeft geen streefwaarde."))
    if "baseline" not in kinds:
        found.append(("no_baseline", f"{name} heeft geen nulmeting."))
    if not has_goals:
        found.append(("no_goal", f"{name} hoort bij geen enkel doel."))
    return [Gap(kind, text, "meting", measure.pk) for kind, text in found]


def _gaps_of_tree(tree: GoalTree) -> list[Gap]:
    """Goals that hang loose in the goal tree, and goals outside it (A15); none without a tree."""
    if not tree.has_levels:
        return []
    gaps = []
    for pk, node in tree.nodes.items():
        if not node.level:
            text = f"Doel ‘{node.label}’ heeft geen niveau, terwijl andere doelen er een hebben."
            gaps.append(Gap("no_level", text, "doel", pk))
        for flag in tree.flags(pk):
            text = f"Doel ‘{node.label}’ in de doelenboom: {flag[:1].lower()}{flag[1:]}."
            gaps.append(Gap("in_tree", text, "doel", pk, page="agenda_contributions"))
    return gaps
