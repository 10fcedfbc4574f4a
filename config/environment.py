"""Reading the environment: every variable is checked once, and a bad value stops the start.

``Environment`` collects every problem before it complains, so that an administrator mends them in
one go. The messages are Dutch, for the people who run an installation.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "ja", "aan", "yes", "on"}
FALSE_WORDS = {"0", "false", "nee", "uit", "no", "off", ""}
BROKER_SCHEMES = {"redis", "rediss", "filesystem"}


class WrongSettingsError(ImproperlyConfigured):
    """The environment holds wrong values; the message says which, in Dutch."""


def _is_whole_server_url(url: str) -> bool:
    """Whether the URL names a server, a readable port if any, and a database."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and len(parts.path) > 1


class Environment:
    """The process environment with checks.

    Call the readers, then ``finish()``: it raises ``WrongSettingsError`` with one line a problem.
    """

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source = dict(os.environ if source is None else source)
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self.source.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.source.get(name)
        if value is None:
            return default
        word = value.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word not in FALSE_WORDS:
            self.problems.append(f"{name}={value!r}: gebruik 1 (aan) of 0 (uit).")
        return False

    def choice(self, name: str, default: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``, whatever the case it was written in."""
        value = self.text(name, default).upper()
        if value not in allowed:
            self.problems.append(f"{name}={value!r}: kies uit {', '.join(allowed)}.")
            return default
        return value

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.source.get(name, "").strip()
        if not value:
            return default
        if not value.isdecimal() or not lowest <= int(value) <= highest:
            self.problems.append(f"{name}={value!r}: geef een getal van {lowest} tot {highest}.")
            return default
        return int(value)

    def words(self, name: str, default: list[str]) -> list[str]:
        value = self.source.get(name, "").strip()
        return [word.strip() for word in value.split(",") if word.strip()] if value else default

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name, str(default))).expanduser()
        if not path.is_absolute():
            self.problems.append(f"{name}={str(path)!r}: geef een volledig pad, vanaf de wortel.")
            return default
        return path

    def database(self, name: str, default: str) -> dict[str, Any]:
        """A Django database setting from a URL; ``sqlite`` and ``postgres`` only."""
        url = self.text(name, default)
        scheme = url.partition("://")[0] if "://" in url else ""
        if scheme == "sqlite":
            if url.rstrip("/") == "sqlite:":
                self.problems.append(f"{name}: noem ook het bestand, als sqlite:////pad/naam.")
                url = default
        elif scheme not in {"postgres", "postgresql"}:
            # Never the whole URL in a message: it may hold a password.
            self.problems.append(f"{name}: begin met sqlite:// of postgres://, niet {scheme!r}.")
            url = default
        elif not _is_whole_server_url(url):
            self.problems.append(
                f"{name}: schrijf postgres://gebruiker:wachtwoord@server:poort/naam."
            )
            url = default
        return dict(environ.Env.db_url_config(url))

    def broker(self, name: str, default: str) -> str:
        url = self.text(name, default)
        if urlsplit(url).scheme not in BROKER_SCHEMES:
            self.problems.append(
                f"{name}: begin met redis://, rediss:// of filesystem://, niet met "
                f"{urlsplit(url).scheme!r}."
            )
            return default
        return url

    def address(self, name: str, default: str) -> str:
        """The address of a site, without a slash at its end; empty where it may stay away."""
        url = self.text(name, default).rstrip("/")
        if not url:
            return default
        try:
            good = urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).hostname)
        except ValueError:
            good = False
        if not good:
            self.problems.append(f"{name}={url!r}: geef een adres als https://monitor.gemeente.nl.")
            return default
        return url

    def mail(self, name: str, default: str) -> dict[str, Any]:
        url = self.text(name, default)
        try:
            return dict(environ.Env.email_url_config(url))
        except (KeyError, environ.ImproperlyConfigured):
            self.problems.append(
                f"{name}: gebruik smtp://, smtp+tls://, smtp+ssl:// of consolemail://."
            )
            return dict(environ.Env.email_url_config(default))

    def scanner(self, name: str) -> str:
        """The address of a virus scanner; empty when there is none."""
        url = self.text(name, "")
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            tcp = parts.scheme == "tcp" and bool(parts.hostname) and bool(parts.port)
        except ValueError:
            tcp = False
        if not tcp and not (url.startswith("unix:///") and len(url) > len("unix:///")):
            self.problems.append(f"{name}: schrijf tcp://server:3310 of unix:///pad/naar/socket.")
            return ""
        return url

    def together(self, *names: str, optional: Sequence[str] = ()) -> None:
        """All of ``names`` are given, or none of them; ``optional`` ones go with the others."""
        missing = [name for name in names if not self.text(name, "")]
        if len(missing) < len(names) or any(self.text(name, "") for name in optional):
            for name in missing:
                self.problems.append(f"{name}: ontbreekt. Vul {', '.join(names)} in, of geen.")

    def finish(self) -> None:
        if self.problems:
            lines = "\n".join(f"  - {problem}" for problem in self.problems)
            raise WrongSettingsError(
                f"De instellingen kloppen niet. Verbeter deze omgevingsvariabelen:\n{lines}"
            )
