"""What the audit trail calls each address: read from every app (``AUDITED`` in the settings)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings


@dataclass(frozen=True)
class Words:
    """The names of addresses, with what asking them is called.

    ``changes``: a POST there changes something. ``reads``: a GET there shows what is not public.
    ``once``: many saves in a row make one entry. ``quiet``: what is done there records itself.
    """

    changes: Mapping[str, str]
    reads: Mapping[str, str]
    once: frozenset[str]
    quiet: frozenset[str]

    def label(self, action: str) -> str:
        return self.changes.get(action) or self.reads.get(action) or action


@cache
def words() -> Words:
    """The words of all apps together."""
    changes: dict[str, str] = {}
    reads: dict[str, str] = {}
    once: set[str] = set()
    quiet: set[str] = set()
    for path in settings.AUDITED:
        module = import_module(path)
        changes |= module.CHANGES
        reads |= module.READS
        once |= getattr(module, "ONCE", frozenset())
        quiet |= getattr(module, "QUIET", frozenset())
    return Words(changes, reads, frozenset(once), frozenset(quiet))
