"""What the pages of the goal tree show: every level with its goals, what leads to what, and what is
measured. Reads only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from agenda.constants import LEVEL_MEANINGS, TREE_LEVELS, GoalLevel
from agenda.framework import Line, framework
from agenda.models import AgendaVersion, Contribution, Goal
from agenda.progress import ProgressState
from agenda.tree import GoalTree, Node
from core.charts import NetworkChart, NetworkColumn, NetworkNode

Story = dict[str, Any]
WHOLE_LEVEL = 3  # from so many goals on, all goals of a level are told as a whole
LEGEND = "Een lijn betekent: het doel links moet leiden tot het doel rechts."


def read_tree(version: AgendaVersion, goals: Iterable[Goal]) -> GoalTree:
    """The tree of ``goals``, those of ``version``. One query."""
    nodes = {goal.pk: Node(goal.label, goal.level) for goal in goals}
    return GoalTree(nodes, Contribution.objects.of_version(version.pk).pairs())


def tree_page(version: AgendaVersion, address: Callable[[Goal], str]) -> Story:
    """All that a page of the goal tree shows; ``address`` says where a goal leads. Seven queries,
    however large the tree."""
    goals = {
        goal.pk: goal
        for goal in Goal.objects.filter(theme__version=version).order_by("theme__order", "order")
    }
    tree = read_tree(version, goals.values())
    lines = {
        pk: held.lines for theme in framework(version).themes for pk, held in theme.goals.items()
    }
    shown = {pk: _goal(goal, tree, goals, lines[pk], address) for pk, goal in goals.items()}
    levels = [_level(level, [shown[pk] for pk in tree.on(level)]) for level in TREE_LEVELS]
    placed = [goal for level in levels for goal in level["goals"]]
    loose = [goal for goal in placed if goal["flags"]]
    without_level = [shown[pk] for pk in tree.on("")]
    title = _title(len(placed), len(loose))
    return {
        "has_levels": tree.has_levels,
        "levels": levels[::-1],
        "goal_count": len(placed),
        "link_count": len(tree.links),
        "loose": loose,
        "measured": any(level["measures"] for level in levels),
        "without_level": without_level,
        "title": title,
        "chart": _chart(levels, tree) if tree.has_levels else None,
    }


def neighbours(goal: Goal) -> Story:
    """What ``goal`` leads to and what leads to it. Two queries."""
    goals = {held.pk: held for held in Goal.objects.filter(theme__version=goal.theme.version_id)}
    tree = read_tree(goal.theme.version, goals.values())
    return {
        "has_levels": tree.has_levels,
        "effects": related(tree.effects[goal.pk], tree, goals),
        "contributors": related(tree.contributors[goal.pk], tree, goals),
    }


def _title(goals: int, loose: int) -> str:
    if not goals:
        return "Deze agenda heeft geen doelenboom"
    if goals == 1:
        return "Er staat één doel in de doelenboom"
    if not loose:
        return f"Alle {goals} doelen in de doelenboom hangen samen"
    hang = "hangt" if loose == 1 else "hangen"
    return f"Van de {goals} doelen in de doelenboom {hang} er {loose} los"


def _goal(
    goal: Goal,
    tree: GoalTree,
    goals: dict[int, Goal],
    lines: list[Line],
    address: Callable[[Goal], str],
) -> Story:
    return {
        "pk": goal.pk,
        "slug": goal.slug,
        "number": goal.number,
        "label": goal.label,
        "text": goal.text,
        "due": goal.due,
        "url": address(goal),
        "flags": tree.flags(goal.pk),
        "effects": related(tree.effects[goal.pk], tree, goals),
        "contributors": related(tree.contributors[goal.pk], tree, goals),
        "lines": lines,
    }


def related(keys: list[int], tree: GoalTree, goals: dict[int, Goal]) -> list[Story]:
    """The goals that ``keys`` name, by level; a level that is there as a whole is told so."""
    told: list[Story] = []
    for level in ("", *TREE_LEVELS):
        here = [pk for pk in keys if tree.nodes[pk].level == level]
        if level and len(here) >= WHOLE_LEVEL and here == tree.on(level):
            told.append({"whole": f"alle {len(here)} doelen bij {GoalLevel(level).label}"})
            continue
        told += [
            {"number": goals[pk].number, "label": goals[pk].label, "slug": goals[pk].slug}
            for pk in here
        ]
    return told


def _level(level: GoalLevel, goals: list[Story]) -> Story:
    """A level with its goals, and how it stands with what measures them."""
    lines: list[Line] = [line for goal in goals for line in goal["lines"]]
    states = Counter(line.state for line in lines)
    on_course, behind = states[ProgressState.ON_COURSE], states[ProgressState.BEHIND]
    return {
        "level": level.value,
        "label": _capital(str(level.label)),
        "meaning": LEVEL_MEANINGS[level],
        "goals": goals,
        "measured": sum(bool(goal["lines"]) for goal in goals),
        "measures": len(lines),
        "on_course": on_course,
        "behind": behind,
        "unknown": len(lines) - on_course - behind,
    }


def _chart(levels: list[Story], tree: GoalTree) -> NetworkChart:
    drawn = {goal["pk"]: goal for level in levels for goal in level["goals"]}
    return NetworkChart(
        id="doelenboom",
        finding="Van inzet naar impact",
        measured=LEGEND,
        columns=[
            NetworkColumn(
                level["label"],
                f"{_count(len(level['goals']))}: {level['meaning']}",
                [_node(goal, level["label"]) for goal in level["goals"]],
            )
            for level in levels
        ],
        links=[
            (drawn[lower]["slug"], drawn[higher]["slug"])
            for lower, higher in tree.links
            if lower in drawn and higher in drawn
        ],
        empty_words="geen doelen",
    )


def _node(goal: Story, level: str) -> NetworkNode:
    text = f"{goal['number']}. {goal['label']}"
    notes = [_capital(goal["due"])] if goal["due"] else []
    spoken = [text, *notes, *goal["flags"], f"niveau {level}"]
    return NetworkNode(goal["slug"], text, notes, goal["flags"], goal["url"], ". ".join(spoken))


def _count(goals: int) -> str:
    return "1 doel" if goals == 1 else f"{goals} doelen"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
