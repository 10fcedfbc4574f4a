"""What the database never lets anybody change here: the audit trail and its anchors."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(append_only=("accounts_auditentry", "accounts_auditlink"))
