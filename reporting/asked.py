"""What the municipality asked about a round, for the partner to answer in the draft."""

from __future__ import annotations

from reporting.constants import ReportStatus
from reporting.models import Remark, Report
from reporting.sheet import Block


def remarks_on(report: Report) -> list[Remark]:
    """What was asked about the newest round that got remarks. One query."""
    rows = list(
        Remark.objects.filter(round__report=report.pk)
        .select_related("round", "author")
        .order_by("-round__number", "pk")
    )
    return [remark for remark in rows if remark.round_id == rows[0].round_id]


def answer_key(remark: Remark) -> str:
    """Under which the answer to ``remark`` is stored in the draft."""
    return f"remark-{remark.pk}"


def is_about(remark: Remark, block: Block) -> bool:
    """Whether ``remark`` is on a field of this block; a value has several parts."""
    return bool(remark.key) and any(key.startswith(remark.key) for key in block.keys)


def note_of_return(report: Report) -> str:
    """What came with the report when it was last sent back; empty when it was not. One query."""
    back = report.events.filter(to_status=ReportStatus.RETURNED).order_by("-pk").first()
    return back.note if back and report.status == ReportStatus.RETURNED else ""
