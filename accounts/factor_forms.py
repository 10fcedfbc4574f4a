"""The forms of the second step: a code of an app, a key, a recovery code."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse

CODE_MISSING = {"required": "Vul de code in."}
KEY_MISSING = {
    "required": "Uw browser gaf geen sleutel door. Probeer het opnieuw.",
    "invalid": "Uw browser gaf geen sleutel door. Probeer het opnieuw.",
}
# With a key that was added: whether it signs in without a password as well.
ALONE = "alone"
# What reading an answer that no browser gave can end in; allauth foresees a part of them.
NO_ANSWER = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error)


def _code(label: str, help_text: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=widget,
        error_messages=CODE_MISSING,
    )


def _holds(user: Any, kind: str) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type=kind).exists())


def is_first_use(app: Authenticator, code: str) -> bool:
    """Note that ``code`` of ``app`` was used; False when it was before, as long as it counts."""
    steps = 1 + 2 * app_settings.TOTP_TOLERANCE
    digits = re.sub(r"\D", "", code)
    key = f"second-step:{app.pk}:{digits}"
    return bool(cache.add(key, 1, timeout=steps * app_settings.TOTP_PERIOD))


class _OnceMixin:
    """A code of an app works once: also in the half minute in which its neighbours still count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = _holds(self.user, Authenticator.Type.TOTP)  # type: ignore[attr-defined]
        if not self.has_app:
            field = self.fields["code"]  # type: ignore[attr-defined]
            field.label, field.help_text = "Herstelcode", "Elke code werkt één keer."

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                context.request.tried_too_often = True
            raise
        used: Any = self.authenticator  # type: ignore[attr-defined]
        if used.type == Authenticator.Type.TOTP and not is_first_use(used, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


HINT = "Zes cijfers uit uw app. Hebt u die niet bij u? Vul dan een herstelcode in."


class CodeForm(_OnceMixin, AuthenticateForm):  # type: ignore[misc] # allauth ships no types
    code = _code("Code", HINT)


class CodeAgainForm(_OnceMixin, ReauthenticateForm):  # type: ignore[misc]
    code = _code("Code", HINT)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    code = _code("Code die uw app nu toont", "Zes cijfers. Ze veranderen elke halve minuut.")


@contextmanager
def _in_words() -> Iterator[None]:
    """What a browser would not send is a key that was not recognised, and no server error."""
    try:
        yield
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise get_adapter().validation_error("incorrect_key") from error
    except (*NO_ANSWER, InvalidSignature) as error:
        raise get_adapter().validation_error("incorrect_key") from error


def _credential() -> forms.JSONField:
    return forms.JSONField(widget=forms.HiddenInput, error_messages=KEY_MISSING)


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label="Naam",
        required=False,
        max_length=100,
        help_text="Zo herkent u de sleutel later, bijvoorbeeld ‘telefoon’ of ‘sleutelbos’.",
    )
    credential = _credential()
    passwordless = forms.BooleanField(
        label="Hiermee ook zonder wachtwoord inloggen",
        required=False,
        help_text="Dan vraagt de sleutel om uw vingerafdruk, gezicht of pincode.",
    )

    def clean(self) -> dict[str, Any]:
        with _in_words():
            cleaned: dict[str, Any] = super().clean()
        if "credential" in cleaned:
            # Kept with the key: what its browser tells of it says nothing of what was chosen.
            alone = bool(cleaned.get("passwordless"))
            cleaned["credential"] = {**cleaned["credential"], ALONE: alone}
        return cleaned


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label="Naam", max_length=100)


class KeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = _credential()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_keys = self.user is not None and _holds(self.user, Authenticator.Type.WEBAUTHN)

    def clean_credential(self) -> Any:
        with _in_words():
            return super().clean_credential()


class KeyAgainForm(KeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class KeyAloneForm(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of address and password.

    Its owner chose that when it was added, and it asked now who holds it: the question may have
    come from a page that does not insist on that, such as the one of the second step.
    """

    credential = _credential()

    def clean_credential(self) -> Any:
        told = self.cleaned_data["credential"]
        with _in_words():
            key = super().clean_credential()
            asked = AuthenticationResponse.from_dict(told).response.authenticator_data
        if not key.data["credential"].get(ALONE):
            raise get_adapter().validation_error("key_not_alone")
        if not asked.is_user_verified():
            raise get_adapter().validation_error("incorrect_key")
        return key
