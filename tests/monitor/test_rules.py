"""Rules of editions that cross tables: the database keeps them from every side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agenda.models import Goal
from monitor.models import Challenge, Monitor
from tests.database_guards import Agreed, assert_kept, every_side, rules_of
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, goal_of

pytestmark = pytest.mark.django_db


def edition_of(monitor: Monitor) -> Agreed:
    return {"edition": (monitor, {"agenda_version": AgendaVersionFactory.create()})}


def goal_in(monitor: Monitor, goal: Goal) -> Agreed:
    return {
        **edition_of(monitor),
        "goal": (goal, {"theme": ThemeFactory.create()}),
        "theme": (goal.theme, {"version": AgendaVersionFactory.create()}),
    }


def judgement() -> Agreed:
    row = JudgementFactory.create()
    return {"judgement": (row, {"goal": GoalFactory.create()}), **goal_in(row.monitor, row.goal)}


def bottleneck() -> Agreed:
    row = BottleneckFactory.create()
    return {
        "bottleneck": (row, {"theme": ThemeFactory.create()}),
        **edition_of(row.monitor),
        "theme": (row.theme, {"version": AgendaVersionFactory.create()}),
    }


def bottleneck_goal() -> Agreed:
    monitor = MonitorFactory.create()
    goal = goal_of(monitor)
    row = BottleneckFactory.create(monitor=monitor, theme=goal.theme, goal=goal)
    other = ThemeFactory.create(version=monitor.agenda_version)
    return {
        "bottleneck": (row, {"goal": goal_of(monitor)}),
        "goal": (goal, {"theme": other}),
    }


def challenge_goal() -> Agreed:
    monitor = MonitorFactory.create()
    goal = goal_of(monitor)
    challenge = Challenge.objects.create(monitor=monitor, text="Geweld")
    challenge.goals.add(goal)
    named = Challenge.goals.through.objects.get(challenge=challenge)
    return {
        "named": (named, {"goal": GoalFactory.create()}),
        "challenge": (challenge, {"monitor": MonitorFactory.create()}),
        **goal_in(monitor, goal),
    }


CASES: dict[str, Callable[[], Agreed]] = {
    "monitor_judgement_of_agenda": judgement,
    "monitor_bottleneck_of_agenda": bottleneck,
    "monitor_bottleneck_goal_of_theme": bottleneck_goal,
    "monitor_challenge_goal_of_agenda": challenge_goal,
}


@pytest.mark.parametrize(("name", "alias"), every_side("monitor"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("monitor")[name], alias, CASES[name])
