"""A row in the words of the screen: labels of choices, Dutch dates, names of other rows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format

from core.values import format_number

Told = dict[str, str]


def in_words(value: Any, field: models.Field[Any, Any] | None = None) -> str:
    """``value`` of ``field`` as a reader sees it; nothing for nothing. No query."""
    if value is None or value == "":
        return ""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return format_number(value) if isinstance(value, Decimal) else str(value)


def told(row: models.Model, labels: Mapping[str, str]) -> Told:
    """What ``row`` says in the columns that ``labels`` names, by label.

    ``value`` stands for a typed value. Related rows are called by their name: one query for each
    relation that was not read yet.
    """
    found = {}
    for name, label in labels.items():
        if name == "value":
            found[label] = in_words(row.value if row.value_type else None)  # type: ignore[attr-defined]
            continue
        field = row._meta.get_field(name)
        if field.many_to_many:
            found[label] = "\n".join(sorted(str(held) for held in getattr(row, name).all()))
        else:
            found[label] = in_words(getattr(row, name), column(type(row), name))
    return found


def column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The column ``name`` of ``model``."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - no reverse relation is named here
    return field
