"""Rules of roles that cross rows, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from accounts.constants import SUPERVISED_ROLES, Role
from core.guards.rules import Rule

_SUPERVISED = ", ".join(f"'{role.value}'" for role in sorted(SUPERVISED_ROLES))

RULES = [
    Rule(
        name="accounts_role_at_partner",
        message="Een rol bij een partner hoort niet bij een gemeente.",
        tables={"held": "accounts_roleassignment", "organisation": "accounts_organisation"},
        linked="organisation.id = held.organisation_id",
        broken="organisation.kind = 'municipality'",
    ),
    Rule(
        name="accounts_role_replaces_no_longer",
        message="Een vervanging valt binnen de tijd van de rol die wordt vervangen.",
        tables={"stand_in": "accounts_roleassignment", "held": "accounts_roleassignment"},
        linked=(
            "held.user_id = stand_in.replaces_id AND held.role = stand_in.role"
            " AND COALESCE(held.organisation_id, 0) = COALESCE(stand_in.organisation_id, 0)"
        ),
        # Whoever is replaced may have held the role more than once.
        broken=(
            "NOT EXISTS (SELECT 1 FROM accounts_roleassignment AS during"
            " WHERE during.user_id = held.user_id AND during.role = held.role"
            " AND COALESCE(during.organisation_id, 0) = COALESCE(held.organisation_id, 0)"
            " AND during.valid_from <= stand_in.valid_from"
            " AND COALESCE(during.valid_until, stand_in.valid_until) >= stand_in.valid_until)"
        ),
    ),
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
