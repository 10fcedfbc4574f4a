"""SQLite: a row that another one replaces goes without the trigger that watches removal.

``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove the row that has the same key, or the same
values in a unique index. So a row that stands fast is looked for before the new one is written, in
the database itself: a setting of the connection would hold for this application only. PostgreSQL
has no such statement; its ``ON CONFLICT DO UPDATE`` is an update, and refused as one.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

STANDING = "standing"  # the row that would go; no condition of an app has this name for a row
REPLACE = "REPLACE"
UPDATE_OR_REPLACE = "UPDATE_OR_REPLACE"
EVENTS = {REPLACE: "INSERT", UPDATE_OR_REPLACE: "UPDATE"}


def replaced(connection: BaseDatabaseWrapper, table: str, stands: str, event: str) -> str:
    """SQL for a trigger on ``table`` of SQLite: the row NEW would take the place of another.

    ``stands`` is the condition, over ``STANDING``, that the other row stands fast.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table)
    assert key is not None  # noqa: S101 - every model has one
    other = f" AND {STANDING}.{quote(key)} <> OLD.{quote(key)}" if event != REPLACE else ""
    same = [f"{STANDING}.{quote(key)} = NEW.{quote(key)}", *_unique(connection, table)]
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {quote(table)} AS {STANDING}"  # noqa: S608 - names of our own
        f" WHERE {each}{other} AND ({stands}))"
        for each in same
    )


def _unique(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """For each unique index: SQL that the row ``STANDING`` and the row NEW cannot both have it."""
    quote = connection.ops.quote_name
    found = []
    with connection.cursor() as cursor:
        # Django's description of a table reads its SQL at each comma, also within a word's quotes.
        cursor.execute("SELECT name FROM pragma_table_info(%s) ORDER BY cid", [table])
        columns = [quote(name) for (name,) in cursor.fetchall()]
        new = ", ".join(f"NEW.{name} AS {name}" for name in columns)
        cursor.execute(
            'SELECT name FROM pragma_index_list(%s) WHERE "unique" ORDER BY name', [table]
        )
        for (index,) in cursor.fetchall():
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
            sql = cursor.fetchone()[0]
            if sql is None:  # of a constraint inside the table: columns only
                cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [index])
                names = [quote(name) for (name,) in cursor.fetchall()]
                found.append(" AND ".join(f"{STANDING}.{name} = NEW.{name}" for name in names))
                continue
            values, condition = _parts(sql)
            # Names without a table are those of the nearest FROM: of the row, and then of NEW.
            wanted = f"(SELECT {values} FROM (SELECT {new}) WHERE {condition})"  # noqa: S608
            found.append(f"({values}) = {wanted} AND ({condition})")
    return found


def _parts(sql: str) -> tuple[str, str]:
    """What a CREATE UNIQUE INDEX is over, and the condition of the rows that are in it."""
    start = sql.index("(", sql.index(" ON ")) + 1
    depth, end = 1, start
    while depth:
        depth += {"(": 1, ")": -1}.get(sql[end], 0)
        end += 1
    _, _, condition = sql[end:].partition("WHERE ")
    return sql[start : end - 1], condition or "1"
