"""Rules of reports that cross tables: the database keeps them from every side."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Activity, KPIResult, ReportEvent
from tests.database_guards import Agreed, assert_kept, every_side, rules_of
from tests.factories_contracts import KPIFactory
from tests.factories_reporting import (
    FigureFactory,
    ReportFactory,
    RoundFactory,
    SupervisionAnswerFactory,
    SupervisionFindingFactory,
    SupervisionReportFactory,
)
from tests.reporting.cycle import submitted
from tests.reporting.supervised import published, withdrawn

pytestmark = pytest.mark.django_db


def activity() -> Activity:
    return Activity.objects.create(report=ReportFactory.create(), heading="Inloop", text="Koffie.")


def activity_of_report() -> Agreed:
    told = activity()
    figure = FigureFactory.create(report=told.report, activity=told)
    return {
        "figure": (figure, {"activity": activity()}),
        "activity": (told, {"report": ReportFactory.create()}),
    }


def result_of_contract() -> Agreed:
    made = submitted(1)
    [result] = KPIResult.objects.all()
    other = KPIFactory.create()
    return {
        "result": (result, {"kpi": other}),
        "round": (result.round, {"report": ReportFactory.create()}),
        "report": (made.report, {"contract": other.contract}),
        "kpi": (made.kpis[0], {"contract": other.contract}),
    }


def event_of_report() -> Agreed:
    submitted(1)
    event = ReportEvent.objects.get()
    return {
        "event": (event, {"round": RoundFactory.create()}),
        "round": (event.round, {"report": ReportFactory.create()}),
    }


def answer_after_publication() -> Agreed:
    answer = SupervisionAnswerFactory.create(finding=published().findings.get())
    draft = SupervisionFindingFactory.create()
    finding = answer.finding
    return {
        "answer": (answer, {"finding": draft}),
        "finding": (finding, {"report": draft.report}),
        "report": (finding.report, {"published_at": None, "published_by": None}),
    }


def withdrawn_after_publication() -> Agreed:
    report = withdrawn()
    return {
        "withdrawal": (report.withdrawal, {"report": SupervisionReportFactory.create()}),
        "report": (report, {"published_at": None, "published_by": None}),
    }


CASES = {
    "reporting_figure_activity_of_report": activity_of_report,
    "reporting_result_kpi_of_contract": result_of_contract,
    "reporting_event_round_of_report": event_of_report,
    "reporting_supervision_answer_after_publication": answer_after_publication,
    "reporting_supervision_withdrawn_after_publication": withdrawn_after_publication,
}


@pytest.mark.parametrize(("name", "alias"), every_side("reporting"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("reporting")[name], alias, CASES[name])


def test_an_activity_of_another_report_is_told_before_the_database_refuses() -> None:
    figure = FigureFactory.create()
    figure.refresh_from_db()
    figure.activity = activity()
    with pytest.raises(ValidationError, match="activiteit hoort bij een andere rapportage"):
        figure.clean()
