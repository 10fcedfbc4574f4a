"""What stands in the database to guard it, and trying the rules that cross tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

from core.guards import frozen
from core.guards.rules import Rule

# Rows that keep a rule, by the alias that the rule has for them, each with a change that breaks it.
Agreed = Mapping[str, tuple[models.Model, dict[str, Any]]]


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


def rules_of(app: str) -> dict[str, Rule]:
    """The rules that ``app`` declares, by name."""
    return {rule.name: rule for rule in import_string(f"{app}.rules.RULES")}


def every_side(app: str) -> list[tuple[str, str]]:
    """Each rule of ``app`` with each alias in it: the sides from which it can be broken."""
    return [(rule.name, alias) for rule in rules_of(app).values() for alias in rule.tables]


def broken(rule: Rule) -> list[int]:
    """The keys of the rows that break ``rule``."""
    with connection.cursor() as cursor:
        cursor.execute(rule.search)
        return [key for (key,) in cursor.fetchall()]


def assert_kept(rule: Rule, alias: str, make: Callable[[], Agreed]) -> None:
    """The database refuses to break ``rule`` from the side of ``alias``, by an update and, for the
    row that the rule is about, by an insert; neither asks ``clean``.
    """
    agreed = make()
    assert set(agreed) == set(rule.tables)
    row, changes = agreed[alias]
    assert row._meta.db_table == rule.tables[alias]
    rows = type(row)._base_manager.filter(pk=row.pk)
    told = f"{rule.message} ({rule.name})"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(**changes)
    # What is never changed at all keeps the rule from that side already.
    rows_kept = frozen.declared()
    frozen_tables = {
        *rows_kept.append_only,
        *rows_kept.kept,
        *rows_kept.locked,
        *rows_kept.settled,
    }
    is_frozen = row._meta.db_table in frozen_tables and frozen.MESSAGE in str(refused.value)
    assert is_frozen or told in str(refused.value)
    if alias == next(iter(rule.tables)):
        if is_frozen:
            row.pk = None
        else:
            rows.delete()
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            row.save(force_insert=True)
        assert told in str(refused.value)
    assert broken(rule) == []
