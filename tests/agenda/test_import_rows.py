"""What the database keeps of a file that was handed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories_agenda import TableImportFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "iets"},
        {"version": None},
        {"kind": "values"},
        {"applied_at": timezone.now(), "tables": [{"name": "Doelen"}]},
    ],
)
def test_the_database_keeps_no_import_that_is_about_nothing(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TableImportFactory.create(**fields)


def test_the_database_keeps_what_was_taken_in_without_its_text() -> None:
    assert TableImportFactory.create(applied_at=timezone.now(), tables=[]).applied_at is not None
