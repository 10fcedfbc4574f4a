"""Roles of today, and the door that asks for one."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.access import require_role, roles_of
from accounts.constants import Role
from accounts.models import Organisation, User
from tests.factories import RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_roles_over_all_organisations_take_one_query(
    partner: Organisation,
    coalition_partner: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = UserFactory.create(holds=[Role.REPORTER, Role.SIGNATORY], of=partner)
    RoleAssignmentFactory.create(user=user, role=Role.REPORTER, organisation=coalition_partner)
    RoleAssignmentFactory.create(user=user, role=Role.COUNCIL_MEMBER)
    with django_assert_num_queries(1):
        assert roles_of(user) == {Role.REPORTER, Role.SIGNATORY, Role.COUNCIL_MEMBER}


def test_a_role_of_somebody_else_is_not_yours(officer: User, outsider: User) -> None:
    assert roles_of(officer) == {Role.POLICY_OFFICER}
    assert roles_of(outsider) == frozenset()


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (0, None, True),
        (0, 0, True),
        (-10, 0, True),
        (1, None, False),
        (-10, -1, False),
        (1, 10, False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    starts: int, ends: int | None, holds: bool
) -> None:
    today = timezone.localdate()
    assignment = RoleAssignmentFactory.create(
        valid_from=today + starts * DAY, valid_until=None if ends is None else today + ends * DAY
    )
    assert bool(roles_of(assignment.user)) is holds


def test_who_is_not_active_or_not_signed_in_holds_nothing() -> None:
    gone = UserFactory.create(is_active=False, holds=[Role.FUNCTIONAL_MANAGER])
    assert roles_of(gone) == frozenset()
    assert roles_of(AnonymousUser()) == frozenset()


@require_role(Role.POLICY_OFFICER, Role.CONTRACT_MANAGER)
def guarded(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"page {number}")


def ask(user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = user
    response = guarded(request, 7)
    assert isinstance(response, HttpResponse)
    return response


def test_a_holder_of_one_of_the_roles_comes_in(officer: User, manager: User) -> None:
    assert ask(officer).content == b"page 7"
    assert ask(manager).content == b"page 7"


def test_others_are_refused_with_the_roles_that_may(outsider: User, auditor: User) -> None:
    for user in (outsider, auditor, AnonymousUser()):
        with pytest.raises(PermissionDenied, match=r"is voor: accounthouder, beleidsmedewerker\."):
            ask(user)
