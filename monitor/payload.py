"""The content of an edition, as plain data: all that web, PDF and open data need."""

from __future__ import annotations

from typing import Any

from monitor.models import Monitor


def build_payload(monitor: Monitor, *, version: int) -> dict[str, Any]:
    """Everything that the pages of ``monitor`` show, ready to freeze."""
    return {"schema": 1, "year": monitor.year, "kind": monitor.kind, "version": version}
