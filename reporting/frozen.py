"""What the database never lets anybody change here: rounds with all that belongs to them."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(
    append_only=(
        "reporting_extension",
        "reporting_remark",
        "reporting_reportevent",
        "reporting_round",
        "reporting_roundfile",
    ),
    # What is not published of a result is decided when its round is accepted.
    kept={"reporting_kpiresult": ("1 = 1", ("withheld",))},
)
