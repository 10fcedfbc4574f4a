"""What the pages of agendas, goals and indicators show, as plain data. Reads only.

The number of queries does not depend on the number of goals, measures or values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from agenda.completeness import lacks
from agenda.constants import AgendaStatus, PrincipleKind, SuccessionKind
from agenda.frame_stories import goal_frame, policy_stories, theme_frame
from agenda.meanings import breaks_of, meaning_in
from agenda.models import (
    AgendaVersion,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Principle,
    Succession,
    Theme,
    ThemeSuccession,
)
from agenda.models.goals import in_tree_order
from agenda.querysets import themes_with_goals
from agenda.series import NOT_FINAL, standing
from agenda.story import (
    Lineage,
    Story,
    break_story,
    figure,
    goal_summary,
    measure_story,
    provenance,
    source_of_value,
    version_story,
)
from agenda.task_stories import short_stories, tasks_of_goal

MEASURE_PARTS = ("targets", "indicator__observations__source", "indicator__versions")


def agenda_stories() -> list[Story]:
    """Every readable agenda in time, in the version that holds, with its counts. Three queries."""
    versions: list[Any] = list(  # with counts, which are no fields
        AgendaVersion.objects.readable()
        .in_time()
        .select_related("agenda__predecessor", "source")
        .annotate(
            goals=Count("themes__goals", distinct=True),
            theme_count=themes_with_goals(),
            measures=Count("themes__measures", distinct=True)
            + Count("themes__goals__measures", distinct=True),
        )
    )
    numbers: dict[int, list[Any]] = defaultdict(list)
    for version in versions:
        numbers[version.agenda_id].append(version)
    standing: list[Any] = [standing_of(held) for held in numbers.values()]
    return [
        {
            **version_story(version),
            "character": version.agenda.character,
            "status": version.get_status_display() if version.status else "",
            "goals": version.goals,
            "themes": version.theme_count,
            "measures": version.measures,
            "follows": _follows(version, {held.agenda_id for held in versions}),
            "replaces": version.agenda.replaces,
            "versions": [
                {"number": held.number, "goals": held.goals, "adopted_by": held.adopted_by}
                for held in numbers[version.agenda_id]
            ],
        }
        for version in standing
    ]


def standing_of(versions: Sequence[AgendaVersion]) -> AgendaVersion:
    """Of the readable versions of one agenda the one that holds: the newest that was decided, or
    else the one that is being consulted about."""
    return max(versions, key=lambda row: (row.status != AgendaStatus.CONSULTATION, row.number))


def _follows(version: AgendaVersion, readable: set[int]) -> Story:
    before = version.agenda.predecessor
    if before is None or before.pk not in readable:
        return {}
    return {"slug": before.slug, "short_name": before.short_name}


def version_page(version: AgendaVersion) -> Story:
    """All that the page of one version shows. At most nineteen queries."""
    beside = list(
        AgendaVersion.objects.readable().filter(agenda=version.agenda_id).order_by("number")
    )
    goals, measures = _goals_and_measures(version)
    themes = [_theme(row, goals[row.pk], measures) for row in _themes(version)]
    principles = [_principle(row) for row in version.principles.select_related("source")]
    return {
        **version_story(version),
        "status": version.get_status_display() if version.status else "",
        "reason": version.reason,
        "decision": version.decision,
        "decision_name": version.decision_name,
        "is_decided": not version.is_editable,
        "may_differ": version.agenda.predecessor_id is not None,
        "occasion": version.agenda.occasion,
        "character": version.agenda.character,
        "replaces": version.agenda.replaces,
        "note": version.agenda.note,
        "owner": version.agenda.owner.name,
        "agenda_source": provenance(version.agenda),
        "versions": [row.number for row in beside],
        **_beside(version, beside),
        "themes": themes,
        "has_levels": any(goal["level"] for theme in themes for goal in theme["goals"]),
        "themes_with_goals": sum(bool(theme["goals"]) for theme in themes),
        "goal_count": sum(len(theme["goals"]) for theme in themes),
        "measure_count": sum(theme["measure_count"] for theme in themes),
        "without_goals": [theme["name"] for theme in themes if not theme["goals"]],
        "unmeasured": sum(goal["unmeasured"] for theme in themes for goal in theme["goals"]),
        "principles": [row for row in principles if row["kind"] == PrincipleKind.PRINCIPLE],
        "visions": [row for row in principles if row["kind"] == PrincipleKind.VISION],
        "participation": [
            figure(
                row,
                who=row.who,
                form=row.form,
                held_on=row.held_on.isoformat() if row.held_on else "",
                year=row.year,
                unit=row.unit,
                source=provenance(row),
            )
            for row in version.participations.select_related("source")
        ],
        "situation": [
            {"topic": row.topic, "text": row.text, "source": provenance(row)}
            for row in version.situation_facts.select_related("source")
        ],
        "policies": policy_stories(version),
        "tasks": short_stories(version),
        "theme_origins": theme_origins(version),
        "differences": differences(version),
    }


def _beside(version: AgendaVersion, beside: Sequence[AgendaVersion]) -> Story:
    """Where ``version`` stands among the readable versions of its agenda: which ``replacement``
    holds now, and which one is ``in_consultation``. What follows the whole agenda: one query.

    Of a new agenda that is still a draft there is none: it stands alone.
    """
    standing = standing_of(beside or [version])
    asked = next((row for row in beside if row.status == AgendaStatus.CONSULTATION), None)
    followers = AgendaVersion.objects.decided().select_related("agenda")
    follower = (
        followers.filter(agenda__predecessor=version.agenda_id)
        .order_by("agenda__year", "number")
        .first()
    )
    return {
        "replacement": _replacement(standing) if standing.number > version.number else {},
        "standing": standing.number,
        "in_consultation": asked.number if asked is not None and asked != version else 0,
        "follower": _replacement(follower) if follower is not None else {},
    }


def _replacement(version: AgendaVersion) -> Story:
    """The version that came in the place of another, and when."""
    story = version_story(version)
    return {name: story[name] for name in ("slug", "short_name", "version", "adopted_on")}


def _themes(version: AgendaVersion) -> list[Theme]:
    return in_tree_order(version.themes.select_related("parent", "source").order_by("order"))


def _goals_and_measures(
    version: AgendaVersion,
) -> tuple[dict[int, list[Goal]], dict[str, dict[int, list[Measure]]]]:
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in (
        Goal.objects.filter(theme__version=version)
        .select_related("source")
        .prefetch_related("target_groups", "areas")
        .order_by("order")
    ):
        goals[goal.theme_id].append(goal)
    measures: dict[str, dict[int, list[Measure]]] = {
        "theme": defaultdict(list),
        "goal": defaultdict(list),
    }
    for row in (
        Measure.objects.of_version(version.pk)
        .select_related("indicator", "source")
        .order_by("order", "pk")
    ):
        if row.theme_id:
            measures["theme"][row.theme_id].append(row)
        elif row.goal_id:
            measures["goal"][row.goal_id].append(row)
    return goals, measures


def _theme(theme: Theme, goals: list[Goal], measures: dict[str, dict[int, list[Measure]]]) -> Story:
    own = measures["theme"][theme.pk]
    return {
        "number": theme.number,
        "name": theme.name,
        "slug": theme.slug,
        "note": theme.note,
        **theme_frame(theme),
        "parent": theme.parent.name if theme.parent else "",
        "goals": [
            {
                "number": goal.number,
                "label": goal.label,
                "text": goal.text,
                "slug": goal.slug,
                "note": goal.note,
                "direction_reason": goal.direction_reason,
                "level": goal.get_level_display() if goal.level else "",
                "due": goal.due,
                **goal_frame(goal),
                "measures": [_measure(row) for row in measures["goal"][goal.pk]],
                "unmeasured": not own and not measures["goal"][goal.pk],
            }
            for goal in goals
        ],
        "measures": [_measure(row) for row in own],
        "measure_count": len(own) + sum(len(measures["goal"][goal.pk]) for goal in goals),
        "source": provenance(goals[0] if goals else theme),
    }


def _measure(row: Measure) -> Story:
    return {
        "number": row.number,
        "text": row.text,
        "note": row.note,
        "indicator": row.indicator.slug,
        "direction": row.indicator.get_direction_display(),
    }


def _principle(row: Principle) -> Story:
    return {
        "text": row.text,
        "kind": row.kind,
        "is_new": row.is_new,
        "source": provenance(row),
    }


# --- What replaced what ---------------------------------------------------------------------------
def _link(row: Succession, **ends: Any) -> Story:
    return {
        "kind": row.kind,
        "label": row.get_kind_display(),
        "reason": row.reason,
        "decision": row.decision,
        "source": provenance(row),
        **ends,
    }


def theme_origins(version: AgendaVersion) -> list[Story]:
    """Per theme of ``version`` the themes of an earlier agenda that it came from. One query."""
    found: dict[int, Story] = {}
    for row in (
        ThemeSuccession.objects.readable()
        .filter(successor__version=version)
        .exclude(predecessor__version__agenda=version.agenda_id)
        .select_related("predecessor__version__agenda", "successor", "source")
        .order_by("successor__order", "predecessor__order")
    ):
        if row.successor is None:
            continue
        held = found.setdefault(
            row.successor.pk, _link(row, name=row.successor.name, labels=[], agenda="", before=[])
        )
        if row.get_kind_display() not in held["labels"]:
            held["labels"].append(row.get_kind_display())
        if row.predecessor:
            held["agenda"] = row.predecessor.version.agenda.short_name
            held["before"].append(row.predecessor.name)
    return list(found.values())


def differences(version: AgendaVersion) -> list[Story]:
    """What changed in goals since the version before of the same agenda. One query."""
    rows = (
        GoalSuccession.objects.readable()
        .filter(
            Q(successor__theme__version=version)
            & (
                Q(predecessor__theme__version__agenda=version.agenda_id)
                | Q(predecessor__isnull=True, kind=SuccessionKind.NEW)
            )
        )
        .exclude(kind=SuccessionKind.CONTINUED)
        .select_related("predecessor", "successor", "source")
        .order_by("successor__theme__order", "successor__order")
    )
    found: dict[tuple[str, int], Story] = {}
    for row in rows:
        if row.successor is None:
            continue
        key = (row.kind, row.predecessor_id or -row.successor.pk)
        held = found.setdefault(
            key, _link(row, before=row.predecessor.label if row.predecessor else "", after=[])
        )
        held["after"].append({"label": row.successor.label, "slug": row.successor.slug})
    return list(found.values())


# --- A goal ---------------------------------------------------------------------------------------
def goal_page(goal: Goal) -> Story:
    """All that the page of one goal shows. At most fourteen queries, measures included."""
    lineage = Lineage()
    measures = measure_stories(
        Measure.objects.filter(Q(goal=goal) | Q(theme=goal.theme_id)).order_by("goal", "order")
    )
    return {
        **goal_summary(goal),
        "note": goal.note,
        "direction_reason": goal.direction_reason,
        "level": goal.get_level_display() if goal.level else "",
        "due": goal.due,
        "parent": goal.theme.parent.name if goal.theme.parent else "",
        "version_reason": goal.theme.version.reason,
        **theme_frame(goal.theme),
        **goal_frame(goal),
        "tasks": tasks_of_goal(goal),
        "steps": lineage.steps(goal),
        "replacement": _replacement_of(goal, lineage),
        "continuations": [
            _link(
                row,
                goal=goal_summary(lineage.goals[row.successor_id]) if row.successor_id else {},
            )
            for row in lineage.goal_continuations.get(goal.pk, [])
        ],
        "theme_continuations": [
            _link(
                row,
                name=lineage.themes[row.successor_id].name,
                agenda=lineage.themes[row.successor_id].version.agenda.short_name,
            )
            for row in lineage.theme_continuations.get(goal.theme_id, [])
            if row.successor_id
        ],
        "own": [row for row in measures if row["of_goal"]],
        "of_theme": [row for row in measures if not row["of_goal"]],
    }


def _replacement_of(goal: Goal, lineage: Lineage) -> Story:
    """The version that holds now where that is a later one than that of ``goal``, and as what the
    goal stands in it; empty where its own version holds. One query."""
    own = goal.theme.version
    later = (
        AgendaVersion.objects.decided()
        .select_related("agenda", "source")
        .filter(agenda=own.agenda_id, number__gt=own.number)
        .order_by("-number")
        .first()
    )
    if later is None:
        return {}
    found = lineage.onward(goal.pk, later.pk)
    return {**_replacement(later), "goals": [goal_summary(held) for held in found]}


def measure_stories(rows: Any) -> list[Story]:
    """Measures with their series, targets and sources. Four queries."""
    return [
        {**measure_story(row), "of_goal": row.goal_id is not None}
        for row in rows.select_related("indicator", "source").prefetch_related(*MEASURE_PARTS)
    ]


# --- An indicator ---------------------------------------------------------------------------------
def indicator_page(indicator: Indicator) -> Story:
    """The passport with every observation. Six queries."""
    measures = list(
        Measure.objects.readable()
        .filter(indicator=indicator)
        .select_related(
            "theme__version__agenda", "goal__theme__version__agenda", "indicator", "source"
        )
        .prefetch_related(*MEASURE_PARTS)
        .order_by("pk")
    )
    return {
        "slug": indicator.slug,
        "name": indicator.name,
        "subject": indicator.subject,
        "definition": indicator.definition,
        "rationale": indicator.rationale,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "result_kind": indicator.get_result_kind_display() if indicator.result_kind else "",
        "supplier": indicator.supplier,
        "available_for": indicator.available_for,
        "measured_when": indicator.measured_when,
        "weaknesses": indicator.weaknesses,
        "owner": indicator.owner,
        "lacks": lacks(indicator),
        "breaks": [break_story(held) for held in breaks_of(indicator)],
        "value_type": indicator.get_value_type_display() if indicator.value_type else "",
        "unit": indicator.unit,
        "direction": indicator.get_direction_display(),
        "band": indicator.band,
        "level": indicator.get_level_display(),
        "aggregation": indicator.get_aggregation_display(),
        "is_cumulative": indicator.is_cumulative,
        "measured_by": indicator.measured_by,
        "rhythm": indicator.get_rhythm_display() if indicator.rhythm else "",
        "note": indicator.note,
        "source": provenance(indicator),
        "appointments": [_appointment(row) for row in measures],
        "measure": measure_story(measures[-1]) if measures else {},
        "observations": observation_stories(indicator),
    }


def _appointment(row: Measure) -> Story:
    theme = row.goal.theme if row.goal else row.theme
    assert theme is not None  # noqa: S101 - a measure has a theme or a goal
    return {
        "number": row.number,
        "text": row.text,
        "theme": theme.name,
        "agenda": theme.version.agenda.short_name,
        "agenda_slug": theme.version.agenda.slug,
        "version": theme.version.number,
        "goal": row.goal.label if row.goal else "",
        "goal_slug": row.goal.slug if row.goal else "",
        "source": provenance(row),
    }


def observation_stories(indicator: Indicator, *, whole: bool = False) -> list[Story]:
    """Every observation in order of time, with all that is known about it. Two queries.

    One that a more definite figure took the place of, does not ``count``. ``whole`` tells what is
    withheld too, for officers.
    """
    rows = list(
        indicator.observations.select_related("area", "group__breakdown", "source").order_by(
            "period", "area__name", "group__breakdown__name", "group__order", "pk"
        )
    )
    counting = {row.pk for row in standing(rows)}
    breaks = breaks_of(indicator)
    starts = [held.since for held in breaks]
    return [
        figure(
            row,
            whole=whole,
            period=row.period.code,
            label=row.period.label,
            area=row.area.name if row.area else "",
            group=row.group.name if row.group else "",
            group_order=row.group.order if row.group else 0,
            breakdown=row.group.breakdown.name if row.group else "",
            is_partition=row.group.breakdown.is_partition if row.group else False,
            counts=row.pk in counting,
            certainty=row.get_certainty_display(),
            meaning=meaning_in(starts, row.period),
            former=meaning_in(starts, row.period) < len(breaks),
            provisional=row.certainty in NOT_FINAL,
            retrieved_on=row.retrieved_on.isoformat() if row.retrieved_on else "",
            note=row.note,
            source=source_of_value(row),
        )
        for row in rows
    ]
