"""What the pages tell of development tasks, as plain data. Reads only."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from agenda.constants import NO_SUBJECT, AgendaStatus, TaskResult
from agenda.filters import TaskChoice
from agenda.models import AgendaVersion, DevelopmentTask, Goal
from agenda.standstill import Standing, counts_from, standing
from agenda.story import Story, provenance

ADOPTED = frozenset({AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED, None})


def standing_of(task: Any, version: AgendaVersion) -> Standing:
    """How ``task`` stands today; it was read ``with_moves``, and ``version`` with its agenda."""
    return standing(
        is_reached=task.result == TaskResult.YES,
        moves=[task.last_update, task.last_step, task.evaluated_on],
        adopted_on=counts_from(
            version.adopted_on, year=version.agenda.year, is_adopted=version.status in ADOPTED
        ),
        today=timezone.localdate(),
        months=settings.TASK_STANDSTILL_MONTHS,
    )


def short_story(task: Any, version: AgendaVersion) -> Story:
    """A task in one line; it was read ``with_moves`` and with its organisation. No query."""
    found = standing_of(task, version)
    return {
        "pk": task.pk,
        "number": task.number,
        "subject": task.subject,
        "name": task.subject or NO_SUBJECT,
        "responsible": task.responsible,
        "result": task.result,
        "result_label": task.get_result_display(),
        "is_still": found.is_still,
        "moved_on": _day(found.moved_on),
        "since": _day(found.since),
    }


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def short_stories(version: AgendaVersion) -> list[Story]:
    """The tasks of ``version``, by number. One query."""
    tasks = version.tasks.with_moves().select_related("organisation").order_by("number")
    return [short_story(task, version) for task in tasks]


def outlined_tasks(version: AgendaVersion) -> list[Story]:
    """The tasks of ``version`` with their steps, for who writes them. Two queries."""
    tasks = (
        version.tasks.with_moves()
        .select_related("organisation")
        .prefetch_related("steps")
        .order_by("number")
    )
    return [
        {**short_story(task, version), "frames": task.frames, "steps": list(task.steps.all())}
        for task in tasks
    ]


def tasks_of_goal(goal: Goal) -> list[Story]:
    """The tasks that contribute to ``goal``. One query."""
    return [
        {"number": task.number, "name": task.subject or NO_SUBJECT}
        for task in goal.tasks.order_by("number")
    ]


def tasks_page(version: AgendaVersion, chosen: str = "") -> Story:
    """The tasks of ``version`` that fit a choice of ``TaskChoice``, and counts of all of them.

    Four queries.
    """
    tasks = (
        version.tasks.with_moves()
        .select_related("organisation", "source")
        .prefetch_related("goals__theme", "steps", "updates")
        .order_by("number")
    )
    stories = [_whole_story(task, version) for task in tasks]
    fits = {
        TaskChoice.STILL: lambda row: row["is_still"],
        TaskChoice.WITHOUT_RESULT: lambda row: row["result"] == TaskResult.NO,
        TaskChoice.NOT_EVALUATED: lambda row: row["result"] == TaskResult.NOT_EVALUATED,
    }
    fit = fits.get(chosen)
    return {
        "tasks": [row for row in stories if fit is None or fit(row)],
        "total": len(stories),
        "finding": _finding(stories),
        "months": settings.TASK_STANDSTILL_MONTHS,
    }


def _finding(stories: list[Story]) -> str:
    """What there is to know of all tasks together, in one sentence."""
    if not stories:
        return "Deze agenda heeft geen ontwikkelopdrachten"
    results = [row["result"] for row in stories]
    counts = (
        (results.count(TaskResult.YES), "bereikte het resultaat", "bereikten het resultaat"),
        (results.count(TaskResult.PARTLY), "bereikte het deels", "bereikten het deels"),
        (
            results.count(TaskResult.NO),
            "leidde niet tot een resultaat",
            "leidden niet tot een resultaat",
        ),
        (sum(row["is_still"] for row in stories), "staat stil", "staan stil"),
    )
    parts = [f"{number} {one if number == 1 else more}" for number, one, more in counts if number]
    total = f"{len(stories)} {'ontwikkelopdracht' if len(stories) == 1 else 'ontwikkelopdrachten'}"
    return f"{total}: {', '.join(parts)}" if parts else f"{total}, nog zonder resultaat"


def _whole_story(task: DevelopmentTask, version: AgendaVersion) -> Story:
    steps, short = list(task.steps.all()), short_story(task, version)
    goals = sorted(task.goals.all(), key=lambda goal: (goal.theme.order, goal.order))
    return {
        **short,
        "is_bare": not (short["responsible"] or task.frames or goals or task.result),
        "frames": task.frames,
        "goals": [
            {
                "slug": goal.slug,
                "number": goal.number,
                "label": goal.label,
                "theme": goal.theme.name,
            }
            for goal in goals
        ],
        "steps": [
            {"text": step.text, "due_on": _day(step.due_on), "done_on": _day(step.done_on)}
            for step in steps
        ],
        "steps_done": sum(step.done_on is not None for step in steps),
        "updates": [{"day": _day(row.day), "text": row.text} for row in task.updates.all()],
        "evaluated_on": _day(task.evaluated_on),
        "evaluation": task.evaluation,
        "source": provenance(task),
    }
