"""What an import would do, as its preview shows it and as it is kept until it is confirmed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from core.uploaded_tables.reading import Problem


@dataclass(frozen=True)
class Difference:
    """A cell of a row that says something else than what stands there now."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A row that would be added or changed."""

    sheet: str
    place: str
    name: str
    is_new: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Missing:
    """A row that is there and not in the file; ``key`` names it when it is ticked to go."""

    key: str
    sheet: str
    name: str


@dataclass
class Outcome:
    """What entering a file came to. Nothing of it stays while there is a problem."""

    changes: list[RowChange] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """Without the problems: an import that has any is not kept."""
        return {
            "changes": [asdict(change) for change in self.changes],
            "missing": [asdict(row) for row in self.missing],
            "unchanged": dict(self.unchanged),
        }
