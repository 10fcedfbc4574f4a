"""How much there is to copy in a version of an agenda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agenda.constants import CopyPiece
from agenda.contents import within
from agenda.models import (
    AgendaVersion,
    DevelopmentTask,
    Goal,
    Measure,
    PolicyLink,
    Principle,
    SituationFact,
)

_COUNTED = {
    CopyPiece.PRINCIPLES: Principle,
    CopyPiece.MEASURES: Measure,
    CopyPiece.POLICIES: PolicyLink,
    CopyPiece.SITUATION: SituationFact,
    CopyPiece.TASKS: DevelopmentTask,
}


@dataclass(frozen=True)
class Counts:
    """``pieces`` says of each piece how many there are; ``themes`` are those with goals,
    and all of them where there are no goals yet."""

    themes: int
    goals: int
    pieces: Mapping[CopyPiece, int]

    @property
    def words(self) -> str:
        """``26 doelen in 5 thema’s, 36 metingen``: what there is."""
        themes = "1 thema" if self.themes == 1 else f"{self.themes} thema’s"
        goals = "1 doel" if self.goals == 1 else f"{self.goals} doelen"
        first = f"{goals} in {themes}" if self.goals else themes if self.themes else ""
        named = (
            (self.pieces[CopyPiece.MEASURES], "meting", "metingen"),
            (self.pieces[CopyPiece.PRINCIPLES], "uitgangspunt", "uitgangspunten"),
            (self.pieces[CopyPiece.TASKS], "ontwikkelopdracht", "ontwikkelopdrachten"),
        )
        told = [f"{count} {one if count == 1 else more}" for count, one, more in named if count]
        return ", ".join(filter(None, [first, *told])) or "niets"


def counts_of(version: AgendaVersion) -> Counts:
    """How much stands in ``version``. Seven queries."""
    ways = within(version)
    pieces = {
        piece: model._base_manager.filter(ways[model]).count() for piece, model in _COUNTED.items()
    }
    goals = Goal.objects.filter(theme__version=version)
    themes = goals.values("theme").distinct().count() or version.themes.count()
    return Counts(themes, goals.count(), pieces)
