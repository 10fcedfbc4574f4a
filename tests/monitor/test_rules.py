"""Rules of editions that cross tables: the database keeps them from every side."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.db import IntegrityError

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


def continued() -> Agreed:
    version = AgendaVersionFactory.create(adopted=True)
    first, before, after, last = (
        MonitorFactory.create(year=year, agenda_version=version)
        for year in (2016, 2017, 2018, 2019)
    )
    theme = ThemeFactory.create(version=version)
    row = BottleneckFactory.create(monitor=before, theme=theme)
    following = BottleneckFactory.create(monitor=after, theme=theme, continues=row)
    return {
        "bottleneck": (following, {"monitor": first}),
        "continued": (row, {"monitor": last}),
        "edition": (after, {"year": 2015}),
        "earlier": (before, {"year": 2020}),
    }


CASES: dict[str, Callable[[], Agreed]] = {
    "monitor_judgement_of_agenda": judgement,
    "monitor_bottleneck_of_agenda": bottleneck,
    "monitor_bottleneck_goal_of_theme": bottleneck_goal,
    "monitor_challenge_goal_of_agenda": challenge_goal,
    "monitor_bottleneck_continues_earlier": continued,
}


@pytest.mark.parametrize(("name", "alias"), every_side("monitor"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("monitor")[name], alias, CASES[name])


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("half_year", "annual", True),
        ("annual", "half_year", False),
        ("half_year", "half_year", False),
    ],
)
def test_a_year_continues_what_its_first_half_named(before: str, after: str, may: bool) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    theme = ThemeFactory.create(version=version)
    editions = {
        kind: MonitorFactory.create(year=2018, kind=kind, agenda_version=version)
        for kind in {before, after}
    }
    first = BottleneckFactory.create(monitor=editions[before], theme=theme)
    with nullcontext() if may else pytest.raises(IntegrityError, match="eerdere monitor"):
        BottleneckFactory.create(monitor=editions[after], theme=theme, continues=first)
