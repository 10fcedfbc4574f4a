"""What the pages where agendas are managed need in order to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agenda.models import AgendaVersion, DevelopmentTask, Goal
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    IndicatorFactory,
    ObservationFactory,
    TaskStepFactory,
    ThemeFactory,
)


def a_version(**fields: Any) -> Mapping[str, Any]:
    version = AgendaVersionFactory.create(**fields)
    return {"slug": version.agenda.slug, "number": version.number}


def a_kind() -> Mapping[str, Any]:
    return {**a_version(), "word": "thema"}


def a_goal() -> Mapping[str, Any]:
    goal = GoalFactory.create()
    version = goal.theme.version
    return {
        "slug": version.agenda.slug,
        "number": version.number,
        "word": "doel",
        "pk": goal.pk,
    }


def a_goal_itself() -> Mapping[str, Any]:
    return {key: value for key, value in a_goal().items() if key != "word"}


def a_task() -> Mapping[str, Any]:
    return {**(version := a_version()), "pk": _task_of(version).pk}


def a_step() -> Mapping[str, Any]:
    version = a_version()
    step = TaskStepFactory.create(task=_task_of(version))
    return {**version, "pk": step.task.pk, "step": step.pk}


def _task_of(version: Mapping[str, Any]) -> DevelopmentTask:
    held = AgendaVersion.objects.get(agenda__slug=version["slug"])
    return DevelopmentTaskFactory.create(version=held)


def a_goal_to_measure() -> Mapping[str, Any]:
    return {name: held for name, held in a_goal().items() if name != "word"}


def _two_agendas() -> tuple[Goal, Goal]:
    """A goal of an adopted agenda, and one of the draft that follows it."""
    before = GoalFactory.create(
        theme__version=AgendaVersionFactory.create(adopted=True, agenda__year=2012)
    )
    draft = AgendaVersionFactory.create(agenda__predecessor=before.theme.version.agenda)
    return before, GoalFactory.create(theme=ThemeFactory.create(version=draft))


def a_goal_before() -> Mapping[str, Any]:
    before, after = _two_agendas()
    version = after.theme.version
    return {"slug": version.agenda.slug, "number": version.number, "pk": before.pk}


def a_goal_after() -> Mapping[str, Any]:
    _before, after = _two_agendas()
    version = after.theme.version
    return {"slug": version.agenda.slug, "number": version.number, "pk": after.pk}


def an_indicator() -> Mapping[str, Any]:
    return {"slug": IndicatorFactory.create().slug}


def an_observation() -> Mapping[str, Any]:
    row = ObservationFactory.create()
    return {"slug": row.indicator.slug, "pk": row.pk}
