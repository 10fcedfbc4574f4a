"""Taking the guards of append-only tables away; only tests have a reason to."""

from __future__ import annotations

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from core.append_only import events, trigger_name


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in settings.APPEND_ONLY_TABLES:
            for event in events(connection.vendor):
                on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {quote(trigger_name(table, event))}{on}")


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
