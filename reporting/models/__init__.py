"""Reports: the obligation, its draft, its rounds, history from sources; and supervision."""

from reporting.models.drafts import Answer, Attachment, ReadyPart, ReceivedFile
from reporting.models.reports import Activity, Figure, Narrative, Report, Spending
from reporting.models.rounds import Extension, KPIResult, Remark, ReportEvent, Round, RoundFile
from reporting.models.supervision import (
    SupervisionAnswer,
    SupervisionDocument,
    SupervisionFinding,
    SupervisionReport,
)

__all__ = [
    "Activity",
    "Answer",
    "Attachment",
    "Extension",
    "Figure",
    "KPIResult",
    "Narrative",
    "ReadyPart",
    "ReceivedFile",
    "Remark",
    "Report",
    "ReportEvent",
    "Round",
    "RoundFile",
    "Spending",
    "SupervisionAnswer",
    "SupervisionDocument",
    "SupervisionFinding",
    "SupervisionReport",
]
