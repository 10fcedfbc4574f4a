"""What accepted reports say was spent, beside the budget; and a proposal from years before."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agenda.actions import close_year
from contracts.constants import FigureKind
from reporting import actions
from reporting.models import Report
from reporting.money.reading import proposals
from reporting.money.spending import spending_of
from tests.contracts.drafts import text_of
from tests.eisen.reading import read
from tests.factories_contracts import BudgetLineFactory, ContractFactory
from tests.factories_money import AllocationFactory, LineFigureFactory
from tests.factories_reporting import ReportFactory, SpendingFactory
from tests.reporting.cycle import Cycle, submitted

pytestmark = pytest.mark.django_db
PAGE = "/beheer/geld/2019/besteed/"


@pytest.fixture
def made() -> Cycle:
    return submitted(1)


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_spending_counts_once_the_report_is_accepted(desk: Client, made: Cycle) -> None:
    contract = made.contract
    AllocationFactory.create(label="Dagbesteding", contract=contract, number=1_000)
    row = read(desk, PAGE).row("Dagbesteding")
    assert "geen besteding gemeld" in row[5].lower()
    assert "nog niet geaccepteerd: eerste halfjaar 2019" in text_of(desk.get(PAGE))
    actions.accept(made.report, user=made.manager, round_number=1)
    page = read(desk, PAGE)
    row = page.row("Dagbesteding")
    assert row[2].endswith("400")
    assert row[4] == "€ 100 begroot min wat de partner verwacht"
    assert "Geen prognose" in row[5]


def test_two_lines_of_a_contract_share_nothing(desk: Client, made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    AllocationFactory.create_batch(2, contract=made.contract)
    page = text_of(desk.get(PAGE))
    assert page.count("esteding staat bij de overeenkomst") == 2
    assert spending_of([2019])[made.contract.pk, 2019].amount == Decimal(400)


def test_spending_accepted_after_closing_is_told_apart_and_nothing_is_held_up(
    desk: Client, made: Cycle
) -> None:
    AllocationFactory.create(label="Dagbesteding", contract=made.contract, number=1_000)
    close_year(2019, "De jaarrekening is vastgesteld.", user=made.manager)
    actions.accept(made.report, user=made.manager, round_number=1)
    assert Report.objects.get(pk=made.report.pk).is_accepted
    page = read(desk, PAGE)
    page.holds("Na afsluiting: € 400.")
    assert "waarvan € 400 na afsluiting" in page.row("Dagbesteding")[2]


def test_spending_accepted_before_closing_is_not_late(made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    close_year(2019, "De jaarrekening is vastgesteld.", user=made.manager)
    assert spending_of([2019])[made.contract.pk, 2019].late == 0


def test_spending_of_a_source_counts_in_its_own_year() -> None:
    report = ReportFactory.create(from_source=True, period="2018")
    SpendingFactory.create(report=report, period="2018", number=750)
    SpendingFactory.create(report=report, period="2018/2020", number=900)
    found = spending_of([2018, 2019])
    assert {key: year.amount for key, year in found.items()} == {
        (report.contract_id, 2018): Decimal(750)
    }


# -- a proposal ------------------------------------------------------------------------------------
def test_f12_a_proposal_is_the_average_of_the_years_that_are_known(desk: Client) -> None:
    for year, cost in ((2016, None), (2017, 90_000), (2018, 111_001)):
        line = AllocationFactory.create(label="Jongerenwerk", first_year=year)
        if cost:
            LineFigureFactory.create(allocation=line, kind=FigureKind.ACTUAL, amount=cost)
        LineFigureFactory.create(allocation=line, amount=999)  # no experience
    page = read(desk, "/beheer/geld/2019/voorstel/")
    row = page.row("Jongerenwerk")
    assert row[1] == "niet bekend"
    assert "90.000" in row[2]
    assert row[5].endswith("100.501")
    assert "Het gemiddelde van" in row[6]
    address = f"/beheer/geld/posten/nieuw/?jaar=2019&van={line.pk}&bedrag=100501"
    assert address.replace("&", "&amp;") in desk.get("/beheer/geld/2019/voorstel/").content.decode()
    form = desk.get(address).content.decode()
    assert 'value="Jongerenwerk"' in form
    assert 'value="100501"' in form
    assert 'value="2019"' in form


def test_reports_are_experience_only_when_they_tell_of_the_whole_year(made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    AllocationFactory.create(label="Dagbesteding", contract=made.contract, number=1_000)
    [proposal] = proposals(2020)
    assert (proposal.amount, proposal.past[-1].basis) == (None, "nog niet alles gemeld")
    Report.objects.filter(contract=made.contract).exclude(pk=made.report.pk).delete()
    Report.objects.filter(pk=made.report.pk).update(period="2019")
    [proposal] = proposals(2020)
    assert (proposal.amount, proposal.past[-1].basis) == (Decimal(400), "rapportages")


def test_the_pages_ask_as_many_queries_for_more(desk: Client, made: Cycle) -> None:
    actions.accept(made.report, user=made.manager, round_number=1)
    AllocationFactory.create(contract=made.contract)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    addresses = (PAGE, "/beheer/geld/2020/voorstel/", "/beheer/geld/2019/verschil/")
    few = [asked(address) for address in addresses]
    for number in range(4):
        contract = ContractFactory.create(running=True)
        BudgetLineFactory.create(contract=contract, period="2019")
        line = AllocationFactory.create(contract=contract, label=f"Post {number}")
        LineFigureFactory.create(allocation=line)
        report = ReportFactory.create(contract=contract, from_source=True, period="2019")
        SpendingFactory.create(report=report, period="2019", number=5)
    assert [asked(address) for address in addresses] == few


def test_who_accepts_reads_beforehand_that_the_year_is_closed(client: Client, made: Cycle) -> None:
    client.force_login(made.manager)
    address = f"/beheer/rapportages/{made.report.pk}/accepteren/"
    assert "na afsluiting" not in text_of(client.get(address))
    close_year(2019, "De jaarrekening is vastgesteld.", user=made.manager)
    assert "Het jaar 2019 is afgesloten." in text_of(client.get(address))
    client.post(address, {"round": "1"})
    assert Report.objects.get(pk=made.report.pk).is_accepted
