"""The key in a mailed link with which somebody chooses a password.

allauth takes the name of this class from the settings while it is being imported itself: so it is
imported nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

if TYPE_CHECKING:
    from accounts.models import User


class LinkTokens(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc] # no types
    """One that was mailed before the account was closed opens nothing: not while it is closed, and
    not after it was opened again either."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        held: str = super()._make_hash_value(user, timestamp)
        return f"{held}|{user.closed_at.timestamp()}" if user.closed_at else held

    def check_token(self, user: User | None, token: str | None) -> bool:
        return user is not None and user.is_active and bool(super().check_token(user, token))
