"""Sending a form for what is not the sender's, and seeing that nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse

from tests.routes import routes

# What the site keeps of an attempt itself; everything else has to stay as it was.
KEPT = {"accounts_auditentry", "accounts_auditanchor", "django_session"}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# The arguments of an address that name one row by its number. A row has one parent.
ROW_ARGUMENTS = ("pk", "kpi", "file", "role")
ARGUMENTS = {route.name: route.arguments for route in routes()}


@dataclass(frozen=True)
class Target:
    """A named address with its arguments."""

    name: str
    arguments: Mapping[str, Any]

    @classmethod
    def of(cls, address: str) -> Target:
        match = resolve(address.split("?")[0])
        name = str(match.url_name)
        return cls(name, {key: match.kwargs[key] for key in sorted(ARGUMENTS[name])})

    @property
    def child(self) -> str:
        """The argument that names a row in something else, or nothing."""
        rows = [name for name in ROW_ARGUMENTS if name in self.arguments]
        return rows[-1] if rows and len(self.arguments) > 1 else ""

    @property
    def parents(self) -> dict[str, Any]:
        return {name: value for name, value in self.arguments.items() if name != self.child}

    def address(self, **other: Any) -> str:
        return reverse(self.name, kwargs={**self.arguments, **other})


def mixed(target: Target, pool: list[Target]) -> Iterator[str]:
    """Addresses of the row of ``target`` in something that it does not belong to."""
    if not target.child:
        return
    row = target.arguments[target.child]
    own = [each.parents for each in pool if each.arguments[target.child] == row]
    for each in pool:
        if each.parents not in own:
            yield target.address(**each.parents)


def send(
    browser: Client, address: str, data: Mapping[str, Any]
) -> tuple[HttpResponseBase, dict[str, str]]:
    """The answer to ``data`` at ``address``, and what it wrote, by table; it is undone."""
    with transaction.atomic(), _written() as tables:
        answer = browser.post(address, data)
        transaction.set_rollback(True)
    return answer, {table: what for table, what in tables.items() if table not in KEPT}


MARK_TEXT, MARK_NUMBER, MARK_DAY = "veld-dat-er-niet-is", 987654321, "2031-07-19"


def planted() -> dict[str, str]:
    """A value that can be recognised for every field that a row of ours can have."""
    values: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            match field:
                case models.BooleanField():
                    continue
                case models.DateField():
                    value = MARK_DAY
                case models.CharField() | models.TextField():
                    value = MARK_TEXT
                case _:
                    value = str(MARK_NUMBER)
            values[field.name] = value
            values[f"{field.name}_id"] = value
    return values


def holds_planted(written: str) -> bool:
    day = MARK_DAY.replace("-0", ", ").replace("-", ", ")
    return any(mark in written for mark in (MARK_TEXT, str(MARK_NUMBER), MARK_DAY, day))


@contextmanager
def _written() -> Iterator[dict[str, str]]:
    """The tables that are written to, each with all that is written there."""
    tables: dict[str, str] = {}

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if found := WRITE.match(str(sql)):
            tables[found[1]] = tables.get(found[1], "") + repr(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def everything() -> str:
    """A mark of every row in the database but those that an attempt may leave."""
    mark = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in KEPT:
            for row in model._default_manager.order_by("pk").values_list():
                mark.update(repr(row).encode())
    return mark.hexdigest()
