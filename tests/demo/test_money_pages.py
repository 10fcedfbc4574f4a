"""F and C17: what the pages of the money say in the demonstration, to who works with it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from contracts.models import Subsidy
from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_f01_the_lines_of_a_year_add_up_to_the_adopted_total(desk: Client) -> None:
    page = read(desk, "/beheer/geld/2020/")
    page.holds("De posten tellen op tot het vastgestelde totaal.", "3.677.000")
    assert page.row("Maatwerkvoorzieningen Wmo")[3].endswith("325.000")


def test_c08_the_difference_between_available_and_agreed_is_told(desk: Client) -> None:
    page = read(desk, "/beheer/geld/overeengekomen/")
    page.holds("505.000 minder overeengekomen", "1.255.000", "750.000")


def test_an_amount_that_was_invented_says_so(desk: Client) -> None:
    words = "Verzonnen voor de demonstratie, zonder bron"
    read(desk, "/beheer/geld/2019/").holds("245.000", words, "In de overeenkomst staat € 240.000.")
    read(desk, "/beheer/geld/2026/").holds("240.000", words)
    contract = "voorbeeld-dagbesteding-en-begeleiding-in-de-buurt"
    read(desk, f"/beheer/overeenkomsten/{contract}/").holds("240.000", words)
    row = Subsidy.objects.get(granted=320_000)
    told = read(desk, f"/beheer/subsidies/{row.pk}/")
    told.holds("320.000", "Verzonnen voorbeeld, ook het bedrag")


def test_f07_money_says_where_it_comes_from_and_what_has_to_be_accounted_for(desk: Client) -> None:
    page = read(desk, "/beheer/geld/2026/")
    said = page.row("Brede regeling sport en bewegen")[1]
    for words in ("Specifieke uitkering", "uiterlijk op 15 juli 2027", "per onderdeel"):
        assert words in said
    sums = read(desk, "/beheer/geld/2026/per/herkomst/")
    assert sums.row("specifieke uitkering")[3].endswith("85.000")


def test_f08_a_goal_shows_its_agreements_its_kpis_and_its_money(desk: Client) -> None:
    page = read(desk, "/beheer/geld/2026/keten/")
    page.holds("doelen hebben elke schakel", "geen geld", "240.000")


def test_f02_f04_and_f09_the_budget_by_item_is_there_to_write(desk: Client) -> None:
    page = read(desk, "/beheer/geld/begroting/wmo-2020/")
    page.holds("Begrotingsjaar 2020", "Begroting wijzigen", "De tekst erboven noemt", "2019")
    own = page.tables["Onderdelen van Begroting Wmo, algemeen en maatwerk voor volwassenen 2020"]
    assert "Schuldhulpverlening niet Wmo" in own[3][1]
    told = page.tables["Aandeel per onderdeel, hier en landelijk"]
    assert told[2][1:3] == ["8,8%", "9,9%"]
    page.holds("‘bijna zeven miljard’")


def test_f10_rates_of_the_frisian_municipalities_stand_beside_each_other(desk: Client) -> None:
    page = read(desk, "/beheer/geld/tarieven/")
    assert len([row for row in page.rows if row[0] != "Gemeente"]) == 16
    harlingen = page.row("Harlingen")
    assert harlingen[1:3] == ["95%", "75%"]
    for words in ("16,64", "HH1", "23,29", "HH2"):
        assert words in harlingen[4]


def test_f11_numbers_and_amounts_by_product_and_the_share_of_each_provider(desk: Client) -> None:
    products = read(desk, "/beheer/geld/producten/zoetermeer-vrij-inzetbaar-2017/")
    products.holds("De bron noemt 812 als totaal aantal; de rijen zijn samen 814.")
    assert products.row("Kortdurende ambulante begeleiding")[1] == "312"
    assert products.row("Zorgcoördinatie")[1] == "niet getoond"
    providers = read(desk, "/beheer/geld/producten/zoetermeer-subsidies-2017/")
    assert providers.row("Kwadraad")[2] == "21,7%"


def test_f14_combinations_of_provisions_are_told_as_shares(desk: Client) -> None:
    page = read(desk, "/beheer/geld/producten/zoetermeer-combinaties-2017/")
    assert page.row("Eén vorm van ondersteuning")[1] == "83%"
    page.holds("Combinaties met een algemene voorziening zijn in deze cijfers niet te zien.")


def test_f05_a_forecast_stands_beside_the_budget_with_who_and_why(desk: Client) -> None:
    row = read(desk, "/beheer/geld/2026/besteed/").row("Ontmoeting in de kernen")
    assert "240.000" in row[1]
    for words in ("246.000", "stand op 1 september 2026", "De huur stijgt", "voorbeeld"):
        assert words in row[3]
    assert row[4] == "€ −6.000 begroot min de prognose"


def test_f12_a_proposal_tells_how_it_follows_from_the_years_before(desk: Client) -> None:
    page = read(desk, "/beheer/geld/2026/voorstel/")
    row = page.row("Ontmoeting in de kernen")
    for number, amount in enumerate(("208.400", "224.150", "236.900"), start=1):
        assert amount in row[number]
    assert "223.150" in row[5]
    assert "Het gemiddelde van" in row[6]
    assert "Van geen van de drie jaren" in page.row("Bibliotheek")[6]


def test_f13_cuts_and_growth_stand_apart_with_their_grounds(desk: Client) -> None:
    page = read(desk, "/beheer/geld/2026/verschil/")
    row = page.row("Ontmoeting in de kernen")
    assert "10.000" in row[3]
    assert "5.000 eraf" in row[4]
    assert "uit de kadernota" in row[4]
    assert "15.000" in row[5]
    assert row[6] == "€ 0"
    page.holds("De veranderingen tellen niet op.")
    assert "1.000" in page.row("Onafhankelijke cliëntondersteuning")[6]


def test_c17_what_is_passed_on_has_its_frame(desk: Client) -> None:
    page = read(desk, "/beheer/doorgegeven/")
    assert page.row("Programma MAG 2.0 door de Driemaster")[1] == "niet afgesproken"
    assert page.row("Voorbeeld: maatschappelijk werk")[1].endswith("40.000")
