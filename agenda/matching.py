"""Which goal of one version is the same goal in another. Pure: no database.

A goal gets a row, and an address, of its own in every version. It is the same goal where the
succession says so: it goes on (unchanged, extended or reworded) as one other, by as many versions
as lie between. Where the succession says nothing of either, the goal with the same short name is
the same, and failing that the one with the same number under the same theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from agenda.models import AgendaVersion, Theme

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """Where a goal stands in a version, and what it is called there. ``theme`` is the same for two
    themes that are the same."""

    pk: int
    theme: Hashable
    number: str
    label: str


def moment(version: AgendaVersion) -> tuple[int, int]:
    """Where ``version``, read with its agenda, stands in time among those it follows."""
    return version.agenda.year, version.number


def same_goals(
    before: Sequence[Place], after: Sequence[Place], links: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """The keys of the goals of ``after`` by those of the same goals of ``before``.

    ``links`` are all successions from a goal to another, between these versions and those between.
    """
    onward: dict[int, set[int]] = defaultdict(set)
    back: dict[int, set[int]] = defaultdict(set)
    for old, new in links:
        onward[old].add(new)
        back[new].add(old)
    targets = {goal.pk for goal in after}
    found: dict[int, int] = {}
    for goal in before:
        held = _followed(goal.pk, onward, back, targets)
        if held is not None and held not in found.values():
            found[goal.pk] = held
    told = {*onward, *back}
    for key in (_by_label, _by_place):
        _pair(before, after, found, told, key)
    return found


def same_themes(before: Iterable[Theme], after: Iterable[Theme]) -> dict[int, int]:
    """The keys of the themes of ``after`` by those of the same themes of ``before``: those with the
    same address, which a theme keeps under another name; and of the others those that are alone
    with their name."""
    old, new = list(before), list(after)
    by_address = {theme.slug: theme.pk for theme in new}
    found = {theme.pk: by_address[theme.slug] for theme in old if theme.slug in by_address}
    names: list[dict[str, list[int]]] = [defaultdict(list), defaultdict(list)]
    for held, themes, taken in ((0, old, found.keys()), (1, new, set(found.values()))):
        for theme in themes:
            if theme.pk not in taken:
                names[held][theme.name.strip().lower()].append(theme.pk)
    for name, keys in names[0].items():
        others = names[1].get(name, [])
        if len(keys) == len(others) == 1:
            found[keys[0]] = others[0]
    return found


def paired(
    before: Iterable[Item],
    after: Iterable[Item],
    key: Callable[[Item], Hashable],
    number: Callable[[Item], Hashable],
) -> list[tuple[Item | None, Item | None]]:
    """The rows of both sides with the same ``key`` beside each other, in the order of ``after`` and
    then of ``before``. Where more have one key those with the same ``number`` go first, and the
    others follow in their order: no row is lost."""
    left: dict[Hashable, list[Item]] = defaultdict(list)
    for row in before:
        left[key(row)].append(row)
    rows = list(after)
    partner: dict[int, Item] = {}
    for by_number in (True, False):
        for place, row in enumerate(rows):
            there = left[key(row)]
            if place in partner or not there:
                continue
            same = [each for each in there if not by_number or number(each) == number(row)]
            if same:
                partner[place] = same[0]
                there.remove(same[0])
    gone = [(each, None) for held in left.values() for each in held]
    return [*((partner.get(place), row) for place, row in enumerate(rows)), *gone]


def _followed(
    goal: int, onward: Mapping[int, set[int]], back: Mapping[int, set[int]], targets: set[int]
) -> int | None:
    """Where ``goal`` ends up, as long as it goes on as one, and that one comes from it alone."""
    seen = {goal}
    while goal not in targets:
        after = onward.get(goal, set())
        if len(after) != 1:
            return None
        (goal,) = after
        if len(back[goal]) != 1 or goal in seen:
            return None
        seen.add(goal)
    return goal


def _by_label(goal: Place) -> Hashable:
    return goal.label.strip().lower()


def _by_place(goal: Place) -> Hashable:
    return goal.theme, goal.number.strip().lower()


def _pair(
    before: Sequence[Place],
    after: Sequence[Place],
    found: dict[int, int],
    told: set[int],
    key: Callable[[Place], Hashable],
) -> None:
    """Add to ``found`` those that stand alone with their key on either side, and are not told."""
    taken = {*found.values(), *told}
    old = _alone([goal for goal in before if goal.pk not in found and goal.pk not in told], key)
    new = _alone([goal for goal in after if goal.pk not in taken], key)
    found.update({old[each]: new[each] for each in old if each in new})


def _alone(goals: Sequence[Place], key: Callable[[Place], Hashable]) -> dict[Hashable, int]:
    held: dict[Hashable, list[int]] = defaultdict(list)
    for goal in goals:
        held[key(goal)].append(goal.pk)
    return {each: keys[0] for each, keys in held.items() if len(keys) == 1}
