"""What is asked of client experience and money, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.eisen.reading import Reading, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]


def experience(client: Client) -> Reading:
    return read(client, "/monitor/2018/clientervaring/")


def money(client: Client) -> Reading:
    return read(client, "/monitor/2018/geld/")


def test_e01_and_b06_a_statement_has_the_municipality_the_others_and_earlier(
    client: Client,
) -> None:
    page = experience(client)
    assert page.rows[0] == ["Stelling", "Gemeente 2019", "Referentiegroep", "Eerder"]
    assert page.row("De huisarts of een andere")[1:] == ["66%", "71%", "69% (2017)"]
    assert page.row("Ik overzag het probleem")[1:3] == ["30%", "39%"]


def test_e09_how_many_know_and_use_client_support(client: Client) -> None:
    page = experience(client)
    assert page.row("Ik wist dat cliëntondersteuning")[1:3] == ["42%", "33%"]
    assert page.row("Ik heb cliëntondersteuning")[1:3] == ["8%", "11%"]


def test_e08_what_inhabitants_say_stands_with_the_partner(client: Client) -> None:
    said = read(client, "/partners/participe/").text.split("Signaal van inwoners", 1)[1]
    assert "Het formulier van het Wmo-loket is onduidelijk" in said


def test_e10_complaints_and_objections_of_each_year(client: Client) -> None:
    tables = read(client, "/partners/participe/").tables
    for year, complaints, objections in (
        (2017, "5", "1 bezwaar"),
        (2018, "staat niet in de bron", "5"),
    ):
        rows = {row[0]: row[1] for row in tables[f"Cijfers uit Jaarrapportage Wmo-loket {year}"]}
        assert (rows["Klachten"], rows["Bezwaren"]) == (complaints, objections)


def test_f01_the_parts_add_up_to_the_total_and_the_page_says_so(client: Client) -> None:
    page = money(client)
    names = (
        "Algemene voorzieningen en wijkteams",
        "Maatwerkvoorzieningen Wmo",
        "Maatwerkdienstverlening voor volwassenen",
    )
    [own] = [rows for caption, rows in page.tables.items() if caption.startswith("Begroting Wmo")]
    told = {row[0]: row[-1] for row in own}
    parts = [
        int(amount.replace("€", "").replace(".", ""))
        for name in names
        for row, amount in told.items()
        if row.startswith(name)
    ]
    assert len(parts) == 3
    assert sum(parts) == 3_677_000
    assert told["Samen, nageteld"] == "€ 3.677.000"
    page.holds("De som klopt met het totaal in de bron.", "begrotingsjaar 2020")


def test_f02_the_year_of_the_budget_is_one_and_the_doubt_is_told(client: Client) -> None:
    money(client).holds(
        "begrotingsjaar 2020",
        "De tabel heet ‘begroting 2020’. De tekst erboven noemt de begroting van 2019.",
    )


def test_f03_the_share_for_partners_and_the_share_for_custom_care(client: Client) -> None:
    page = money(client)
    page.holds("Van € 3.677.000 gaat € 2.293.000 naar algemene voorzieningen")
    page.holds("€ 1.384.000 naar maatwerk", "€ 2.293.000 · 62%")
    assert (
        "Bestemd voor de Driemaster en Tom in de buurt"
        in page.row("Algemene voorzieningen en wijkteams ")[0]
    )


def test_f04_what_is_not_the_wmo_is_marked_and_nothing_else(client: Client) -> None:
    page = money(client)
    posts = [post.strip() for row in page.rows if len(row) == 3 for post in row[1].split(",")]
    marked = {post.removesuffix(" niet Wmo") for post in posts if post.endswith(" niet Wmo")}
    assert marked == {"Gehandicaptenparkeerkaarten", "Schuldhulpverlening"}
    page.holds("Mantelzorgcompliment en leerlingenvervoer horen niet tot de Wmo")


def test_f09_the_national_share_stands_beside_the_own_share_with_its_source(
    client: Client,
) -> None:
    page = money(client)
    rows = page.tables["Aandeel per onderdeel, hier en in alle gemeenten samen"]
    assert rows[1:] == [
        [
            *("Algemene voorzieningen en wijkteams", "62,4%", "45,6%"),
            *("€ 3.000.000.000", "€ 170.000.000"),
        ],
        ["Maatwerkvoorzieningen Wmo", "8,8%", "9,9%", "€ 652.000.000", "€ 31.000.000"],
        [
            *("Maatwerkdienstverlening voor volwassenen", "28,8%", "44,5%"),
            *("€ 2.934.000.000", "€ 196.000.000"),
        ],
        ["Samen, nageteld", "", "", "€ 6.586.000.000", "€ 397.000.000"],
    ]
    page.holds("H4.4", "samen 6,586 miljard euro", "‘bijna zeven miljard’")


def test_f05_what_was_spent_in_each_year_stands_on_the_page_with_what_was_agreed(
    client: Client,
) -> None:
    tables = money(client).tables
    spent = [(row[1], row[2]) for row in tables["Bestedingen volgens de rapportages"][1:]]
    assert spent == [
        ("2017", "€ 1.400.000"),
        ("2017", "€ 650.000"),
        ("2018", "bijna € 1.280.000"),
    ]
    agreed = {row[0]: row[1:3] for row in tables["Overeengekomen bedragen voor 2018"][1:]}
    assert agreed == {
        "De Driemaster Subsidie 2018, Programma MAG 2.0 door de Driemaster": [
            "2018",
            "€ 1.720.000",
        ],
        "Tom in de buurt Subsidie, Sociale participatie door Tom in de buurt": [
            "2014 tot en met 2018, per jaar",
            "€ 750.000",
        ],
    }
