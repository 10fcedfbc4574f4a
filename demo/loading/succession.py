"""How themes and goals continue from one agenda or version to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from agenda.constants import SuccessionKind
from agenda.models import Goal, GoalSuccession, Theme, ThemeSuccession
from demo.loading.reader import Place, find, read_file, save_all
from demo.loading.sources import Citations

Found = TypeVar("Found")


@dataclass(frozen=True)
class LinkRow:
    """A continuation. Themes are written ``agenda/version/slug``, goals by their slug."""

    place: Place
    kind: SuccessionKind
    locator: str
    predecessor: str = ""
    successor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class GroupRow:
    """Every predecessor with every successor: together they were replaced by together."""

    place: Place
    kind: SuccessionKind
    locator: str
    predecessors: list[str]
    successors: list[str]
    reason: str = ""


@dataclass(frozen=True)
class UnknownRow:
    """All goals of a version (``agenda/version``), of which the source tells nothing further."""

    place: Place
    version: str
    locator: str
    reason: str


@dataclass(frozen=True)
class SuccessionFile:
    source: str
    themes: list[LinkRow]
    theme_groups: list[GroupRow]
    goals: list[LinkRow]
    goals_without_known_successor: list[UnknownRow]
    goals_without_known_predecessor: list[UnknownRow]


def load(data: Path) -> None:
    """Insert the successions of ``succession.yaml`` between the agendas that are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "succession.yaml", SuccessionFile)
    with transaction.atomic():
        _themes(content)
        _goals(content)


def _version(theme: Theme) -> str:
    return f"{theme.version.agenda.slug}/{theme.version.number}"


def _themes(content: SuccessionFile) -> None:
    cited = Citations(content.source)
    listed = Theme.objects.select_related("version__agenda")
    known = {f"{_version(theme)}/{theme.slug}": theme for theme in listed}
    rows = [
        *content.themes,
        *(
            LinkRow(group.place, group.kind, group.locator, before, after, group.reason)
            for group in content.theme_groups
            for before in group.predecessors
            for after in group.successors
        ),
    ]
    save_all(
        (
            row.place,
            ThemeSuccession(
                predecessor=_side(row.place, known, row.predecessor, "thema"),
                successor=_side(row.place, known, row.successor, "thema"),
                kind=row.kind,
                reason=row.reason,
                **cited.cite(row.place, row.locator),
            ),
        )
        for row in rows
    )


def _goals(content: SuccessionFile) -> None:
    cited = Citations(content.source)
    known: dict[str, Goal] = {}
    slugs: dict[str, list[str]] = {}
    for goal in Goal.objects.select_related("theme__version__agenda").in_order():
        known[goal.slug] = goal
        slugs.setdefault(_version(goal.theme), []).append(goal.slug)
    save_all(
        (
            row.place,
            GoalSuccession(
                predecessor=_side(row.place, known, row.predecessor, "doel"),
                successor=_side(row.place, known, row.successor, "doel"),
                kind=row.kind,
                reason=row.reason,
                **cited.cite(row.place, row.locator),
            ),
        )
        for row in (*content.goals, *_unknown(content, slugs))
    )


def _side(place: Place, known: dict[str, Found], name: str, what: str) -> Found | None:
    return find(place, known, name, what) if name else None


def _unknown(content: SuccessionFile, slugs: dict[str, list[str]]) -> Iterator[LinkRow]:
    """A row for every goal of which the source does not say where it went or came from."""
    kind = SuccessionKind.NOT_IN_SOURCE
    for row in content.goals_without_known_successor:
        for slug in find(row.place, slugs, row.version, "versie"):
            yield LinkRow(row.place, kind, row.locator, slug, "", row.reason)
    for row in content.goals_without_known_predecessor:
        for slug in find(row.place, slugs, row.version, "versie"):
            yield LinkRow(row.place, kind, row.locator, "", slug, row.reason)
