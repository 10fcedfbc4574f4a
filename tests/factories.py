"""Objects for tests. ``Factory.create(...)`` saves, ``Factory.build(...)`` does not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.models import Membership, Organisation, RoleAssignment, User
from tests.second_step import give_app

PASSWORD = "een-lange-zin-om-te-testen"
LONG_AGO = datetime.date(2015, 1, 1)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Stichting Voorbeeld {n}")
    slug = factory.Sequence(lambda n: f"stichting-voorbeeld-{n}")
    kind = OrganisationKind.PARTNER


class UserFactory(DjangoModelFactory[User]):
    """A user who can sign in with ``PASSWORD``.

    It has an authenticator app, because everybody needs a second step (``second_step=False``: not
    yet); ``tests/second_step.py`` knows its code.

    ``holds=[Role.POLICY_OFFICER]`` gives roles from long ago without an end; roles at a partner go
    with ``of=organisation``, which makes the user a member as well.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"gebruiker{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Gebruiker {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        holds: Iterable[Role] = kwargs.pop("holds", ())
        organisation: Organisation | None = kwargs.pop("of", None)
        enrolled: bool = kwargs.pop("second_step", True)
        user = User.objects.create_user(**{"password": PASSWORD, **kwargs})
        if organisation is not None:
            Membership.objects.create(user=user, organisation=organisation, valid_from=LONG_AGO)
        if enrolled:
            give_app(user)
        for role in holds:
            RoleAssignment.objects.create(
                user=user,
                role=role,
                organisation=organisation if role in PARTNER_ROLES else None,
                valid_from=LONG_AGO,
                authority="Volmacht van 2 januari 2015" if role == Role.SIGNATORY else "",
            )
        return user


class RoleAssignmentFactory(DjangoModelFactory[RoleAssignment]):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.POLICY_OFFICER
    valid_from = LONG_AGO
