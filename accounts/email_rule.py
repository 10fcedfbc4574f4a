"""Which e-mail addresses an organisation takes, asked when a role is given and at single sign-on.

The addresses of a partner are for its roles. Those of a municipality are for staff, and for who
enters by single sign-on; where several municipalities work together, the addresses of each count.
Others (councillors, the advisory council, the auditor, the supervisor) keep addresses of their own.
Without domains there is no rule.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.constants import PARTNER_ROLES, STAFF_ROLES, OrganisationKind, Role
from accounts.domains import LONGEST, fits, in_words, write_domains
from accounts.models import Organisation, RoleAssignment, User
from accounts.trail import record


def staff_domains() -> frozenset[str]:
    """The domains of staff; empty when no municipality has any. One query."""
    texts = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(
        email_domains=""
    )
    return frozenset().union(*(one.domains for one in texts.only("email_domains")))


def domains_for(role: Role, organisation: Organisation | None) -> frozenset[str]:
    """Where the address of who holds ``role`` has to be; empty: anywhere. One query at most."""
    if role in PARTNER_ROLES:
        return frozenset(organisation.domains) if organisation else frozenset()
    return staff_domains() if role in STAFF_ROLES else frozenset()


def check_address(person: User, role: Role, organisation: Organisation | None) -> None:
    """Raise ``ValidationError`` when the address of ``person`` does not fit the role."""
    domains = domains_for(role, organisation)
    if not fits(person.email, domains):
        whose = f"bij {organisation}" if organisation else "van een medewerker van de gemeente"
        raise ValidationError(
            f"Het adres {person.email} past niet bij deze rol: een adres {whose} eindigt op "
            f"{in_words(domains)}."
        )


def _held_under(organisation: Organisation) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.held_now()
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        return held.filter(role__in=STAFF_ROLES)
    return held.filter(organisation=organisation)


def outside(organisation: Organisation, domains: tuple[str, ...]) -> list[User]:
    """Who holds a role under the rule of ``organisation`` with an address that ``domains`` would
    not take. They keep the role. Two queries at most, by name."""
    taken = set(domains)
    if organisation.kind == OrganisationKind.MUNICIPALITY and taken:
        others = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        for one in others.exclude(pk=organisation.pk).only("email_domains"):
            taken.update(one.domains)
    people = User.objects.filter(pk__in=_held_under(organisation).values("user")).order_by("name")
    return [person for person in people if not fits(person.email, taken)] if taken else []


def set_domains(*, organisation: Organisation, domains: tuple[str, ...], user: User) -> None:
    """From now on a role at ``organisation`` asks for an address at one of ``domains``.

    Who holds a role already keeps it. Raises ``ValidationError``.
    """
    text = write_domains(domains)
    if len(text) > LONGEST:
        raise ValidationError("Dit zijn te veel adressen. Houd het bij de adressen die nodig zijn.")
    with transaction.atomic():
        # What stands there now is what the trail calls the former value.
        held = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if held.email_domains == text:
            raise ValidationError("Er is niets gewijzigd.")
        Organisation.objects.filter(pk=organisation.pk).update(email_domains=text)
        record(
            "email_domains_set",
            actor=user,
            target=f"organisatie {organisation.slug}",
            details={"was": held.email_domains or "geen", "wordt": text or "geen"},
        )
    organisation.email_domains = text
