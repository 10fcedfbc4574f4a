"""Two rounds of one report, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.models import Round
from reporting.reading import content_of, text_of


@dataclass(frozen=True)
class Compared:
    """One field in both rounds; empty where it was not filled in."""

    section: str
    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


def compared(before: Round, after: Round) -> list[Compared]:
    """Every field of either round, those that differ first; within that as the report goes."""
    old, new = _fields(before), _fields(after)
    places = {**dict.fromkeys(new), **dict.fromkeys(old)}
    rows = [
        Compared(
            *(new.get(key) or old[key])[:2],
            before=old[key][2] if key in old else "",
            after=new[key][2] if key in new else "",
        )
        for key in places
    ]
    rows = [row for row in rows if row.before or row.after]
    return sorted(rows, key=lambda row: not row.differs)


def _fields(made: Round) -> dict[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for section in content_of(made)["sections"]:
        for block in section["blocks"]:
            for row in block["rows"]:
                label = row["label"]
                if block["title"] != section["title"]:
                    label = f"{block['title']}: {label}"
                found[row["key"]] = (
                    section["title"],
                    label,
                    text_of(row, block, section["kind"]),
                )
    return found
