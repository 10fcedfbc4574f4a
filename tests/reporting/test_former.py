"""What was reported before, without the whole text of the rounds that it stands in."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.former import former_values
from reporting.models import Report
from tests.reporting.cycle import MOMENT, Cycle, cycle, fill, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> Cycle:
    """The second half-year of a contract whose first was handed in."""
    made = cycle(2)
    fill(made)
    submit(made, at=MOMENT)
    report = Report.objects.get(contract=made.contract, period="2019-H2")
    return dataclasses.replace(made, report=report)


def test_the_last_value_of_each_indicator_in_one_query_without_the_rounds(later: Cycle) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = former_values(later.report)
    assert len(queries) == 1
    assert "payload" not in queries[0]["sql"]
    assert set(found) == {(kpi.indicator_id, None) for kpi in later.kpis}
    assert all([each.period.code for each in held] == ["2019-H1"] for held in found.values())


def test_what_comes_after_is_not_before(later: Cycle) -> None:
    first = Report.objects.get(contract=later.contract, period="2019-H1")
    assert former_values(first) == {}
