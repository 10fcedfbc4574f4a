"""What a report and its figures can never be."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Report
from tests.constraints import Spoilt, assert_refused, constraint_names, spoilt, twin, value_cases
from tests.factories_reporting import (
    FigureFactory,
    NarrativeFactory,
    ReportFactory,
    SpendingFactory,
)

pytestmark = pytest.mark.django_db

CASES: dict[str, Spoilt] = {
    "reporting_report_unique": twin(ReportFactory, "contract"),
    "reporting_report_origin": spoilt(ReportFactory, origin="droom"),
    "reporting_report_kind": spoilt(ReportFactory, kind="dagboek"),
    "reporting_report_status_by_origin": spoilt(ReportFactory, status=None),
    "reporting_report_kpis_within_total": spoilt(ReportFactory, kpis_achieved=5, kpis_total=4),
    "reporting_narrative_section": spoilt(NarrativeFactory, section="roddel"),
    "reporting_spending_is_amount": spoilt(SpendingFactory, value_type="count"),
    **value_cases(FigureFactory),
    **value_cases(SpendingFactory),
}


@pytest.mark.parametrize("name", CASES)
def test_validation_and_database_refuse_what_breaks_a_rule(name: str) -> None:
    assert_refused(CASES[name](), name)


def test_every_constraint_of_reporting_is_tried() -> None:
    assert set(CASES) == constraint_names("reporting")


def test_a_report_from_a_source_was_accepted_by_nobody_here() -> None:
    report = ReportFactory.create(from_source=True)
    report.full_clean()
    report.status = "accepted"
    with pytest.raises(ValidationError, match="een uit een bronstuk niet"):
        report.full_clean()


def test_the_public_reads_accepted_reports_and_history() -> None:
    for state in ({}, {"submitted": True}, {"returned": True}):
        ReportFactory.create(**state)
    shown = {ReportFactory.create(accepted=True), ReportFactory.create(from_source=True)}
    assert set(Report.objects.readable()) == shown
