"""Whose account somebody enters who signed in at the provider of the municipality (decision 26)."""

from __future__ import annotations

import uuid

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import tell
from accounts.constants import PARTNER_ROLES
from accounts.domains import fits
from accounts.email_rule import staff_domains
from accounts.models import RoleAssignment, User
from accounts.oidc import Identity
from accounts.sign_on_words import Reason, Refused
from accounts.trail import record


def person_of(identity: Identity) -> User:
    """The account of ``identity``: entered before, linked now, or new and without any right.

    Raises ``Refused``; then nothing changed.
    """
    try:
        with transaction.atomic():
            return _person_of(identity)
    except IntegrityError:
        # The same person came in through another window at the same moment.
        with transaction.atomic():
            return _person_of(identity)


def _person_of(identity: Identity) -> User:
    known = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject)
    linked = known.select_related("user").first()
    domains = staff_domains()
    if linked is not None:
        person: User = linked.user
        _check_open(person)
        if not fits(person.email, domains):
            raise Refused(Reason.DOMAIN, person.pk)
        return person
    if not identity.email:
        raise Refused(Reason.NO_ADDRESS)
    if not identity.is_verified:
        raise Refused(Reason.UNVERIFIED)
    if not fits(identity.email, domains):
        raise Refused(Reason.DOMAIN)
    found = User.objects.select_for_update().filter(email__iexact=identity.email).first()
    if found is None:
        return _made(identity)
    _check_open(found)
    if RoleAssignment.objects.filter(user=found, role__in=PARTNER_ROLES).exists():
        raise Refused(Reason.PARTNER, found.pk)
    if not domains:
        raise Refused(Reason.NO_RULE, found.pk)
    if SocialAccount.objects.filter(user=found).exists():
        raise Refused(Reason.OTHER, found.pk)
    _link(found, identity)
    record("work_account_linked", actor=found, target=_page(found))
    tell(
        found,
        "work_account_linked",
        key=f"work-account-linked:{found.pk}:{uuid.uuid4().hex}",
        provider_name=settings.OIDC_NAME,
    )
    return found


def _check_open(person: User) -> None:
    if person.is_demonstration:
        raise Refused(Reason.DEMONSTRATION, person.pk)
    if not person.is_active:
        raise Refused(Reason.CLOSED, person.pk)


def _made(identity: Identity) -> User:
    person = User(email=identity.email, name=identity.name)
    person.set_unusable_password()
    person.save()
    _link(person, identity)
    record("account_made_at_sign_on", actor=person, target=_page(person))
    return person


def _link(person: User, identity: Identity) -> None:
    # Nothing of what the provider told is kept, but for its name of the person.
    SocialAccount.objects.create(user=person, provider=identity.issuer, uid=identity.subject)


def unlink(*, person: User, user: User) -> None:
    """``person`` is known by no account of work any more; the next sign-on links or refuses anew.

    For who got another account of work with the same address. Raises ``ValidationError``.
    """
    with transaction.atomic():
        gone, _per_kind = SocialAccount.objects.filter(user=person).delete()
        if not gone:
            raise ValidationError(f"{person.name} heeft geen gekoppeld werkaccount.")
        record("work_account_unlinked", actor=user, target=_page(person))


def _page(person: User) -> str:
    return reverse("account_manage", kwargs={"pk": person.pk})
