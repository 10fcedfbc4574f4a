"""Selections of monitor data."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

from monitor.constants import (
    BottleneckState,
    InvestigationPartKind,
    InvestigationStatus,
    MonitorKind,
    MonitorStatus,
)

if TYPE_CHECKING:
    from monitor.models import (  # noqa: F401 - named in base classes
        Bottleneck,
        Challenge,
        CouncilDocument,
        Investigation,
        InvestigationPart,
        Judgement,
        Monitor,
        NormVerdict,
        Snapshot,
        SteeringArrangement,
    )


ADOPTED = (MonitorStatus.ADOPTED, MonitorStatus.PUBLISHED)


def _compared(monitor: Monitor, prefix: str) -> models.Q:
    """A year is held against earlier years; a half-year against whatever came before it."""
    earlier = models.Q(
        **{f"{prefix}status": MonitorStatus.PUBLISHED, f"{prefix}year__lt": monitor.year}
    )
    if monitor.kind == MonitorKind.ANNUAL:
        earlier &= models.Q(**{f"{prefix}kind": MonitorKind.ANNUAL})
    return earlier


class MonitorQuerySet(models.QuerySet["Monitor"]):
    def published(self) -> MonitorQuerySet:
        return self.filter(status=MonitorStatus.PUBLISHED)

    def newest_first(self) -> MonitorQuerySet:
        return self.order_by("-year", "kind")

    def compared_with(self, monitor: Monitor) -> MonitorQuerySet:
        """Published editions that ``monitor`` is held against (docs/regels/oordeel.md, rule 8)."""
        return self.filter(_compared(monitor, ""))

    def earlier_than(self, monitor: Monitor) -> MonitorQuerySet:
        """Published editions over a time that ended before that of ``monitor``, of either kind."""
        earlier = models.Q(year__lt=monitor.year)
        if monitor.kind == MonitorKind.ANNUAL:
            earlier |= models.Q(year=monitor.year, kind=MonitorKind.HALF_YEAR)
        return self.published().filter(earlier)

    def waiting_in(self, statuses: Collection[str]) -> MonitorQuerySet:
        """Those that wait in one of ``statuses``, with how far each is."""
        return self.for_work().filter(status__in=statuses)

    def for_work(self, *, adopted_only: bool = False) -> MonitorQuerySet:
        """For the list of those who make editions: newest first, with how far each is."""
        rows = self.filter(status__in=ADOPTED) if adopted_only else self.all()
        return (
            rows.select_related("agenda_version__agenda")
            .annotate(
                goals=models.Count("judgements"),
                judged=models.Count("judgements", filter=~models.Q(judgements__verdict=None)),
            )
            .newest_first()
        )


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def known_to(self, monitor: Monitor) -> JudgementQuerySet:
        """Those of ``monitor`` itself, and of the published editions that it is held against."""
        return self.filter(models.Q(monitor=monitor) | _compared(monitor, "monitor__"))

    def in_order(self) -> JudgementQuerySet:
        """In the order of the agenda: theme, then goal."""
        return self.order_by("goal__theme__order", "order")

    def published(self) -> JudgementQuerySet:
        return self.filter(monitor__status=MonitorStatus.PUBLISHED)

    def still_open(self) -> JudgementQuerySet:
        return self.filter(verdict__isnull=True)

    def given(self) -> JudgementQuerySet:
        return self.filter(verdict__isnull=False)

    def compared_with(self, monitor: Monitor) -> JudgementQuerySet:
        """Verdicts of the published editions that ``monitor`` is held against, oldest first."""
        rows = self.given().filter(_compared(monitor, "monitor__"))
        return rows.order_by("monitor__year", "-monitor__kind")


class BottleneckQuerySet(models.QuerySet["Bottleneck"]):
    def known_to(self, monitor: Monitor) -> BottleneckQuerySet:
        """Those of ``monitor`` itself, and of the published editions that it is held against."""
        return self.filter(models.Q(monitor=monitor) | _compared(monitor, "monitor__"))

    def published(self) -> BottleneckQuerySet:
        return self.filter(monitor__status=MonitorStatus.PUBLISHED)

    def unsolved(self) -> BottleneckQuerySet:
        return self.exclude(state=BottleneckState.SOLVED)

    def not_continued_in(self, monitor: Monitor) -> BottleneckQuerySet:
        """Those that no bottleneck of ``monitor`` continues."""
        later = self.model.objects.filter(monitor=monitor, continues=models.OuterRef("pk"))
        return self.filter(~models.Exists(later))

    def in_order(self) -> BottleneckQuerySet:
        return self.order_by("theme__order", "order", "pk")

    def told(self) -> BottleneckQuerySet:
        """With the names that a list of them needs."""
        return self.select_related("theme", "goal", "continues__monitor")


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


class SteeringQuerySet(models.QuerySet["SteeringArrangement"]):
    def in_force(self, today: datetime.date) -> SteeringQuerySet:
        """What holds on ``today`` or will: all but what ended before it."""
        return self.exclude(until__lt=today)

    def past(self, today: datetime.date) -> SteeringQuerySet:
        """What held before ``today``, the newest end first."""
        return self.filter(until__lt=today).order_by("-until", "-pk")

    def unreplaced(self) -> SteeringQuerySet:
        """What nothing came in the place of yet: its last day is not fixed by what did."""
        return self.filter(replaced_by__isnull=True)

    def replaceable(self) -> SteeringQuerySet:
        """What has no end, so that something else may come in its place."""
        return self.unreplaced().filter(until__isnull=True)


class InvestigationQuerySet(models.QuerySet["Investigation"]):
    def published(self) -> InvestigationQuerySet:
        return self.filter(status=InvestigationStatus.PUBLISHED)

    def presented(self) -> InvestigationQuerySet:
        """What the municipality may know of: all but what is still being prepared."""
        return self.exclude(status=InvestigationStatus.DRAFT)

    def in_check(self) -> InvestigationQuerySet:
        return self.filter(status=InvestigationStatus.CHECK)

    def awaiting_reaction(self) -> InvestigationQuerySet:
        """Settled, and the board did not react yet."""
        return self.filter(status=InvestigationStatus.SETTLED, reaction="")

    def ready_to_publish(self) -> InvestigationQuerySet:
        """The board reacted, and it is not public yet."""
        settled = self.filter(status=InvestigationStatus.SETTLED).exclude(reaction="")
        return settled.order_by("pk")

    def newest_first(self) -> InvestigationQuerySet:
        """What is not public yet on top, then by the day that it became so."""
        day = models.F("published_on").desc(nulls_first=True)
        return self.order_by(day, "-pk")

    def counted(self) -> InvestigationQuerySet:
        """With how many parts each has, and on how many the municipality reacted."""
        return self.annotate(
            part_count=models.Count("parts"),
            heard_count=models.Count("parts", filter=~models.Q(parts__heard="")),
        )


class InvestigationPartQuerySet(models.QuerySet["InvestigationPart"]):
    def awaiting_outcome(self) -> InvestigationPartQuerySet:
        """Those on which the municipality reacted, while the investigator did not answer yet."""
        return self.exclude(heard="").filter(outcome="")

    def recommendations(self) -> InvestigationPartQuerySet:
        """What public investigations recommend."""
        return self.filter(
            kind=InvestigationPartKind.ADVICE,
            investigation__status=InvestigationStatus.PUBLISHED,
        )


class NormVerdictQuerySet(models.QuerySet["NormVerdict"]):
    def presented(self) -> NormVerdictQuerySet:
        """All but what belongs to an investigation that is still being prepared."""
        return self.exclude(investigation__status=InvestigationStatus.DRAFT)

    def newest_first(self) -> NormVerdictQuerySet:
        """What has no day, because its source names none, comes after what has."""
        return self.order_by("number", models.F("judged_on").desc(nulls_last=True), "-pk")
