"""What a point of advice can be about: the agenda as a whole, a theme, a goal or a principle."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.history import key_of
from agenda.models import AgendaVersion, Goal

WHOLE = ""
WHOLE_LABEL = "de agenda als geheel"
LENGTH = 300  # of ``AdvicePoint.about``


@dataclass(frozen=True)
class Subjects:
    """The parts of one version by key, in words, in groups as a list of choices shows them."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def choices(self) -> list[tuple[str, str | tuple[tuple[str, str], ...]]]:
        return [(WHOLE, WHOLE_LABEL), *((name, rows) for name, rows in self.groups if rows)]

    @property
    def labels(self) -> dict[str, str]:
        """Key -> how the part is called; the agenda as a whole has no words of its own."""
        return {WHOLE: "", **{key: label for _, rows in self.groups for key, label in rows}}


def subjects_of(version: AgendaVersion) -> Subjects:
    """What points about ``version`` can be about. Three queries."""
    themes = list(version.themes.order_by("order"))
    goals = Goal.objects.filter(theme__version=version).order_by("theme__order", "order")
    return Subjects(
        (
            (
                "Thema’s",
                tuple((key_of(row), _words("thema", row.number, row.name)) for row in themes),
            ),
            (
                "Doelen",
                tuple((key_of(row), _words("doel", row.number, row.label)) for row in goals),
            ),
            (
                "Uitgangspunten",
                tuple(
                    (key_of(row), f"uitgangspunt ‘{row.text}’"[:LENGTH])
                    for row in version.principles.all()
                ),
            ),
        )
    )


def _words(kind: str, number: str, name: str) -> str:
    return " ".join(filter(None, [kind, number, name]))[:LENGTH]
