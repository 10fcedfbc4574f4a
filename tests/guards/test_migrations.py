"""Migrations are complete and named for what they do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = sorted(ROOT.glob("*/migrations/[0-9]*.py"))


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_a_migration(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_there_are_migrations_to_check() -> None:
    assert MIGRATIONS


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda p: f"{p.parts[-3]}/{p.stem}")
def test_a_migration_is_named_for_what_it_does(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem)
    assert not re.search(
        r"_auto_|^\d{4}_(initial|alter_|remove_\w+_and_more)|_and_more$", path.stem
    )


def test_no_two_migrations_of_an_app_share_a_number() -> None:
    numbers = [(path.parts[-3], path.name[:4]) for path in MIGRATIONS]
    assert len(numbers) == len(set(numbers))
