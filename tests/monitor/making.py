"""An agenda that was judged before, and what it takes to judge it again."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from agenda.models import AgendaVersion
from monitor.actions import mark_judged, open_edition
from monitor.constants import MonitorKind, Verdict
from monitor.models import Judgement, Monitor
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, offer


def agenda(goals: int = 2) -> AgendaVersion:
    """An adopted agenda with one theme and so many goals, called doel-0, doel-1 and so on."""
    version: AgendaVersion = AgendaVersionFactory.create(adopted=True)
    theme = ThemeFactory.create(version=version, name="Wonen", slug="wonen")
    for number in range(goals):
        GoalFactory.create(
            theme=theme,
            number=str(number + 1),
            label=f"Doel nummer {number}",
            slug=f"doel-{number}",
        )
    return version


def earlier(
    version: AgendaVersion,
    year: int = 2018,
    verdict: Verdict = Verdict.GOOD,
    **fields: Any,
) -> Monitor:
    """A published edition with ``verdict`` for every goal of ``version`` and one bottleneck."""
    monitor: Monitor = MonitorFactory.create(year=year, agenda_version=version, **fields)
    theme = version.themes.get()
    for goal in theme.goals.all():
        JudgementFactory.create(
            monitor=monitor, goal=goal, verdict=verdict, explanation="Het ging goed."
        )
    BottleneckFactory.create(monitor=monitor, theme=theme, text="te weinig huizen")
    offer(monitor)
    return monitor


def draft(version: AgendaVersion, user: User, year: int = 2019) -> Monitor:
    return open_edition(year=year, kind=MonitorKind.ANNUAL, version=version, user=user).monitor


def judge_all(monitor: Monitor, verdict: Verdict = Verdict.GOOD) -> None:
    """Give every goal ``verdict`` with a reason, past the desk."""
    Judgement.objects.filter(monitor=monitor).update(verdict=verdict, reason="performance")


def judged(version: AgendaVersion, user: User, year: int = 2019) -> Monitor:
    monitor = draft(version, user, year)
    judge_all(monitor)
    mark_judged(monitor, user=user)
    return monitor
