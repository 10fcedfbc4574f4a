"""Editions of the monitor, and who steers by what; one module a subject."""

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
from monitor.models.steering import SteeringArrangement

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
    "SteeringArrangement",
]
