"""What a published edition was made from is closed by the database itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from monitor.constants import MonitorStatus, NoteKind
from monitor.models import Bottleneck, Challenge, Judgement, Monitor, MonitorNote, OtherParty
from tests.factories_monitor import (
    BottleneckFactory,
    JudgementFactory,
    MonitorFactory,
    goal_of,
    offer,
)

pytestmark = pytest.mark.django_db

MAKERS: dict[str, Callable[[Monitor], models.Model]] = {
    "judgement": lambda monitor: JudgementFactory.create(monitor=monitor),
    "bottleneck": lambda monitor: BottleneckFactory.create(monitor=monitor),
    "note": lambda monitor: MonitorNote.objects.create(
        monitor=monitor, kind=NoteKind.TREND, text="Meer."
    ),
    "challenge": lambda monitor: Challenge.objects.create(monitor=monitor, text="Geweld"),
    "other party": lambda monitor: OtherParty.objects.create(monitor=monitor, name="De huisarts"),
    "goal of a challenge": lambda monitor: Challenge.goals.through.objects.create(
        challenge=monitor.challenges.first() or Challenge.objects.create(monitor=monitor, text="x"),
        goal=goal_of(monitor),
    ),
}
makers = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())


def refused() -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match="nooit gewijzigd of verwijderd")


@makers
def test_content_of_a_published_edition_is_not_changed_or_removed(
    make: Callable[[Monitor], models.Model],
) -> None:
    monitor = MonitorFactory.create()
    row = make(monitor)
    row.save()
    offer(monitor)
    rows = type(row)._base_manager.filter(pk=row.pk)
    with refused(), transaction.atomic():
        rows.update(id=row.pk)
    with refused(), transaction.atomic():
        rows.delete()
    assert rows.exists()


@makers
def test_content_of_an_adopted_edition_is_closed_too(
    make: Callable[[Monitor], models.Model],
) -> None:
    monitor = MonitorFactory.create()
    row = make(monitor)
    offer(monitor, MonitorStatus.ADOPTED)
    rows = type(row)._base_manager.filter(pk=row.pk)
    with refused(), transaction.atomic():
        rows.update(id=row.pk)
    with refused(), transaction.atomic():
        rows.delete()
    with refused(), transaction.atomic():
        make(monitor)


@makers
def test_nothing_is_added_to_a_published_edition(make: Callable[[Monitor], models.Model]) -> None:
    monitor = MonitorFactory.create()
    Challenge.objects.create(monitor=monitor, text="Geweld")
    offer(monitor)
    with refused(), transaction.atomic():
        make(monitor)


@pytest.mark.parametrize("model", [Judgement, Bottleneck])
def test_nothing_moves_into_a_published_edition(model: type[Judgement] | type[Bottleneck]) -> None:
    factory = JudgementFactory if model is Judgement else BottleneckFactory
    row = factory.create()
    with refused(), transaction.atomic():
        model._base_manager.filter(pk=row.pk).update(monitor=MonitorFactory.create(published=True))


@pytest.mark.parametrize("state", [{}, {"judged": True}])
def test_an_edition_that_is_not_adopted_stays_open(state: dict[str, bool]) -> None:
    row = JudgementFactory.create(monitor=MonitorFactory.create(**state))
    row.explanation = "Toch anders."
    row.save()
    row.delete()
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("status", [MonitorStatus.DRAFT, MonitorStatus.ADOPTED])
def test_a_published_edition_is_never_unpublished(status: MonitorStatus) -> None:
    monitor = MonitorFactory.create(published=True)
    with refused(), transaction.atomic():
        Monitor.objects.filter(pk=monitor.pk).update(status=status)
    with refused(), transaction.atomic():
        monitor.delete()
    Monitor.objects.filter(pk=monitor.pk).update(note="Een opmerking erbij.")
    assert Monitor.objects.published().filter(pk=monitor.pk).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite makes a table anew")
@pytest.mark.django_db(transaction=True)
def test_the_table_of_editions_can_be_made_anew_by_a_migration() -> None:
    from core.guards import install_after_migrate, remove_before_migrate

    remove_before_migrate(using="default")
    try:
        with connection.schema_editor() as editor:
            editor._remake_table(Monitor)  # type: ignore[attr-defined]
    finally:
        install_after_migrate(using="default")
    test_a_published_edition_is_never_unpublished(MonitorStatus.DRAFT)
