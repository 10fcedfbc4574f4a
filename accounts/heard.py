"""What Django and allauth tell of signing in: put in the session and the trail, and mailed.

Their views have no action of ours to do it in: these signals are where they let others in.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import idle
from accounts.constants import AuditResult
from accounts.factor_forms import is_first_use
from accounts.models import User
from accounts.second_step import LABELS, is_settled
from accounts.trail import record

CODES = Authenticator.Type.RECOVERY_CODES


def _told(authenticator: Any) -> dict[str, str]:
    return {"soort": LABELS[authenticator.type]}


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The session begins with what is asked of it at every page, so that no page asks again."""
    is_settled(request, user)
    idle.begin(request, user)


@receiver(password_reset)
def chose_again(user: User, **kwargs: Any) -> None:
    """By the link in a mail, without being signed in: so an account is taken over as well."""
    record("account_reset_password_from_key", actor=user)


@receiver(signals.authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    is_settled(request, user)
    if authenticator.type == Authenticator.Type.TOTP:
        # The code that set it up is used with that: it opens nothing any more.
        is_first_use(authenticator, request.POST.get("code", ""))
    record("factor_added", actor=user, details=_told(authenticator))


@receiver(signals.authenticator_removed)
def removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record("factor_removed", actor=user, details=_told(authenticator))


@receiver(signals.authenticator_reset)
def renewed(user: User, **kwargs: Any) -> None:
    record("recovery_codes_renewed", actor=user)


@receiver(signals.authenticator_used)
def used(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """A recovery code is used by who lost something, or by who found it: its owner hears of it."""
    if authenticator.type != CODES:
        return
    # The code was struck off a row of its own reading.
    authenticator.refresh_from_db()
    left = len(authenticator.wrap().get_unused_codes())
    record("recovery_code_used", actor=user, details={"over": left})
    get_adapter(request).send_notification_mail(
        "account/email/recovery_code_used", user, context={"left": left}
    )


@receiver(signals.authentication_failed)
def failed(user: User, **kwargs: Any) -> None:
    record("second_step", actor=None, target=f"account {user.pk}", result=AuditResult.REFUSED)
