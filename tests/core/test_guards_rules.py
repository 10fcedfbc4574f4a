"""How the rules that cross tables stand in the database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from agenda.models import Theme
from core.guards import install_all, rules
from tests.database_guards import guards
from tests.factories_agenda import AgendaVersionFactory, ThemeFactory

pytestmark = pytest.mark.django_db

DECLARED = rules.declared()


def standing() -> set[str]:
    return {name for name in guards(connection) if name.startswith(rules.PREFIX)}


def test_every_rule_has_a_name_of_its_own_that_fits_the_database() -> None:
    names = [rule.name for rule in DECLARED]
    assert names
    assert len(set(names)) == len(names)
    assert all(len(rules.PREFIX + name) <= 63 for name in names)


def test_an_alias_is_not_a_word_of_the_trigger() -> None:
    with pytest.raises(ValueError, match="OLD and NEW"):
        dataclasses.replace(DECLARED[0], tables={"old": "agenda_theme"})


def test_every_rule_stands_after_a_full_migrate() -> None:
    for rule in DECLARED:
        assert any(name.startswith(rules.PREFIX + rule.name) for name in standing())


def test_installing_twice_is_installing_once() -> None:
    before = standing()
    install_all(connection)
    install_all(connection)
    assert standing() == before


def test_a_former_rule_goes_when_the_rules_are_installed() -> None:
    before = standing()
    former = dataclasses.replace(DECLARED[0], name="van_vroeger")
    rules.install(connection, [*DECLARED, former])
    assert standing() > before
    install_all(connection)
    assert standing() == before


def test_a_migrate_brings_the_rules_back() -> None:
    before = standing()
    rules.remove(connection)
    assert not standing()
    call_command("migrate", verbosity=0)
    assert standing() == before


def test_a_rule_about_a_table_that_is_not_there_yet_is_passed_over() -> None:
    early = dataclasses.replace(DECLARED[0], name="te_vroeg", tables={"row": "bestaat_nog_niet"})
    rules.install(connection, [early])
    assert not standing()


def test_a_rule_may_speak_with_apostrophes() -> None:
    [theme] = [rule for rule in DECLARED if rule.name == "agenda_theme_parent_of_version"]
    rule = dataclasses.replace(theme, message="'s Avonds mag dat niet.")
    rules.install(connection, [rule])
    parent = ThemeFactory.create()
    with pytest.raises(IntegrityError, match="'s Avonds mag dat niet"), transaction.atomic():
        ThemeFactory.create(parent=parent, version=AgendaVersionFactory.create())


def test_rows_that_come_in_the_wrong_order_are_checked_when_the_last_one_is_there() -> None:
    """A foreign key is checked at the end of the transaction: the parent may come after."""
    version, other = AgendaVersionFactory.create(), AgendaVersionFactory.create()
    child = Theme(version=version, name="Onder", slug="onder", order=900, parent_id=900_001)
    parent = Theme(pk=900_001, version=other, name="Boven", slug="boven", order=901)
    with pytest.raises(IntegrityError, match="bij een andere versie"), transaction.atomic():
        Theme.objects.bulk_create([child, parent])
    parent.version = version
    child.pk = None
    Theme.objects.bulk_create([child, parent])
