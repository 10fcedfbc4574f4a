"""Taking the guards of the database away; only tests have a reason to."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from core import append_only


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    append_only.remove(connection, append_only.guards(connection.vendor))


def guards(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers of our own in the database."""
    ask = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return {str(name) for (name,) in cursor.fetchall()}
