"""The OpenID provider of the tests, started and asked."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from accounts.constants import AuditResult
from accounts.models import AuditEntry, User

ROOT = Path(__file__).resolve().parents[2]
CLIENT, SECRET = "monitor", "geheim-van-de-monitor"
EMAIL = "eva@gemeente.nl"
START, BACK = "/account/werkaccount/", "/account/werkaccount/terug/"
NAME = "uw account van de gemeente"
# Who signs in, unless a test says otherwise.
EVA: dict[str, Any] = {
    "sub": "eva-1",
    "email": "Eva@Gemeente.nl",
    "email_verified": True,
    "name": "Eva Werkt",
}


class Provider:
    """The process. ``start`` returns when it listens; ``stop`` leaves nothing behind."""

    def __init__(self) -> None:
        self.address = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self, redirect_address: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sign_on.provider", redirect_address],
            cwd=ROOT,
            env={**kept, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the provider did not start"

    def says(self, **what: Any) -> None:
        """What it says from now on; without words it is Eva, with a verified address."""
        requests.put(
            f"{self.address}/says", json={"user": EVA, **what}, timeout=10
        ).raise_for_status()

    def asked(self) -> dict[str, str]:
        """What the last browser was sent with."""
        told: dict[str, str] = requests.get(f"{self.address}/asked", timeout=10).json()
        return told

    def settings(self) -> dict[str, str]:
        return {
            "OIDC_SERVER_URL": self.address,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": NAME,
        }

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(15)
            if self.process.stdout is not None:
                self.process.stdout.close()


def sent_to(client: Client, onward: str = "") -> str:
    """The button is pressed: the address that the browser goes to."""
    page = client.post(START, {"next": onward} if onward else {})
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found.group(1))


def come_back(address: str, *, cancel: bool = False) -> str:
    """Sign in at ``address`` or refuse: the path of this site that the browser is sent back to."""
    answer = requests.post(
        address, data={"weiger": "1"} if cancel else {}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    assert parts.netloc == "localhost:8000"
    return f"{parts.path}?{parts.query}"


def sign_on(client: Client, onward: str = "", *, cancel: bool = False) -> Any:
    """Away and back: what the site answers in the end."""
    return client.get(come_back(sent_to(client, onward), cancel=cancel))


def signed_in(client: Client) -> User | None:
    """Who is signed in in this browser."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def refusals() -> list[tuple[str, Any]]:
    """What the trail keeps of sign-ons that were refused: about which account, and why."""
    rows = AuditEntry.objects.filter(action="single_sign_on", result=AuditResult.REFUSED)
    return [(row.target, row.details.get("reden")) for row in rows.order_by("pk")]
