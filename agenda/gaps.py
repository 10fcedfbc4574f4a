"""What is still missing in an agenda: told by kind, so that seventy lines read as five."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: By kind the sentence for one and for more of them, in the order in which they are told.
KINDS = {
    "no_goals": ("thema heeft geen doelen", "thema’s hebben geen doelen"),
    "no_measure": ("doel heeft geen meting", "doelen hebben geen meting"),
    "no_target": ("meting heeft geen streefwaarde", "metingen hebben geen streefwaarde"),
    "no_baseline": ("meting heeft geen nulmeting", "metingen hebben geen nulmeting"),
    "no_goal": ("meting hoort bij geen doel", "metingen horen bij geen doel"),
    "no_level": ("doel heeft geen niveau", "doelen hebben geen niveau"),
    "in_tree": ("doel hangt los in de doelenboom", "doelen hangen los in de doelenboom"),
}
FEW = 3  # so many stand open


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its kind, a sentence, and the part where it can be mended.

    ``page`` names the page where, when that is not the page of the part itself.
    """

    kind: str
    text: str
    word: str
    pk: int
    page: str = ""


@dataclass(frozen=True)
class GapGroup:
    """All that is missing in one way."""

    kind: str
    rows: tuple[Gap, ...]

    @property
    def title(self) -> str:
        """``26 doelen hebben geen meting``; a part that lacks it in two ways is one part."""
        count = len({(row.word, row.pk) for row in self.rows})
        one, more = KINDS[self.kind]
        return f"1 {one}" if count == 1 else f"{count} {more}"


@dataclass(frozen=True)
class Gaps:
    """Everything that is missing; false when nothing is."""

    groups: tuple[GapGroup, ...]

    @property
    def total(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def are_few(self) -> bool:
        return self.total <= FEW

    def __bool__(self) -> bool:
        return bool(self.groups)


def grouped(gaps: Iterable[Gap]) -> Gaps:
    held: dict[str, list[Gap]] = {kind: [] for kind in KINDS}
    for gap in gaps:
        held[gap.kind].append(gap)
    return Gaps(tuple(GapGroup(kind, tuple(rows)) for kind, rows in held.items() if rows))
