"""What differs between two versions of an agenda, or between an agenda and the one before it.

Reads only; the number of queries does not depend on how much there is in either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from agenda.constants import NO_SUBJECT, SuccessionKind
from agenda.matching import Place, moment, paired, same_goals, same_themes
from agenda.models import (
    AgendaVersion,
    Contribution,
    DevelopmentTask,
    Goal,
    GoalSuccession,
    Measure,
    Principle,
    SituationFact,
    Theme,
)
from core.worddiff import Piece, differences

ADDED, GONE, CHANGED = "added", "gone", "changed"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One text of a part that came, went or was rewritten."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """A part that is in one of the versions only, or that is not the same in both.

    ``why`` tells what the succession says of it.
    """

    kind: str
    name: str
    lines: tuple[Line, ...]
    why: str = ""


@dataclass(frozen=True)
class Section:
    """All that differs in one sort of part; ``same`` parts stayed as they were."""

    title: str
    anchor: str
    rows: tuple[Difference, ...]
    same: int

    def _of(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many came, went and changed, and how many stayed; nothing of which there are none."""
        told = [
            ("erbij", self._of(ADDED)),
            ("vervallen", self._of(GONE)),
            ("gewijzigd", self._of(CHANGED)),
            ("gelijk", self.same),
        ]
        return [(words, number) for words, number in told if number]


