"""What the database itself refuses to change: append-only tables; locked, kept and settled rows.

Each app says what in its ``frozen.py``; ``settings.FROZEN_ROWS`` names them. On PostgreSQL one more
trigger refuses TRUNCATE; on SQLite two more refuse that another row takes the place of one
(``replacing``). The refusal arrives as ``django.db.IntegrityError``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

from core.guards import replacing

MESSAGE = "Wat hier vastligt, wordt nooit gewijzigd of verwijderd."
FUNCTION = "core_refuse_change"
OF_TEXTS = "UPDATE_OF_TEXTS"  # the name of the trigger that watches the columns of ``written``

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = '{MESSAGE} (' || TG_TABLE_NAME || ')';
END
$$
"""
# PostgreSQL allows no subquery in the WHEN of a trigger: a locked table has a function of its own.
# OLD does not exist when a row is added, and NEW does not when one is removed.
POSTGRES_LOCK = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  refused boolean := false;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    refused := {before};
  END IF;
  IF TG_OP <> 'DELETE' AND NOT refused THEN
    refused := {after};
  END IF;
  IF refused THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = '{message} (' || TG_TABLE_NAME || ')';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$
"""


@dataclass(frozen=True)
class FrozenRows:
    """What one app asks for, by table. In SQL ``{row}`` is the row before or after the change.

    Of ``append_only`` no row is ever changed or removed. Of ``locked`` no row is added, changed or
    removed while the condition holds for it. Of ``kept`` no row is removed while the condition
    holds for it, and it changes in the named columns only. Of ``settled`` neither, and none is
    added under it either. Of ``last`` a row keeps the value of the column for ever once it has it,
    and is not removed either. Of ``written`` the named text columns, once filled, do not change
    while the condition holds for the row as it was.
    """

    append_only: tuple[str, ...] = ()
    locked: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    settled: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    last: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    written: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def declared() -> FrozenRows:
    """What all apps of the settings ask for together."""
    held: list[FrozenRows] = [import_string(path) for path in settings.FROZEN_ROWS]
    return FrozenRows(
        append_only=tuple(table for rows in held for table in rows.append_only),
        locked={table: what for rows in held for table, what in rows.locked.items()},
        kept={table: what for rows in held for table, what in rows.kept.items()},
        settled={table: what for rows in held for table, what in rows.settled.items()},
        last={table: what for rows in held for table, what in rows.last.items()},
        written={table: what for rows in held for table, what in rows.written.items()},
    )


def events(vendor: str) -> tuple[str, ...]:
    """What is refused on this kind of database for an append-only table."""
    return ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE")


def lock_events(vendor: str) -> tuple[str, ...]:
    """What is watched on this kind of database for a table with locked rows."""
    return ("INSERT", *events(vendor))


def trigger_name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"


def guards(vendor: str) -> list[tuple[str, str]]:
    """Every table and event that the apps ask a trigger for."""
    rows = declared()
    changed = (*rows.append_only, *rows.kept, *rows.last)
    watched = [(table, event) for table in changed for event in events(vendor)]
    watched += [(table, OF_TEXTS) for table in rows.written]
    closed = (*rows.locked, *rows.settled)
    watched += [(table, event) for table in closed for event in lock_events(vendor)]
    if vendor != "postgresql":
        watched += [(table, event) for table in (*changed, *closed) for event in replacing.EVENTS]
    return watched


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Guard those of ``tables`` that exist; guarding twice is the same as guarding once."""
    guarded = _existing(connection, tables)
    if not guarded:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in guarded:
            for event in events(connection.vendor):
                for statement in _statements(connection, table, event):
                    cursor.execute(statement)
    for table in guarded:
        _refuse_replacing(connection, table, "1 = 1")


def lock(
    connection: BaseDatabaseWrapper,
    rows: Mapping[str, str],
    last_values: Mapping[str, tuple[str, str]],
) -> None:
    """Lock the rows for which a condition holds, and those that have their last value.

    Tables that do not exist are passed over; locking twice is the same as locking once.
    """
    for table in _existing(connection, rows):
        before, after = (rows[table].format(row=row) for row in ("OLD", "NEW"))
        _lock(connection, table, before, after, lock_events(connection.vendor))
        _refuse_replacing(connection, table, rows[table].format(row=replacing.STANDING))
    for table in _existing(connection, last_values):
        column, value = last_values[table]
        quoted = connection.ops.quote_name(column)
        had, keeps = (f"{row}.{quoted} = '{value}'" for row in ("OLD", "NEW"))
        _lock(connection, table, had, "false", events(connection.vendor), unless=keeps)
        _refuse_replacing(connection, table, f"{replacing.STANDING}.{quoted} = '{value}'")


