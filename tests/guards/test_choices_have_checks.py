"""A column with choices has a check in the database: the choices alone bind forms only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

ROOT = Path(settings.BASE_DIR)
COLUMNS = [
    (model, field)
    for model in apps.get_models()
    if Path(apps.get_app_config(model._meta.app_label).path).parent == ROOT
    for field in model._meta.concrete_fields
    if field.choices
]


def conditions(condition: Any) -> Iterator[tuple[str, Any]]:
    """Every comparison within ``condition``, however deep."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from conditions(child)
        elif isinstance(child, tuple):
            yield child


def test_there_are_columns_with_choices() -> None:
    assert {"agenda", "contracts", "monitor"} <= {model._meta.app_label for model, _ in COLUMNS}


@pytest.mark.parametrize(
    ("model", "field"),
    COLUMNS,
    ids=lambda part: part.__name__ if isinstance(part, type) else part.name,
)
def test_the_database_knows_the_words_of_a_column(
    model: type[models.Model], field: models.Field[Any, Any]
) -> None:
    allowed = [
        set(values)
        for check in model._meta.constraints
        if isinstance(check, CheckConstraint)
        for name, values in conditions(check.condition)
        if name == f"{field.name}__in"
    ]
    words = {value for value, _ in field.flatchoices}
    assert words in allowed or words - {""} in allowed
