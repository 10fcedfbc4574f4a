"""Editions of the monitor, who steers by what, and investigations with what follows; one module a
subject."""

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
from monitor.models.information import InformationNeed
from monitor.models.investigations import (
    Investigation,
    InvestigationEvent,
    InvestigationPart,
)
from monitor.models.norms import NormVerdict
from monitor.models.planning import PlannedInvestigation
from monitor.models.recommendations import FollowUp, FollowUpUpdate
from monitor.models.steering import SteeringArrangement

__all__ = [
    "Bottleneck",
    "Challenge",
    "CouncilDocument",
    "EditionReport",
    "FollowUp",
    "FollowUpUpdate",
    "InformationNeed",
    "Investigation",
    "InvestigationEvent",
    "InvestigationPart",
    "Judgement",
    "Monitor",
    "MonitorEvent",
    "MonitorNote",
    "NormVerdict",
    "OtherParty",
    "PlannedInvestigation",
    "Snapshot",
    "SteeringArrangement",
]
