"""A transaction that sees one moment."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection, transaction

from agenda.models import Source
from core.transactions import Overtaken, one_moment
from tests.connections import meanwhile, needs_connections, somebody_waits
from tests.factories_agenda import SourceFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


def isolation() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        (found,) = cursor.fetchone()
    return str(found)


def rename(to: str) -> None:
    Source.objects.update(title=to)


def title() -> str:
    return Source.objects.get().title


def test_a_mistake_takes_everything_back() -> None:
    def make_and_fail() -> None:
        with one_moment(still=[Source]):
            SourceFactory.create()
            raise LookupError

    with pytest.raises(LookupError):
        make_and_fail()
    assert not Source.objects.exists()


def test_an_error_of_another_kind_stays_what_it_is() -> None:
    with pytest.raises(OperationalError, match="vol"), one_moment():
        raise OperationalError("De schijf is vol.")


@needs_connections
def test_the_outermost_transaction_sees_one_moment() -> None:
    SourceFactory.create(title="toen")
    with one_moment():
        assert isolation() == "repeatable read"
        assert title() == "toen"
        meanwhile(lambda: rename("nu")).result(PATIENCE)
        assert title() == "toen"
    assert title() == "nu"
    assert isolation() == "read committed"


@needs_connections
def test_within_another_transaction_it_keeps_the_isolation_of_that_one() -> None:
    SourceFactory.create(title="toen")
    with transaction.atomic(), one_moment(still=[Source]):
        assert isolation() == "read committed"
        meanwhile(lambda: rename("nu")).result(PATIENCE)
        assert title() == "nu"


@needs_connections
def test_who_changes_the_same_row_first_overtakes() -> None:
    SourceFactory.create(title="toen")

    def read_and_rename() -> None:
        with one_moment():
            assert title() == "toen"
            meanwhile(lambda: rename("nu")).result(PATIENCE)
            rename("straks")

    with pytest.raises(Overtaken):
        read_and_rename()
    assert title() == "nu"


@needs_connections
def test_a_table_that_is_held_still_is_written_after_it() -> None:
    SourceFactory.create(title="toen")
    with one_moment(still=[Source]):
        writing = meanwhile(lambda: rename("nu"))
        wait_until(somebody_waits, seconds=PATIENCE, what="the writer waits")
        assert title() == "toen"
    writing.result(PATIENCE)
    assert title() == "nu"


@needs_connections
def test_the_moment_begins_when_those_who_were_writing_have_finished() -> None:
    SourceFactory.create(title="toen")

    def read() -> str:
        with one_moment(still=[Source]):
            return title()

    with transaction.atomic():
        rename("nu")
        reading = meanwhile(read)
        wait_until(somebody_waits, seconds=PATIENCE, what="the reader waits")
    assert reading.result(PATIENCE) == "nu"
