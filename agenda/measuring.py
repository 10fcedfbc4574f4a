"""How measurable the goals of a version are, and what has no counterpart. Reads only.

The rule is ``agenda/measurability.py``. Goals are measured by their own measures; a goal without
any by those of its theme, which measure all goals of the theme together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from agenda.constants import IndicatorLevel, TargetKind
from agenda.measurability import (
    LABELS,
    Aspect,
    Mark,
    Marks,
    MeasureFacts,
    count,
    finding,
    in_time,
    marks,
    names_somebody,
    sentences,
)
from agenda.models import AgendaVersion, Goal, Indicator, Measure, Observation, Target
from core.periods import Period
from core.tables import CellValue
from core.values import Absence


@dataclass(frozen=True)
class GoalMarks:
    """A goal with its six marks; ``of_theme``: they rest on the measures of its theme."""

    pk: int
    number: str
    label: str
    slug: str
    theme: str
    direction_reason: str
    marks: Marks
    measures: int
    of_theme: bool

    @property
    def shown(self) -> list[tuple[str, Mark]]:
        """Each mark under the head of its column."""
        return [(LABELS[aspect][0], mark) for aspect, mark in self.marks.items()]

    @property
    def is_direction(self) -> bool:
        return bool(self.direction_reason)

    def lacks(self, aspect: Aspect) -> bool:
        """Whether it is asked for, and not wholly there."""
        return not self.is_direction and self.marks[aspect] is not Mark.YES


@dataclass(frozen=True)
class LooseMeasure:
    """A measure of a theme that has no goals."""

    number: str
    text: str
    indicator: str
    theme: str


@dataclass(frozen=True)
class ThemeName:
    name: str
    slug: str


@dataclass(frozen=True)
class Measurability:
    """``of_themes`` of the ``measures`` belong to a theme as a whole, and not to one goal."""

    goals: tuple[GoalMarks, ...]
    measures: int
    of_themes: int
    loose: tuple[LooseMeasure, ...]
    empty_themes: tuple[ThemeName, ...]

    @property
    def asked(self) -> list[GoalMarks]:
        """The goals that are to be measured."""
        return [goal for goal in self.goals if not goal.is_direction]

    @property
    def directions(self) -> list[GoalMarks]:
        return [goal for goal in self.goals if goal.is_direction]

    @property
    def unmeasured(self) -> list[GoalMarks]:
        return [goal for goal in self.goals if goal.lacks(Aspect.INDICATOR)]

    @property
    def finding(self) -> str:
        return finding([goal.marks for goal in self.asked], len(self.directions))

    @property
    def sentences(self) -> list[str]:
        return sentences([goal.marks for goal in self.asked], len(self.directions))

    @property
    def totals(self) -> list[tuple[str, int]]:
        """Per column how many of the goals that are asked wholly have it."""
        held = count(goal.marks for goal in self.asked)
        return [(LABELS[aspect][0], counter[Mark.YES]) for aspect, counter in held.items()]

    def lacking(self, aspect: Aspect | None) -> list[GoalMarks]:
        """The goals that lack ``aspect``; every goal where none is asked for."""
        return [goal for goal in self.goals if aspect is None or goal.lacks(aspect)]


def measurability(version: AgendaVersion) -> Measurability:
    """All goals of ``version`` with their marks, and what has no counterpart. Five queries."""
    themes = {
        pk: (name, slug, parent)
        for pk, name, slug, parent in version.themes.order_by("order").values_list(
            "pk", "name", "slug", "parent_id"
        )
    }
    goals = list(
        Goal.objects.filter(theme__version=version)
        .order_by("theme__order", "order")
        .values_list("pk", "theme_id", "number", "label", "slug", "direction_reason", "level")
    )
    of_goal: dict[int, list[MeasureFacts]] = defaultdict(list)
    of_theme: dict[int, list[MeasureFacts]] = defaultdict(list)
    with_goals = {theme for _, theme, *_ in goals}
    loose = []
    rows = _measures(Measure.objects.of_version(version.pk), version.agenda.period)
    for row, facts in rows:
        if row["goal_id"]:
            of_goal[row["goal_id"]].append(facts)
            continue
        of_theme[row["theme_id"]].append(facts)
        if row["theme_id"] not in with_goals:
            loose.append(
                LooseMeasure(
                    row["number"], row["text"], row["indicator__slug"], themes[row["theme_id"]][0]
                )
            )
    parents = {parent for _, _, parent in themes.values()}
    return Measurability(
        goals=tuple(
            _goal(row, themes[row[1]][0], of_goal[row[0]], of_theme[row[1]]) for row in goals
        ),
        measures=len(rows),
        of_themes=sum(len(held) for held in of_theme.values()),
        loose=tuple(loose),
        empty_themes=tuple(
            ThemeName(name, slug)
            for pk, (name, slug, _) in themes.items()
            if pk not in with_goals and pk not in parents
        ),
    )


def goal_marks(goal: Goal) -> GoalMarks:
    """The marks of one goal, whose theme, version and agenda were read before. Three queries."""
    held = Measure.objects.filter(Q(goal=goal) | Q(theme=goal.theme_id))
    rows = _measures(held, goal.theme.version.agenda.period)
    return _goal(
        (
            goal.pk,
            goal.theme_id,
            goal.number,
            goal.label,
            goal.slug,
            goal.direction_reason,
            goal.level,
        ),
        goal.theme.name,
        [facts for row, facts in rows if row["goal_id"]],
        [facts for row, facts in rows if row["theme_id"]],
    )


def _goal(
    row: tuple[Any, ...], theme: str, own: list[MeasureFacts], of_theme: list[MeasureFacts]
) -> GoalMarks:
    pk, _, number, label, slug, direction_reason, level = row
    held = own or of_theme
    return GoalMarks(
        pk=pk,
        number=number,
        label=label,
        slug=slug,
        theme=theme,
        direction_reason=direction_reason,
        marks=marks(held, level),
        measures=len(held),
        of_theme=bool(of_theme and not own),
    )


def _measures(
    measures: QuerySet[Measure], agenda: Period | None
) -> list[tuple[dict[str, Any], MeasureFacts]]:
    """The rows of ``measures`` with what is known of each. Three queries."""
    rows: list[Any] = list(
        measures.order_by("order", "pk").values(
            "pk",
            "theme_id",
            "goal_id",
            "number",
            "text",
            "indicator_id",
            "indicator__slug",
            "indicator__level",
            "indicator__measured_by",
            "indicator__rhythm",
        )
    )
    kinds: dict[int, set[str]] = defaultdict(set)
    for measure, kind in Target.objects.filter(
        measure__in=measures, absence=Absence.PRESENT
    ).values_list("measure_id", "kind"):
        kinds[measure].add(kind)
    measured = _measured(Q(indicator__in=measures.values("indicator_id")))
    return [
        (
            row,
            _facts(
                agenda,
                measured[row["indicator_id"]],
                level=row["indicator__level"],
                measured_by=row["indicator__measured_by"],
                rhythm=row["indicator__rhythm"],
                has_baseline=TargetKind.BASELINE in kinds[row["pk"]],
                has_target=TargetKind.TARGET in kinds[row["pk"]],
            ),
        )
        for row in rows
    ]


def _measured(which: Q) -> dict[int, list[Period]]:
    """The periods of which there is a value for the whole municipality, by indicator. One query."""
    found: dict[int, list[Period]] = defaultdict(list)
    for indicator, period in Observation.objects.filter(
        which,
        area__isnull=True,
        group__isnull=True,
        # A number that is too small to publish was measured all the same.
        absence__in=(Absence.PRESENT, Absence.TOO_SMALL),
    ).values_list("indicator_id", "period"):
        found[indicator].append(period)
    return found


def marks_with(
    goal: Goal,
    measure: Measure,
    indicator: Indicator | None,
    *,
    has_baseline: bool,
    has_target: bool,
) -> Marks:
    """The marks of ``goal`` as they will be with ``measure`` by ``indicator``, neither of which
    needs to be saved; without an indicator: as they are. At most four queries."""
    agenda = goal.theme.version.agenda.period
    rows = _measures(Measure.objects.filter(Q(goal=goal) | Q(theme=goal.theme_id)), agenda)
    own = [facts for row, facts in rows if row["goal_id"] and row["pk"] != measure.pk]
    if indicator is None:
        return marks(own or [facts for row, facts in rows if row["theme_id"]], goal.level)
    measured = _measured(Q(indicator=indicator.pk)) if indicator.pk else {}
    this = _facts(
        agenda,
        measured.get(indicator.pk, []),
        level=indicator.level,
        measured_by=indicator.measured_by,
        rhythm=indicator.rhythm,
        has_baseline=has_baseline,
        has_target=has_target,
    )
    return marks([*own, this], goal.level)


def _facts(
    agenda: Period | None,
    measured: list[Period],
    *,
    level: str,
    measured_by: str,
    rhythm: str,
    has_baseline: bool,
    has_target: bool,
) -> MeasureFacts:
    return MeasureFacts(
        has_baseline=has_baseline,
        has_target=has_target,
        in_time=in_time(agenda, rhythm, measured),
        has_owner=names_somebody(measured_by),
        measures_effect=level == IndicatorLevel.POPULATION,
    )


# --- To take along --------------------------------------------------------------------------------
HEADER = (
    "Thema",
    "Nummer",
    "Doel",
    *(head for head, _ in LABELS.values()),
    "Aantal metingen",
    "Gemeten",
    "Richting omdat",
)


def csv_rows(goals: Iterable[GoalMarks]) -> list[list[CellValue]]:
    """A row a goal. A direction has no marks: they are not asked of it."""
    return [
        [
            goal.theme,
            goal.number,
            goal.label,
            *("" if goal.is_direction else mark.value for mark in goal.marks.values()),
            goal.measures,
            resting_on(goal),
            goal.direction_reason,
        ]
        for goal in goals
    ]


def resting_on(goal: GoalMarks) -> str:
    """On whose measures the marks of ``goal`` rest."""
    if not goal.measures:
        return "niet"
    return "bij het thema" if goal.of_theme else "bij het doel"
