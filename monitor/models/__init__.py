"""Editions of the monitor; one module a subject."""

from monitor.models.editions import (
    Bottleneck,
    Challenge,
    CouncilDocument,
    EditionReport,
    Judgement,
    Monitor,
    MonitorEvent,
    MonitorNote,
    OtherParty,
    Snapshot,
)

__all__ = [
    "Bottleneck",
    "Challenge",
    "CouncilDocument",
    "EditionReport",
    "Judgement",
    "Monitor",
    "MonitorEvent",
    "MonitorNote",
    "OtherParty",
    "Snapshot",
]
