"""Transactions that see one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, models, transaction

# PostgreSQL: serialization_failure and deadlock_detected.
OVERTAKEN = frozenset({"40001", "40P01"})


class Overtaken(Exception):
    """Another transaction changed the same rows at the same moment; this one changed nothing."""


@contextmanager
def one_moment(
    *, still: Iterable[type[models.Model]] = (), using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """A transaction in which every read sees the database as it was at one moment.

    On PostgreSQL it runs as REPEATABLE READ; on SQLite every transaction is like that. Who writes
    to the tables of ``still`` meanwhile waits until it ends, and the moment begins when those who
    were writing have finished: so nothing that is committed in between is missed.

    Within another transaction it keeps the isolation of that one, and holds nothing still: the
    moment is then for the outermost transaction to choose. Raises ``Overtaken`` when another
    transaction changed a row first that this one changes too.
    """
    connection = connections[using]
    if connection.in_atomic_block or connection.vendor != "postgresql":
        with transaction.atomic(using=using):
            yield
        return
    try:
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                # A lock takes no picture of the data yet: the first query after it does.
                for table in [connection.ops.quote_name(model._meta.db_table) for model in still]:
                    cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) in OVERTAKEN:
            raise Overtaken from error
        raise
