"""The steps of an edition: draft, judged, adopted, published, and never back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from monitor.actions import TransitionError, adopt, mark_judged, publish
from monitor.constants import MonitorStatus
from monitor.models import Monitor, MonitorEvent, Snapshot
from monitor.snapshots import DamagedSnapshot, NotPublished, freeze, read
from tests.factories_monitor import (
    JudgementFactory,
    MonitorFactory,
    MonitorUserFactory,
    offer,
)

pytestmark = pytest.mark.django_db

Step = Callable[..., object]


def stands_still(monitor: Monitor, status: MonitorStatus) -> bool:
    """Whether nothing changed: the status is ``status``, nothing logged, nothing frozen."""
    monitor.refresh_from_db()
    return (
        monitor.status == status
        and not MonitorEvent.objects.filter(monitor=monitor).exists()
        and not Snapshot.objects.filter(monitor=monitor).exists()
    )


def judged_in(state: dict[str, bool]) -> Monitor:
    """An edition in ``state`` with a verdict in it; an adopted one was judged before."""
    status = next((MonitorStatus(name) for name in state), MonitorStatus.DRAFT)
    monitor: Monitor = JudgementFactory.create().monitor
    offer(monitor, status)
    return monitor


def test_an_edition_goes_from_draft_to_published_and_logs_each_step() -> None:
    user = MonitorUserFactory.create()
    monitor = JudgementFactory.create().monitor
    mark_judged(monitor, user=user)
    adopt(monitor, user=user, note="Collegebesluit")
    snapshot = publish(monitor, user=user)
    assert monitor.status == MonitorStatus.PUBLISHED
    assert [
        (event.from_status, event.to_status, event.actor, event.note)
        for event in monitor.events.all()
    ] == [
        ("draft", "judged", user, ""),
        ("judged", "adopted", user, "Collegebesluit"),
        ("adopted", "published", user, ""),
    ]
    assert (snapshot.version, read(snapshot)["version"]) == (1, 1)


def test_a_tampered_snapshot_is_not_read() -> None:
    monitor = JudgementFactory.create().monitor
    user = MonitorUserFactory.create()
    for step in (mark_judged, adopt):
        step(monitor, user=user)
    snapshot = publish(monitor, user=user)
    snapshot.payload += " "
    with pytest.raises(DamagedSnapshot, match="controlegetal"):
        read(snapshot)


@pytest.mark.parametrize("state", [{}, {"judged": True}, {"adopted": True}])
def test_only_a_published_edition_is_frozen(state: dict[str, bool]) -> None:
    monitor = MonitorFactory.create(**state)
    monitor.status = MonitorStatus.PUBLISHED  # not saved: the database knows better
    with pytest.raises(NotPublished, match="niet aan de raad aangeboden"):
        freeze(monitor, release="0")
    assert not monitor.snapshots.exists()


def test_an_edition_with_an_open_goal_is_not_judged() -> None:
    monitor = JudgementFactory.create().monitor
    JudgementFactory.create(monitor=monitor, still_open=True)
    with pytest.raises(TransitionError, match="1 te gaan"):
        mark_judged(monitor, user=MonitorUserFactory.create())
    assert stands_still(monitor, MonitorStatus.DRAFT)


def test_an_edition_without_goals_is_not_judged() -> None:
    monitor = MonitorFactory.create()
    with pytest.raises(TransitionError, match="nog geen doelen"):
        mark_judged(monitor, user=MonitorUserFactory.create())
    assert stands_still(monitor, MonitorStatus.DRAFT)


def test_an_edition_without_verdicts_needs_no_goals() -> None:
    monitor = MonitorFactory.create(judges_goals=False, agenda_version=None)
    mark_judged(monitor, user=MonitorUserFactory.create())
    assert monitor.status == MonitorStatus.JUDGED


def test_publishing_without_adoption_is_refused_and_changes_nothing() -> None:
    monitor = MonitorFactory.create(judged=True)
    with pytest.raises(TransitionError, match="eerst stelt het college hem vast"):
        publish(monitor, user=MonitorUserFactory.create())
    assert stands_still(monitor, MonitorStatus.JUDGED)


def test_an_edition_is_published_once() -> None:
    monitor = MonitorFactory.create(adopted=True)
    user = MonitorUserFactory.create()
    publish(monitor, user=user)
    with pytest.raises(TransitionError, match="aanbieden kan één keer"):
        publish(monitor, user=user)
    assert monitor.snapshots.count() == 1
    assert monitor.events.count() == 1


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (mark_judged, {"judged": True}),
        (adopt, {}),
        (adopt, {"adopted": True}),
        (adopt, {"published": True}),
        (publish, {}),
        (publish, {"published": True}),
    ],
)
def test_a_step_starts_from_one_state_only(step: Step, state: dict[str, bool]) -> None:
    monitor = judged_in(state)
    before = MonitorStatus(monitor.status)
    with pytest.raises(TransitionError):
        step(monitor, user=MonitorUserFactory.create())
    assert stands_still(monitor, before)


@pytest.mark.parametrize(
    ("step", "state"), [(mark_judged, {}), (adopt, {"judged": True}), (publish, {"adopted": True})]
)
def test_a_decision_in_this_system_has_somebody_who_takes_it(
    step: Step, state: dict[str, bool]
) -> None:
    monitor = judged_in(state)
    before = MonitorStatus(monitor.status)
    with pytest.raises(ValidationError, match="heeft iemand die het neemt"):
        step(monitor, user=None)
    assert stands_still(monitor, before)


def test_history_from_a_source_goes_through_the_same_steps_without_a_person() -> None:
    monitor = MonitorFactory.create(from_source=True, judges_goals=False)
    mark_judged(monitor, user=None)
    adopt(monitor, user=None)
    publish(monitor, user=None)
    assert [event.actor for event in monitor.events.all()] == [None, None, None]


def test_two_people_cannot_both_adopt_from_what_they_read() -> None:
    monitor = MonitorFactory.create(judged=True)
    stale = Monitor.objects.get(pk=monitor.pk)
    user = MonitorUserFactory.create()
    adopt(monitor, user=user)
    with pytest.raises(TransitionError, match="vaststellen kan één keer"):
        adopt(stale, user=user)
    assert monitor.events.count() == 1
