"""Freezing an edition asks the database as often for many goals as for two."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.seed import seed_edition, seed_framework
from monitor.models import Monitor
from monitor.payload import build_payload

pytestmark = pytest.mark.django_db


def asked(goals: int, year: int) -> list[str]:
    """The queries for an edition of an agenda of its own with so many goals."""
    version = seed_framework(goals=goals, indicators=goals, years=2, slug=f"agenda-{year}")
    seed_edition(version, year)
    monitor = Monitor.objects.get(year=year)
    with CaptureQueriesContext(connection) as queries:
        payload = build_payload(monitor, version=1)
    assert len(payload["goals"]) == goals
    return [query["sql"] for query in queries]


def test_many_goals_cost_as_many_queries_as_two() -> None:
    assert len(asked(goals=2, year=2020)) == len(asked(goals=24, year=2030))


def test_bottlenecks_are_asked_once() -> None:
    found = [sql for sql in asked(goals=2, year=2020) if 'FROM "monitor_bottleneck"' in sql]
    assert len(found) == 1
