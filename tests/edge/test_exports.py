"""No table that is downloaded runs anything in the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from accounts.trail import record
from agenda.models import AgendaVersion, Goal, Indicator
from contracts.models import Contract
from core.guards import frozen
from core.tables import FORMULA_STARTS
from monitor.models import Snapshot
from monitor.snapshots import canonical, digest
from tests.factories import UserFactory
from tests.factories_agenda import (
    MeasureFactory,
    MunicipalityFactory,
    ObservationFactory,
    ThemeFactory,
)
from tests.factories_contracts import BudgetLineFactory
from tests.factories_inquiries import FollowUpUpdateFactory
from tests.factories_money import RateFactory
from tests.factories_monitor import BottleneckFactory
from tests.factories_reporting import FigureFactory, ReportFactory
from tests.guards.test_role_by_url import TABLE
from tests.ops.tables import ROOT
from tests.routes import routes

pytestmark = pytest.mark.django_db

STARTS = ("=1+1 ", "\t@")  # every other start is in tests/core/test_tables.py
EMPTY = {"values_template"}  # nothing that anybody wrote is in it
EXPORTS = sorted(
    route.name
    for route in routes()
    if re.search(r"\.(csv|xlsx)$", route.route) and route.name not in EMPTY
)
# The names of fields that hold what somebody wrote, in tables and in published editions.
WRITTEN = {"label", "name", "title", "text", "note", "short_name", "explanation", "target"}


def poison(start: str) -> None:
    """Let every text that somebody wrote begin with ``start``, behind the back of the guards."""
    frozen.remove_all(connection)
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.CharField | models.TextField):
                continue
            if field.name in WRITTEN and not field.choices and not field.unique:
                other = Concat(Value(start), F(field.name), output_field=models.TextField())
                filled = model._default_manager.exclude(**{field.name: ""})
                filled.update(**{field.name: other})
    for snapshot in Snapshot.objects.all():
        payload = canonical(poisoned(json.loads(snapshot.payload), start))
        held = Snapshot.objects.filter(pk=snapshot.pk)
        held.update(payload=payload, sha256=digest(payload))


def poisoned(part: Any, start: str) -> Any:
    if isinstance(part, dict):
        return {
            key: start + held if key in WRITTEN and isinstance(held, str) else poisoned(held, start)
            for key, held in part.items()
        }
    return [poisoned(each, start) for each in part] if isinstance(part, list) else part


def cells(answer: HttpResponseBase) -> list[str]:
    content: bytes = answer.getvalue()
    if "spreadsheetml" in answer["Content-Type"]:
        book = openpyxl.load_workbook(io.BytesIO(content))
        rows = [row for sheet in book.worksheets for row in sheet.iter_rows()]
        assert not [cell for row in rows for cell in row if cell.data_type == "f"]
        return [cell.value for row in rows for cell in row if isinstance(cell.value, str)]
    text = content.decode("utf-8-sig")
    rows_of = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return [cell for row in rows_of for cell in row]


def is_run(cell: str) -> bool:
    """Whether a spreadsheet would take this for a formula; a number is none."""
    return cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-\d+(,\d+)?", cell)


def fill() -> None:
    """Something in every table that can be downloaded."""
    BudgetLineFactory.create(period="2019")
    RateFactory.create()
    BottleneckFactory.create(offered=True, monitor__year=2031)
    MunicipalityFactory.create()
    FollowUpUpdateFactory.create()
    for goal in Goal.objects.all():
        MeasureFactory.create(theme=None, goal=goal)
    for version in AgendaVersion.objects.all():
        MeasureFactory.create(theme=ThemeFactory.create(version=version))
    for indicator in Indicator.objects.all():
        ObservationFactory.create(indicator=indicator)
    for contract in Contract.objects.all():
        FigureFactory.create(report=ReportFactory.create(contract=contract, from_source=True))


@pytest.mark.parametrize("start", STARTS, ids=ascii)
@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_holds_a_formula(name: str, start: str) -> None:
    row = TABLE[name]
    kwargs = dict(row.kwargs() if callable(row.kwargs) else row.kwargs)
    client = Client()
    both = [Role.FUNCTIONAL_MANAGER, Role.POLICY_OFFICER]
    client.force_login(manager := UserFactory.create(holds=both))
    record("sign_in", actor=manager, target="iets")
    fill()
    poison(start)
    found = cells(client.get(reverse(name, kwargs=kwargs)))
    assert [cell for cell in found if cell.startswith(f"'{start}")], "nothing was written there"
    assert [cell for cell in found if is_run(cell)] == []


def test_tables_are_written_in_two_places_alone() -> None:
    """An export that writes its own cells would pass the test above by luck."""
    writers = [
        str(path.relative_to(ROOT))
        for app in ("accounts", "agenda", "contracts", "core", "monitor", "reporting")
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|Workbook\(", path.read_text())
    ]
    assert sorted(writers) == ["core/sheets.py", "core/tables.py"]
