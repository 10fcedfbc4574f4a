"""What the pages over accounts need to be there, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.constants import Role
from core.constants import MailState
from core.models import OutboxMail
from tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory


def somebody() -> Mapping[str, Any]:
    return {"pk": UserFactory.create(holds=[Role.POLICY_OFFICER]).pk}


def an_organisation() -> Mapping[str, Any]:
    return {"pk": OrganisationFactory.create().pk}


def held_role() -> Mapping[str, Any]:
    held = RoleAssignmentFactory.create()
    return {"pk": held.user_id, "role": held.pk}


def a_stranded_mail() -> Mapping[str, Any]:
    mail = OutboxMail.objects.create(
        key="geweigerd",
        to="iemand@example.org",
        subject="Teruggestuurd",
        text="…",
        state=MailState.FAILED,
        error="De mailserver weigert dit bericht.",
    )
    return {"pk": mail.pk, "step": "opnieuw"}


def a_key_of_somebody() -> Mapping[str, Any]:
    key = Authenticator.objects.create(
        user=UserFactory.create(), type=Authenticator.Type.WEBAUTHN, data={"name": "Sleutel"}
    )
    return {"pk": key.pk}
