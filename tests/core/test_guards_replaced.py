"""What stands fast is not replaced by another row either: not by its key, nor by another index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.constants import Role
from core.guards import frozen, replacing
from tests.agenda import adopting
from tests.edge.world import build
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, TaskStepFactory

pytestmark = pytest.mark.django_db
TABLE = "core_tried"
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")


def run(sql: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def conditions() -> Iterator[tuple[str, str, str]]:
    """Kind of guard, table, and when a row of it stands fast."""
    rows, row = frozen.declared(), replacing.STANDING
    yield from (("append_only", table, "1 = 1") for table in rows.append_only)
    for kind in ("kept", "settled"):
        for table, (condition, _columns) in getattr(rows, kind).items():
            yield kind, table, condition.format(row=row)
    yield from (("locked", table, held.format(row=row)) for table, held in rows.locked.items())
    for table, (column, value) in rows.last.items():
        yield "last", table, f"{row}.{column} = '{value}'"


def test_no_row_of_a_whole_town_is_replaced() -> None:
    """By neither way of saying it; in every table that has something that stands fast."""
    people = build()
    officer = people[Role.POLICY_OFFICER]
    assert officer is not None
    version = AgendaVersionFactory.create(consulted=True, agenda__year=2030)
    GoalFactory.create(theme__version=version)
    TaskStepFactory.create(task__version=version)
    adopting.adopt(version, officer)
    tried: list[str] = []
    for kind, table, condition in conditions():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} AS standing WHERE {condition} LIMIT 1")
            found = cursor.fetchone()
        if found is None:
            continue
        tried.append(kind)
        again = f"{table} SELECT * FROM {table} WHERE id = '{found[0]}'"
        change = "status = 'draft'" if kind == "last" else f"id = {table}.id + 1000000"
        statements = [f"INSERT INTO {again} ON CONFLICT (id) DO UPDATE SET {change}"]
        if connection.vendor == "sqlite":
            statements.append(f"INSERT OR REPLACE INTO {again}")
        for statement in statements:
            with pytest.raises(IntegrityError, match=f"nooit gewijzigd.*{table}"):
                run(statement)
    assert set(tried) == {"append_only", "kept", "settled", "locked", "last"}
    assert len(tried) > 40


@pytest.fixture
def standing() -> None:
    """Two rows that stand fast and one that does not, in a table with an index of every kind."""
    run(
        f"CREATE TABLE {TABLE} (id integer PRIMARY KEY AUTOINCREMENT, number integer UNIQUE, "
        "title text, part integer, fixed bool NOT NULL)"
    )
    run(f"CREATE UNIQUE INDEX tried_title ON {TABLE} (part, (LOWER(title))) WHERE part > (0)")
    run(f"INSERT INTO {TABLE} VALUES (1, 1, 'Een', 1, 1), (2, NULL, 'Nul', 0, 1)")
    run(f"INSERT INTO {TABLE} VALUES (3, 3, 'Drie', 3, 0)")
    frozen.lock(connection, {TABLE: "{row}.fixed AND {row}.id < 4"}, {})


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT OR REPLACE INTO {TABLE} VALUES (1, 9, 'Negen', 9, 0)",
        f"REPLACE INTO {TABLE} VALUES (9, 1, 'Negen', 9, 0)",
        f"INSERT OR REPLACE INTO {TABLE} VALUES (9, 9, 'EEN', 1, 0)",
        f"UPDATE OR REPLACE {TABLE} SET id = 1 WHERE id = 3",
        f"UPDATE OR REPLACE {TABLE} SET number = 1 WHERE id = 3",
        f"UPDATE OR REPLACE {TABLE} SET title = 'een', part = 1 WHERE id = 3",
    ],
)
def test_it_is_refused_by_every_index(standing: None, statement: str) -> None:
    with pytest.raises(IntegrityError, match="nooit gewijzigd"):
        run(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, title FROM {TABLE} ORDER BY id")
        assert cursor.fetchall() == [(1, "Een"), (2, "Nul"), (3, "Drie")]


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO {TABLE} VALUES (NULL, NULL, 'Nul', 0, 0)",  # in no index
        f"INSERT INTO {TABLE} (number, title, part, fixed) VALUES (9, 'Een', 2, 0)",
        f"INSERT OR REPLACE INTO {TABLE} VALUES (3, 4, 'Drie', 3, 0)",  # of what does not stand
        f"UPDATE {TABLE} SET title = 'Vier' WHERE id = 3",
    ],
)
def test_what_takes_no_place_passes(standing: None, statement: str) -> None:
    assert run(statement) == 1
