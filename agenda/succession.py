"""How themes and goals went from one agenda to the next, as far as is known.

Agendas that follow each other are one ``Family``: its versions in time, and for each step from one
version to the next a ``Passage``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from agenda.constants import SuccessionKind
from agenda.models import Agenda, AgendaVersion, Goal, GoalSuccession, Theme, ThemeSuccession
from agenda.story import Story, provenance


@dataclass
class Passage:
    """From one agenda version to the next: what is known about themes and goals.

    ``silent_before`` and ``silent_after`` are the goals of which the source says nothing; of the
    ``unsaid`` goals nobody said yet what became of them.
    """

    before: AgendaVersion
    after: AgendaVersion
    themes: list[Story] = field(default_factory=list)
    goals: list[Story] = field(default_factory=list)
    continued: int = 0
    silent_before: list[Story] = field(default_factory=list)
    silent_after: list[Story] = field(default_factory=list)
    unsaid: list[Story] = field(default_factory=list)

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


@dataclass
class Family:
    """Versions of agendas that follow each other, oldest first, and all that links them."""

    versions: list[AgendaVersion]
    passages: list[Passage] = field(default_factory=list)
    themes: dict[int, list[Theme]] = field(default_factory=lambda: defaultdict(list))
    goals: dict[int, list[Goal]] = field(default_factory=lambda: defaultdict(list))
    theme_links: list[ThemeSuccession] = field(default_factory=list)
    goal_links: list[GoalSuccession] = field(default_factory=list)

    @property
    def goal_ids(self) -> set[int]:
        return {goal.pk for goals in self.goals.values() for goal in goals}

    def place(self, before: AgendaVersion | None, after: AgendaVersion | None) -> Passage | None:
        """Where a link belongs; one with an open end belongs to the neighbour in time."""
        for held in self.passages:
            if before in (None, held.before) and after in (None, held.after):
                return held
        if before is None or after is None:
            return None
        self.passages.append(Passage(before, after))
        return self.passages[-1]


def families() -> list[Family]:
    """Agendas that follow each other and that the public may read, oldest first. Five queries.

    An agenda of one version that follows none and that none follows is no family.
    """
    versions = {
        version.pk: version
        for version in AgendaVersion.objects.readable().in_time().select_related("agenda")
    }
    themes = list(Theme.objects.readable().in_order())
    goals = list(Goal.objects.readable().in_order().select_related("theme"))
    theme_links = list(
        ThemeSuccession.objects.readable()
        .select_related("predecessor", "successor", "source")
        .order_by("successor__order", "predecessor__order")
    )
    goal_links = list(
        GoalSuccession.objects.readable()
        .select_related("predecessor__theme", "successor__theme", "source", "dropped_in")
        .order_by("predecessor__theme__order", "predecessor__order", "successor__order")
    )
    told = [_of_theme(link) for link in theme_links] + [_of_goal(link) for link in goal_links]
    of_version = _families_of(versions, told)
    for theme in themes:
        of_version[theme.version_id].themes[theme.version_id].append(theme)
    for goal in goals:
        of_version[goal.theme.version_id].goals[goal.theme_id].append(goal)
    for theme_link in theme_links:
        family = of_version[next(pk for pk in _of_theme(theme_link) if pk is not None)]
        family.theme_links.append(theme_link)
    for goal_link in goal_links:
        family = of_version[next(pk for pk in _of_goal(goal_link) if pk is not None)]
        family.goal_links.append(goal_link)
    found = {id(family): family for family in of_version.values() if len(family.versions) > 1}
    for family in found.values():
        _fill(family, versions)
    return list(found.values())


def _of_theme(link: ThemeSuccession) -> tuple[int | None, int | None]:
    """The versions that a link leads from and to."""
    before, after = link.predecessor, link.successor
    return (before.version_id if before else None, after.version_id if after else None)


def _of_goal(link: GoalSuccession) -> tuple[int | None, int | None]:
    before, after = link.predecessor, link.successor
    return (
        before.theme.version_id if before else None,
        after.theme.version_id if after else link.dropped_in_id,
    )


def _families_of(
    versions: dict[int, AgendaVersion], told: Iterable[tuple[int | None, int | None]]
) -> dict[int, Family]:
    """By version the family that it belongs to: agendas are joined by what they follow."""
    head = {version.agenda_id: version.agenda_id for version in versions.values()}

    def join(one: int, other: int) -> None:
        gone, kept = head[other], head[one]
        head.update({agenda: kept for agenda, held in head.items() if held == gone})

    agendas: dict[int, Agenda] = {
        version.agenda_id: version.agenda for version in versions.values()
    }
    for agenda in agendas.values():
        if agenda.predecessor_id in head:
            join(agenda.predecessor_id, agenda.pk)
    for before, after in told:
        if before is not None and after is not None:
            join(versions[before].agenda_id, versions[after].agenda_id)
    by_head: dict[int, Family] = {}
    for version in versions.values():
        by_head.setdefault(head[version.agenda_id], Family([])).versions.append(version)
    return {version.pk: by_head[head[version.agenda_id]] for version in versions.values()}


def _fill(family: Family, versions: dict[int, AgendaVersion]) -> None:
    """Write the passages of ``family`` from its links."""
    for place, version in enumerate(family.versions[1:], start=1):
        family.passages.append(Passage(_before(family.versions[:place], version), version))
    groups: dict[tuple[int, int, str], Story] = {}
    for theme in family.theme_links:
        before, after = _of_theme(theme)
        passage = family.place(_at(versions, before), _at(versions, after))
        if passage is None:
            continue
        group = (id(passage), theme.successor_id or -theme.pk, theme.kind)
        if group not in groups:
            groups[group] = _row(theme, theme.successor.name if theme.successor else "")
            passage.themes.append(groups[group])
        if theme.predecessor:
            groups[group]["before"].append({"label": theme.predecessor.name, "url": ""})
    for goal in family.goal_links:
        before, after = _of_goal(goal)
        passage = family.place(_at(versions, before), _at(versions, after))
        if passage is not None:
            _count_or_list(passage, goal)
    for passage in family.passages:
        _unsaid(family, passage)


def _before(earlier: list[AgendaVersion], version: AgendaVersion) -> AgendaVersion:
    """The one of the ``earlier`` versions that ``version`` follows: of the same agenda, or else of
    the agenda before it; where neither is told, the last one in time."""
    for agenda in (version.agenda_id, version.agenda.predecessor_id):
        held = [one for one in earlier if one.agenda_id == agenda]
        if held:
            return held[-1]
    return earlier[-1]


def _at(versions: dict[int, AgendaVersion], pk: int | None) -> AgendaVersion | None:
    return None if pk is None else versions[pk]


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


def _end(goal: Goal, version: AgendaVersion) -> Story:
    """A goal as a row names it."""
    return {
        "pk": goal.pk,
        "label": goal.label,
        "slug": goal.slug,
        "agenda_slug": version.agenda.slug,
    }


def _count_or_list(passage: Passage, link: GoalSuccession) -> None:
    before = _end(link.predecessor, passage.before) if link.predecessor else {}
    after = _end(link.successor, passage.after) if link.successor else {}
    if link.kind == SuccessionKind.NOT_IN_SOURCE:
        if before:
            passage.silent_before.append(before)
        else:
            passage.silent_after.append(after)
        return
    if link.kind == SuccessionKind.CONTINUED:
        passage.continued += 1
    row = _row(link, str(after.get("label", "")))
    row["before"] = [before] if before else []
    row["goal"] = after
    passage.goals.append(row)


def _unsaid(family: Family, passage: Passage) -> None:
    """The goals of ``passage`` that no link names: nobody said yet what became of them."""
    named = {link.predecessor_id for link in family.goal_links}
    passage.unsaid = [
        _end(goal, passage.before)
        for theme in family.themes[passage.before.pk]
        for goal in family.goals[theme.pk]
        if goal.pk not in named
    ]
