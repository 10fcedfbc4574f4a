"""Addresses of pages in published editions, for lists that span editions. One query.

A page of an edition exists only for what the edition judged; where it did not, the link goes to
what comes nearest.
"""

from __future__ import annotations

from django.urls import reverse

from monitor.constants import MonitorKind
from monitor.editions import EditionKey
from monitor.models import Judgement


class EditionLinks:
    """Which goals and themes have a page in which published edition."""

    def __init__(self) -> None:
        self._goals: set[tuple[EditionKey, str]] = set()
        self._themes: set[tuple[EditionKey, str]] = set()
        self._newest: dict[str, EditionKey] = {}
        rows = (
            Judgement.objects.published()
            .order_by("monitor__year", "-monitor__kind")
            .values_list("monitor__year", "monitor__kind", "goal__slug", "goal__theme__slug")
        )
        for year, kind, goal, theme in rows:
            key = EditionKey(year, MonitorKind(kind))
            self._goals.add((key, goal))
            self._themes.add((key, theme))
            self._newest[goal] = key

    def place(self, key: EditionKey, theme: str, goal: str = "") -> str:
        """The page of ``goal`` or else ``theme`` in the edition, or else the edition itself."""
        if goal and (key, goal) in self._goals:
            return reverse("monitor_goal", args=[key, goal])
        if (key, theme) in self._themes:
            return reverse("monitor_theme", args=[key, theme]) + "#knelpunten"
        return reverse("monitor_edition", args=[key])

    def newest_of(self, goal: str) -> str:
        """The page of ``goal`` in the newest edition that judged it, or nothing."""
        key = self._newest.get(goal)
        return reverse("monitor_goal", args=[key, goal]) if key else ""
