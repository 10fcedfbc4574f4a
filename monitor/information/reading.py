"""The information of each role as its page shows it. Reads only."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse

from agenda.models import Indicator, Measure, Observation
from agenda.story import Story
from monitor.constants import INDICATORS_OF_ROLE, LEVELS_OF_ROLE, InformationRole
from monitor.models import InformationNeed, SteeringArrangement
from monitor.steering import arrangement_story, newest_edition
from reporting.models import KPIResult, Report


@dataclass(frozen=True)
class Picture:
    """What one role needs: ``needs``, how many of them are there, and what it gets by agreement."""

    role: InformationRole
    needs: list[Story]
    gets: list[Story] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.role.value

    @property
    def label(self) -> str:
        return str(self.role.label)

    @property
    def level(self) -> str:
        """Which indicators serve the role before all others."""
        return INDICATORS_OF_ROLE[self.role].value

    @property
    def present(self) -> int:
        return sum(row["state"] == "present" for row in self.needs)

    @property
    def missing(self) -> int:
        return len(self.needs) - self.present


def role_or_404(word: str) -> InformationRole:
    """The role that an address names. Raises ``Http404``."""
    if word not in InformationRole.values:
        raise Http404("Deze rol is er niet.")
    return InformationRole(word)


def pictures() -> list[Picture]:
    """Every role with what it needs, nearest to the work first. At most three queries."""
    rows = _needs(InformationNeed.objects.all())
    return [Picture(role, rows[role.value]) for role in InformationRole]


def picture_of(role: InformationRole, today: datetime.date) -> Picture:
    """One role with what it needs, and gets by arrangement. At most five queries."""
    needs = _needs(InformationNeed.objects.filter(role=role))[role.value]
    levels = LEVELS_OF_ROLE[role]
    held = SteeringArrangement.objects.in_force(today).filter(level__in=levels)
    newest = newest_edition()
    gets = [arrangement_story(row, newest) for row in held.select_related("source")]
    return Picture(role, needs, gets)


def _needs(rows: object) -> dict[str, list[Story]]:
    values = Observation.objects.filter(indicator=OuterRef("indicator"))
    results = KPIResult.objects.filter(
        round__report__in=Report.objects.readable(), kpi__indicator=OuterRef("indicator")
    )
    public = Indicator.objects.readable().filter(pk=OuterRef("indicator"))
    needs = list(
        rows.select_related("indicator").annotate(  # type: ignore[attr-defined] # a queryset
            has_values=Exists(values) | Exists(results), is_public=Exists(public)
        )
    )
    goals = _goals_of({row.indicator_id for row in needs if row.is_public})
    found: dict[str, list[Story]] = defaultdict(list)
    for row in needs:
        found[row.role].append(_story(row, goals))
    return found


def _story(row: InformationNeed, goals: dict[int, list[Story]]) -> Story:
    state = "gap"
    if row.indicator is not None:
        state = "present" if row.has_values else "empty"  # type: ignore[attr-defined] # annotated
    public = row.indicator is not None and row.is_public  # type: ignore[attr-defined] # annotated
    return {
        "pk": row.pk,
        "need": row.need,
        "used_for": row.used_for,
        "registered": row.registered,
        "is_example": row.is_example,
        "state": state,
        "indicator": row.indicator.name if row.indicator is not None and public else "",
        "level": row.indicator.get_level_display() if row.indicator is not None else "",
        "url": reverse("indicator_detail", args=[row.indicator.slug])
        if row.indicator is not None and public
        else "",
        "goals": goals.get(row.indicator_id or 0, []),
    }


def _goals_of(indicators: set[int | None]) -> dict[int, list[Story]]:
    """The public goals that each indicator measures, in the version that was made last."""
    rows = (
        Measure.objects.readable()
        .filter(indicator__in=[pk for pk in indicators if pk is not None], goal__isnull=False)
        .select_related("goal__theme__version__agenda")
        .order_by("-goal__theme__version__agenda__year", "-goal__theme__version__number", "pk")
    )
    found: dict[int, list[Story]] = defaultdict(list)
    for row in rows:
        goal = row.goal
        if goal is None:
            continue
        label = f"{goal.label} ({goal.theme.version.agenda.short_name})"
        url = reverse("agenda_goal", args=[goal.theme.version.agenda.slug, goal.slug])
        if all(held["label"] != label for held in found[row.indicator_id]):
            found[row.indicator_id].append({"label": label, "url": url})
    return found
