"""What partners report as spent stands in the edition beside what was agreed for that year."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from monitor.constants import MonitorKind
from monitor.payload import build_payload
from reporting import actions
from reporting.models import Report
from tests.factories_monitor import MonitorFactory
from tests.reporting.cycle import Cycle, cycle, fill, submit, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Cycle:
    return submitted(1)


def spent(year: int) -> list[tuple[str, str]]:
    content = build_payload(MonitorFactory.create(year=year), version=1)
    return [(row["report"], row["quantity"]) for row in content["money"]["amounts"]["spent"]]


def test_f05_spending_of_an_accepted_report_stands_beside_the_budget(made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    assert spent(2019) == [(made.report.title, "400")]
    content = build_payload(MonitorFactory.create(year=2020), version=1)
    assert [row["quantity"] for row in content["money"]["amounts"]["spent"]] == ["400"]


def test_what_is_not_accepted_is_not_spent(made: Cycle) -> None:
    assert spent(2019) == []


def test_an_edition_over_an_earlier_year_does_not_know_it(made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    assert spent(2018) == []


def test_an_edition_over_half_a_year_knows_nothing_of_the_second_half() -> None:
    made = cycle(1)
    later = Report.objects.get(contract=made.contract, period="2019-H2")
    second = dataclasses.replace(made, report=later)
    fill(second)
    submit(second, at=datetime.datetime(2020, 2, 1, tzinfo=datetime.UTC))
    actions.accept(later, user=made.manager, round_number=1)
    half = MonitorFactory.create(year=2019, kind=MonitorKind.HALF_YEAR)
    assert build_payload(half, version=1)["money"]["amounts"]["spent"] == []
    assert spent(2019) == [(later.title, "400")]
