"""The norms on reporting, talks and decisions: the rules of docs/regels/normen.md."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from contracts.models import Contract
from contracts.talks.rules import Outcome
from monitor.norms import contracts_in, norms_of
from tests.contracts.drafts import text_of
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory, KPIFactory
from tests.factories_reporting import KPIResultFactory, ReportFactory, RoundFactory
from tests.factories_talks import (
    DecisionFactory,
    MeetingFactory,
    MeetingRhythmFactory,
    cancelled_meeting,
    held_meeting,
    recorded_meeting,
)

pytestmark = pytest.mark.django_db
YEAR, AFTER = 2019, datetime.date(2020, 2, 1)
DUE = datetime.date(2019, 8, 1)


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(running=True, title="Hulp in de buurt")
    return made


def outcomes(contract: Contract, today: datetime.date = AFTER) -> dict[int, Outcome]:
    (found,) = norms_of(contracts_in(YEAR).filter(pk=contract.pk), YEAR, today)
    return {line.number: line.outcome for line in found.lines}


def talks(contract: Contract, official: int, executive: int) -> None:
    for kind, number in (("official", official), ("executive", executive)):
        for at in range(number):
            recorded_meeting(kind=kind, contracts=[contract], day=datetime.date(YEAR, at + 1, 5))


def report(contract: Contract, *, on: datetime.date | None, achieved: bool = True) -> None:
    made = ReportFactory.create(
        contract=contract, due_on=DUE, locks_on=DUE + datetime.timedelta(days=30)
    )
    if on is not None:
        moment = datetime.datetime.combine(on, datetime.time(12), datetime.UTC)
        first = RoundFactory.create(report=made, number=1, submitted_at=moment)
        kpi = KPIFactory.create(contract=contract, started_by__number=7)
        KPIResultFactory.create(round=first, kpi=kpi, achieved=achieved)


def test_enough_talks_meet_norm_13(contract: Contract) -> None:
    assert outcomes(contract)[13] is Outcome.NOT_MET
    talks(contract, 2, 0)
    cancelled_meeting(kind="executive", contracts=[contract], day=datetime.date(YEAR, 6, 1))
    MeetingFactory.create(kind="purchasing", contracts=[contract], day=datetime.date(YEAR, 6, 2))
    assert outcomes(contract)[13] is Outcome.NOT_MET
    talks(contract, 0, 1)
    assert outcomes(contract)[13] is Outcome.MET
    MeetingRhythmFactory.create(contract=contract, from_year=YEAR, official=12)
    assert outcomes(contract)[13] is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        (DUE, AFTER, Outcome.MET),
        (DUE + datetime.timedelta(days=1), AFTER, Outcome.NOT_MET),
        (None, AFTER, Outcome.NOT_MET),
        (None, DUE, Outcome.ON_TRACK),
    ],
)
def test_reports_that_come_in_time_meet_norm_11(
    contract: Contract, on: datetime.date | None, today: datetime.date, expected: Outcome
) -> None:
    assert outcomes(contract)[11] is Outcome.NOTHING_ASKED
    report(contract, on=on)
    assert outcomes(contract, today)[11] is expected


@pytest.mark.parametrize(("today", "verb"), [(DUE, "is"), (AFTER, "was")])
def test_a_report_about_this_year_that_is_due_next_year_is_told(
    contract: Contract, today: datetime.date, verb: str
) -> None:
    day = datetime.date(YEAR + 1, 1, 31)
    for period, due in (("2019-H2", day), ("2020-H1", datetime.date(YEAR + 1, 7, 31))):
        ReportFactory.create(contract=contract, period=period, due_on=due, locks_on=due)
    (found,) = norms_of(contracts_in(YEAR), YEAR, today)
    line = found.lines[0]
    assert line.words.startswith(
        f"Over dit jaar {verb} een rapportage nodig uiterlijk op 31 januari 2020."
    )
    assert line.outcome is Outcome.NOTHING_ASKED


def test_a_target_that_is_missed_asks_for_a_decision(contract: Contract) -> None:
    assert outcomes(contract)[14] is Outcome.NOTHING_ASKED
    report(contract, on=DUE, achieved=False)
    assert outcomes(contract)[14] is Outcome.NOT_MET
    assert outcomes(contract, DUE)[14] is Outcome.BEHIND
    DecisionFactory.create(contracts=[contract], decided_on=datetime.date(2018, 12, 31))
    assert outcomes(contract)[14] is Outcome.NOT_MET
    DecisionFactory.create(contracts=[contract], decided_on=DUE)
    assert outcomes(contract)[14] is Outcome.MET


def test_only_contracts_that_ran_that_year_are_tested(contract: Contract) -> None:
    ContractFactory.create(from_source=True)
    ContractFactory.create()
    ContractFactory.create(finished=True)
    assert list(contracts_in(YEAR)) == [contract]
    assert not contracts_in(2021).exists()


def browser(role: Role) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=[role]))
    return client


def test_each_norm_shows_what_it_rests_on(contract: Contract) -> None:
    talks(contract, 1, 1)
    held_meeting(contracts=[contract], title="Zonder verslag", day=datetime.date(YEAR, 9, 5))
    DecisionFactory.create(contracts=[contract], decided_on=DUE, title="Meer begeleiders")
    report(contract, on=DUE)
    told = text_of(browser(Role.AUDITOR).get("/beheer/normen/", {"jaar": YEAR}))
    assert "Ambtelijk overleg: 2 van 2 gehouden." in told
    assert "Zonder vastgesteld verslag: 1." in told
    assert "Meer begeleiders" in told
    assert "1 van 1 op tijd ingediend." in told
    page = f"/beheer/overeenkomsten/{contract.slug}/normen/"
    one = browser(Role.COLLEGE).get(page)
    assert "Meer begeleiders" in text_of(one)
    review = f"/beheer/rapportages/{contract.reports.get().pk}/"
    assert review not in one.content.decode()
    assert review in browser(Role.CONTRACT_MANAGER).get(page).content.decode()
    part = browser(Role.COLLEGE).get(page, headers={"hx-request": "true"})
    assert "<h1" not in part.content.decode()


def test_the_list_is_chosen_by_year_and_partner(contract: Contract) -> None:
    other = ContractFactory.create(running=True, partner=PartnerFactory.create())
    client = browser(Role.CONTRACT_MANAGER)

    def asked(**choice: Any) -> list[Contract]:
        return [row.contract for row in client.get("/beheer/normen/", choice).context["rows"]]

    assert asked(jaar=YEAR) == [contract, other]
    assert asked(jaar=YEAR, partner=other.partner_id) == [other]
    assert asked(jaar=2030) == []
    assert "Er is niets te toetsen" in text_of(client.get("/beheer/normen/", {"jaar": 2030}))


def test_the_list_opens_on_the_newest_year_in_which_a_contract_ran(client: Client) -> None:
    client.force_login(UserFactory.create(holds=[Role.CONTRACT_MANAGER]))
    this_year = datetime.date.today().year  # noqa: DTZ011 - only the year
    assert client.get("/beheer/normen/").context["year"] == this_year
    contract = ContractFactory.create(running=True, title="Hulp van toen")
    assert contract.ends_on is not None
    page = client.get("/beheer/normen/")
    assert page.context["year"] == contract.ends_on.year == 2020
    assert "Hulp van toen" in text_of(page)
    assert client.get("/beheer/normen/?jaar=2019").context["year"] == 2019
    ContractFactory.create(
        running=True,
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(this_year + 3, 1, 1),
    )
    assert client.get("/beheer/normen/").context["year"] == this_year


def test_the_list_costs_the_same_for_one_and_for_many(contract: Contract) -> None:
    client = browser(Role.CONTRACT_MANAGER)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/beheer/normen/", {"jaar": YEAR}).status_code == 200
        return len(found)

    def fill(one: Contract) -> None:
        talks(one, 2, 1)
        report(one, on=DUE, achieved=False)
        DecisionFactory.create(contracts=[one], decided_on=DUE)
        MeetingRhythmFactory.create(contract=one, from_year=YEAR)

    fill(contract)
    before = cost()
    for _ in range(2):
        fill(ContractFactory.create(running=True))
    assert cost() == before


@pytest.mark.parametrize("page", ["normen", "normen/kader", "dashboard"])
@pytest.mark.parametrize("asked", ["99999", "2100", "99999999999999999999"])
def test_a_year_that_is_to_come_is_this_year(contract: Contract, page: str, asked: str) -> None:
    told = text_of(browser(Role.AUDITOR).get(f"/beheer/{page}/", {"jaar": asked}))
    heading = told.split("<h1")[1].split("</h1>")[0]
    assert "2100" not in heading
    assert "9999" not in heading
