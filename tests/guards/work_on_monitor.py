"""What the work pages of the monitor need in order to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.constants import MonitorStatus
from monitor.models import Monitor
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, offer


def _edition() -> Monitor:
    """A draft over 2018 with one goal, judged, and one bottleneck."""
    monitor: Monitor = MonitorFactory.create(year=2018)
    judgement = JudgementFactory.create(monitor=monitor)
    BottleneckFactory.create(monitor=monitor, theme=judgement.goal.theme)
    return monitor


def adopted() -> Mapping[str, Any]:
    offer(_edition(), MonitorStatus.ADOPTED)
    return {"edition": 2018}


def draft() -> Mapping[str, Any]:
    _edition()
    return {"edition": 2018}


def draft_goal() -> Mapping[str, Any]:
    goal = _edition().judgements.get().goal
    return {"edition": 2018, "slug": goal.slug}


def unjudged() -> Mapping[str, Any]:
    JudgementFactory.create(monitor__year=2018, still_open=True)
    return {"edition": 2018}


def judged() -> Mapping[str, Any]:
    offer(_edition(), MonitorStatus.JUDGED)
    return {"edition": 2018}


def bottleneck() -> Mapping[str, Any]:
    return {"edition": 2018, "pk": _edition().bottlenecks.get().pk}


def solved() -> Mapping[str, Any]:
    return {**bottleneck(), "state": "solved"}
