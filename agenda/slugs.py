"""Names of agendas, themes, goals and indicators in addresses."""

from __future__ import annotations

from functools import partial

from core import slugs

# Words that stand in an address where the name of an agenda, theme or indicator stands too.
RESERVED = frozenset(
    {"nieuw", "doelen", "indicatoren", "inlezen", "opvolging", "plannen", "sets", "uitsplitsingen"}
)
unused_slug = partial(slugs.unused_slug, reserved=RESERVED)
free_slug = partial(slugs.free_slug, reserved=RESERVED)
