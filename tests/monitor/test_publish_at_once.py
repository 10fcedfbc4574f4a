"""Publishing while somebody else publishes, or writes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from django.db import IntegrityError, connection

from agenda.models import Theme
from core.guards import frozen
from monitor import snapshots
from monitor.actions import CLOSED, TransitionError, editions, publish
from monitor.models import Judgement, Monitor, Snapshot
from monitor.payload import build_payload
from monitor.snapshots import freeze, read
from tests.connections import meanwhile, needs_connections, somebody_waits
from tests.factories_monitor import JudgementFactory, MonitorUserFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


@pytest.fixture
def monitor() -> Monitor:
    """An adopted edition with one verdict."""
    judgement = JudgementFactory.create(explanation="Zoals vastgesteld.", adopted=True)
    monitor: Monitor = judgement.monitor
    return monitor


def freeze_after(step: Callable[[], object]) -> Callable[..., Snapshot]:
    """``freeze``, once ``step`` was done."""

    def frozen(monitor: Monitor, *, release: str) -> Snapshot:
        step()
        return freeze(monitor, release=release)

    return frozen


@needs_connections
def test_of_two_who_publish_at_once_one_does(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = MonitorUserFactory.create()
    others: list[Future[Snapshot]] = []

    def another_publishes() -> None:
        if not others:
            same = Monitor.objects.get(pk=monitor.pk)
            others.append(meanwhile(lambda: publish(same, user=user)))
            wait_until(somebody_waits, seconds=PATIENCE, what="the second one waits")

    monkeypatch.setattr(editions, "freeze", freeze_after(another_publishes))
    publish(monitor, user=user)
    with pytest.raises(TransitionError, match="aanbieden kan één keer"):
        others[0].result(PATIENCE)
    assert monitor.snapshots.count() == 1
    assert monitor.events.count() == 1


@needs_connections
def test_an_edit_between_two_reads_does_not_show(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme.objects.get()
    edits: list[int] = []

    def edit() -> None:
        edits.append(Theme.objects.filter(pk=theme.pk).update(name="Heel anders"))

    def after_the_verdicts(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        result = execute(sql, params, many, context)
        if not edits and 'FROM "monitor_judgement"' in sql:
            meanwhile(edit).result(PATIENCE)
        return result

    def edited_meanwhile(monitor: Monitor, *, version: int) -> dict[str, Any]:
        with connection.execute_wrapper(after_the_verdicts):
            return build_payload(monitor, version=version)

    monkeypatch.setattr(snapshots, "build_payload", edited_meanwhile)
    payload = read(publish(monitor, user=MonitorUserFactory.create()))
    assert edits == [1]
    assert [row["name"] for row in payload["themes"]] == [theme.name]
    assert [row["theme_name"] for row in payload["goals"]] == [theme.name]
    theme.refresh_from_db()
    assert theme.name == "Heel anders"


@needs_connections
def test_an_edit_of_what_is_being_closed_waits_and_is_refused(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits: list[Future[int]] = []

    def somebody_edits() -> None:
        verdicts = Judgement.objects.filter(monitor=monitor)
        edits.append(meanwhile(lambda: verdicts.update(explanation="Toch anders.")))
        wait_until(somebody_waits, seconds=PATIENCE, what="the edit waits")

    monkeypatch.setattr(editions, "freeze", freeze_after(somebody_edits))
    publish(monitor, user=MonitorUserFactory.create())
    with pytest.raises(IntegrityError, match="nooit gewijzigd"):
        edits[0].result(PATIENCE)
    assert Judgement.objects.get().explanation == "Zoals vastgesteld."


def test_what_publishing_closes_is_held_still() -> None:
    closed = {model._meta.db_table for model in CLOSED}
    of_an_edition = {
        table
        for table, condition in frozen.declared().locked.items()
        if "monitor_monitor AS edition" in condition
    }
    assert closed == of_an_edition


def test_what_was_read_before_is_read_again(monitor: Monitor) -> None:
    Monitor.objects.filter(pk=monitor.pk).update(note="Op het laatst toegevoegd.")
    snapshot = publish(monitor, user=MonitorUserFactory.create())
    assert "Op het laatst toegevoegd." in snapshot.payload
