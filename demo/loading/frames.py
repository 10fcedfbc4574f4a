"""What stands around the goals of an agenda: target groups that a goal names, and other policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from agenda.constants import PolicyKind, PolicyState
from agenda.models import AgendaVersion, Goal, PolicyLink, TargetGroup
from demo.loading.reader import Place, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class PolicyRow:
    place: Place
    name: str
    kind: PolicyKind
    asks: str
    state: PolicyState = PolicyState.NOT_STATED
    url: str = ""
    locator: str = ""


def policies(rows: list[PolicyRow], version: AgendaVersion, cited: Citations) -> None:
    save_all(
        (
            each.place,
            PolicyLink(
                version=version,
                name=each.name,
                kind=each.kind,
                state=each.state,
                url=each.url,
                asks=each.asks,
                **cited.cite(each.place, each.locator),
            ),
        )
        for each in rows
    )


def target_groups(named: Iterable[tuple[Goal, list[str]]]) -> None:
    """Link goals to the groups that the words of the goal in the source name."""
    groups = {group.name: group for group in TargetGroup.objects.all()}
    for goal, names in named:
        for name in names:
            if name not in groups:
                groups[name] = TargetGroup.objects.create(name=name, slug=slugify(name))
        if names:
            goal.target_groups.add(*(groups[name] for name in names))
