"""The oldest part of the audit trail goes after its term, and the rest stays a whole chain."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError

from accounts import journal, trail
from accounts.models import AuditEntry, AuditLink, User
from core.guards import frozen

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
TERM = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _no_files_of_another_test() -> Iterator[None]:
    _empty()
    yield
    _empty()


def _empty() -> None:
    for folder in (trail.ANCHORS, trail.CUTS):
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{name}")


def entries(*years: int) -> list[AuditEntry]:
    """Linked entries of these years, in this order."""
    made = [
        AuditEntry.objects.create(
            action="agenda_edit",
            result="done",
            at=datetime.datetime(year, 5, 1, tzinfo=datetime.UTC),
        )
        for year in years
    ]
    trail.link_entries()
    last = AuditLink.objects.order_by("-number").first()
    assert last is not None
    journal.note(last.number, last.hash)
    return made


def numbers() -> list[int]:
    return list(AuditLink.objects.order_by("number").values_list("number", flat=True))


def test_what_is_past_its_term_goes_and_the_rest_is_whole() -> None:
    entries(2017, 2018)
    trail.anchor()  # of an entry that will be past its term
    entries(2019, 2020, 2021)
    trail.anchor()
    assert trail.cut(TERM) == 3
    trail.link_entries()
    assert numbers() == [4, 5, 6]
    assert not AuditEntry.objects.filter(at__lt=TERM).exists()
    found = trail.verify()
    assert (found.entries, found.cut, found.problems) == (3, 3, ())
    told = AuditEntry.objects.get(action="audit_cut")
    assert (told.details["nummer"], told.details["regels"]) == (3, 3)
    call_command("verify_audit")


def test_a_second_time_nothing_goes() -> None:
    entries(2018, 2021)
    assert trail.cut(TERM) == 1
    assert trail.cut(TERM) == 0
    assert AuditEntry.objects.filter(action="audit_cut").count() == 1


def test_a_later_cut_goes_on_from_the_first() -> None:
    entries(2017, 2018, 2021, 2022)
    trail.cut(datetime.datetime(2018, 1, 1, tzinfo=datetime.UTC))
    trail.cut(datetime.datetime(2021, 12, 1, tzinfo=datetime.UTC))
    trail.link_entries()
    assert numbers() == [4, 5, 6]
    assert trail.verify().problems == ()


def test_the_last_entry_stays_so_that_the_chain_goes_on() -> None:
    entries(2017, 2018)
    assert trail.cut(NOW) == 1
    trail.link_entries()
    assert numbers() == [2, 3]
    assert trail.verify().problems == ()


def test_only_a_beginning_goes_and_no_younger_entry_with_it() -> None:
    entries(2017, 2021, 2018, 2022)
    assert trail.cut(TERM) == 1
    assert numbers()[:3] == [2, 3, 4]


def test_an_entry_of_that_time_without_a_link_gets_its_link_first() -> None:
    AuditEntry.objects.create(action="a", result="done", at=TERM - datetime.timedelta(days=9))
    entries(2021)
    assert trail.cut(TERM) == 1
    trail.link_entries()
    assert trail.verify().problems == ()


def tampering(change: Callable[[], object]) -> None:
    frozen.remove_all(connection)
    try:
        change()
    finally:
        frozen.install_all(connection)


def _drop_beginning() -> None:
    AuditLink.objects.filter(number__lte=2).delete()
    AuditEntry.objects.filter(link__isnull=True).delete()


def test_a_beginning_that_somebody_removed_is_no_cut() -> None:
    entries(2017, 2018, 2021)
    tampering(_drop_beginning)
    assert "Tussen regel 0 en 3 ontbreken regels." in trail.verify().problems


@pytest.mark.parametrize("told_in", ["the chain", "the files", "the files, and otherwise"])
def test_a_cut_that_is_told_in_one_place_only_is_none(told_in: str) -> None:
    entries(2017, 2018, 2021)
    last = AuditLink.objects.get(number=2)
    tampering(_drop_beginning)
    if told_in != "the files":
        said = last.hash if told_in == "the chain" else "0" * 64
        details = {"nummer": 2, "controlegetal": said, "regels": 2}
        trail.record(trail.CUT, actor=None, details=details)
        trail.link_entries()
    if told_in != "the chain":
        default_storage.save(f"{trail.CUTS}/{2:012d}-{last.hash}.txt", ContentFile(b"2"))
    assert "Tussen regel 0 en 3 ontbreken regels." in trail.verify().problems


def test_more_that_goes_than_the_cut_says_is_seen() -> None:
    entries(2017, 2018, 2021, 2022)
    trail.cut(TERM)
    trail.link_entries()

    def change() -> None:
        AuditLink.objects.filter(number=3).delete()
        AuditEntry.objects.filter(link__isnull=True).delete()

    tampering(change)
    assert trail.verify().problems


def test_a_change_after_a_cut_is_seen() -> None:
    kept = entries(2017, 2021, 2022)[1]
    trail.cut(TERM)
    trail.link_entries()
    tampering(lambda: AuditEntry.objects.filter(pk=kept.pk).update(action="iets_anders"))
    assert "Regel 2 is gewijzigd, of een regel ervoor." in trail.verify().problems


def test_after_a_cut_the_database_refuses_again(officer: User) -> None:
    entries(2017, 2021)
    trail.cut(TERM)
    for table in (AuditLink, AuditEntry):
        with pytest.raises(IntegrityError, match=frozen.MESSAGE), transaction.atomic():
            table.objects.all()._raw_delete(connection.alias)


def test_nothing_is_cut_when_nothing_is_past_its_term() -> None:
    entries(2021, 2022)
    assert trail.cut(TERM) == 0
    assert not default_storage.exists(trail.CUTS) or not default_storage.listdir(trail.CUTS)[1]
