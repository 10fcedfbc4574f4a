"""The second step of signing in: its words, and how its secrets are kept."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

# What somebody signs in with; recovery codes stand in for one of these and are none themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LABELS = {
    Authenticator.Type.TOTP: "authenticator-app",
    Authenticator.Type.WEBAUTHN: "passkey of beveiligingssleutel",
    Authenticator.Type.RECOVERY_CODES: "herstelcodes",
}


class UnreadableSecret(Exception):
    """No key of this installation opens a stored secret (``SECOND_FACTOR_KEYS``)."""


def factors_of(user: User) -> Any:
    """What ``user`` can sign in with beside a password, oldest first. Starts no query itself."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).order_by("pk")


# In a session whose user was seen to have a second step; what takes one away ends the session.
SETTLED = "second_step"
# Where the person wanted to go, in the session of who has to enrol first.
ONWARD = "second_step_onward"
# On a request that comes back from a provider which asked for a second step itself.
DONE_ELSEWHERE = "second_step_elsewhere"


def is_settled(request: HttpRequest, user: User) -> bool:
    """Whether ``user`` may go on: has a second step, gave one at the provider where this session
    began, or shares an account of the demonstration.

    One query at most, and once it was answered yes none in the rest of the session.
    """
    if user.is_demonstration and settings.DEMO:
        return True
    if request.session.get(SETTLED):
        return True
    if getattr(request, DONE_ELSEWHERE, False):
        request.session[SETTLED] = True
        return True
    settled: bool = factors_of(user).exists()
    if settled:
        request.session[SETTLED] = True
    return settled


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether the user of this session showed who it is a moment ago, in whatever way."""
    fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(one["at"] > fresh for one in get_authentication_records(request, request.user))


def must_sign_in_anew(request: HttpRequest, user: User) -> bool:
    """Whether ``user`` has to sign in anew before the account is entered in another way.

    Others are asked for a password or a second step. Who has neither here signed in with an account
    of work: whoever finds that session open could make the account his own. One query at most.
    """
    return not signed_in_lately(request) and not get_reauthentication_flows(user)


def seal(text: str) -> str:
    """``text`` encrypted with the first key of the installation."""
    return _box(tuple(settings.SECOND_FACTOR_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed with any key of the installation. Raises ``UnreadableSecret``."""
    try:
        return _box(tuple(settings.SECOND_FACTOR_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret(
            "A secret of the second step was sealed with a key that this installation lacks; "
            "add the former key to SECOND_FACTOR_KEYS."
        ) from error


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    # Fernet wants 32 bytes of its own: a key that also signs cookies is never used as it is.
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second step of signing in")
    return kdf.derive(key.encode())


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Secrets are sealed at rest; the last factor stays, because everybody needs one."""

    error_messages = {
        "add_email_blocked": "Wie inlogt met een tweede stap, kan hier geen adres toevoegen.",
        "cannot_delete_authenticator": (
            "Dit is uw enige tweede stap. Stel eerst een andere in, en haal deze daarna weg."
        ),
        "cannot_generate_recovery_codes": "Stel eerst een app of een sleutel in.",
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Probeer een nieuwe.",
        "incorrect_key": "Deze sleutel werd niet herkend. Probeer het opnieuw.",
        "key_not_alone": (
            "Deze sleutel is alleen een tweede stap. Log in met uw e-mailadres en wachtwoord. Wilt "
            "u hem ook zonder wachtwoord gebruiken? Vervang hem dan daarna, bij uw sleutels."
        ),
        "unverified_email": "Bevestig eerst uw e-mailadres.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return bool(factors_of(authenticator.user).exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Mijn sleutel" if number == 1 else f"Sleutel {number}"

    def _get_site_name(self) -> str:
        return f"Monitor Sociaal Domein – {settings.MUNICIPALITY_NAME}"
