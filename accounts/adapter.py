"""How sign-in behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


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
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
