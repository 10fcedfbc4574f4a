"""What the database never lets anybody change here: the audit trail, its chain, the history."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

ROWS = FrozenRows(append_only=("accounts_auditentry", "accounts_auditlink", "accounts_change"))
