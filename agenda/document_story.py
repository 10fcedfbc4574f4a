"""What the agenda as a document tells: a version whole, as plain data. Reads only.

It holds what was agreed, and nothing that goes on after adoption: no values, no state of a task.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from agenda.constants import NO_SUBJECT, Origin, SuccessionKind
from agenda.following import Following, following
from agenda.measurability import LABELS, Aspect, Mark, count
from agenda.measuring import measurability
from agenda.models import AgendaVersion, Measure
from agenda.reading import version_page
from agenda.story import Story, cite, measure_story, with_unit


def document_story(version: AgendaVersion) -> Story:
    """All that the document of ``version`` shows. At most forty queries, however much there is."""
    page = version_page(version)
    aims = _aims(version)
    themes = [_theme(theme, aims) for theme in page["themes"]]
    names = [(theme["parent"], theme["name"]) for theme in themes]
    for number, theme in enumerate(themes, start=1):
        theme["id"] = f"thema-{number}"
        theme["subthemes"] = [name for parent, name in names if parent == theme["name"]]
        theme["is_opener"] = bool(theme["subthemes"]) and not theme["goals"]
        theme["follows_opener"] = number > 1 and bool(themes[number - 2]["is_opener"])
    follows = following(version)
    return {
        **{name: page[name] for name in KEPT},
        "status_label": page["status"],
        "is_concept": version.is_editable,
        "from_source": version.origin == Origin.SOURCE,
        "decision": version.decision,
        # A name often holds the years already.
        "names_period": bool(page["period"]) and page["period"][:4] not in page["name"],
        "themes": themes,
        "tasks": _tasks(version),
        "succession": _succession(follows),
        "measurability": _measurability(version),
        "policies": page["policies"],
    }


KEPT = (
    *("slug", "short_name", "name", "year", "period", "version", "adopted_on", "adopted_by"),
    *("reason", "occasion", "character", "replaces", "owner", "agenda_source", "source"),
    *("goal_count", "measure_count", "unmeasured", "themes_with_goals", "has_levels"),
    *("principles", "visions", "participation", "situation"),
)


def hash_of(story: Story) -> str:
    """The SHA-256 of what a document tells: the same contents have the same hash."""
    told = json.dumps(story, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


# -- themes, goals and what measures them ----------------------------------------------------------
def _aims(version: AgendaVersion) -> dict[tuple[str, str], list[Story]]:
    """The measures of ``version`` with baseline and target, by the slug of goal or theme."""
    rows: QuerySet[Measure] = (
        Measure.objects.of_version(version.pk)
        .select_related("indicator", "source", "theme", "goal")
        .prefetch_related(
            "targets__source", "indicator__versions", "indicator__observations__source"
        )
        .order_by("order", "pk")
    )
    found: dict[tuple[str, str], list[Story]] = defaultdict(list)
    for row in rows:
        told = measure_story(row)
        held = (
            ("goal", row.goal.slug) if row.goal else ("theme", row.theme.slug if row.theme else "")
        )
        found[held].append(
            {
                "number": row.number,
                "text": row.text,
                "name": told["name"] if told["name"].lower() not in row.text.lower() else "",
                "unit": told["unit"],
                "direction": told["direction_label"],
                "measured_by": told["measured_by"],
                "baselines": [_aim(each, told["unit"]) for each in told["baselines"]],
                "targets": [_aim(each, told["unit"]) for each in told["targets"]],
            }
        )
    return found


def _holder(row: Measure) -> tuple[str, str]:
    if row.goal is not None:
        return "goal", row.goal.slug
    assert row.theme is not None  # noqa: S101 - a measure has a theme or a goal
    return "theme", row.theme.slug


def _aim(figure: Story, unit: str) -> Story:
    told = with_unit({"unit": unit, "label": "", **figure}) if unit else figure["display"]
    return {"told": told, "label": figure["label"], "present": figure["present"]}


def _theme(theme: Story, aims: dict[tuple[str, str], list[Story]]) -> Story:
    goals = [
        {**goal, "measures": aims[("goal", goal["slug"])], "under": _under(goal)}
        for goal in theme["goals"]
    ]
    return {
        **theme,
        "goals": goals,
        "measures": aims[("theme", theme["slug"])],
        "source_line": cite(theme["source"]),
        "is_unmeasured": not theme["measure_count"],
        "is_aimless": not any(
            row["baselines"] or row["targets"] for row in aims[("theme", theme["slug"])]
        ),
    }


def _under(goal: Story) -> list[str]:
    """What stands around a goal, each in a few words."""
    told = [goal["level"], goal["due"]]
    if goal["target_groups"]:
        told.append("voor " + ", ".join(row["name"] for row in goal["target_groups"]))
    if goal["areas"]:
        told.append("in " + ", ".join(row["name"] for row in goal["areas"]))
    return [words for words in told if words]


# -- tasks -----------------------------------------------------------------------------------------
def _tasks(version: AgendaVersion) -> list[Story]:
    tasks = (
        version.tasks.select_related("organisation")
        .prefetch_related("goals", "steps")
        .order_by("number")
    )
    return [
        {
            "number": task.number,
            "name": task.subject or NO_SUBJECT,
            "is_named": bool(task.subject),
            "responsible": task.responsible,
            "frames": task.frames,
            "goals": [goal.label for goal in task.goals.all()],
            "steps": [
                {"text": step.text, "due_on": step.due_on.isoformat() if step.due_on else ""}
                for step in task.steps.all()
            ],
        }
        for task in tasks
    ]


# -- what became of the goals before ---------------------------------------------------------------
def _succession(follows: Following) -> Story:
    if follows.former is None:
        return {"former": "", "old": [], "new": []}
    return {
        "former": str(follows.former),
        "old": [
            {
                "label": row.goal.label,
                "theme": row.goal.theme.name,
                "kind": row.kind_label,
                "after": [goal.label for goal in row.after],
                "reason": row.fate.reason,
                "decision": row.fate.decision,
            }
            for row in follows.old
        ],
        "told": sum(bool(row.fate.kind) for row in follows.old),
        "dropped": sum(row.fate.kind == SuccessionKind.DROPPED for row in follows.old),
        "new": [
            {"label": row.goal.label, "theme": row.goal.theme.name, "reason": row.reason}
            for row in follows.new
            if row.is_new
        ],
    }


# -- how measurable --------------------------------------------------------------------------------
def _measurability(version: AgendaVersion) -> Story:
    held = measurability(version)
    counts = count(goal.marks for goal in held.asked)
    rows: list[dict[str, Any]] = [
        {
            "head": LABELS[aspect][0],
            "what": LABELS[aspect][1],
            "yes": counts[aspect][Mark.YES],
            "partly": counts[aspect][Mark.PARTLY],
            "no": counts[aspect][Mark.NO],
            "unknown": counts[aspect][Mark.UNKNOWN],
        }
        for aspect in Aspect
    ]
    return {
        "finding": held.finding,
        "sentences": list(held.sentences),
        "asked": len(held.asked),
        "rows": rows,
    }
