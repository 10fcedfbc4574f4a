"""Giving a code of an authenticator app in tests, without waiting for a clock."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from accounts.second_step import seal, unseal

PERIOD = 30


CODE_PAGE = "/account/2fa/authenticate/"
SECRET = "JBSWY3DPEHPK3PXP"


def give_app(user: User, secret: str = SECRET) -> Authenticator:
    """``user`` has an authenticator app."""
    made: Authenticator = Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": seal(secret)}
    )
    return made


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows now; ``steps`` half minutes later or earlier."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))
    return code


def code_for(user: User, steps: int = 0) -> str:
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return code_of(unseal(app.data["secret"]), steps)


def secret_on(client: Client, address: str = "/account/2fa/totp/activate/") -> str:
    """The key that the page for a new app shows in letters."""
    html = client.get(address).content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', html)
    assert found, html
    return found.group(1)


def sign_in(client: Client, user: User, password: str, origin: str = "127.0.0.1") -> str:
    """Sign in as people do: the password, and the code when it is asked for. Where that leads."""
    typed = {"login": user.email, "password": password}
    to = client.post("/account/login/", typed, REMOTE_ADDR=origin).headers["Location"]
    if to != CODE_PAGE:
        return to
    # A code works once: who signs in again takes the next.
    for steps in (-1, 0, 1):
        answer = client.post(CODE_PAGE, {"code": code_for(user, steps)}, REMOTE_ADDR=origin)
        if answer.status_code == 302:
            return answer.headers["Location"]
    raise AssertionError(f"No code of {user} works.")
