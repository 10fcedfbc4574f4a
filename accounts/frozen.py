"""What the database never lets anybody change here: audit trail, history of texts, reviews."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(
    append_only=(
        "accounts_accessreview",
        "accounts_auditentry",
        "accounts_auditlink",
        "accounts_change",
    )
)