def keep(connection: BaseDatabaseWrapper, rows: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """Keep the rows for which a condition holds, as they stood before, but for some columns.

    Tables that do not exist are passed over; keeping twice is the same as keeping once.
    """
    for table in _existing(connection, rows):
        condition, free = rows[table]
        before, unless = condition.format(row="OLD"), _unchanged_but(connection, table, free)
        _lock(connection, table, before, "false", events(connection.vendor), unless=unless)
        _refuse_replacing(connection, table, condition.format(row=replacing.STANDING))


def settle(
    connection: BaseDatabaseWrapper, rows: Mapping[str, tuple[str, tuple[str, ...]]]
) -> None:
    """Keep the rows for which a condition holds, but for some columns, and let none come with it.

    Tables that do not exist are passed over; settling twice is the same as settling once.
    """
    for table in _existing(connection, rows):
        condition, free = rows[table]
        before, after = (condition.format(row=row) for row in ("OLD", "NEW"))
        unless = _unchanged_but(connection, table, free)
        _lock(connection, table, before, after, lock_events(connection.vendor), unless=unless)
        _refuse_replacing(connection, table, condition.format(row=replacing.STANDING))


def _unchanged_but(connection: BaseDatabaseWrapper, table: str, free: tuple[str, ...]) -> str:
    """SQL that holds for an update of ``table`` that changes nothing but the columns ``free``."""
    if not free:
        return "false"
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    kept = [connection.ops.quote_name(c.name) for c in described if c.name not in free]
    return " AND ".join(f"OLD.{name} {same} NEW.{name}" for name in kept)


def hold(connection: BaseDatabaseWrapper, rows: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """Hold the texts in some columns of the rows for which a condition holds, once they are there.

    Tables that do not exist are passed over; holding twice is the same as holding once.
    """
    quote = connection.ops.quote_name
    for table in _existing(connection, rows):
        condition, columns = rows[table]
        names = [quote(column) for column in columns]
        changed = " OR ".join(f"(OLD.{name} <> '' AND OLD.{name} <> NEW.{name})" for name in names)
        refused = f"({changed}) AND ({condition.format(row='OLD')})"
        trigger, on = quote(trigger_name(table, OF_TEXTS)), quote(table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                function = quote(f"{trigger_name(table, OF_TEXTS)}_row")
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {on}")
                cursor.execute(
                    POSTGRES_LOCK.format(
                        name=function, before=refused, after="false", message=MESSAGE
                    )
                )
                cursor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {on} "
                    f"FOR EACH ROW EXECUTE FUNCTION {function}()"
                )
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
                cursor.execute(
                    f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {on} WHEN {refused} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE} ({table})'); END"
                )


def _existing(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    existing = set(connection.introspection.table_names())
    return [table for table in tables if table in existing]


def _lock(
    connection: BaseDatabaseWrapper,
    table: str,
    before: str,
    after: str,
    watched: Iterable[str],
    unless: str = "false",
) -> None:
    """Triggers on ``table``: ``before`` and ``after`` refuse; an UPDATE may pass by ``unless``."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            for event in watched:
                name = trigger_name(table, event)
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)} ON {quote(table)}")
                function = FUNCTION
                if event != "TRUNCATE":
                    function = quote(f"{name}_row")
                    held = {"before": before, "after": after}
                    if event == "UPDATE":
                        held = {side: f"({sql}) AND NOT ({unless})" for side, sql in held.items()}
                    cursor.execute(POSTGRES_LOCK.format(name=function, message=MESSAGE, **held))
                each = "STATEMENT" if event == "TRUNCATE" else "ROW"
                cursor.execute(
                    f"CREATE TRIGGER {quote(name)} BEFORE {event} ON {quote(table)} "
                    f"FOR EACH {each} EXECUTE FUNCTION {function}()"
                )
            return
        conditions = {
            "INSERT": after,
            "UPDATE": f"(({before}) OR ({after})) AND NOT ({unless})",
            "DELETE": before,
        }
        for event in watched:
            name = quote(trigger_name(table, event))
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {quote(table)} "
                f"WHEN {conditions[event]} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE} ({table})'); END"
            )


def _refuse_replacing(connection: BaseDatabaseWrapper, table: str, stands: str) -> None:
    """SQLite: no row takes the place of one of ``table`` for which ``stands`` holds."""
    if connection.vendor == "postgresql":
        return
    quote = connection.ops.quote_name
    for event, on in replacing.EVENTS.items():
        name = quote(trigger_name(table, event))
        refused = replacing.replaced(connection, table, stands, event)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {on} ON {quote(table)} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE} ({table})'); END"
            )


def remove(connection: BaseDatabaseWrapper, watched: Iterable[tuple[str, str]]) -> None:
    """Take the triggers on these tables and events away."""
    watched = list(watched)
    quote = connection.ops.quote_name
    existing = set(_existing(connection, {table for table, _ in watched}))
    with connection.cursor() as cursor:
        for table, event in watched:
            if table in existing:
                on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(trigger_name(table, event))}{on}")


def missing(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[tuple[str, str]]:
    """The guards of ``tables`` that the apps ask for and the database does not have, or not on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE relnamespace = current_schema()::regnamespace AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        held = set(cursor.fetchall())
    asked = set(tables)
    return [
        (table, event)
        for table, event in guards(connection.vendor)
        if table in asked and (table, trigger_name(table, event)) not in held
    ]


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


def install_all(connection: BaseDatabaseWrapper) -> None:
    """Every guard that the apps ask for."""
    rows = declared()
    install(connection, rows.append_only)
    lock(connection, rows.locked, rows.last)
    keep(connection, rows.kept)
    settle(connection, rows.settled)
    hold(connection, rows.written)


def remove_all(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away."""
    remove(connection, guards(connection.vendor))
