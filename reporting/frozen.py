"""What the database never lets anybody change here: rounds, and published supervision."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

_OF_A_PUBLISHED_REPORT = (
    "EXISTS (SELECT 1 FROM reporting_supervisionreport AS supervision"
    " WHERE supervision.id = {row}.report_id AND supervision.published_at IS NOT NULL)"
)
ROWS = FrozenRows(
    append_only=(
        "reporting_extension",
        "reporting_remark",
        "reporting_reportevent",
        "reporting_round",
        "reporting_roundfile",
        "reporting_supervisionanswer",
    ),
    locked={
        "reporting_supervisiondocument": _OF_A_PUBLISHED_REPORT,
        "reporting_supervisionfinding": _OF_A_PUBLISHED_REPORT,
    },
    kept={
        # What is not published of a result is decided when its round is accepted.
        "reporting_kpiresult": ("1 = 1", ("withheld",)),
        "reporting_supervisionreport": ("{row}.published_at IS NOT NULL", ()),
    },
)
