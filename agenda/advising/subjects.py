"""What a point of advice can be about: the agenda as a whole, or any part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from accounts.history import key_of
from agenda.models import AgendaVersion, Goal, Measure

WHOLE = ""
WHOLE_LABEL = "de agenda als geheel"
LENGTH = 300  # of ``AdvicePoint.about``
Group = tuple[str, tuple[tuple[str, str], ...]]  # its name, and the key and words of each part


@dataclass(frozen=True)
class Subjects:
    """The parts of one version by key, in words, in groups as a list of choices shows them."""

    groups: tuple[Group, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str | tuple[tuple[str, str], ...]]]:
        return [(WHOLE, WHOLE_LABEL), *((name, rows) for name, rows in self.groups if rows)]

    @property
    def labels(self) -> dict[str, str]:
        """Key -> how the part is called; the agenda as a whole has no words of its own."""
        return {WHOLE: "", **{key: label for _, rows in self.groups for key, label in rows}}


def subjects_of(version: AgendaVersion) -> Subjects:
    """What points about ``version`` can be about. Eight queries."""
    goals = Goal.objects.filter(theme__version=version).order_by("theme__order", "order")
    measures = Measure.objects.of_version(version.pk).order_by(
        Coalesce("theme__order", "goal__theme__order"), "goal__order", "order", "pk"
    )
    return Subjects(
        (
            _group("Thema’s", "thema", version.themes.order_by("order"), "name"),
            _group("Doelen", "doel", goals, "label"),
            _group("Metingen", "meting", measures, "text"),
            _quoted("Uitgangspunten", "uitgangspunt", version.principles.all(), "text"),
            _quoted("Beeld van de samenleving", "feit", version.situation_facts.all(), "topic"),
            _group("Ontwikkelopdrachten", "opdracht", version.tasks.order_by("number"), "subject"),
            _quoted("Participatie", "participatie", version.participations.all(), "who"),
            _quoted("Ander beleid", "ander beleid", version.policies.order_by("name"), "name"),
        )
    )


def _group(title: str, kind: str, rows: QuerySet[Any], name: str) -> Group:
    """The parts of a kind that has a number, or may have one."""
    found = [(key_of(row), (kind, str(row.number), getattr(row, name))) for row in rows]
    return title, tuple((key, " ".join(filter(None, words))[:LENGTH]) for key, words in found)


def _quoted(title: str, kind: str, rows: QuerySet[Any], name: str) -> Group:
    """The parts of a kind without numbers, by what they say."""
    found = ((key_of(row), f"{kind} ‘{getattr(row, name)}’") for row in rows)
    return title, tuple((key, words[:LENGTH]) for key, words in found)
