"""Reports: the obligation, its draft, its rounds, and history from source documents."""

from reporting.models.drafts import Answer, Attachment, Contribution
from reporting.models.reports import Activity, Figure, Narrative, Report, Spending
from reporting.models.rounds import Extension, KPIResult, Remark, ReportEvent, Round, RoundFile

__all__ = [
    "Activity",
    "Answer",
    "Attachment",
    "Contribution",
    "Extension",
    "Figure",
    "KPIResult",
    "Narrative",
    "Remark",
    "Report",
    "ReportEvent",
    "Round",
    "RoundFile",
    "Spending",
]
