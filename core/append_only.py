"""Tables of which no row is ever changed or removed: the database itself refuses it.

Triggers stand in no migration, because SQLite drops them whenever a migration rebuilds the table:
they are installed after every ``migrate``, again and again. On PostgreSQL one more refuses
TRUNCATE. The refusal arrives as ``django.db.IntegrityError``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "Wat hier vastligt, wordt nooit gewijzigd of verwijderd."
FUNCTION = "core_refuse_change"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = '{MESSAGE} (' || TG_TABLE_NAME || ')';
END
$$
"""


def events(vendor: str) -> tuple[str, ...]:
    """What is refused on this kind of database."""
    return ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE")


def trigger_name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Guard those of ``tables`` that exist; guarding twice is the same as guarding once."""
    existing = set(connection.introspection.table_names())
    guarded = [table for table in tables if table in existing]
    if not guarded:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in guarded:
            for event in events(connection.vendor):
                for statement in _statements(connection, table, event):
                    cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, table: str, event: str) -> list[str]:
    quote = connection.ops.quote_name
    name, on = quote(trigger_name(table, event)), quote(table)
    if connection.vendor == "postgresql":
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        return [
            f"DROP TRIGGER IF EXISTS {name} ON {on}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {on} "
            f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {on} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE} ({table})'); END",
    ]


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    install(connections[using], settings.APPEND_ONLY_TABLES)
