"""Rules of roles that cross rows, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.constants import SEPARATIONS, Role
from core.guards.rules import Rule


def _quoted(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in sorted(roles))


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
        # The rule before this one compares two rows, and is silent where there is no second one.
        name="accounts_role_replaces_a_holder",
        message="Wie wordt vervangen, heeft deze rol zelf niet.",
        tables={"stand_in": "accounts_roleassignment"},
        linked="stand_in.replaces_id IS NOT NULL",
        broken=(
            "NOT EXISTS (SELECT 1 FROM accounts_roleassignment AS other"
            " WHERE other.user_id = stand_in.replaces_id AND other.role = stand_in.role"
            " AND COALESCE(other.organisation_id, 0) = COALESCE(stand_in.organisation_id, 0))"
        ),
    ),
    *(
        Rule(
            name=f"accounts_{each.name}",
            message="Deze rollen heeft niemand in dezelfde periode. " + each.why,
            tables={"one": "accounts_roleassignment", "other": "accounts_roleassignment"},
            linked=(
                f"one.user_id = other.user_id AND one.role IN ({_quoted(each.roles)})"
                f" AND other.role IN ({_quoted(each.others)})"
            ),
            broken=(
                "(one.valid_until IS NULL OR one.valid_until >= other.valid_from)"
                " AND (other.valid_until IS NULL OR other.valid_until >= one.valid_from)"
            ),
        )
        for each in SEPARATIONS
    ),
]
