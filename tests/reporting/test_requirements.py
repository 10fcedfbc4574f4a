"""What a partner hands in through the portal, proved by what the public page of it says."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.test import Client
from django.urls import reverse

from contracts.constants import ReportFrequency
from contracts.models import ReportingAgreement
from core.periods import Period
from reporting import actions
from reporting.constants import ReportKind, ReportStatus
from reporting.models import Report
from tests.reporting.cycle import Cycle, answers, cycle, submit, write

pytestmark = pytest.mark.django_db


def told(client: Client, typed: dict[str, str]) -> str:
    """The page of the report in which these fields were handed in, and which was accepted."""
    made = cycle(1)
    kpi = made.kpis[0].pk
    named = {key.replace("kpi-", f"kpi-{kpi}-"): text for key, text in typed.items()}
    line = next(key for key in answers(made) if key.startswith("budget-")).rsplit("-", 1)[0]
    named = {key.replace("budget-", f"{line}-"): text for key, text in named.items()}
    write(made, {**answers(made), **named})
    submit(made)
    actions.accept(made.report, user=made.manager, round_number=1)
    return client.get(
        reverse("report_detail", args=[made.partner.slug, made.report.pk, 1])
    ).content.decode()


def test_r04_what_goes_well_and_less_well_with_a_bottleneck_and_its_solution(
    client: Client,
) -> None:
    typed = {
        "goes_well-text": "De groepen groeien.",
        "goes_less_well-text": "De wachttijd loopt op.",
        "bottleneck-1-text": "Er is geen zaal.",
        "bottleneck-1-cause": "De school is dicht.",
        "bottleneck-1-solution": "Een zaal in het dorpshuis.",
    }
    page = told(client, typed)
    assert [text for text in typed.values() if text not in page] == []


def test_r06_and_r17_what_clients_and_those_who_work_along_say(client: Client) -> None:
    typed = {
        "client_experience-text": "Cliënten voelen zich gehoord.",
        "client_experience-clients": "7,8",
        "client_experience-clients_number": "212",
        "client_experience-stakeholders": "8,1",
        "client_experience-stakeholders_number": "9",
    }
    page = told(client, typed)
    assert [text for text in typed.values() if text not in page] == []


def test_r11_the_story_behind_a_figure(client: Client) -> None:
    page = told(client, {"kpi-explanation": "Twee trainers waren ziek."})
    assert "Twee trainers waren ziek." in page


def test_r12_what_the_whole_year_will_cost(client: Client) -> None:
    page = told(client, {"budget-forecast": "980"})
    assert "Verwacht voor het hele jaar (€)" in page
    assert "980" in page


def test_r18_complaints_and_incidents_with_their_number_and_nature(client: Client) -> None:
    page = told(
        client,
        {
            "complaints-complaints": "2",
            "complaints-complaints_nature": "Over wisselende begeleiders.",
            "complaints-incidents": "1",
            "complaints-incidents_nature": "Een val in de gang.",
        },
    )
    assert "Over wisselende begeleiders." in page
    assert "Een val in de gang." in page


def test_g10_annual_accounts_are_agreed_to_by_the_contract_manager() -> None:
    made: Cycle = cycle(1)
    agreement = ReportingAgreement.objects.filter(contract=made.contract)
    assert agreement.get().frequency == ReportFrequency.HALF_YEARLY
    report = Report.objects.create(
        contract=made.contract,
        kind=ReportKind.ANNUAL,
        period=Period(2019),
        title="Jaarverantwoording 2019",
        status=ReportStatus.OPEN,
        origin="system",
        due_on=datetime.date(2020, 3, 1),
        locks_on=datetime.date(2020, 4, 1),
    )
    annual = dataclasses.replace(made, report=report)
    write(annual, answers(annual))
    submit(annual, at=datetime.datetime(2020, 2, 1, tzinfo=datetime.UTC))
    actions.accept(report, user=made.manager, round_number=1, note="Akkoord met het jaarverslag.")
    report.refresh_from_db()
    assert report.status == ReportStatus.ACCEPTED
    event = report.events.order_by("-pk").first()
    assert event is not None
    assert (event.actor, event.note) == (made.manager, "Akkoord met het jaarverslag.")
