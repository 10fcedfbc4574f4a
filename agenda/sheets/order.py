"""In which order rows of different kinds can be written, put back and thrown away."""

from __future__ import annotations

from typing import Any

from django.db import models

from agenda.models import Goal, Theme
from agenda.tree import RANKS

#: Parents first.
ORDER = (
    "thema",
    "doel",
    "feit",
    "uitgangspunt",
    "participatie",
    "beleid",
    "opdracht",
    "stap",
    "meting",
    "streefwaarde",
)


def depth(word: str, row: models.Model) -> tuple[int, int]:
    """How deep in the agenda a row hangs: what hangs on another is deeper."""
    if isinstance(row, Theme):
        return ORDER.index(word), int(row.parent_id is not None)
    if isinstance(row, Goal):
        return ORDER.index(word), -RANKS.get(row.level, -1)
    return ORDER.index(word), 0


def depth_told(key: str, taken: dict[str, Any]) -> tuple[int, int]:
    """``depth`` of a row as its snapshot tells it."""
    word, fields = key.partition("-")[0], taken["fields"]
    if word == "thema":
        return ORDER.index(word), int(fields["parent"] is not None)
    return ORDER.index(word), 0
