"""Editions of the monitor for tests."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from agenda.constants import Origin
from agenda.models import Goal
from monitor.constants import (
    MonitorKind,
    MonitorStatus,
    Product,
    SteeringLevel,
    SteeringManner,
    Verdict,
)
from monitor.models import (
    Bottleneck,
    CouncilDocument,
    EditionReport,
    Judgement,
    Monitor,
    MonitorEvent,
    Snapshot,
    SteeringArrangement,
)
from monitor.snapshots import canonical, digest
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_reporting import ReportFactory


class MonitorUserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"monitor{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Gebruiker {n}")


class MonitorFactory(DjangoModelFactory[Monitor]):
    """An edition; the traits put it in a state without the steps that lead there."""

    class Meta:
        model = Monitor

    class Params:
        judged = factory.Trait(status=MonitorStatus.JUDGED)
        adopted = factory.Trait(status=MonitorStatus.ADOPTED)
        published = factory.Trait(status=MonitorStatus.PUBLISHED)
        from_source = factory.Trait(origin=Origin.SOURCE)

    year = factory.Sequence(lambda n: 2000 + n % 100)  # years that a period can have
    kind = MonitorKind.ANNUAL
    status = MonitorStatus.DRAFT
    origin = Origin.SYSTEM
    agenda_version = factory.SubFactory(AgendaVersionFactory, adopted=True)


def offer(monitor: Monitor, status: MonitorStatus = MonitorStatus.PUBLISHED) -> None:
    """Put ``monitor`` before the council without the steps that lead there; it is closed then."""
    Monitor.objects.filter(pk=monitor.pk).update(status=status)
    monitor.refresh_from_db()


class OfferedAfterwards(DjangoModelFactory[Any]):
    """Content of an edition; with ``offered=True`` the edition is published once it is in.

    With ``adopted=True`` it is adopted then; both close it.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        offered, adopted = kwargs.pop("offered", False), kwargs.pop("adopted", False)
        row = super()._create(model_class, *args, **kwargs)  # type: ignore[no-untyped-call]
        if adopted:
            offer(row.monitor, MonitorStatus.ADOPTED)
        if offered:
            offer(row.monitor)
        return row


def goal_of(monitor: Monitor, **fields: Any) -> Goal:
    """A goal of the agenda that ``monitor`` judges, under a theme of its own."""
    theme = ThemeFactory.create(version=monitor.agenda_version)
    return GoalFactory.create(theme=theme, **fields)


class JudgementFactory(OfferedAfterwards):
    class Meta:
        model = Judgement

    class Params:
        still_open = factory.Trait(verdict=None)

    monitor = factory.SubFactory(MonitorFactory)
    goal = factory.LazyAttribute(lambda row: goal_of(row.monitor))
    number = "i"
    label = "Doel"
    verdict = Verdict.GOOD
    origin = Origin.SYSTEM


class BottleneckFactory(OfferedAfterwards):
    class Meta:
        model = Bottleneck

    monitor = factory.SubFactory(MonitorFactory)
    theme = factory.LazyAttribute(
        lambda row: ThemeFactory.create(version=row.monitor.agenda_version)
    )
    text = "Te weinig woningen."


class MonitorEventFactory(DjangoModelFactory[MonitorEvent]):
    class Meta:
        model = MonitorEvent

    monitor = factory.SubFactory(MonitorFactory)
    from_status = MonitorStatus.DRAFT
    to_status = MonitorStatus.JUDGED
    origin = Origin.SYSTEM
    actor = factory.SubFactory(MonitorUserFactory)


class EditionReportFactory(DjangoModelFactory[EditionReport]):
    class Meta:
        model = EditionReport

    monitor = factory.SubFactory(MonitorFactory)
    report = factory.SubFactory(ReportFactory, accepted=True)
    round_number = 1
    sha256 = "a" * 64


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot

    monitor = factory.SubFactory(MonitorFactory, published=True)
    version = 1
    payload = factory.Sequence(lambda n: canonical({"number": n}))
    sha256 = factory.LazyAttribute(lambda row: digest(row.payload))
    release = "0"


class CouncilDocumentFactory(DjangoModelFactory[CouncilDocument]):
    class Meta:
        model = CouncilDocument

    snapshot = factory.SubFactory(SnapshotFactory)


class SteeringFactory(DjangoModelFactory[SteeringArrangement]):
    class Meta:
        model = SteeringArrangement

    level = SteeringLevel.COUNCIL
    manner = SteeringManner.RESULTS
    who = factory.Sequence(lambda n: f"raadscommissie {n}")
    product = Product.MONITOR
    frequency = "elk jaar"
    decides = "Stelt de doelen bij."
    since = datetime.date(2019, 1, 1)
    decision = "Raadsbesluit van 10 december 2018"
