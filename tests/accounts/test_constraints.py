"""What people, organisations and what people may do for them can never be."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import models

from accounts.constants import AuditResult, ReviewScope, Role
from accounts.models import AccessReview, AuditEntry, AuditLink, Change, Membership
from tests.constraints import Spoilt, assert_refused, constraint_names, spoil, spoilt
from tests.factories import (
    LONG_AGO,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)


def same_address() -> models.Model:
    return spoil(UserFactory.create(), email=UserFactory.create().email.upper())


def same_number() -> models.Model:
    OrganisationFactory.create(kvk_number="12345678")
    return spoil(OrganisationFactory.create(), kvk_number="12345678")


def membership(**fields: Any) -> Membership:
    known = {"user": UserFactory.create(), "organisation": OrganisationFactory.create()}
    return Membership.objects.create(**{**known, "valid_from": LONG_AGO, **fields})


def second_membership() -> models.Model:
    first = membership()
    return spoil(membership(user=first.user), organisation=first.organisation)


def second_role(**fields: Any) -> models.Model:
    """The same role from the same day on, where it began a day earlier."""
    first = RoleAssignmentFactory.create(**fields)
    row = RoleAssignmentFactory.create(user=first.user, valid_from=BEFORE, **fields)
    return spoil(row, valid_from=LONG_AGO)


def second_role_at_a_partner() -> models.Model:
    return second_role(role=Role.REPORTER, organisation=OrganisationFactory.create())


def link(**fields: Any) -> AuditLink:
    entry = AuditEntry.objects.create(action="sign_in", result=AuditResult.DONE)
    return AuditLink(**{"number": 1, "entry": entry, "hash": "0" * 64, **fields})


def himself() -> models.Model:
    row = RoleAssignmentFactory.create(valid_until=LONG_AGO)
    return spoil(row, replaces=row.user)


def signatory() -> models.Model:
    partner = OrganisationFactory.create()
    return RoleAssignmentFactory.create(
        role=Role.SIGNATORY, organisation=partner, authority="Volmacht"
    )


def review(**fields: Any) -> AccessReview:
    """Reviews are never changed, so this one was never right."""
    known = {"scope": ReviewScope.ALL, "note": "Alles klopt.", "assignments": 1}
    return AccessReview(**{**known, "reviewer": UserFactory.create(), **fields})


CASES: dict[str, Spoilt] = {
    "accounts_user_email_unique": same_address,
    "accounts_organisation_kvk_unique": same_number,
    "accounts_organisation_kvk_digits": spoilt(OrganisationFactory, kvk_number="123"),
    "accounts_organisation_email_domains": spoilt(OrganisationFactory, email_domains="@a.nl"),
    "accounts_organisation_merge_kind": lambda: spoil(
        OrganisationFactory.create(),
        merge_kind="ruzie",
        merge_reason="Zo maar.",
        merged_on=BEFORE,
        merged_into=OrganisationFactory.create(),
    ),
    "accounts_organisation_merged": spoilt(OrganisationFactory, merged_on=BEFORE),
    "accounts_organisation_kind": spoilt(OrganisationFactory, kind="buurman"),
    "accounts_membership_period": lambda: spoil(membership(), valid_until=BEFORE),
    "accounts_membership_unique": second_membership,
    "accounts_role_period": spoilt(RoleAssignmentFactory, valid_until=BEFORE),
    "accounts_role_organisation": spoilt(RoleAssignmentFactory, role=Role.REPORTER),
    "accounts_role_known": spoilt(RoleAssignmentFactory, role="king"),
    "accounts_role_unique": second_role,
    "accounts_role_at_organisation_unique": second_role_at_a_partner,
    "accounts_role_replaces_for_a_time": lambda: spoil(
        RoleAssignmentFactory.create(), replaces=UserFactory.create()
    ),
    "accounts_role_replaces_another": himself,
    "accounts_role_signatory_has_proof": lambda: spoil(signatory(), authority=""),
    "accounts_review_scope": lambda: review(scope="some"),
    "accounts_review_has_note": lambda: review(note=""),
    # Rows of the audit trail and of the history are never changed, so these were never right.
    "accounts_change_action": lambda: Change(
        action="vergeten", whole="goal-1", part="goal-1", kind="doel", name="Bewegen", fields=[]
    ),
    "accounts_audit_result": lambda: AuditEntry(action="sign_in", result="misschien"),
    "accounts_audit_link_number": lambda: link(number=0),
    "accounts_audit_link_hash": lambda: link(hash="kort"),
}


@pytest.mark.parametrize("name", CASES)
def test_validation_and_database_refuse_what_breaks_a_rule(name: str) -> None:
    assert_refused(CASES[name](), name)


def test_every_constraint_of_accounts_is_tried() -> None:
    assert set(CASES) == constraint_names("accounts")


def test_one_role_may_be_held_at_two_partners_and_once_more_later() -> None:
    here, there = OrganisationFactory.create(), OrganisationFactory.create()
    user = UserFactory.create()
    for organisation, day in ((here, LONG_AGO), (there, LONG_AGO), (here, BEFORE)):
        RoleAssignmentFactory.create(
            user=user, role=Role.REPORTER, organisation=organisation, valid_from=day
        )
    assert user.role_assignments.count() == 3
