"""The demonstration accounts: one for each role, with one password for all of them."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.models import Membership, Organisation, RoleAssignment, User

# Without letters and digits that look alike, because people type this over from a screen.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
# Without the data of the demonstration there is no partner to work for but this one.
STAND_IN_SLUG = "voorbeeldpartner"
# The accounts work here since before the invented half-year of the demonstration.
VALID_FROM = datetime.date(2018, 1, 1)
REVIEWER = "accounthouder@voorbeeld.nl"
OFFICER = "beleid@voorbeeld.nl"
SUPERVISOR = "toezichthouder@voorbeeld.nl"


class NotADemonstration(Exception):
    """Demonstration accounts were asked for on an installation that is not a demonstration."""


@dataclass(frozen=True)
class DemoAccount:
    role: Role
    email: str
    name: str
    organisation: str = ""


DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(Role.FUNCTIONAL_MANAGER, "beheer@voorbeeld.nl", "Bea Beheer (voorbeeld)"),
    DemoAccount(Role.POLICY_OFFICER, OFFICER, "Bram Beleid (voorbeeld)"),
    DemoAccount(Role.CONTRACT_MANAGER, REVIEWER, "Aya Account (voorbeeld)"),
    DemoAccount(Role.COLLEGE, "college@voorbeeld.nl", "Carlo College (voorbeeld)"),
    DemoAccount(Role.COUNCIL_CLERK, "griffie@voorbeeld.nl", "Gita Griffie (voorbeeld)"),
    DemoAccount(Role.COUNCIL_MEMBER, "raad@voorbeeld.nl", "Rens Raad (voorbeeld)"),
    DemoAccount(Role.ADVISORY_COUNCIL, "adviesraad@voorbeeld.nl", "Ada Advies (voorbeeld)"),
    DemoAccount(Role.AUDITOR, "auditor@voorbeeld.nl", "Otto Onderzoek (voorbeeld)"),
    DemoAccount(Role.SUPERVISOR, SUPERVISOR, "Tessa Toezicht (voorbeeld)"),
    DemoAccount(Role.REPORTER, "rapporteur@voorbeeld.nl", "Roos Rapport (voorbeeld)", "kwadraad"),
    DemoAccount(Role.SIGNATORY, "tekenbevoegde@voorbeeld.nl", "Teun Teken (voorbeeld)", "kwadraad"),
    DemoAccount(Role.READER, "lezer@voorbeeld.nl", "Lies Lezer (voorbeeld)", "kwadraad"),
)
# Who signs or writes for the other partners of the example; only where those partners are.
PARTNER_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(
        Role.SIGNATORY, "gemiva@voorbeeld.nl", "Voorbeeld Tekenbevoegde Gemiva", "gemiva-svg"
    ),
    DemoAccount(
        Role.SIGNATORY, "kwintes@voorbeeld.nl", "Voorbeeld Tekenbevoegde Kwintes", "kwintes"
    ),
    DemoAccount(
        Role.REPORTER, "participe@voorbeeld.nl", "Voorbeeld Rapporteur Participe", "participe"
    ),
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
    """Make what is missing of the accounts and return their password. Idempotent.

    A changed password is set back, so that the printed one is right; names, roles that were ended
    and accounts that were closed stay as somebody left them. Raises ``NotADemonstration`` when
    this installation is not a demonstration (MODE=production); nothing is changed then.
    """
    if not settings.DEMO:
        raise NotADemonstration(
            "Dit is geen demonstratie (MODE=production). Er zijn geen accounts gemaakt."
        )
    password = demo_password()
    with transaction.atomic():
        # One hash for all: hashing is slow by design, and a second start has to be quick.
        held = list(User.objects.filter(email__in=_EMAILS).values_list("password", flat=True))
        encoded = next((each for each in held if check_password(password, each)), "")
        encoded = encoded or make_password(password)
        make_accounts(encoded)
        User.objects.filter(email__in=_EMAILS).exclude(password=encoded).update(password=encoded)
    return password


def works_for(slug: str) -> list[DemoAccount]:
    """The demonstration accounts of one partner."""
    return [account for account in _ALL if account.organisation == slug]


def make_accounts(encoded: str = "") -> dict[str, User]:
    """Make what is missing of the accounts, and return all of them by address.

    A new one gets the hashed password ``encoded``; without one nobody can sign in with it yet.
    """
    users = {user.email: user for user in User.objects.filter(email__in=_EMAILS)}
    partners = {each.slug: each for each in Organisation.objects.filter(slug__in=_PARTNERS)}
    for account in _ALL:
        if account in PARTNER_ACCOUNTS and account.organisation not in partners:
            continue
        user = users.get(account.email)
        if user is None:
            user = User(
                email=account.email,
                name=account.name,
                password=encoded or make_password(None),
                is_demonstration=True,
            )
            user.save()
            users[account.email] = user
        if not user.role_assignments.filter(role=account.role).exists():
            _give_role(user, account, partners)
    return users


def _give_role(user: User, account: DemoAccount, partners: Mapping[str, Organisation]) -> None:
    organisation = None
    if account.role in PARTNER_ROLES:
        organisation = partners.get(account.organisation) or _stand_in()
        if not user.memberships.filter(organisation=organisation).exists():
            Membership.objects.create(user=user, organisation=organisation, valid_from=VALID_FROM)
    RoleAssignment.objects.create(
        user=user,
        role=account.role,
        organisation=organisation,
        valid_from=VALID_FROM,
        authority="Voorbeeld: verzonnen volmacht." if account.role == Role.SIGNATORY else "",
    )


def _stand_in() -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(
        slug=STAND_IN_SLUG,
        defaults={
            "name": "Voorbeeldpartner (demonstratie)",
            "kind": OrganisationKind.PARTNER,
            "description": "Een verzonnen voorbeeld van een partner, voor de demonstratie.",
        },
    )
    return organisation


_ALL = DEMO_ACCOUNTS + PARTNER_ACCOUNTS
_EMAILS = tuple(account.email for account in _ALL)
_PARTNERS = frozenset(account.organisation for account in _ALL if account.organisation)