@dataclass(frozen=True)
class Comparison:
    before: AgendaVersion
    after: AgendaVersion
    sections: tuple[Section, ...]

    @property
    def total(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @property
    def shown(self) -> list[Section]:
        return [section for section in self.sections if section.rows]


@dataclass(frozen=True)
class _Part:
    name: str
    texts: Texts
    why: str = ""


Pair = tuple[_Part | None, _Part | None]


def compare(before: AgendaVersion, after: AgendaVersion) -> Comparison:
    """All that two versions say, part by part. Both were read with their agenda.

    Twenty-four queries.
    """
    sides = _sides(before, after)
    return Comparison(
        before,
        after,
        (
            _section("Thema’s", "themas", _theme_pairs(sides)),
            _section("Doelen", "doelen", _goal_pairs(sides)),
            _section("Metingen en streefwaarden", "metingen", _measure_pairs(sides)),
            _section("Ontwikkelopdrachten", "opdrachten", _by_key(_tasks(before), _tasks(after))),
            _section(
                "Uitgangspunten en visie", "uitgangspunten", _by_key(*_principles(before, after))
            ),
            _section("Het beeld van de samenleving", "beeld", _by_key(*_situation(before, after))),
            _section("Participatie", "participatie", _by_key(_taking(before), _taking(after))),
            _section("Ander beleid", "ander-beleid", _by_key(_policies(before), _policies(after))),
        ),
    )


@dataclass(frozen=True)
class _Sides:
    """The themes and goals of both versions, and which of the new ones are which of the old."""

    before: AgendaVersion
    after: AgendaVersion
    old_themes: list[Theme]
    new_themes: list[Theme]
    old_goals: dict[int, Goal]
    new_goals: dict[int, Goal]
    theme_of: dict[int, int]
    goal_of: dict[int, int]
    leads_to: dict[int, str]  # what each goal, of either, contributes to

    @property
    def said(self) -> dict[int, str]:
        """The former name of each new theme that is an old one: another name is told once, at the
        theme, and not at all that is under it."""
        names = {theme.pk: theme.name for theme in self.old_themes}
        return {new: names[old] for new, old in self.theme_of.items()}


def _sides(before: AgendaVersion, after: AgendaVersion) -> _Sides:
    old_themes, new_themes = _themes(before), _themes(after)
    old_goals, new_goals = _goals(before), _goals(after)
    themes = same_themes(old_themes, new_themes)
    theme_of = {new: old for old, new in themes.items()}
    goals = same_goals(
        [_place(goal, {}) for goal in old_goals.values()],
        [_place(goal, theme_of) for goal in new_goals.values()],
        _links(before, after),
    )
    goal_of = {new: old for old, new in goals.items()}
    return _Sides(
        *(before, after, old_themes, new_themes, old_goals, new_goals),
        *(theme_of, goal_of, _leads_to(before, after)),
    )


def _theme_pairs(sides: _Sides) -> list[Pair]:
    pairs = paired(
        sides.old_themes,
        sides.new_themes,
        lambda theme: sides.theme_of.get(theme.pk, theme.pk),
        lambda theme: theme.number,
    )
    said = sides.said
    return _beside(pairs, _theme, lambda theme: _theme(theme, said))


def _goal_pairs(sides: _Sides) -> list[Pair]:
    pairs = paired(
        sides.old_goals.values(),
        sides.new_goals.values(),
        lambda goal: sides.goal_of.get(goal.pk, goal.pk),
        lambda goal: goal.number,
    )
    said, told = sides.said, _told(sides.old_goals, sides.after)
    return _beside(
        pairs,
        lambda goal: _goal(goal, {}, sides.leads_to, told.get(goal.pk, "")),
        lambda goal: _goal(goal, said, sides.leads_to),
    )


def _measure_pairs(sides: _Sides) -> list[Pair]:
    pairs = paired(
        _measures(sides.before),
        _measures(sides.after),
        lambda row: _measure_key(row, sides.goal_of, sides.theme_of),
        lambda row: row.number,
    )
    themes, goals = (
        sides.said,
        {new: str(sides.old_goals[old]) for new, old in sides.goal_of.items()},
    )
    return _beside(
        pairs,
        lambda row: _measure(row, {}, {}),
        lambda row: _measure(row, themes, goals),
    )


def _beside(
    pairs: Iterable[tuple[Any, Any]],
    old: Callable[[Any], _Part],
    new: Callable[[Any], _Part],
) -> list[Pair]:
    """Pairs of rows as pairs of what they say."""
    return [
        (old(before) if before is not None else None, new(after) if after is not None else None)
        for before, after in pairs
    ]


def _by_key(old: Mapping[Any, _Part], new: Mapping[Any, _Part]) -> list[Pair]:
    return [
        *((old.get(key), part) for key, part in new.items()),
        *((part, None) for key, part in old.items() if key not in new),
    ]


def _section(title: str, anchor: str, pairs: Iterable[Pair]) -> Section:
    """The same parts beside each other: first what changed, then what came and went, each in the
    order of its version."""
    rows, same = [], 0
    for old, new in pairs:
        if old is None and new is not None:
            rows.append(Difference(ADDED, new.name, _lines({}, _but_name(new)), new.why))
        elif new is None and old is not None:
            rows.append(Difference(GONE, old.name, _lines(_but_name(old), {}), old.why))
        elif old is not None and new is not None:
            lines = _lines(old.texts, new.texts)
            same += not lines
            if lines:
                rows.append(Difference(CHANGED, new.name, lines, new.why))
    order = [CHANGED, ADDED, GONE]
    rows.sort(key=lambda row: order.index(row.kind))
    return Section(title, anchor, tuple(rows), same)


def _but_name(part: _Part) -> Texts:
    """The texts of a part that came or went, without the one that is its name already."""
    return {label: text for label, text in part.texts.items() if text != part.name}


def _lines(old: Texts, new: Texts) -> tuple[Line, ...]:
    labels = dict.fromkeys([*new, *old])
    return tuple(
        Line(label, tuple(differences(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    )


# -- themes ----------------------------------------------------------------------------------------
def _themes(version: AgendaVersion) -> list[Theme]:
    return list(version.themes.select_related("parent").order_by("order"))


def _theme(theme: Theme, said: Mapping[int, str] | None = None) -> _Part:
    """``said`` tells what themes that are above others are called on the other side."""
    above = theme.parent
    return _Part(
        theme.name,
        {
            "Nummer": theme.number,
            "Naam": theme.name,
            "Valt onder": (said or {}).get(above.pk, above.name) if above else "",
            "Gewenst resultaat": theme.result,
            "Rol van de gemeente": theme.get_role_display() if theme.role else "",
            "Toelichting op de rol": theme.role_note,
        },
    )


# -- goals -----------------------------------------------------------------------------------------
def _goals(version: AgendaVersion) -> dict[int, Goal]:
    rows = (
        Goal.objects.filter(theme__version=version)
        .select_related("theme")
        .prefetch_related("target_groups", "areas")
        .in_order()
    )
    return {goal.pk: goal for goal in rows}


def _place(goal: Goal, theme_of: Mapping[int, int]) -> Place:
    theme = theme_of.get(goal.theme_id, goal.theme_id)
    return Place(goal.pk, theme, goal.number, goal.label)


def _leads_to(*versions: AgendaVersion) -> dict[int, str]:
    rows = Contribution.objects.filter(contributor__theme__version__in=versions)
    found: dict[int, list[str]] = {}
    for goal, effect in rows.order_by("effect__label").values_list("contributor", "effect__label"):
        found.setdefault(goal, []).append(effect)
    return {goal: "; ".join(effects) for goal, effects in found.items()}


def _goal(goal: Goal, said: Mapping[int, str], leads_to: Mapping[int, str], why: str = "") -> _Part:
    return _Part(
        goal.label,
        {
            "Thema": said.get(goal.theme_id, goal.theme.name),
            "Nummer": goal.number,
            "Korte naam": goal.label,
            "Doel": goal.text,
            "Niveau": goal.get_level_display() if goal.level else "",
            "Doeldatum": goal.due,
            "Draagt bij aan": leads_to.get(goal.pk, ""),
            "Waarom als richting": goal.direction_reason,
            "Doelgroepen": ", ".join(row.name for row in goal.target_groups.all()),
            "Kernen en wijken": ", ".join(row.name for row in goal.areas.all()),
        },
        why,
    )


def _links(before: AgendaVersion, after: AgendaVersion) -> list[tuple[int, int]]:
    """The successions of goals from ``before`` up to ``after``; nothing of a draft that is neither
    of them. One query."""
    rows = (
        (GoalSuccession.objects.readable() | GoalSuccession.objects.into(after.pk))
        .filter(predecessor__isnull=False, successor__isnull=False)
        .exclude(kind=SuccessionKind.NOT_IN_SOURCE)
        .select_related("predecessor__theme__version__agenda", "successor__theme__version__agenda")
        .order_by("pk")
    )
    return [
        (row.predecessor.pk, row.successor.pk)
        for row in rows
        if row.predecessor is not None
        and row.successor is not None
        and moment(before) <= moment(row.predecessor.theme.version)
        and moment(row.successor.theme.version) <= moment(after)
    ]


def _told(old: Mapping[int, Goal], after: AgendaVersion) -> dict[int, str]:
    """What ``after`` says about goals that do not go on as one. One query."""
    found: dict[int, str] = {}
    rows = (
        GoalSuccession.objects.into(after.pk)
        .filter(predecessor__in=old)
        .select_related("successor")
        .order_by("pk")
    )
    for row in rows:
        if row.predecessor_id is None:
            continue
        words = str(row.get_kind_display()).capitalize()
        goes_on = f" in ‘{row.successor.label}’" if row.successor else ""
        reason = f": {row.reason}" if row.reason else ""
        told = found.get(row.predecessor_id, "")
        found[row.predecessor_id] = f"{told} {words}{goes_on}{reason}".strip()
    return found


# -- measures, tasks, principles, facts ------------------------------------------------------------
def _measures(version: AgendaVersion) -> list[Measure]:
    return list(
        Measure.objects.of_version(version.pk)
        .select_related("indicator", "theme", "goal")
        .prefetch_related("targets")
        .order_by("order", "pk")
    )


def _measure_key(row: Measure, goal_of: Mapping[int, int], theme_of: Mapping[int, int]) -> Any:
    """The same indicator under the same goal or theme."""
    if row.goal_id is not None:
        return "goal", goal_of.get(row.goal_id, row.goal_id), row.indicator_id
    return "theme", theme_of.get(row.theme_id or 0, row.theme_id), row.indicator_id


def _measure(row: Measure, themes: Mapping[int, str], goals: Mapping[int, str]) -> _Part:
    """What a measure says; ``themes`` and ``goals`` are what those are called on the other side."""
    holder = themes.get(row.theme_id or 0) or goals.get(row.goal_id or 0) or row.goal or row.theme
    texts = {
        "Bij": str(holder),
        "Nummer": row.number,
        "Zoals afgesproken": row.text,
        "Indicator": row.indicator.name,
    }
    for target in sorted(row.targets.all(), key=lambda each: each.period.moment):
        label = f"{str(target.get_kind_display()).capitalize()} {target.period.label}"
        texts[label] = target.value.display()
    return _Part(row.text, texts)


def _tasks(version: AgendaVersion) -> dict[Any, _Part]:
    rows = (
        DevelopmentTask.objects.filter(version=version)
        .select_related("organisation")
        .prefetch_related("goals", "steps")
        .order_by("number")
    )
    return {
        task.number: _Part(
            f"{task.number}. {task.subject or NO_SUBJECT}",
            {
                "Onderwerp": task.subject,
                "Verantwoordelijke": task.responsible,
                "Kaders": task.frames,
                "Doelen": "; ".join(sorted(goal.label for goal in task.goals.all())),
                "Stappen": "; ".join(step.text for step in task.steps.all()),
            },
        )
        for task in rows
    }


def _principles(
    before: AgendaVersion, after: AgendaVersion
) -> tuple[dict[Any, _Part], dict[Any, _Part]]:
    """Those with the same words are the same; of the others, those at the same place."""
    old, new = (list(each.principles.order_by("kind", "order")) for each in (before, after))
    kept = {(row.kind, row.text) for row in old} & {(row.kind, row.text) for row in new}
    return {_principle_key(row, kept): _principle(row) for row in old}, {
        _principle_key(row, kept): _principle(row) for row in new
    }


def _principle_key(row: Principle, kept: Collection[tuple[str, str]]) -> tuple[str, str | int]:
    return (row.kind, row.text) if (row.kind, row.text) in kept else (row.kind, row.order)


def _principle(row: Principle) -> _Part:
    return _Part(row.text, {str(row.get_kind_display()).capitalize(): row.text})


def _situation(
    before: AgendaVersion, after: AgendaVersion
) -> tuple[dict[Any, _Part], dict[Any, _Part]]:
    """Facts about the same subject are the same; of the others, those at the same place."""
    old, new = (
        list(each.situation_facts.select_related("source").order_by("order"))
        for each in (before, after)
    )
    kept = {row.topic for row in old} & {row.topic for row in new}

    def told(rows: list[SituationFact]) -> dict[Any, _Part]:
        return {row.topic if row.topic in kept else row.order: _fact(row) for row in rows}

    return told(old), told(new)


def _fact(row: SituationFact) -> _Part:
    return _Part(
        row.topic,
        {"Onderwerp": row.topic, "Hoe het ervoor staat": row.text, "Bron": row.provenance},
    )


def _taking(version: AgendaVersion) -> dict[Any, _Part]:
    return {
        (row.who, row.form, row.order): _Part(
            str(row),
            {
                "Wie": row.who,
                "Hoe": row.form,
                "Wanneer": date_format(row.held_on, "j F Y")
                if row.held_on
                else str(row.year or ""),
                "Hoeveel": f"{row.value} {row.unit}",
            },
        )
        for row in version.participations.order_by("order", "pk")
    }


def _policies(version: AgendaVersion) -> dict[Any, _Part]:
    """Policy under another name is another: nothing else says that it is the same."""
    return {
        row.name: _Part(
            row.name,
            {
                "Naam": row.name,
                "Soort": row.get_kind_display(),
                "Stand": row.get_state_display() if row.state else "",
                "Wat het vraagt": row.asks,
                "Adres": row.url,
            },
        )
        for row in version.policies.order_by("name")
    }
