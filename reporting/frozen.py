"""What the database never lets anybody change here: rounds with all that belongs to them."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(
    append_only=(
        "reporting_extension",
        "reporting_kpiresult",
        "reporting_remark",
        "reporting_reportevent",
        "reporting_round",
        "reporting_roundfile",
    )
)
