"""A figure of the bench, and how pages are timed and their queries counted."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

RUNS = 15
PEER = "Akvo RSR 2025-10"


@dataclass(frozen=True)
class Result:
    """One figure: what was measured, in which unit, its aim, and what the peer takes."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    peer: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.aim is None else self.value <= self.aim

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def browser() -> Client:
    """A client that asks for a host that the demonstration answers to."""
    return Client(headers={"host": "localhost"})


def median_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of ``runs`` timed calls, in milliseconds, after two calls to warm up."""
    work()
    work()
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def fetch(client: Client, url: str) -> int:
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} gaf {response.status_code}")
    return len(response.getvalue() if response.streaming else response.content)


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        fetch(client, url)
    return len(captured)
