"""What is append-only is guarded by the database itself, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from core.guards import frozen
from tests.database_guards import guards
from tests.factories_monitor import (
    EditionReportFactory,
    MonitorEventFactory,
    SnapshotFactory,
)

pytestmark = pytest.mark.django_db

MAKERS: list[Callable[[], models.Model]] = [
    SnapshotFactory.create,
    MonitorEventFactory.create,
    EditionReportFactory.create,
]
EXPECTED = {frozen.trigger_name(table, event) for table, event in frozen.guards(connection.vendor)}


def test_every_guarded_table_belongs_to_a_model_that_says_so() -> None:
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    assert frozen.declared().append_only
    for table in frozen.declared().append_only:
        # The choices of a row (many to many) go with the row itself.
        model = known[table]._meta.auto_created or known[table]
        assert "append-only" in (model.__doc__ or "").lower(), table


def test_the_guards_stand_after_a_full_migrate() -> None:
    assert guards(connection) >= EXPECTED


@pytest.mark.parametrize("make", MAKERS, ids=["snapshot", "event", "edition report"])
def test_a_row_is_not_changed(make: Callable[[], models.Model]) -> None:
    row = make()
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(monitor_id=1)


@pytest.mark.parametrize("make", MAKERS, ids=["snapshot", "event", "edition report"])
def test_a_row_is_not_removed(make: Callable[[], models.Model]) -> None:
    row = make()
    with pytest.raises(IntegrityError, match="of verwijderd"), transaction.atomic():
        row.delete()
    assert type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize(
    "table",
    [
        *frozen.declared().append_only,
        *frozen.declared().locked,
        *frozen.declared().kept,
        *frozen.declared().settled,
        *frozen.declared().last,
    ],
)
def test_a_table_is_not_truncated(table: str) -> None:
    with (
        pytest.raises(IntegrityError, match="nooit gewijzigd"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_guarding_twice_is_guarding_once() -> None:
    frozen.install_all(connection)
    frozen.install_all(connection)
    assert guards(connection) >= EXPECTED


def test_a_migrate_brings_back_what_a_rebuild_of_the_table_took_away() -> None:
    frozen.remove_all(connection)
    assert not guards(connection) & EXPECTED
    call_command("migrate", verbosity=0)
    assert guards(connection) >= EXPECTED


def test_a_table_that_is_not_there_yet_is_passed_over() -> None:
    before = guards(connection)
    frozen.install(connection, ["bestaat_nog_niet"])
    frozen.lock(connection, {"bestaat_nog_niet": "{row}.x = 1"}, {"ook_niet": ("x", "y")})
    frozen.keep(connection, {"bestaat_nog_niet": ("{row}.x = 1", ("y",))})
    frozen.settle(connection, {"bestaat_nog_niet": ("{row}.x = 1", ("y",))})
    assert guards(connection) == before


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_may_leave_rows_behind() -> None:
    """Its flush lifts the guards, and the next test finds them again."""
    SnapshotFactory.create()
    assert guards(connection) >= EXPECTED
