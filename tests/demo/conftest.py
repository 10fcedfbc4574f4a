from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demo.loading.everything import DATA, load_everything

Edited = Callable[[str, str, str], Path]


@pytest.fixture
def demonstration(db: None) -> None:
    """The demonstration, loaded."""
    assert load_everything() is not None


@pytest.fixture(scope="module")
def demonstration_to_read(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The demonstration, loaded once for a module of tests that only read; gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load_everything() is not None
        yield
        transaction.set_rollback(True)


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A copy of the data files with one text in one of them replaced."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(DATA, folder)
        content = (folder / file).read_text(encoding="utf-8")
        assert old in content
        (folder / file).write_text(content.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit
