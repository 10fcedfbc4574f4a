"""What a report and its figures can never be."""

from __future__ import annotations

from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.files import store
from reporting.models import DecidedReport, Report, SupervisionWithdrawal
from tests.constraints import (
    VALUE_RULES,
    Spoilt,
    assert_refused,
    constraint_names,
    spoilt,
    twin,
    value_cases,
)
from tests.factories import UserFactory
from tests.factories_contracts import KPIFactory
from tests.factories_reporting import (
    AnswerFactory,
    AttachmentFactory,
    EntranceFactory,
    ExtensionFactory,
    FigureFactory,
    KPIResultFactory,
    NarrativeFactory,
    ReadyPartFactory,
    RemarkFactory,
    ReportEventFactory,
    ReportFactory,
    RoundFactory,
    SpendingFactory,
    SupervisionAnswerFactory,
    SupervisionFindingFactory,
    SupervisionReportFactory,
)
from tests.factories_talks import (
    DecidedReportFactory,
    SheetDocumentFactory,
    TalkedReportFactory,
)
from tests.reporting.supervised import published

pytestmark = pytest.mark.django_db


def kept(factory: type[DjangoModelFactory[Any]], *names: str, **wrong: Any) -> Spoilt:
    """A row that is never changed once it is saved: it is broken before that."""

    def make() -> models.Model:
        row = factory.create()
        held = {name: getattr(row, name) for name in names}
        return cast(models.Model, factory.build(**held, **wrong))

    return make


def result(**wrong: Any) -> Spoilt:
    def make() -> models.Model:
        made = RoundFactory.create()
        kpi = KPIFactory.create(contract=made.report.contract)
        return cast(models.Model, KPIResultFactory.build(round=made, kpi=kpi, **wrong))

    return make


def empty_answer() -> models.Model:
    finding, author = published().findings.get(), UserFactory.create()
    return cast(
        models.Model, SupervisionAnswerFactory.build(finding=finding, author=author, text="")
    )


def withdrawal(**wrong: str) -> Spoilt:
    def make() -> models.Model:
        told = {"reason": "Verkeerd bestand.", "name": "verslag.pdf", "sha256": "0" * 64, **wrong}
        return SupervisionWithdrawal(report=published(), author=UserFactory.create(), **told)

    return make


def second_decided() -> models.Model:
    first = DecidedReportFactory.create()
    return DecidedReport(decision=first.decision, report=first.report)


def sheet_without_pages() -> models.Model:
    row = SheetDocumentFactory.create()
    row.file = store(b"%PDF-1.7", name="agendablad.pdf", content_type="application/pdf")
    return cast(models.Model, row)


BY = ("report", "submitted_by", "on_behalf_of")
STEP = ("report", "round", "actor")
CASES: dict[str, Spoilt] = {
    "reporting_entrance_referral": spoilt(EntranceFactory, referral="misschien"),
    "reporting_entrance_unique": twin(EntranceFactory, "organisation", "name"),
    "reporting_entrance_says_what_for": spoilt(EntranceFactory, for_what=""),
    "reporting_entrance_can_be_reached": spoilt(EntranceFactory, phone=""),
    "reporting_entrance_website": spoilt(EntranceFactory, website="voorbeeld.nl"),
    "reporting_talked_report_unique": twin(TalkedReportFactory, "meeting", "report"),
    "reporting_decided_report_unique": second_decided,
    "reporting_sheet_made_whole": sheet_without_pages,
    "reporting_supervision_year_unique": twin(SupervisionReportFactory, "year"),
    "reporting_supervision_year_of_the_wmo": spoilt(SupervisionReportFactory, year=2014),
    "reporting_supervision_published_by_somebody": spoilt(
        SupervisionReportFactory, published_at=timezone.now()
    ),
    "reporting_supervision_answer_not_empty": empty_answer,
    "reporting_supervision_says_something": spoilt(SupervisionReportFactory, summary=""),
    "reporting_supervision_finding_says_something": spoilt(SupervisionFindingFactory, advice=""),
    "reporting_supervision_withdrawal_says_why": withdrawal(reason=""),
    "reporting_supervision_withdrawal_sha256": withdrawal(sha256="kort"),
    "reporting_report_dates": spoilt(ReportFactory, locks_on=None),
    "reporting_answer_unique": twin(AnswerFactory, "report", "key"),
    "reporting_attachment_unique": twin(AttachmentFactory, "report", "file"),
    "reporting_ready_part_unique": twin(ReadyPartFactory, "report", "organisation"),
    "reporting_round_unique": kept(RoundFactory, *BY, number=1),
    "reporting_round_from_one": kept(RoundFactory, *BY, number=0),
    "reporting_round_sha256": kept(RoundFactory, *BY, number=2, sha256="kort"),
    "reporting_kpi_result_unique": kept(KPIResultFactory, "round", "kpi"),
    "reporting_remark_not_empty": kept(RemarkFactory, "round", "author", text=""),
    "reporting_event_from_status": kept(ReportEventFactory, *STEP, from_status="zoek"),
    "reporting_event_to_status": kept(ReportEventFactory, *STEP, to_status="weg"),
    "reporting_event_reopened_with_reason": kept(
        ReportEventFactory, *STEP, from_status="accepted", to_status="returned"
    ),
    "reporting_extension_has_reason": kept(ExtensionFactory, "report", "granted_by", reason=""),
    **{f"reporting_kpiresult_{rule}": result(**bad) for rule, bad in VALUE_RULES.items()},
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
