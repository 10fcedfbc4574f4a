"""How themes and goals went from one agenda to the next, as far as the sources say."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from agenda.constants import SuccessionKind
from agenda.models import AgendaVersion, GoalSuccession, Theme, ThemeSuccession
from agenda.story import Story, provenance


@dataclass
class Passage:
    """From one agenda version to the next: what the sources say about themes and goals."""

    before: AgendaVersion
    after: AgendaVersion
    themes: list[Story] = field(default_factory=list)
    goals: list[Story] = field(default_factory=list)
    continued: int = 0
    unknown_before: int = 0
    unknown_after: int = 0

    @property
    def key(self) -> str:
        """As it stands in the address of the page."""
        return f"{_key(self.before)}_{_key(self.after)}"

    @property
    def label(self) -> str:
        if self.before.agenda_id == self.after.agenda_id:
            name = self.after.agenda.short_name
            return f"{name}: van versie {self.before.number} naar versie {self.after.number}"
        return f"Van {self.before.agenda.short_name} naar {self.after.agenda.short_name}"


def _key(version: AgendaVersion) -> str:
    return f"{version.agenda.slug}.{version.number}"


class _Passages:
    """The passages found so far, by the versions that they join."""

    def __init__(self, versions: list[AgendaVersion]) -> None:
        self.versions = {version.pk: version for version in versions}
        self.found: dict[tuple[int, int], Passage] = {}
        self.after: dict[int, Passage] = {}
        self.before: dict[int, Passage] = {}
        for before, after in pairwise(versions):
            passage = self.found[before.pk, after.pk] = Passage(before, after)
            self.after[before.pk] = self.before[after.pk] = passage

    def place(self, before: Theme | None, after: Theme | None) -> Passage | None:
        """Where a link belongs; one with an open end belongs to the neighbour in time."""
        if before and after:
            ends = (before.version_id, after.version_id)
            if ends not in self.found:
                self.found[ends] = Passage(self.versions[ends[0]], self.versions[ends[1]])
            return self.found[ends]
        if before:
            return self.after.get(before.version_id)
        return self.before.get(after.version_id) if after else None


def passages() -> list[Passage]:
    """Each readable version with the next one, in time, and the links between them. Three queries.

    A goal of which the source tells nothing is counted; the others are listed.
    """
    held = _Passages(list(AgendaVersion.objects.readable().in_time().select_related("agenda")))
    groups: dict[tuple[int, int, str], Story] = {}
    for theme in (
        ThemeSuccession.objects.readable()
        .select_related("predecessor", "successor", "source")
        .order_by("successor__order", "predecessor__order")
    ):
        passage = held.place(theme.predecessor, theme.successor)
        if passage is None:
            continue
        group = (id(passage), theme.successor_id or -theme.pk, theme.kind)
        if group not in groups:
            groups[group] = _row(theme, theme.successor.name if theme.successor else "")
            passage.themes.append(groups[group])
        if theme.predecessor:
            groups[group]["before"].append(theme.predecessor.name)
    for goal in (
        GoalSuccession.objects.readable()
        .select_related("predecessor__theme", "successor__theme", "source")
        .order_by("predecessor__theme__order", "predecessor__order", "successor__order")
    ):
        passage = held.place(
            goal.predecessor.theme if goal.predecessor else None,
            goal.successor.theme if goal.successor else None,
        )
        if passage is not None:
            _count_or_list(passage, goal)
    return list(held.found.values())


def _row(link: ThemeSuccession | GoalSuccession, after: str) -> Story:
    return {
        "before": [],
        "after": after,
        "kind": link.kind,
        "label": link.get_kind_display(),
        "reason": link.reason,
        "decision": link.decision,
        "source": provenance(link),
    }


def _count_or_list(passage: Passage, link: GoalSuccession) -> None:
    if link.kind == SuccessionKind.NOT_IN_SOURCE:
        if link.predecessor:
            passage.unknown_before += 1
        else:
            passage.unknown_after += 1
        return
    if link.kind == SuccessionKind.CONTINUED:
        passage.continued += 1
    row = _row(link, link.successor.label if link.successor else "")
    row["after_slug"] = link.successor.slug if link.successor else ""
    row["before_slug"] = link.predecessor.slug if link.predecessor else ""
    row["before"] = [link.predecessor.label] if link.predecessor else []
    passage.goals.append(row)
