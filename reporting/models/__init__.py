"""Reports: the obligation, its draft, its rounds, history from sources; supervision; entrances."""

from reporting.models.drafts import Answer, Attachment, ReadyPart, ReceivedFile
from reporting.models.entrance import Entrance
from reporting.models.reports import Activity, Figure, Narrative, Report, Spending
from reporting.models.rounds import Extension, KPIResult, Remark, ReportEvent, Round, RoundFile
from reporting.models.supervision import (
    SupervisionAnswer,
    SupervisionDocument,
    SupervisionFinding,
    SupervisionReport,
    SupervisionWithdrawal,
)
from reporting.models.talks import DecidedReport, SheetDocument, TalkedReport

__all__ = [
    "Activity",
    "Answer",
    "Attachment",
    "DecidedReport",
    "Entrance",
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
    "SheetDocument",
    "Spending",
    "SupervisionAnswer",
    "SupervisionDocument",
    "SupervisionFinding",
    "SupervisionReport",
    "SupervisionWithdrawal",
    "TalkedReport",
]
