"""Selections of agenda data; views and templates never spell these filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from agenda.constants import AgendaStatus, TargetKind

if TYPE_CHECKING:
    from agenda.models import AgendaVersion, Goal, Target  # noqa: F401 - named in base classes


class AgendaVersionQuerySet(models.QuerySet["AgendaVersion"]):
    def readable(self) -> AgendaVersionQuerySet:
        """What the public may read: all but drafts."""
        return self.exclude(status=AgendaStatus.DRAFT)


class GoalQuerySet(models.QuerySet["Goal"]):
    def readable(self) -> GoalQuerySet:
        """Goals of agenda versions that the public may read."""
        return self.exclude(theme__version__status=AgendaStatus.DRAFT)

    def without_measure(self) -> GoalQuerySet:
        """Goals with no measure of their own (their theme may have some)."""
        return self.filter(measures__isnull=True)

    def in_order(self) -> GoalQuerySet:
        return self.order_by(
            "theme__version__agenda__year", "theme__version__number", "theme__order", "order"
        )


class TargetQuerySet(models.QuerySet["Target"]):
    def targets(self) -> TargetQuerySet:
        return self.filter(kind=TargetKind.TARGET)

    def baselines(self) -> TargetQuerySet:
        return self.filter(kind=TargetKind.BASELINE)
