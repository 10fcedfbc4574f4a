"""Two connections at once: what a second user of the database does meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection, connections

Result = TypeVar("Result")

needs_connections = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="on SQLite the tests have one database in memory, which has one connection",
)


def meanwhile(work: Callable[[], Result]) -> Future[Result]:
    """``work`` in a thread with a connection of its own, which is closed after it."""

    def closed_after() -> Result:
        try:
            return work()
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(max_workers=1)
    try:
        return pool.submit(closed_after)
    finally:
        pool.shutdown(wait=False)


def somebody_waits() -> bool:
    """Whether a transaction of this database waits for a lock of another one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks AS wanted JOIN pg_stat_activity AS who"
            " USING (pid) WHERE NOT wanted.granted AND who.datname = current_database())"
        )
        (found,) = cursor.fetchone()
    return bool(found)
