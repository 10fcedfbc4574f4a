"""What a signed amendment does to the reports that are expected."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.constants import ReportFrequency
from contracts.models import Amendment, ReportingAgreement
from reporting import actions
from reporting.models import Report
from tests.factories_contracts import AmendmentFactory, ReportingAgreementFactory
from tests.reporting.cycle import Cycle, cycle, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Cycle:
    """A contract over 2019 and 2020, with four half-years expected."""
    return cycle(1)


def amended(made: Cycle, ends_on: datetime.date) -> Amendment:
    return AmendmentFactory.create(
        contract=made.contract,
        number=1,
        title="Addendum",
        reason="Verlengd.",
        holds_from=datetime.date(2020, 7, 1),
        ends_on=ends_on,
        is_draft=True,
        signed_on=None,
    )


def periods(made: Cycle) -> list[str]:
    rows = Report.objects.filter(contract=made.contract).order_by("period")
    return [row.period.code for row in rows]


def sign(made: Cycle, amendment: Amendment) -> list[Report]:
    day = datetime.date(2020, 6, 1)
    return actions.sign_amendment(amendment, signed_on=day, user=made.manager)


def test_a_longer_term_expects_more_reports_and_keeps_those_that_were_there(made: Cycle) -> None:
    before = list(Report.objects.order_by("pk").values_list("pk", "period", "status"))
    new = sign(made, amended(made, datetime.date(2021, 12, 31)))
    assert [report.period.code for report in new] == ["2021-H1", "2021-H2"]
    kept = Report.objects.exclude(pk__in=[report.pk for report in new]).order_by("pk")
    assert list(kept.values_list("pk", "period", "status")) == before


def test_a_shorter_term_lets_go_of_what_nobody_began(made: Cycle) -> None:
    sign(made, amended(made, datetime.date(2019, 12, 31)))
    assert periods(made) == ["2019-H1", "2019-H2"]


def test_a_report_that_somebody_began_stays(made: Cycle) -> None:
    begun = Report.objects.get(contract=made.contract, period="2020-H2")
    made_of_it = dataclasses.replace(made, report=begun)
    fill(made_of_it)
    sign(made, amended(made, datetime.date(2019, 12, 31)))
    assert periods(made) == ["2019-H1", "2019-H2", "2020-H2"]


def test_the_check_says_which_amendment_came_since_the_draft_was_begun(
    client: Client, made: Cycle
) -> None:
    later = Report.objects.get(contract=made.contract, period="2020-H2")
    made = dataclasses.replace(made, report=later)
    check = reverse("report_check", args=[made.report.pk])
    client.force_login(made.reporter)
    amendment = amended(made, datetime.date(2020, 12, 31))
    fill(made)
    assert "De afspraken zijn gewijzigd" not in client.get(check).content.decode()
    actions.sign_amendment(amendment, signed_on=timezone.localdate(), user=made.manager)
    page = client.get(check).content.decode()
    assert "De afspraken zijn gewijzigd sinds u begon." in page
    assert reverse("amendment_detail", args=[made.contract.slug, 1]) in page


def test_signing_twice_expects_nothing_twice(made: Cycle) -> None:
    amendment = amended(made, datetime.date(2021, 12, 31))
    sign(made, amendment)
    assert actions.expect_reports(made.contract) == []


def test_the_page_says_how_many_more_are_expected(client: Client, made: Cycle) -> None:
    amendment = amended(made, datetime.date(2021, 12, 31))
    client.force_login(made.manager)
    address = reverse("contract_amendment_sign", args=[made.contract.slug, amendment.number])
    page = client.post(address, {"signed_on": "2020-06-01"}, follow=True).content.decode()
    assert "Er worden 2 rapportages meer verwacht." in page


def test_reports_that_are_not_asked_any_more_are_let_go_from_the_day_of_the_amendment(
    made: Cycle,
) -> None:
    amendment = amended(made, datetime.date(2020, 12, 31))
    Amendment.objects.filter(pk=amendment.pk).update(holds_from=datetime.date(2020, 1, 1))
    amendment.refresh_from_db()
    former = ReportingAgreement.objects.get(contract=made.contract)
    ReportingAgreementFactory.create(
        contract=made.contract,
        started_by=amendment,
        frequency=ReportFrequency.YEARLY,
        due_days=90,
        lock_days=10,
    )
    ReportingAgreement.objects.filter(pk=former.pk).update(ended_by=amendment)
    sign(made, amendment)
    rows = Report.objects.filter(contract=made.contract).order_by("due_on")
    assert [(row.period.code, row.kind) for row in rows] == [
        ("2019-H1", "half_year"),
        ("2019-H2", "half_year"),
        ("2020", "annual"),
    ]
    assert rows[2].due_on == datetime.date(2021, 3, 31)


def test_new_days_hold_for_reports_that_nobody_began(made: Cycle) -> None:
    amendment = amended(made, datetime.date(2020, 12, 31))
    former = ReportingAgreement.objects.get(contract=made.contract)
    ReportingAgreementFactory.create(
        contract=made.contract, started_by=amendment, due_days=10, lock_days=5
    )
    ReportingAgreement.objects.filter(pk=former.pk).update(ended_by=amendment)
    sign(made, amendment)
    due = dict(Report.objects.filter(contract=made.contract).values_list("period", "due_on"))
    days = {period.code: day for period, day in due.items()}
    assert days["2020-H2"] == datetime.date(2021, 1, 10)
    assert days["2020-H1"] == datetime.date(2020, 8, 25)


def test_an_ended_contract_asks_nothing_about_the_time_after_it(made: Cycle) -> None:
    begun = Report.objects.get(contract=made.contract, period="2020-H2")
    fill(dataclasses.replace(made, report=begun))
    gone = actions.end_contract(
        made.contract, last_day=datetime.date(2019, 9, 1), user=made.manager, note="Failliet."
    )
    assert gone == 1
    assert periods(made) == ["2019-H1", "2019-H2", "2020-H2"]
