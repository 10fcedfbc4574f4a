"""The domains of e-mail addresses that an organisation takes: read, written, and compared.

A domain counts whole: ``gemeente.nl`` takes nothing from ``raad.gemeente.nl``, which is another
name that somebody else may run.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 500
SEPARATOR = ", "
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})+")


class WrongDomain(ValueError):
    """A word that is no domain of an e-mail address; the word is its only argument."""


def read_domains(text: str) -> tuple[str, ...]:
    """The domains in ``text``, in order of the alphabet, each once.

    Between them stand commas, semicolons or white space; an @ in front may be there. Raises
    ``WrongDomain``.
    """
    words = [word for word in re.split(r"[\s,;]+", text.lower()) if word]
    found = {word.removeprefix("@") for word in words}
    for domain in sorted(found):
        if len(domain) > 253 or not DOMAIN.fullmatch(domain):
            raise WrongDomain(domain)
    return tuple(sorted(found))


def write_domains(domains: Collection[str]) -> str:
    return SEPARATOR.join(sorted(domains))


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def fits(email: str, domains: Collection[str]) -> bool:
    """Whether the address is at one of ``domains``; without domains there is no rule."""
    return not domains or domain_of(email) in domains


def in_words(domains: Collection[str]) -> str:
    """The domains as the end of an address: "@a.nl of @b.nl"."""
    return " of ".join(f"@{domain}" for domain in sorted(domains))
