"""Rules of accounts that rows keep together, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from accounts.constants import SUPERVISED_ROLES, Role
from core.guards.rules import Rule

_SUPERVISED = ", ".join(f"'{role.value}'" for role in sorted(SUPERVISED_ROLES))

RULES = [
    Rule(
        name="accounts_supervisor_is_independent",
        message="De toezichthouder heeft in dezelfde periode geen rol waarop het toezicht ziet.",
        tables={"supervisor": "accounts_roleassignment", "other": "accounts_roleassignment"},
        linked=(
            f"supervisor.user_id = other.user_id AND supervisor.role = '{Role.SUPERVISOR.value}'"
            f" AND other.role IN ({_SUPERVISED})"
        ),
        broken=(
            "(supervisor.valid_until IS NULL OR supervisor.valid_until >= other.valid_from)"
            " AND (other.valid_until IS NULL OR other.valid_until >= supervisor.valid_from)"
        ),
    ),
]
