"""What the database refuses about people, organisations and roles."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.constants import PARTNER_ROLES, Role
from accounts.models import Membership, Organisation, RoleAssignment, User
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 15)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def refused_by_the_database(create: Any, **columns: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        create(**columns)


def test_an_address_is_kept_in_lower_case_and_found_in_any() -> None:
    user = User.objects.create_user(" Olga@Voorbeeld.TEST ", name="Olga")
    assert user.email == "olga@voorbeeld.test"
    assert User.objects.get_by_natural_key("OLGA@voorbeeld.test") == user


def test_one_address_is_one_account_whatever_its_case() -> None:
    UserFactory.create(email="olga@voorbeeld.test")
    double = User(email="Olga@Voorbeeld.test", name="Olga", password="x")
    with pytest.raises(ValidationError, match="Er is al een account"):
        double.full_clean()
    refused_by_the_database(User.objects.create, email=double.email, name="Olga")


def test_an_account_without_a_password_cannot_be_signed_in_to() -> None:
    assert not User.objects.create_user("a@voorbeeld.test").has_usable_password()


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨"])
def test_a_kvk_number_has_eight_digits(number: str) -> None:
    with pytest.raises(ValidationError, match=r"acht cijfers|maximaal 8"):
        OrganisationFactory.build(kvk_number=number).full_clean()
    if len(number) <= 8:
        refused_by_the_database(Organisation.objects.create, name="A", slug="a", kvk_number=number)


def test_an_organisation_is_of_a_known_kind() -> None:
    with pytest.raises(ValidationError, match="Deze soort organisatie bestaat niet"):
        OrganisationFactory.build(kind="buurman").validate_constraints()
    refused_by_the_database(Organisation.objects.create, name="A", slug="a", kind="buurman")


def test_a_kvk_number_belongs_to_one_organisation_but_may_be_unknown_for_many() -> None:
    OrganisationFactory.create(kvk_number="12345678")
    refused_by_the_database(Organisation.objects.create, name="B", slug="b", kvk_number="12345678")
    OrganisationFactory.create(kvk_number="")
    OrganisationFactory.create(kvk_number="")
    assert Organisation.objects.filter(kvk_number="").count() == 2


@pytest.mark.parametrize("model", [Membership, RoleAssignment])
def test_what_ends_before_it_starts_is_refused(model: Any) -> None:
    columns: dict[str, Any] = {
        "user": UserFactory.create(),
        "organisation": OrganisationFactory.create(),
        "valid_from": TODAY,
        "valid_until": YESTERDAY,
    }
    if model is RoleAssignment:
        columns["role"] = Role.REPORTER
    with pytest.raises(ValidationError, match="De einddatum ligt voor de begindatum"):
        model(**columns).full_clean()
    refused_by_the_database(model.objects.create, **columns)


@pytest.mark.parametrize("model", [Membership, RoleAssignment])
def test_one_day_is_a_period(model: Any) -> None:
    columns: dict[str, Any] = {
        "user": UserFactory.create(),
        "organisation": OrganisationFactory.create(),
        "valid_from": TODAY,
        "valid_until": TODAY,
    }
    if model is RoleAssignment:
        columns["role"] = Role.REPORTER
    model(**columns).full_clean()
    model.objects.create(**columns)
    assert model.objects.count() == 1


def test_a_membership_is_written_down_once() -> None:
    columns = {
        "user": UserFactory.create(),
        "organisation": OrganisationFactory.create(),
        "valid_from": TODAY,
    }
    Membership.objects.create(**columns)
    refused_by_the_database(Membership.objects.create, **columns)


@pytest.mark.parametrize("role", Role)
def test_only_a_role_at_a_partner_names_an_organisation(role: Role) -> None:
    user, organisation = UserFactory.create(), OrganisationFactory.create()
    wrong = None if role in PARTNER_ROLES else organisation
    right = organisation if role in PARTNER_ROLES else None
    proof = "Volmacht" if role == Role.SIGNATORY else ""
    refused_by_the_database(
        RoleAssignment.objects.create,
        user=user,
        role=role,
        organisation=wrong,
        valid_from=TODAY,
        authority=proof,
    )
    with pytest.raises(ValidationError, match="hoort bij één organisatie"):
        RoleAssignment(user=user, role=role, organisation=wrong, valid_from=TODAY).full_clean()
    RoleAssignment.objects.create(
        user=user, role=role, organisation=right, valid_from=TODAY, authority=proof
    )


def test_a_role_that_does_not_exist_is_refused() -> None:
    refused_by_the_database(
        RoleAssignment.objects.create, user=UserFactory.create(), role="king", valid_from=TODAY
    )


def test_who_holds_a_role_cannot_be_deleted() -> None:
    user = UserFactory.create(holds=[Role.AUDITOR])
    with pytest.raises(ProtectedError):
        user.delete()
