"""The file of a contract and the dashboard, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from contracts.models import Amendment, Contract
from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]

ZOETERMEER = "/overeenkomsten/zoetermeer-gebiedsgerichte-ondersteuning/"
MANAGER, COLLEGE = "accounthouder@voorbeeld.nl", "college@voorbeeld.nl"


def sign_in(client: Client, email: str) -> Client:
    client.force_login(User.objects.get(email=email))
    return client


@pytest.fixture
def basic() -> Contract:
    return Contract.objects.get(assignment_kind="basic", is_example=True)


def test_c20_and_c21_what_is_inside_and_outside_with_its_money_and_criteria(
    client: Client,
) -> None:
    page = read(client, ZOETERMEER)
    page.holds("Binnen de opdracht: 22", "Buiten de opdracht: 17")
    page.holds("Waakvlamcontact", "H6 contract vrij inzetbare voorzieningen", "Telefooncirkel")
    page.holds("Bewindvoering", "wettelijk belegd", "Wijkrestaurants")
    page.holds("De gemeente gaat zelf over de voorziening", "zes criteria en geeft er zeven")
    page.holds("geen opdracht van de gemeente Kaag en Braassem")


def test_c22_a_transition_per_group_with_its_end(client: Client) -> None:
    page = read(sign_in(client, MANAGER), f"/beheer{ZOETERMEER}")
    page.holds("Trajecten kortdurende individuele begeleiding uit 2020", "1 juli 2021")
    page.holds("Inwoners met een Wmo-indicatie", "misschien is 2021 bedoeld")
    # What a document of the past says is no alarm.
    assert "Zoetermeer" not in read(client, "/beheer/overeenkomsten/termijnen/").text


def test_c18_the_way_of_buying_has_its_reason_from_the_source(client: Client) -> None:
    told = read(client, "/overeenkomsten/driemaster-mag-2-0/").pairs
    assert told["Inkoopmodel"] == [
        "Subsidie, zonder inkoop. Eerst is alleen de Driemaster om een plan gevraagd, zodat het "
        "werk kon doorgaan."
    ]


def test_c15_c24_and_c28_the_file_of_a_contract_that_runs(client: Client, basic: Contract) -> None:
    page = read(sign_in(client, MANAGER), f"/beheer/overeenkomsten/{basic.slug}/")
    page.holds("Levertermijn: 10 dagen; bewaakt door Stichting Participe", "14 dagen te lang")
    page.holds("Deels nagekomen", "2 van 4 nagekomen", "Laat het de partner weten voor")
    page.holds("Verteld op", "Cliënten van de vorige aanbieder", "310.000")
    days = read(client, "/beheer/overeenkomsten/termijnen/")
    days.holds(basic.title, "Looptijd voorbij", "3 overeenkomsten")


def test_c29_basic_and_additional_assignments_stand_apart(client: Client, basic: Contract) -> None:
    sign_in(client, MANAGER)
    for page in (f"/overeenkomsten/{basic.slug}/", f"/beheer/overeenkomsten/{basic.slug}/"):
        told = read(client, page)
        told.holds("Basisopdracht en wat erbij komt", "Aanvullende opdracht")
        told.holds("500.000", "60.000", "Elk jaar", "Elk halfjaar")


def test_c31_a_year_of_results_was_negotiated_and_signed_by_both(
    client: Client, basic: Contract
) -> None:
    rak = Amendment.objects.get(contract=basic, year__isnull=False)
    page = read(
        sign_in(client, MANAGER),
        f"/beheer/overeenkomsten/{basic.slug}/resultaatafspraken/{rak.number}/",
    )
    page.holds(f"Voorstel: 125 voor {rak.year}", "Overgenomen.", "Niet overgenomen.")
    page.holds("namens Gemiva-SVG groep", "liggen vast", "Was: 140", "Anders geworden", "voorbeeld")


def test_m14_the_board_sees_results_money_and_decisions_of_each_contract(client: Client) -> None:
    page = read(sign_in(client, COLLEGE), "/beheer/dashboard/")
    page.holds("Dashboard 2019", "240.000", "118.400", "Wat cliënten zeggen")
    page.holds("Gemiva neemt vanaf 1 oktober een extra begeleider aan (voorbeeld)")
    read(client, "/beheer/dashboard/?per=thema").holds("Van deze overeenkomsten samen")


def test_m16_norms_for_quality_and_for_production_stand_apart(client: Client) -> None:
    page = read(sign_in(client, COLLEGE), "/beheer/dashboard/?jaar=2019")
    assert page.pairs["Kwaliteit"][0] == "3 van 4 normen gehaald"
    assert page.pairs["Productie"][0] == "2 van 3 normen gehaald"
    page.holds("Uitvoering van de inzet", "norm 80%", "norm 10 inwoners")


def test_the_budget_of_the_municipality_and_a_contract_lead_to_each_other(client: Client) -> None:
    page = read(
        sign_in(client, MANAGER),
        "/beheer/overeenkomsten/voorbeeld-dagbesteding-en-begeleiding-in-de-buurt/",
    )
    page.holds("In de begroting van de gemeente", "245.000")
    read(client, "/beheer/geld/2019/").holds("Voorbeeld: dagbesteding en begeleiding in de buurt")
