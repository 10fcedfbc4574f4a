"""A version of an agenda as those who write it see it: whole, with what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agenda.models import AgendaVersion, Goal, Measure, Theme


@dataclass(frozen=True)
class Gap:
    """Something that is missing: a sentence, and the part where it can be mended."""

    text: str
    word: str
    pk: int


@dataclass(frozen=True)
class ThemeShown:
    theme: Theme
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]


def outline(version: AgendaVersion) -> dict[str, Any]:
    """Everything in ``version``, and its gaps. Nine queries, however much there is."""
    themes = list(
        version.themes.select_related("parent")
        .prefetch_related(
            "measures__indicator",
            "measures__targets",
            "goals__measures__indicator",
            "goals__measures__targets",
        )
        .order_by("order")
    )
    shown = [
        ThemeShown(theme, tuple(theme.goals.all()), tuple(theme.measures.all()))
        for theme in _in_tree_order(themes)
    ]
    return {
        "version": version,
        "agenda": version.agenda,
        "themes": shown,
        "goal_count": sum(len(row.goals) for row in shown),
        "principles": list(version.principles.all()),
        "participations": list(version.participations.all()),
        "events": list(version.events.select_related("actor")),
        "gaps": _gaps(shown),
    }


def _in_tree_order(themes: list[Theme]) -> list[Theme]:
    """Each main theme with its subthemes after it."""
    return [
        row
        for theme in themes
        if theme.parent_id is None
        for row in [theme, *(sub for sub in themes if sub.parent_id == theme.pk)]
    ]


def _gaps(shown: list[ThemeShown]) -> list[Gap]:
    """Goals that nothing measures and themes without goals (A05), goals that are neither measured
    nor explained (A14), measures without a target (M20)."""
    parents = {row.theme.parent_id for row in shown}
    gaps = []
    for row in shown:
        if not row.goals and row.theme.pk not in parents:
            gaps.append(Gap(f"Thema ‘{row.theme.name}’ heeft geen doelen.", "thema", row.theme.pk))
        for goal in row.goals:
            measured = list(goal.measures.all()) or list(row.measures)
            if not measured and not goal.direction_reason:
                text = (
                    f"Doel ‘{goal.label}’ heeft geen meting. Voeg er een toe, of schrijf waarom "
                    "het doel een richting is."
                )
                gaps.append(Gap(text, "doel", goal.pk))
        for measure in [*row.measures, *(m for goal in row.goals for m in goal.measures.all())]:
            kinds = {target.kind for target in measure.targets.all()}
            for kind, what in (("target", "streefwaarde"), ("baseline", "nulmeting")):
                if kind not in kinds:
                    text = f"Meting ‘{measure.text}’ heeft geen {what}."
                    gaps.append(Gap(text, "meting", measure.pk))
            if not row.goals and measure.theme_id:
                gaps.append(
                    Gap(f"Meting ‘{measure.text}’ hoort bij geen enkel doel.", "meting", measure.pk)
                )
    return gaps
