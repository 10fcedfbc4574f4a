"""Names that rows have in addresses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.text import slugify

LONGEST = 60  # of the words; a number may come behind it


def unused_slug(
    words: str, taken: Collection[str], *, otherwise: str, reserved: Collection[str] = ()
) -> str:
    """A name for the address, made of ``words``, that is not ``taken`` and not ``reserved``."""
    wanted = _wanted(words, otherwise)
    number, slug = 2, wanted
    while slug in taken or slug in reserved:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def free_slug(
    rows: models.QuerySet[Any], words: str, *, otherwise: str, reserved: Collection[str] = ()
) -> str:
    """A name for the address that none of ``rows`` has yet, nor is ``reserved``. One query."""
    alike = rows.filter(slug__startswith=_wanted(words, otherwise))
    taken = set(alike.values_list("slug", flat=True))
    return unused_slug(words, taken, otherwise=otherwise, reserved=reserved)


def _wanted(words: str, otherwise: str) -> str:
    return slugify(words)[:LONGEST].strip("-") or otherwise
