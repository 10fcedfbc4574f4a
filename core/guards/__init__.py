"""What the database itself refuses, whoever asks: triggers for what a constraint cannot say.

``frozen`` keeps what is decided as it is: append-only tables, locked rows and last values.
``rules`` keeps rows of different tables in agreement.

Triggers stand in no migration, because SQLite drops them whenever a migration rebuilds the table:
they are installed after every ``migrate``, again and again.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core.guards import frozen, rules


def install_all(connection: BaseDatabaseWrapper) -> None:
    """Every guard that the settings ask for; installing twice is the same as installing once."""
    frozen.install_all(connection)
    rules.install(connection, rules.declared())


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    install_all(connections[using])


def remove_before_migrate(*, using: str, **kwargs: Any) -> None:
    """Receiver of ``pre_migrate``.

    SQLite changes a table by making it anew and renaming it, which fails while a trigger of another
    table names it. On PostgreSQL what is frozen stays frozen; the rules go, because one that names
    a column of before the migration would fail on every row that the migration writes.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        frozen.remove_all(connection)
    rules.remove(connection)
