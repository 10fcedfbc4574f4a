"""The demonstration accounts: one for each role, with one password for all of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.models import Membership, Organisation, RoleAssignment, User

# Without letters and digits that look alike, because people type this over from a screen.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
EXAMPLE_ORGANISATION_SLUG = "voorbeeldpartner"


class NotADemonstration(Exception):
    """Demonstration accounts were asked for on an installation that is not a demonstration."""


@dataclass(frozen=True)
class DemoAccount:
    role: Role
    email: str
    name: str


DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(Role.FUNCTIONAL_MANAGER, "beheer@voorbeeld.nl", "Bea Beheer (voorbeeld)"),
    DemoAccount(Role.POLICY_OFFICER, "beleid@voorbeeld.nl", "Bram Beleid (voorbeeld)"),
    DemoAccount(Role.CONTRACT_MANAGER, "accounthouder@voorbeeld.nl", "Aya Account (voorbeeld)"),
    DemoAccount(Role.COLLEGE, "college@voorbeeld.nl", "Carlo College (voorbeeld)"),
    DemoAccount(Role.COUNCIL_CLERK, "griffie@voorbeeld.nl", "Gita Griffie (voorbeeld)"),
    DemoAccount(Role.COUNCIL_MEMBER, "raad@voorbeeld.nl", "Rens Raad (voorbeeld)"),
    DemoAccount(Role.ADVISORY_COUNCIL, "adviesraad@voorbeeld.nl", "Ada Advies (voorbeeld)"),
    DemoAccount(Role.AUDITOR, "auditor@voorbeeld.nl", "Otto Onderzoek (voorbeeld)"),
    DemoAccount(Role.REPORTER, "rapporteur@voorbeeld.nl", "Roos Rapport (voorbeeld)"),
    DemoAccount(Role.SIGNATORY, "tekenbevoegde@voorbeeld.nl", "Teun Teken (voorbeeld)"),
    DemoAccount(Role.READER, "lezer@voorbeeld.nl", "Lies Lezer (voorbeeld)"),
)


def demo_password() -> str:
    """The password of this installation's demonstration accounts, made once and kept in DATA_DIR.

    It differs per installation: a demonstration that is shown to others by mistake has no password
    that everybody can read in the source.
    """
    path = Path(settings.DATA_DIR) / "demo-password"
    if path.exists():
        return path.read_text().strip()
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    password = "-".join(groups)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(password + "\n")
    return password


def ensure_demo_accounts() -> str:
    """Make what is missing of ``DEMO_ACCOUNTS`` and return their password. Idempotent.

    A changed password is set back, so that the printed one is right; names, roles that were ended
    and accounts that were closed stay as somebody left them. Raises ``NotADemonstration`` when
    this installation is not a demonstration (MODE=production); nothing is changed then.
    """
    if not settings.DEMO:
        raise NotADemonstration(
            "Dit is geen demonstratie (MODE=production). Er zijn geen accounts gemaakt."
        )
    password = demo_password()
    emails = [account.email for account in DEMO_ACCOUNTS]
    with transaction.atomic():
        users = {user.email: user for user in User.objects.filter(email__in=emails)}
        # One hash for all: hashing is slow by design, and a second start has to be quick.
        encoded = next((user.password for user in users.values()), "")
        if not check_password(password, encoded):
            encoded = make_password(password)
        partner, _ = Organisation.objects.get_or_create(
            slug=EXAMPLE_ORGANISATION_SLUG,
            defaults={
                "name": "Voorbeeldpartner (demonstratie)",
                "kind": OrganisationKind.PARTNER,
                "description": "Een verzonnen voorbeeld van een partner, voor de demonstratie.",
            },
        )
        today = timezone.localdate()
        for account in DEMO_ACCOUNTS:
            user = users.get(account.email)
            if user is None:
                user = User(email=account.email, name=account.name, password=encoded)
                user.save()
            elif user.password != encoded:
                user.password = encoded
                user.save(update_fields=["password"])
            organisation = partner if account.role in PARTNER_ROLES else None
            if organisation and not user.memberships.filter(organisation=organisation).exists():
                Membership.objects.create(user=user, organisation=organisation, valid_from=today)
            if not user.role_assignments.filter(role=account.role).exists():
                RoleAssignment.objects.create(
                    user=user, role=account.role, organisation=organisation, valid_from=today
                )
    return password
