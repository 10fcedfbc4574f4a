"""Published editions with the invented content, for tests of the document."""

from __future__ import annotations

from typing import Any

from monitor.constants import MonitorKind
from monitor.models import Snapshot
from monitor.snapshots import canonical, digest
from tests.factories_monitor import MonitorFactory, SnapshotFactory
from tests.monitor.payload_fixture import payload


def published_snapshot(
    year: int = 2018, kind: str = MonitorKind.ANNUAL, content: dict[str, Any] | None = None
) -> Snapshot:
    text = canonical(payload() if content is None else content)
    monitor = MonitorFactory.create(year=year, kind=kind, published=True)
    return SnapshotFactory.create(
        monitor=monitor, payload=text, sha256=digest(text), release="0.1.0"
    )
