"""The audit trail: what was written is chained, anchored, and seen when somebody touches it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import journal, tasks, trail
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


def test_a_tail_that_was_cut_off_before_an_anchor_is_seen(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """The journal beside the database has a line about every link."""
    with django_capture_on_commit_callbacks(execute=True):
        entries = written(officer)
    assert trail.anchors() == []
    assert trail.verify().problems == ()

    def cut() -> None:
        AuditLink.objects.filter(number__gte=3).delete()
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries[2:]]).delete()

    tampering(cut)
    told = "Regel {} is vastgelegd, maar staat niet in het logboek."
    assert trail.verify().problems == (told.format(3), told.format(4))
    trail.record("agenda_edit", actor=officer, target="/elders/")
    trail.link_entries()  # something else in its place
    assert "Regel 3 is anders dan toen hij werd vastgelegd." in trail.verify().problems


def test_what_is_written_during_the_check_is_no_problem(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(officer)
    real = trail.entry_hash

    def meanwhile(previous: str, entry: AuditEntry) -> str:
        monkeypatch.setattr(trail, "entry_hash", real)
        written(officer, 1)
        last = AuditLink.objects.order_by("-number").first()
        assert last is not None
        journal.note(last.number, last.hash)
        return real(previous, entry)

    monkeypatch.setattr(trail, "entry_hash", meanwhile)
    assert trail.verify().problems == ()
    assert trail.verify().entries == 5


def test_a_journal_of_long_ago_goes_once_an_anchor_says_the_same(officer: User) -> None:
    written(officer)
    folder = Path(default_storage.path(journal.FOLDER))
    folder.mkdir(exist_ok=True)
    last = AuditLink.objects.order_by("-number").first()
    assert last is not None
    covered, uncovered, lately = (
        folder / f"{journal.PREFIX}{day}.txt"
        for day in ("2020-01-01", "2020-01-02", timezone.localdate().isoformat())
    )
    covered.write_text(f"{last.number} {last.hash}\n")
    uncovered.write_text(f"{last.number + 1} {last.hash}\nhalf")
    lately.write_text(f"{last.number} {last.hash}\n")
    trail.anchor()
    assert [path.exists() for path in (covered, uncovered, lately)] == [False, True, True]


def test_what_is_past_its_term_is_not_missed_in_the_journal(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        written(officer)
    assert trail.cut(timezone.now() + timedelta(days=1)) == 3
    assert trail.verify().problems == ()


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


def test_an_entry_of_a_time_to_come_is_no_entry_on_its_way(officer: User) -> None:
    now = timezone.now()
    AuditEntry.objects.create(action="agenda_edit", result="done", at=now + timedelta(days=400))
    AuditEntry.objects.create(action="agenda_edit", result="done", at=now + timedelta(minutes=1))
    told = ("1 regels zonder plaats in de keten zijn van later dan nu.",)
    assert trail.verify(now).problems == told
    with pytest.raises(CommandError, match="van later dan nu"):
        call_command("verify_audit")


def test_a_chain_of_which_nothing_is_told_outside_the_database_is_a_fault(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Who takes the folder away can cut off the end without a trace."""
    with django_capture_on_commit_callbacks(execute=True):
        entries = written(officer)
    trail.anchor()
    later = timezone.now() + timedelta(hours=1)
    assert trail.verify(later).problems == ()
    shutil.rmtree(default_storage.path(trail.ANCHORS))

    def cut() -> None:
        AuditLink.objects.filter(number__gte=3).delete()
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries[2:]]).delete()

    tampering(cut)
    [told] = trail.verify(later).problems
    assert told.startswith("Buiten de database is van het logboek niets vastgelegd")


def test_an_installation_of_this_minute_is_whole_without_an_anchor(officer: User) -> None:
    assert trail.verify().problems == ()
    written(officer)
    assert trail.verify().problems == ()


@pytest.mark.parametrize("table", [AuditEntry, AuditLink])
def test_a_trail_that_the_database_guards_no_more_is_seen(officer: User, table: Any) -> None:
    written(officer)
    name = table._meta.db_table
    frozen.remove(connection, [(name, "UPDATE")])
    try:
        [told] = trail.verify().problems
    finally:
        frozen.install_all(connection)
    assert told.startswith(f"De database bewaakt het logboek niet meer: {name} (UPDATE).")
    assert trail.verify().problems == ()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite turns no trigger off")
def test_a_guard_that_was_turned_off_is_seen(officer: User) -> None:
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{table}_no_delete"')
    assert frozen.missing(connection, [table]) == [(table, "DELETE")]


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
    told = "Het logboek klopt: 4 regels in de keten, 1 keer vastgelegd (de oudste bij regel 4)"
    assert told in out.getvalue()


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
