"""The pages of partners: coalitions, agreements, results, and members of several coalitions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from contracts.models import Contract
from tests.factories_agenda import PartnerFactory, SourceFactory
from tests.factories_contracts import ContractFactory, PartyFactory
from tests.factories_reporting import (
    FigureFactory,
    NarrativeFactory,
    ReportFactory,
    SpendingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(
        running=True, title="Buurtwerk", partner__slug="tom", partner__name="Tom in de buurt"
    )
    return made


@pytest.fixture
def kwadraad() -> Organisation:
    made: Organisation = PartnerFactory.create(slug="kwadraad", name="Kwadraad")
    return made


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_list_without_partners_says_so(client: Client) -> None:
    assert "Er zijn nog geen partners" in get(client, "/partners/")


def test_the_list_names_members_contracts_and_reports(
    client: Client, contract: Contract, kwadraad: Organisation
) -> None:
    PartyFactory.create(contract=contract, organisation=kwadraad)
    client_party = PartyFactory.create(contract=contract, role="co_client")
    ReportFactory.create(contract=contract, accepted=True)
    ReportFactory.create(contract=contract, submitted=True, period="2020")
    html = get(client, "/partners/")
    assert 'href="/partners/kwadraad/">Kwadraad</a>' in html
    assert client_party.organisation.name not in html
    assert "Buurtwerk" in html
    assert "1 rapportage" in html


@pytest.mark.parametrize("words", ["tom", "KWADR", "buurtw"])
def test_a_partner_is_found_by_its_name_a_member_or_a_contract(
    client: Client, contract: Contract, kwadraad: Organisation, words: str
) -> None:
    PartyFactory.create(contract=contract, organisation=kwadraad)
    ContractFactory.create(running=True, partner__name="Iemand anders")
    html = get(client, f"/partners/?zoek={words}")
    assert "Tom in de buurt" in html
    assert "Iemand anders" not in html
    assert f'value="{words}"' in html


def test_a_search_for_nonsense_says_so(client: Client, contract: Contract) -> None:
    assert "Geen partner past bij dit woord" in get(client, "/partners/?zoek=xyzzy")


def test_a_member_of_two_coalitions_names_both(
    client: Client, contract: Contract, kwadraad: Organisation
) -> None:
    other = ContractFactory.create(running=True, partner__name="De Driemaster")
    for held in (contract, other):
        PartyFactory.create(contract=held, organisation=kwadraad)
    html = get(client, "/partners/kwadraad/")
    assert "Doet mee in 2 opdrachten" in html
    assert "Tom in de buurt</a>, coalitiepartner" in html
    assert "De Driemaster</a>, coalitiepartner" in html


def test_a_partner_shows_results_but_no_report_that_is_not_accepted(
    client: Client, contract: Contract
) -> None:
    report = ReportFactory.create(contract=contract, accepted=True)
    NarrativeFactory.create(report=report, text="Wachtlijst verdwenen")
    NarrativeFactory.create(
        report=ReportFactory.create(contract=contract, returned=True, period="2020"),
        text="Nog niet af",
    )
    html = get(client, "/partners/tom/")
    assert "Wachtlijst verdwenen" in html
    assert "Nog niet af" not in html


def test_strangers_to_every_contract_and_drafts_are_not_found(client: Client) -> None:
    PartnerFactory.create(slug="los")
    ContractFactory.create(partner__slug="concept")
    for slug in ("los", "concept", "onzin"):
        assert client.get(f"/partners/{slug}/").status_code == 404
        assert client.get(f"/partners/{slug}/cijfers.csv").status_code == 404


def test_the_figures_are_numbers_and_no_formulas(client: Client, contract: Contract) -> None:
    report = ReportFactory.create(contract=contract, accepted=True)
    FigureFactory.create(report=report, label="=1+1", number=1234)
    SpendingFactory.create(report=report, number=1_400_000)
    csv = get(client, "/partners/tom/cijfers.csv")
    assert "2019;cijfers;'=1+1;1234;;1.234" in csv
    assert "2019;besteed;Wmo-oud;1400000;euro;€\xa01.400.000" in csv


@pytest.mark.parametrize("address", ["/partners/", "/partners/tom/", "/partners/tom/cijfers.csv"])
def test_one_row_costs_as_many_queries_as_many(
    client: Client, contract: Contract, address: str
) -> None:
    counts = []
    for years in (range(2015, 2016), range(2016, 2020)):
        for year in years:
            report = ReportFactory.create(
                contract=contract, accepted=True, period=str(year), source=SourceFactory.create()
            )
            for factory in (FigureFactory, SpendingFactory):
                factory.create(report=report, source=SourceFactory.create())
            NarrativeFactory.create(report=report)
            PartyFactory.create(contract=contract, source=SourceFactory.create())
        with CaptureQueriesContext(connection) as queries:
            get(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
