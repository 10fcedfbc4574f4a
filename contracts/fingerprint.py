"""A mark of rows as a page showed them: whoever saves an older page is told what changed meanwhile.

For rows that are edited together, in one form, and so have no revision of their own each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def fingerprint(rows: Sequence[Mapping[str, Any]]) -> str:
    """Equal for equal rows in an equal order; a database row counts by its key."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    key = getattr(value, "pk", None)
    return str(key if key is not None else "" if value is None else value)
