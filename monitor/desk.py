"""The evidence desk: the goals that wait, and what is known and was said before of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from agenda.models import Measure
from agenda.pictures import measure_picture
from agenda.story import Story, measure_story
from core.charts import LineChart
from monitor.editions import EditionKey
from monitor.evidence import measure_evidence, measures_of
from monitor.history import verdict_histories
from monitor.models import Bottleneck, Judgement, Monitor
from monitor.reports import (
    GoalReports,
    Ground,
    ground_of,
    result_stories,
    results_in,
)
from monitor.suggestion import Evidence, Suggestion, suggest

ALL, OPEN = "alle", "open"


@dataclass(frozen=True)
class Place:
    """A goal in the queue."""

    row: Judgement
    url: str
    is_here: bool


@dataclass(frozen=True)
class Group:
    """The goals of one theme in the queue, and how many of all its goals are done."""

    name: str
    slug: str
    done: int
    total: int
    places: list[Place]
    is_here: bool


class Queue:
    """The goals of an edition in order; ``shown`` is ``alle``, ``open`` or the slug of a theme.

    One query, however many goals.
    """

    def __init__(self, monitor: Monitor, shown: str = ALL) -> None:
        self.monitor = monitor
        self.rows = list(monitor.judgements.in_order().select_related("goal__theme", "decided_by"))
        for row in self.rows:
            row.monitor = monitor
        themes = {row.goal.theme.slug: row.goal.theme.name for row in self.rows}
        self.shown = shown if shown in {ALL, OPEN, *themes} else ALL
        self.choices = [
            (ALL, "Alle doelen"),
            (OPEN, "Alleen wat nog open is"),
            *themes.items(),
        ]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return sum(row.verdict is not None for row in self.rows)

    @property
    def open_rows(self) -> list[Judgement]:
        return [row for row in self.rows if row.verdict is None]

    def find(self, slug: str) -> Judgement | None:
        return next((row for row in self.rows if row.goal.slug == slug), None)

    def address(self, row: Judgement) -> str:
        """The desk of the goal of ``row``, with the choice of the queue kept."""
        key = EditionKey.of(self.monitor)
        url = reverse("monitor_judge", args=[key, row.goal.slug])
        return url if self.shown == ALL else f"{url}?{urlencode({'toon': self.shown})}"

    def _fits(self, row: Judgement) -> bool:
        if self.shown == OPEN:
            return row.verdict is None
        return self.shown == ALL or row.goal.theme.slug == self.shown

    def groups(self, here: Judgement) -> list[Group]:
        """By theme; the goal that is open on the desk stays in the queue whatever is chosen."""
        by_theme: dict[str, list[Judgement]] = {}
        for row in self.rows:
            by_theme.setdefault(row.goal.theme.slug, []).append(row)
        groups = [
            Group(
                name=held[0].goal.theme.name,
                slug=slug,
                done=sum(row.verdict is not None for row in held),
                total=len(held),
                places=[
                    Place(row, self.address(row), row.pk == here.pk)
                    for row in held
                    if self._fits(row) or row.pk == here.pk
                ],
                is_here=here.goal.theme.slug == slug or self.shown != ALL,
            )
            for slug, held in by_theme.items()
        ]
        return [group for group in groups if group.places]

    def after(self, here: Judgement) -> Judgement | None:
        """The next goal in order that fits the choice; ``None`` after the last."""
        place = self.rows.index(here)
        return next((row for row in self.rows[place + 1 :] if self._fits(row)), None)

    def next_open(self, here: Judgement) -> Judgement | None:
        """The next goal without a verdict: first within the choice, then anywhere."""
        place = self.rows.index(here)
        later = [*self.rows[place + 1 :], *self.rows[:place]]
        waiting = [row for row in later if row.verdict is None]
        return next((row for row in waiting if self._fits(row)), waiting[0] if waiting else None)


@dataclass(frozen=True)
class ShownMeasure:
    """A measure with its series as a chart (none where one value or less is known)."""

    story: Story
    chart: LineChart | None

    @property
    def newest(self) -> Story | None:
        return self.story["series"][-1] if self.story["series"] else None


class Desk:
    """All that the page of one goal shows; some fifteen queries, however much there is."""

    def __init__(self, row: Judgement) -> None:
        self.row, self.monitor, self.goal = row, row.monitor, row.goal
        self._own, self._of_theme = measures_of(row.goal)

    @cached_property
    def suggestion(self) -> Suggestion:
        return suggest(self.evidence)

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(
            measures=tuple(measure_evidence(row, self.monitor) for row in self._own),
            results=tuple(row.evidence() for row in self.results.outcomes),
            accepted=self.results.accepted,
            expected=self.results.expected,
        )

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.monitor)

    @cached_property
    def results(self) -> GoalReports:
        return results_in(self.monitor, [self.goal.pk], self.ground)[self.goal.pk]

    @cached_property
    def result_stories(self) -> list[Story]:
        return result_stories(self.results, whole=True)

    @cached_property
    def measures(self) -> list[ShownMeasure]:
        return self._shown(self._own, 1)

    @cached_property
    def theme_measures(self) -> list[ShownMeasure]:
        return self._shown(self._of_theme, 1 + len(self._own))

    def _shown(self, rows: list[Measure], first: int) -> list[ShownMeasure]:
        shown = []
        for number, row in enumerate(rows, start=first):
            story = measure_story(row, until=self.monitor.period, whole=True)
            known = [held for held in story["series"] if held["quantity"] is not None]
            picture = measure_picture(story, number) if len(known) > 1 else None
            shown.append(ShownMeasure(story, picture))
        return shown

    @cached_property
    def history(self) -> list[Story]:
        """Earlier verdicts on the goal along its succession, newest first."""
        known = Judgement.objects.compared_with(self.monitor)
        return verdict_histories([self.goal.pk], known)[self.goal.pk][::-1]

    @cached_property
    def bottlenecks(self) -> list[Bottleneck]:
        """Those of the goal and of its theme as a whole, in this edition."""
        rows = self.monitor.bottlenecks.in_order().select_related("goal", "continues__monitor")
        return [
            row
            for row in rows
            if row.goal_id in (None, self.goal.pk) and row.theme_id == self.goal.theme_id
        ]
