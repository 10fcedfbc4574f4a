"""What the audit trail calls each address: read from every app (``AUDITED`` in the settings)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings

# Behind the name of an address that is both looked at and posted to.
LOOKED = ":bekeken"
# What an address is called that has no word of its own.
PAGE_ASKED = "Bladzijde gevraagd"


@dataclass(frozen=True)
class Words:
    """The names of addresses, with what asking them is called.

    ``changes``: a POST there changes something. ``reads``: a GET there shows what is not public.
    ``once``: many times in a row make one entry. ``quiet``: what is done there records itself.
    """

    changes: Mapping[str, str]
    reads: Mapping[str, str]
    once: frozenset[str]
    quiet: frozenset[str]

    def action(self, name: str, *, changes: bool) -> str:
        """What the trail calls asking the address ``name``: looking at a form changes nothing."""
        return name if changes or name not in self.changes else f"{name}{LOOKED}"

    @property
    def actions(self) -> list[str]:
        """Everything that can stand in the trail."""
        return [*self.changes, *(self.action(name, changes=False) for name in self.reads)]

    def alike(self, action: str) -> list[str]:
        """Everything in the trail that is called the same as ``action``."""
        return [one for one in self.actions if self.label(one) == self.label(action)]

    def label(self, action: str) -> str:
        name = action.removesuffix(LOOKED)
        if name != action:
            return self.reads.get(name) or f"Bekeken: {self.changes.get(name, name).lower()}"
        # Nothing but a refusal is kept of an address without a word: the page itself is public.
        return self.changes.get(name) or self.reads.get(name) or PAGE_ASKED


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
