"""Rules that rows of different tables keep together, refused by the database when broken.

A rule is written once, as a search for what breaks it; from that follow the triggers on every table
that takes part. So it does not matter from which side the rule is broken: by a judgement on a goal
of another agenda, or by moving the goal to another agenda afterwards.

The check comes after the row is written, in SQL that SQLite and PostgreSQL both read. The refusal
arrives as ``django.db.IntegrityError``, with the message and the name of the rule. Where a form can
run into a rule, ``clean`` of the model tells it first; that is for the reader, this is for
everything that does not ask ``clean``.

Two differences remain. A statement that changes many rows is checked row by row on SQLite, and at
its end on PostgreSQL. And on PostgreSQL a check sees what is committed: two transactions that each
break half of a rule at the same moment both pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

PREFIX = "rule_"  # of every trigger and function that is made here, to find them back
EVENTS = ("INSERT", "UPDATE")

# A condition for each table apart: PostgreSQL plans only those that it meets.
POSTGRES_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken boolean := false;
BEGIN
  CASE TG_TABLE_NAME
    {cases}
  END CASE;
  IF broken THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      CONSTRAINT = '{rule}', TABLE = TG_TABLE_NAME, MESSAGE = '{message}';
  END IF;
  RETURN NULL;
END
$$
"""


@dataclass(frozen=True)
class Rule:
    """Rows of ``tables`` (alias -> table) that belong together by ``linked`` are not ``broken``.

    ``linked`` and ``broken`` are SQL over the aliases. A row that is linked to nothing breaks no
    rule: an empty foreign key, or one to a row that is still to come. The first table is the one
    whose rows the message is about. Every table has an ``id``. ``name`` is at most 58 characters.
    Raises ``ValueError`` on an alias that a trigger has a meaning of its own for.
    """

    name: str
    message: str
    tables: Mapping[str, str]
    linked: str
    broken: str

    def __post_init__(self) -> None:
        if {"old", "new"} & {alias.lower() for alias in self.tables}:
            raise ValueError(f"{self.name}: in a trigger OLD and NEW are the row that changes")

    @property
    def search(self) -> str:
        """The SELECT of the keys of the first table that break the rule."""
        return f"SELECT {next(iter(self.tables))}.id {self._source}"

    @property
    def _source(self) -> str:
        tables = ", ".join(f"{table} AS {alias}" for alias, table in self.tables.items())
        return f"FROM {tables} WHERE {self.linked} AND ({self.broken})"

    def is_broken_by(self, table: str) -> str:
        """The condition in a trigger on ``table`` that the row as it is now breaks the rule."""
        return " OR ".join(
            f"EXISTS (SELECT 1 {self._source} AND {alias}.id = NEW.id)"
            for alias, held in self.tables.items()
            if held == table
        )


def declared() -> list[Rule]:
    """The rules of every app that the settings name."""
    return [rule for path in settings.DATABASE_RULES for rule in import_string(path)]


def install(connection: BaseDatabaseWrapper, rules: Iterable[Rule]) -> None:
    """Guard ``rules``, and no others; those that name a table that does not exist are passed over.

    Rows that break a rule already are left alone, until somebody changes them.
    """
    existing = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for rule in rules:
                if existing.issuperset(rule.tables.values()):
                    for statement in _statements(connection, rule):
                        cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers of all rules away, of former ones too."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in [str(name) for (name,) in cursor.fetchall()]:
            if not name.startswith(PREFIX):
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {quote(name)}() CASCADE")  # its triggers go with it
            else:
                cursor.execute(f"DROP TRIGGER {quote(name)}")


def _statements(connection: BaseDatabaseWrapper, rule: Rule) -> list[str]:
    quote = connection.ops.quote_name
    tables = list(dict.fromkeys(rule.tables.values()))
    message = f"{rule.message} ({rule.name})".replace("'", "''")
    name = PREFIX + rule.name
    if connection.vendor == "postgresql":
        cases = " ".join(
            f"WHEN '{table}' THEN broken := {rule.is_broken_by(table)};" for table in tables
        )
        function = POSTGRES_FUNCTION.format(
            name=quote(name), cases=cases, rule=rule.name, message=message
        )
        return [function] + [
            f"CREATE TRIGGER {quote(name)} AFTER INSERT OR UPDATE ON {quote(table)} "
            f"FOR EACH ROW EXECUTE FUNCTION {quote(name)}()"
            for table in tables
        ]
    return [
        f"CREATE TRIGGER {quote(f'{name}_{table}_{event.lower()}')} "
        f"AFTER {event} ON {quote(table)} WHEN {rule.is_broken_by(table)} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for table in tables
        for event in EVENTS
    ]
