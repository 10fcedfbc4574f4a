"""Trying a named constraint: validation tells it in Dutch, and the database refuses the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from factory.django import DjangoModelFactory

# Makes a row that was right when it was saved, and breaks one rule now.
Spoilt = Callable[[], models.Model]

VALUE_RULES: dict[str, dict[str, Any]] = {
    "present_or_reason": {"number": None, "absence": ""},
    "value_words": {"qualifier": "zowat"},
    "text_or_number": {"text": "tien"},
    "percentage": {"number": None, "numerator": 3, "denominator": 2, "value_type": "percentage"},
    "count": {"number": -1, "value_type": "count"},
    "range": {"number": 10, "number_to": 5},
}


def spoil(row: models.Model, **changes: Any) -> models.Model:
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def spoilt(factory: type[DjangoModelFactory[Any]], **changes: Any) -> Spoilt:
    return lambda: spoil(factory.create(), **changes)


def twin(factory: type[DjangoModelFactory[Any]], *names: str, **fields: Any) -> Spoilt:
    """Two rows, made with ``fields``, the second with the same ``names`` as the first."""

    def make() -> models.Model:
        first, second = factory.create(**fields), factory.create(**fields)
        return spoil(second, **{name: getattr(first, name) for name in names})

    return make


def value_cases(factory: type[DjangoModelFactory[Any]]) -> dict[str, Spoilt]:
    """A row against each rule that every typed value has, by the name of the constraint."""
    model: type[models.Model] = factory._meta.model
    label = model._meta.label_lower.replace(".", "_")
    return {f"{label}_{rule}": spoilt(factory, **bad) for rule, bad in VALUE_RULES.items()}


def constraint_names(app: str) -> set[str]:
    return {
        constraint.name
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def assert_refused(row: models.Model, name: str) -> None:
    """Validation gives the message of the constraint, and the database refuses the row by it."""
    (constraint,) = (each for each in row._meta.constraints if each.name == name)
    message = constraint.get_violation_error_message()
    assert message != constraint.default_violation_error_message % {"name": name}
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    assert message in told.value.messages
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    names_it = connection.vendor == "postgresql" or isinstance(constraint, models.CheckConstraint)
    if names_it and len(told.value.messages) == 1:
        assert name in str(refused.value)
