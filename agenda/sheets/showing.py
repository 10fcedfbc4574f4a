"""What an import would do, as its page shows it. Reads nothing but the kept preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agenda.models import TableImport

MOST_SHOWN = 200  # changes of one sheet


@dataclass(frozen=True)
class SheetChanges:
    """The changes of one sheet; ``more`` counts those that are not listed."""

    name: str
    added: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    more_added: int
    more_changed: int

    @property
    def count_added(self) -> int:
        return len(self.added) + self.more_added

    @property
    def count_changed(self) -> int:
        return len(self.changed) + self.more_changed


def shown(held: TableImport) -> dict[str, Any]:
    """The finding, and the changes by sheet in the order of the file."""
    changes = held.preview.get("changes", [])
    by_sheet: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        by_sheet.setdefault(change["sheet"], []).append(change)
    sheets = []
    for name, rows in by_sheet.items():
        added = [row for row in rows if row["is_new"]]
        changed = [row for row in rows if not row["is_new"]]
        sheets.append(
            SheetChanges(
                name,
                added[:MOST_SHOWN],
                changed[:MOST_SHOWN],
                len(added[MOST_SHOWN:]),
                len(changed[MOST_SHOWN:]),
            )
        )
    new = sum(change["is_new"] for change in changes)
    return {
        "sheets": sheets,
        "finding": finding(new, len(changes) - new),
        "has_changes": bool(changes),
        "unchanged": sum(held.preview.get("unchanged", {}).values()),
        "missing": held.preview.get("missing", []),
    }


def finding(new: int, changed: int) -> str:
    """``Er komen 12 rijen bij en er veranderen er 3``."""
    if not new and not changed:
        return "Geen wijzigingen"
    told = []
    if new:
        told.append("Er komt 1 rij bij" if new == 1 else f"Er komen {new} rijen bij")
    if changed:
        one = "verandert er 1" if told else "Er verandert 1 rij"
        more = f"veranderen er {changed}" if told else f"Er veranderen {changed} rijen"
        told.append(one if changed == 1 else more)
    return " en ".join(told)
