"""Choosing a password: what it may be, and how the site says so.

Django and allauth have these sentences in English, or say je.
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    PasswordVerificationMixin,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

TWICE = "De twee wachtwoorden zijn niet hetzelfde. Typ het nieuwe wachtwoord twee keer."


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Het heeft ten minste {self.min_length} tekens."


class NotLikeThePerson(UserAttributeSimilarityValidator):
    """A password that is not the name or the address of who chooses it."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of uw e-mailadres."


class Varied:
    """A password of enough different characters: twelve times the same letter is none."""

    def __init__(self, least: int) -> None:
        self.least = least

    def validate(self, password: str, user: object = None) -> None:
        if len(set(password.casefold())) < self.least:
            raise ValidationError(
                "Dit wachtwoord herhaalt steeds dezelfde tekens. "
                f"Gebruik ten minste {self.least} verschillende tekens.",
                code="password_not_varied",
            )

    def get_help_text(self) -> str:
        return f"Uw wachtwoord heeft ten minste {self.least} verschillende tekens."


class _TwiceTheSame(PasswordVerificationMixin):  # type: ignore[misc] # allauth ships no types
    def clean(self) -> dict[str, Any]:
        # Past the clean of the mixin, which says it otherwise.
        cleaned: dict[str, Any] = super(PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", TWICE)
        return cleaned


class ChangeForm(_TwiceTheSame, ChangePasswordForm):  # type: ignore[misc]
    pass


class ChooseForm(_TwiceTheSame, SetPasswordForm):  # type: ignore[misc]
    pass


class ChooseByLinkForm(_TwiceTheSame, ResetPasswordKeyForm):  # type: ignore[misc]
    pass
