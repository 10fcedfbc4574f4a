"""The goal tree: which contribution may stand in it, and which goals hang loose.

The rule, in Dutch and with examples: ``docs/regels/doelenboom.md``. Pure Python; no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agenda.constants import EFFECT_LEVELS, TREE_LEVELS, GoalLevel

RANKS = {level.value: rank for rank, level in enumerate(TREE_LEVELS)}
LEADS_NOWHERE = "Draagt nergens aan bij"
COMES_FROM_NOTHING = "Niets draagt hieraan bij"
UPWARDS = "Een doel draagt bij aan een doel van een hoger niveau."

# The goal that contributes, and the goal that it leads to, by their keys.
Link = tuple[int, int]


@dataclass(frozen=True)
class Node:
    """A goal in the tree: what it is called, and the value of its level (empty when unknown)."""

    label: str
    level: str = ""


@dataclass(frozen=True)
class Fault:
    """A contribution that cannot be, and why."""

    link: Link
    message: str


def faults(goal: int, nodes: Mapping[int, Node], links: Sequence[Link]) -> list[Fault]:
    """What is wrong with the contributions from and to ``goal``, among all ``links`` of its agenda.

    A circle is told alone: the levels of its goals say nothing new.
    """
    circle = circle_through(goal, links)
    if circle:
        return [Fault((goal, circle[1]), _circle_words([nodes[pk].label for pk in circle]))]
    return [
        Fault((lower, higher), words)
        for lower, higher in links
        if goal in (lower, higher) and (words := level_fault(nodes[lower], nodes[higher]))
    ]


def level_fault(lower: Node, higher: Node) -> str:
    """Why ``lower`` cannot contribute to ``higher``; nothing when it can, or a level is unknown."""
    if not lower.level or not higher.level or RANKS[lower.level] < RANKS[higher.level]:
        return ""
    if lower.level == higher.level:
        return (
            f"‘{lower.label}’ en ‘{higher.label}’ staan op hetzelfde niveau: "
            f"{GoalLevel(lower.level).label}. {UPWARDS}"
        )
    return (
        f"‘{higher.label}’ ({GoalLevel(higher.level).label}) staat lager dan "
        f"‘{lower.label}’ ({GoalLevel(lower.level).label}). {UPWARDS}"
    )


def circle_through(goal: int, links: Iterable[Link]) -> list[int]:
    """The shortest way from ``goal`` back to itself, both ends in it; empty when there is none."""
    onwards = defaultdict(list)
    for lower, higher in links:
        onwards[lower].append(higher)
    ways = [[goal]]
    seen: set[int] = set()
    for way in ways:  # grows while it is walked, so that shorter ways come first
        for following in onwards[way[-1]]:
            if following == goal:
                return [*way, goal]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _circle_words(labels: list[str]) -> str:
    if len(labels) == 2:
        return f"‘{labels[0]}’ kan niet aan zichzelf bijdragen."
    steps = [f"‘{lower}’ draagt bij aan ‘{higher}’" for lower, higher in pairwise(labels)]
    return (
        f"Zo ontstaat een kring: {', '.join(steps[:-1])} en {steps[-1]}. Laat een van deze "
        "bijdragen weg."
    )


@dataclass(frozen=True)
class GoalTree:
    """The goals of a version by key, in their order, and the contributions between them."""

    nodes: Mapping[int, Node]
    links: Sequence[Link]
    effects: dict[int, list[int]] = field(init=False, default_factory=dict)
    contributors: dict[int, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        place = {pk: n for n, pk in enumerate(self.nodes)}
        for pk in self.nodes:
            self.effects[pk], self.contributors[pk] = [], []
        for lower, higher in sorted(self.links, key=lambda link: (place[link[0]], place[link[1]])):
            self.effects[lower].append(higher)
            self.contributors[higher].append(lower)

    @property
    def has_levels(self) -> bool:
        """Whether there is a tree at all: an agenda may do without."""
        return any(node.level for node in self.nodes.values())

    def on(self, level: str) -> list[int]:
        """The goals on ``level``; on the empty one, those of which none is told."""
        return [pk for pk, node in self.nodes.items() if node.level == level]

    def flags(self, goal: int) -> list[str]:
        """What is missing around ``goal``, in the words of the screen.

        Every goal leads to something, but for impact, where the tree ends. Something leads to every
        effect. Of a goal without a level nothing is asked.
        """
        level = self.nodes[goal].level
        found = []
        if level and level != GoalLevel.IMPACT and not self.effects[goal]:
            found.append(LEADS_NOWHERE)
        if level in EFFECT_LEVELS and not self.contributors[goal]:
            found.append(COMES_FROM_NOTHING)
        return found
