"""The audit trail: what was written is chained, anchored, and seen when somebody touches it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import tasks, trail
from accounts.constants import AuditResult
from accounts.models import AuditEntry, AuditLink, User
from core.guards import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_anchors_of_another_test() -> None:
    if default_storage.exists(trail.ANCHORS):
        for name in default_storage.listdir(trail.ANCHORS)[1]:
            default_storage.delete(f"{trail.ANCHORS}/{name}")


def written(officer: User, times: int = 4) -> list[AuditEntry]:
    entries = [
        trail.record("agenda_edit", actor=officer, target=f"/beheer/agenda/a/{number}/")
        for number in range(times)
    ]
    trail.link_entries()
    return entries


def tampering(change: Callable[[], object]) -> None:
    """Do what only somebody with the keys of the database can do: past the triggers."""
    frozen.remove_all(connection)
    try:
        change()
    finally:
        frozen.install_all(connection)


def test_a_whole_trail_has_no_problems(officer: User) -> None:
    written(officer)
    trail.anchor()
    found = trail.verify()
    assert (found.entries, found.anchors, found.unlinked, found.problems) == (4, 1, 0, ())


def test_links_count_from_one_and_each_holds_the_one_before(officer: User) -> None:
    entries = written(officer)
    links = list(AuditLink.objects.order_by("number"))
    assert [link.number for link in links] == [1, 2, 3, 4]
    assert links[0].hash == trail.entry_hash(trail.BEGINNING, entries[0])
    assert links[3].hash == trail.entry_hash(links[2].hash, entries[3])


def test_an_entry_is_linked_right_after_its_transaction(
    officer: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        entry = trail.record("agenda_edit", actor=officer)
    assert entry.link.number == 1


def test_an_entry_falls_with_its_transaction(officer: User) -> None:
    with transaction.atomic():
        trail.record("agenda_edit", actor=officer)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"target": "/elders/"},
        {"action": "agenda_adopt"},
        {"result": AuditResult.REFUSED},
        {"details": {"rol": "beheerder"}},
        {"origin": "10.0.0.1"},
        {"actor": None},
        {"at": timezone.now() - timedelta(days=1)},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_a_changed_entry_is_seen(officer: User, columns: dict[str, object]) -> None:
    entries = written(officer)
    tampering(lambda: AuditEntry.objects.filter(pk=entries[1].pk).update(**columns))
    assert trail.verify().problems == ("Regel 2 is gewijzigd, of een regel ervoor.",)


def test_a_missing_entry_is_seen(officer: User) -> None:
    entries = written(officer)

    def remove() -> None:
        entries[1].link.delete()
        entries[1].delete()

    tampering(remove)
    assert "Tussen regel 1 en 3 ontbreken regels." in trail.verify().problems


def test_a_tail_that_was_cut_off_is_seen(officer: User) -> None:
    entries = written(officer)
    trail.anchor()

    def cut() -> None:
        entries[3].link.delete()
        entries[3].delete()

    tampering(cut)
    assert trail.verify().problems == ("Regel 4 is vastgelegd, maar staat niet in het logboek.",)


def test_a_chain_that_was_made_anew_is_seen(officer: User) -> None:
    entries = written(officer)
    trail.anchor()

    def again() -> None:
        AuditEntry.objects.filter(pk=entries[1].pk).update(target="/elders/")
        AuditLink.objects.all().delete()

    tampering(again)
    trail.link_entries()
    assert trail.verify().problems == ("Regel 4 is anders dan toen hij werd vastgelegd.",)


def test_an_entry_that_never_got_a_link_is_seen_after_a_while(officer: User) -> None:
    trail.record("agenda_edit", actor=officer)
    assert trail.verify().problems == ()
    later = timezone.now() + trail.LINKED_WITHIN + timedelta(minutes=1)
    assert trail.verify(later).problems == ("1 regels staan nog niet in de keten.",)


def test_a_leaver_loses_the_name_and_the_chain_stays_whole(officer: User) -> None:
    written(officer)
    User.objects.filter(pk=officer.pk).update(name="Oud-medewerker", email="weg@voorbeeld.test")
    assert trail.verify().problems == ()


def test_the_task_links_what_was_left_and_anchors_once(officer: User) -> None:
    trail.record("agenda_edit", actor=officer)
    tasks.anchor_audit()
    tasks.anchor_audit()
    assert AuditLink.objects.count() == 1
    assert len(trail.anchors()) == 1


def test_without_entries_there_is_nothing_to_anchor() -> None:
    assert trail.anchor() is None


def test_the_command_says_that_the_trail_is_whole(officer: User) -> None:
    written(officer)
    trail.anchor()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "Het logboek klopt: 4 regels in de keten, 1 keer vastgelegd" in out.getvalue()


def test_the_command_fails_with_what_is_wrong(officer: User) -> None:
    entries = written(officer)
    tampering(lambda: AuditEntry.objects.filter(pk=entries[0].pk).update(target="/elders/"))
    with pytest.raises(CommandError, match="Regel 1 is gewijzigd"):
        call_command("verify_audit")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain(officer: User) -> None:
    barrier = threading.Barrier(4)

    def write() -> None:
        try:
            barrier.wait()
            for _time in range(5):
                trail.record("agenda_edit", actor=officer)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = trail.verify()
    assert (found.entries, found.unlinked, found.problems) == (20, 0, ())
