"""Rules of roles that cross rows: the database keeps them from every side."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from accounts.constants import OrganisationKind, Role
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


def independent() -> Agreed:
    supervisor = RoleAssignmentFactory.create(role=Role.SUPERVISOR, valid_until=LONG_AGO)
    other = RoleAssignmentFactory.create(
        user=supervisor.user, role=Role.COLLEGE, valid_from=LONG_AGO + DAY
    )
    return {
        "supervisor": (supervisor, {"valid_until": None}),
        "other": (other, {"valid_from": LONG_AGO}),
    }


CASES: dict[str, Callable[[], Agreed]] = {
    "accounts_role_at_partner": at_a_partner,
    "accounts_role_replaces_no_longer": replaced,
    "accounts_supervisor_is_independent": independent,
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
