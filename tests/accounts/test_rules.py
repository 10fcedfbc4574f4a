"""Rules of roles that cross rows: the database keeps them from every side."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.models import RoleAssignment
from tests.database_guards import Agreed, assert_kept, broken, every_side, rules_of
from tests.factories import (
    LONG_AGO,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LAST = LONG_AGO + datetime.timedelta(days=100)
DAY = datetime.timedelta(days=1)
MUNICIPALITY = OrganisationKind.MUNICIPALITY


def at_a_partner() -> Agreed:
    partner = OrganisationFactory.create()
    held = RoleAssignmentFactory.create(role=Role.READER, organisation=partner)
    elsewhere = OrganisationFactory.create(kind=MUNICIPALITY)
    return {
        "held": (held, {"organisation": elsewhere}),
        "organisation": (partner, {"kind": MUNICIPALITY}),
    }


def replaced(**fields: object) -> Agreed:
    held = RoleAssignmentFactory.create(valid_until=LAST, **fields)
    stand_in = RoleAssignmentFactory.create(replaces=held.user, valid_until=LAST, **fields)
    return {
        "stand_in": (stand_in, {"valid_until": LAST + DAY}),
        "held": (held, {"valid_until": LAST - DAY}),
    }


def of_a_holder() -> Agreed:
    held = RoleAssignmentFactory.create(valid_until=LAST)
    stand_in = RoleAssignmentFactory.create(replaces=held.user, valid_until=LAST)
    return {"stand_in": (stand_in, {"replaces": UserFactory.create(holds=[Role.AUDITOR])})}


def apart(first: Role, second: Role) -> Callable[[], Agreed]:
    def made() -> Agreed:
        partner = OrganisationFactory.create() if first in PARTNER_ROLES else None
        one = RoleAssignmentFactory.create(role=first, organisation=partner, valid_until=LONG_AGO)
        other = RoleAssignmentFactory.create(user=one.user, role=second, valid_from=LONG_AGO + DAY)
        return {"one": (one, {"valid_until": None}), "other": (other, {"valid_from": LONG_AGO})}

    return made


CASES: dict[str, Callable[[], Agreed]] = {
    "accounts_role_at_partner": at_a_partner,
    "accounts_role_replaces_no_longer": replaced,
    "accounts_role_replaces_a_holder": of_a_holder,
    "accounts_supervisor_is_independent": apart(Role.SUPERVISOR, Role.COLLEGE),
    "accounts_auditor_is_independent": apart(Role.AUDITOR, Role.POLICY_OFFICER),
    "accounts_partner_is_no_staff": apart(Role.READER, Role.CONTRACT_MANAGER),
}


@pytest.mark.parametrize(("name", "alias"), every_side("accounts"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("accounts")[name], alias, CASES[name])


def test_a_role_at_a_partner_is_replaced_no_longer_there_either() -> None:
    rule = rules_of("accounts")["accounts_role_replaces_no_longer"]
    partner = OrganisationFactory.create()
    assert_kept(rule, "held", lambda: replaced(role=Role.READER, organisation=partner))


def test_who_is_replaced_may_have_held_the_role_more_than_once() -> None:
    rule = rules_of("accounts")["accounts_role_replaces_no_longer"]
    person = UserFactory.create(holds=[Role.AUDITOR])
    RoleAssignment.objects.filter(user=person).update(valid_until=LAST)
    again = LAST + 10 * DAY
    RoleAssignmentFactory.create(user=person, role=Role.AUDITOR, valid_from=again)
    RoleAssignmentFactory.create(
        replaces=person, role=Role.AUDITOR, valid_from=again, valid_until=again + DAY
    )
    assert broken(rule) == []
