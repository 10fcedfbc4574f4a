"""Selections of monitor data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from monitor.constants import MonitorKind, MonitorStatus

if TYPE_CHECKING:
    from monitor.models import (  # noqa: F401 - named in base classes
        Bottleneck,
        Challenge,
        CouncilDocument,
        Judgement,
        Monitor,
        Snapshot,
    )


class MonitorQuerySet(models.QuerySet["Monitor"]):
    def published(self) -> MonitorQuerySet:
        return self.filter(status=MonitorStatus.PUBLISHED)

    def annual(self) -> MonitorQuerySet:
        return self.filter(kind=MonitorKind.ANNUAL)

    def half_yearly(self) -> MonitorQuerySet:
        return self.filter(kind=MonitorKind.HALF_YEAR)

    def newest_first(self) -> MonitorQuerySet:
        return self.order_by("-year", "kind")


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def known_to(self, monitor: Monitor) -> JudgementQuerySet:
        """Those of ``monitor`` itself, and of earlier published editions of its kind."""
        return self.filter(
            models.Q(monitor=monitor)
            | models.Q(
                monitor__status=MonitorStatus.PUBLISHED,
                monitor__kind=monitor.kind,
                monitor__year__lt=monitor.year,
            )
        )

    def in_order(self) -> JudgementQuerySet:
        """In the order of the agenda: theme, then goal."""
        return self.order_by("goal__theme__order", "order")

    def published(self) -> JudgementQuerySet:
        return self.filter(monitor__status=MonitorStatus.PUBLISHED)


class BottleneckQuerySet(models.QuerySet["Bottleneck"]):
    def known_to(self, monitor: Monitor) -> BottleneckQuerySet:
        """Those of ``monitor`` itself, and of earlier published editions of its kind."""
        return self.filter(
            models.Q(monitor=monitor)
            | models.Q(
                monitor__status=MonitorStatus.PUBLISHED,
                monitor__kind=monitor.kind,
                monitor__year__lt=monitor.year,
            )
        )

    def published(self) -> BottleneckQuerySet:
        return self.filter(monitor__status=MonitorStatus.PUBLISHED)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def published(self) -> ChallengeQuerySet:
        return self.filter(monitor__status=MonitorStatus.PUBLISHED)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def of_published(self, year: int, kind: str) -> SnapshotQuerySet:
        return self.filter(
            monitor__year=year, monitor__kind=kind, monitor__status=MonitorStatus.PUBLISHED
        )

    def corrections(self) -> SnapshotQuerySet:
        """Published versions after the first: each corrects the one before it."""
        return self.filter(version__gt=1, monitor__status=MonitorStatus.PUBLISHED)

    def newest_first(self) -> SnapshotQuerySet:
        return self.order_by("-version")


class CouncilDocumentQuerySet(models.QuerySet["CouncilDocument"]):
    def of_newest_snapshots(self) -> CouncilDocumentQuerySet:
        """Those of the newest version of each published edition, with their job and bytes."""
        newest = models.Max("snapshot__monitor__snapshots__version")
        return (
            self.filter(snapshot__monitor__status=MonitorStatus.PUBLISHED)
            .annotate(newest=newest)
            .filter(snapshot__version=models.F("newest"))
            .select_related("snapshot__monitor", "file", "job")
            .order_by("snapshot__monitor__year", "variant")
        )
