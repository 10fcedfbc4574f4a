"""Giving somebody an account."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Membership, Organisation, RoleAssignment, User
from core.outbox import queue_mail


def give_account(
    *, email: str, name: str, role: Role, organisation: Organisation | None = None
) -> User:
    """An account with ``role`` from today on, and a mail with which its owner chooses a password.

    Until then nobody can sign in with it. A role at a partner needs ``organisation``, and makes a
    member of it. All or nothing. Raises ``ValidationError`` with what is wrong.
    """
    today = timezone.localdate()
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise ValidationError(f"Er is al een account met het adres {email}.")
    with transaction.atomic():
        user = User(email=email, name=name.strip())
        user.set_unusable_password()
        user.full_clean()
        user.save()
        if organisation is not None:
            Membership.objects.create(user=user, organisation=organisation, valid_from=today)
        held = RoleAssignment(user=user, role=role, organisation=organisation, valid_from=today)
        held.full_clean()
        held.save()
        _tell(user)
    return user


def _tell(user: User) -> None:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    content = {
        "user": user,
        "municipality_name": settings.MUNICIPALITY_NAME,
        "password_reset_url": settings.BASE_URL + path.replace("UID-KEY", key),
        "forgotten_url": settings.BASE_URL + reverse("account_reset_password"),
    }
    queue_mail(
        to=user.email,
        subject=render_to_string("account/email/account_given_subject.txt", content).strip(),
        text=render_to_string("account/email/account_given_message.txt", content).strip(),
        key=f"account-given:{user.pk}",
    )
