"""Supervision is independent: who holds the role has no hand in what it looks at."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.constants import PARTNER_ROLES, STAFF_ROLES, SUPERVISED_ROLES, Role, excluded_by
from accounts.models import Change, RoleAssignment, User
from core.guards import rules
from tests.factories import LONG_AGO, OrganisationFactory, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

FREE = frozenset(Role) - SUPERVISED_ROLES - {Role.SUPERVISOR}
SENTENCE = "De toezichthouder is onafhankelijk"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(client: Client, functional_manager: User) -> Client:
    client.force_login(functional_manager)
    return client


def proof(role: Role) -> str:
    return "Volmacht van het bestuur" if role == Role.SIGNATORY else ""


def given(role: Role, **fields: Any) -> RoleAssignment:
    organisation = OrganisationFactory.create() if role in PARTNER_ROLES else None
    held: RoleAssignment = RoleAssignmentFactory.create(
        role=role, organisation=organisation, authority=proof(role), **fields
    )
    return held


def wanted(held: RoleAssignment, role: Role, **fields: Any) -> RoleAssignment:
    organisation = OrganisationFactory.create() if role in PARTNER_ROLES else None
    told = {"role": role, "organisation": organisation, "authority": proof(role)}
    known = {"user": held.user, **told}
    return RoleAssignment(**{**known, "valid_from": LONG_AGO, **fields})


def refuses_both(one: RoleAssignment) -> None:
    with pytest.raises(ValidationError, match=SENTENCE):
        one.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_what_excludes_is_excluded() -> None:
    assert {role for role in Role if Role.SUPERVISOR in excluded_by(role)} == SUPERVISED_ROLES
    assert excluded_by(Role.SUPERVISOR) == SUPERVISED_ROLES
    assert excluded_by(Role.AUDITOR) == SUPERVISED_ROLES
    assert excluded_by(Role.READER) == STAFF_ROLES | {Role.COLLEGE, Role.SUPERVISOR, Role.AUDITOR}
    assert all(excluded_by(role) == frozenset() for role in FREE - {Role.AUDITOR})


def test_who_is_of_a_partner_does_not_judge_reports_as_well() -> None:
    one = wanted(given(Role.SIGNATORY), Role.CONTRACT_MANAGER)
    with pytest.raises(ValidationError, match="Wie bij een partner rapporteert"):
        one.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_who_audits_made_nothing_of_it() -> None:
    one = wanted(given(Role.POLICY_OFFICER), Role.AUDITOR)
    with pytest.raises(ValidationError, match="De auditor is onafhankelijk"):
        one.full_clean()


@pytest.mark.parametrize("role", sorted(SUPERVISED_ROLES))
def test_the_model_and_the_database_refuse_both_orders(role: Role) -> None:
    refuses_both(wanted(given(role), Role.SUPERVISOR))
    refuses_both(wanted(given(Role.SUPERVISOR), role))


@pytest.mark.parametrize("role", sorted(FREE))
def test_other_roles_go_together_with_it(role: Role) -> None:
    one = wanted(given(role), Role.SUPERVISOR)
    one.full_clean()
    one.save()
    assert one.user.role_assignments.count() == 2


@pytest.mark.parametrize(
    ("held", "first", "last", "together"),
    [
        ((10, 20), 20, 30, True),
        ((10, 20), 21, 30, False),
        ((10, 20), 1, 9, False),
        ((10, 20), 1, 10, True),
        ((10, 20), 1, None, True),
        ((10, None), 1, 9, False),
        ((10, None), 11, 12, True),
        ((10, 20), 21, None, False),
    ],
)
def test_only_days_that_both_hold_are_refused(
    held: tuple[int, int | None], first: int, last: int | None, together: bool
) -> None:
    def day(number: int | None) -> datetime.date | None:
        return None if number is None else datetime.date(2026, 1, number)

    policy = given(Role.POLICY_OFFICER, valid_from=day(held[0]), valid_until=day(held[1]))
    one = wanted(policy, Role.SUPERVISOR, valid_from=day(first), valid_until=day(last))
    if together:
        refuses_both(one)
    else:
        one.full_clean()
        one.save()
    assert RoleAssignment.objects.clashing().count() == 0


def test_an_assignment_is_no_obstacle_to_itself() -> None:
    given(Role.SUPERVISOR).full_clean()


# -- the screens -----------------------------------------------------------------------------------
def test_the_functional_manager_gives_the_role(desk: Client, outsider: User) -> None:
    typed = {"role": "supervisor", "valid_from": str(timezone.localdate())}
    page = desk.post(reverse("role_add", args=[outsider.pk]), typed, follow=True)
    assert "De rol toezichthouder is gegeven." in page.content.decode()
    assert outsider.role_assignments.get().role == Role.SUPERVISOR


@pytest.mark.parametrize(
    ("holds", "asked", "words"),
    [
        (Role.POLICY_OFFICER, Role.SUPERVISOR, "al beleidsmedewerker"),
        (Role.SUPERVISOR, Role.COLLEGE, "al toezichthouder"),
    ],
)
def test_the_form_says_why_it_refuses(holds: Role, asked: Role, words: str, desk: Client) -> None:
    person = UserFactory.create(holds=[holds])
    typed = {"role": asked.value, "valid_from": str(timezone.localdate())}
    page = desk.post(reverse("role_add", args=[person.pk]), typed).content.decode()
    assert words in page
    assert SENTENCE in page
    assert person.role_assignments.count() == 1


def test_the_review_of_access_shows_a_pair_from_before_the_rule(desk: Client) -> None:
    held = given(Role.SUPERVISOR, user__name="Twee Petten")
    address = reverse("access_review")
    assert "niet samen" not in desk.get(address).content.decode()
    rules.remove(connection)
    wanted(held, Role.CONTRACT_MANAGER).save()
    given(Role.CONTRACT_MANAGER, user__name="Eén Pet")
    page = desk.get(address).content.decode()
    assert "Eén persoon heeft rollen die niet samengaan." in page
    assert page.count("gaat niet samen met") == 2
    rows = desk.get(reverse("access_csv")).content.decode().splitlines()
    assert [row.endswith("ja") for row in rows if "Twee Petten" in row] == [True, True]
    assert [row.endswith("ja") for row in rows if "Eén Pet" in row] == [False]


def test_a_change_in_a_private_whole_is_not_in_the_list_of_all_changes(
    client: Client, auditor: User
) -> None:
    known = {"kind": "jaarverslag", "action": "added", "page": "/", "fields": []}
    for name, is_private in (("Alleen voor mij", True), ("Voor wie meewerkt", False)):
        whole = {"whole": f"row-{is_private:d}", "part": f"row-{is_private:d}"}
        Change.objects.create(**known, **whole, whole_name=name, name=name, is_private=is_private)
    client.force_login(auditor)
    page = client.get(reverse("change_list")).content.decode()
    assert "Voor wie meewerkt" in page
    assert "Alleen voor mij" not in page
