"""How sign-in behaves here."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import looking
from accounts.constants import AuditResult
from accounts.models import User
from accounts.second_step import DONE_ELSEWHERE, signed_in_lately
from accounts.trail import record
from core.outbox import queue_mail

# How somebody shows once more who it is, by the name that allauth gives each way.
WAYS = {
    "reauthenticate": "Gebruik uw wachtwoord",
    "mfa_reauthenticate": "Gebruik een code",
    "mfa_reauthenticate:webauthn": "Gebruik uw passkey of beveiligingssleutel",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts are given, never made by a visitor; the site says u and not je."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is gesloten. Vraag de functioneel beheerder om hulp.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "same_as_current": "Het nieuwe wachtwoord is hetzelfde als het huidige.",
        "rate_limited": "U probeert dit te vaak. Wacht een paar minuten.",
        "too_many_login_attempts": (
            "Er is te vaak geprobeerd in te loggen. Wacht een paar minuten en probeer het opnieuw."
        ),
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "invalid_or_expired_key": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "incorrect_code": "Deze code klopt niet.",
        "cannot_remove_primary_email": "Met dit adres logt u in. Het kan niet weg.",
        "duplicate_email": "Dit e-mailadres hoort al bij dit account.",
        "email_taken": "Dit e-mailadres hoort al bij een ander account.",
        "max_email_addresses": "Meer dan %d e-mailadressen kan niet.",
        "unknown_email": "Dit e-mailadres is hier niet bekend.",
        "unverified_primary_email": "Bevestig eerst het adres waarmee u inlogt.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Everybody could read the password of an account of the demonstration: never elsewhere."""
        if user.is_demonstration and not settings.DEMO:
            record("sign_in", actor=None, target=f"account {user.pk}", result=AuditResult.REFUSED)
            messages.error(request, "Dit is een account voor de demonstratie. Het werkt hier niet.")
            return redirect(settings.LOGIN_URL)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            request.tried_too_often = True  # type: ignore[attr-defined] # read by the middleware
            record(
                "sign_in",
                actor=None,
                target=_account(credentials),
                result=AuditResult.REFUSED,
                details={"waarom": "te vaak geprobeerd"},
            )
            raise

    def get_login_stages(self) -> list[str]:
        """Who gave a second step at the provider is not asked for one of ours as well."""
        stages: list[str] = super().get_login_stages()
        if getattr(self.request, DONE_ELSEWHERE, False):
            stages.remove("allauth.mfa.stages.AuthenticateStage")
        return stages

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        ways = [one["method"] for one in get_authentication_records(request, user)]
        first = next((way for way in reversed(ways) if way != "mfa"), "")
        record("single_sign_on" if first == "socialaccount" else "sign_in", actor=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user if isinstance(request.user, User) else None
        if user is not None:
            looking.stop(request, user=user)
        super().logout(request)
        record("sign_out", actor=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep the failed try, with the account where there is one; an unknown address is not."""
        record("sign_in", actor=None, target=_account(credentials), result=AuditResult.REFUSED)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago is not asked again: enrolling goes on from signing in."""
        if signed_in_lately(current.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = WAYS[method["id"]]
        return methods

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: that of the site, whatever host name the request came with."""
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Likewise the address that confirms an e-mail address."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in the outbox, as text; a worker sends it.

        So a request answers as fast for an address with an account as for one without, and a mail
        server that is away loses nothing. Asking again is a new occasion, with a new link.
        """
        user = context.get("user")
        if template_prefix.endswith("password_reset_key") and isinstance(user, User):
            # Nobody is signed in: the trail names the account and not who asked.
            record("account_reset_password", actor=None, target=f"account {user.pk}")
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        queue_mail(
            to=email,
            subject=str(message.subject),
            text=str(message.body),
            key=f"{template_prefix}:{uuid.uuid4().hex}",
        )


def _account(credentials: dict[str, Any]) -> str:
    """How the trail names the account that was tried; an address without one is not kept."""
    email = str(credentials.get("email") or "")
    user = User.objects.filter(email__iexact=email).first() if email else None
    return f"account {user.pk}" if user else "onbekend account"
