"""What is asked of contracts and partners, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]

MAG = "/overeenkomsten/driemaster-mag/"
MAG_2 = "/overeenkomsten/driemaster-mag-2-0/"
TOM = "/overeenkomsten/tom-in-de-buurt-participatie/"
WMO = "/overeenkomsten/wmo-oud/"


def contract_rows(client: Client) -> tuple[list[list[str]], list[list[str]]]:
    """The contracts on the list: those of the sources, and the invented ones, which say so."""
    rows = read(client, "/overeenkomsten/").rows[1:]
    elsewhere = [row for row in rows if row[0].startswith("Zoetermeer: ")]
    assert len(elsewhere) == 1
    invented = [row for row in rows if row[0].startswith("Voorbeeld: ")]
    kinds = ("voorbeeld Overeenkomst", "voorbeeld Dienstverleningsovereenkomst")
    assert all(any(kind in row[0] for kind in kinds) for row in invented)
    return [row for row in rows if row not in invented and row not in elsewhere], invented


def test_c01_every_contract_has_its_kind(client: Client) -> None:
    rows, invented = contract_rows(client)
    assert (len(rows), len(invented)) == (6, 5)
    kinds = " ".join(row[0] for row in rows)
    for kind in ("Aanbesteding", "Subsidieprogramma", "Overeenkomst", "Subsidiebeschikking"):
        assert f"{kind} bij MAG" in kinds
    read(client, TOM).holds("Addendum voor 2019 en 2020, ondertekend op 18 december 2018")


def test_c02_award_and_signature_stand_apart_however_far(client: Client) -> None:
    dates = read(client, MAG).pairs
    assert dates["Aanbesteding gestart"] == ["Eind 2012"]
    assert dates["Gegund of verleend"] == ["5 maart 2013"]
    assert dates["Ondertekend"] == ["4 december 2014"]
    assert dates["Looptijd"] == ["Twee jaar"]


def test_c03_a_coalition_has_members_with_nature_seat_and_lead(client: Client) -> None:
    partner = read(client, "/partners/tom-in-de-buurt/")
    partner.holds(
        "Stichting Kwadraad, penvoerder",
        "Zetel: Gouda",
        "Kwintes, coalitiepartner",
        "Begeleidt mensen met psychische of psychosociale problemen.",
        "Zetel: Zeist",
    )
    read(client, MAG_2).holds("Stichting Participe, penvoerder")


def test_c04_one_organisation_in_more_than_one_coalition(client: Client) -> None:
    for slug in ("participe", "kwadraad"):
        page = read(client, f"/partners/{slug}/")
        page.holds("De Driemaster, coalitiepartner", "Tom in de buurt, ")


def test_c05_themes_that_nobody_could_bid_for_are_named(client: Client) -> None:
    closed = read(client, MAG).between("Niet op in te schrijven", "Deelopdrachten")
    assert "Werken en leren" in closed
    assert "Wonen en leefomgeving" in closed
    programme = read(client, MAG_2)
    programme.holds("Wonen (Nieuw voor de Driemaster.)")
    assert "Niet op in te schrijven" not in programme.text


def test_c06_and_c07_sub_assignments_have_their_budget_results_and_earmarks(
    client: Client,
) -> None:
    page = read(client, MAG)
    for start, end, budget, earmarks, result in (
        (
            "1. Gezondheid en bewegen",
            "2. Groei en ontwikkeling",
            "bijna € 400.000",
            ("Dienstencentrum voor ouderen: € 62.000", "Vrijwilligersorganisaties: € 92.000"),
            "Minder eenzaamheid",
        ),
        (
            "2. Groei en ontwikkeling",
            "4. Maatschappelijke betrokkenheid",
            "ruim € 800.000",
            ("Bibliotheek: € 200.000", "Peuterspeelzalen: € 120.000"),
            "Minder ouders met stress over de opvoeding",
        ),
        (
            "4. Maatschappelijke betrokkenheid",
            "5. Maatschappelijke ondersteuning",
            "bijna € 150.000, 2014",
            ("Vrijwilligersorganisaties: € 75.000, 2014",),
            "Meer geslaagde matches",
        ),
        (
            "5. Maatschappelijke ondersteuning",
            "Valt erbuiten",
            "bijna € 270.000",
            ("Ouderenadviseur van de Spil: € 82.000", "Vrijwilligersorganisaties: € 34.000"),
            "Minder beroep op individuele voorzieningen",
        ),
    ):
        part = page.between(start, end)
        for words in (budget, *(f"{earmark} geoormerkt" for earmark in earmarks), result):
            assert words in part, f"{words!r} is not under {start!r}"
    earmarked = read(client, MAG_2).between("Geoormerkt: deel van", "Waaraan het bijdraagt")
    assert "Matchgelden cultuur: staat niet in de bron" in earmarked


def test_c08_what_was_available_and_what_was_agreed_stand_side_by_side(client: Client) -> None:
    row = read(client, TOM).row("2014 tot en met 2018")
    assert row[1].startswith("€ 1.255.000 per jaar")
    assert row[2].startswith("€ 750.000 per jaar")
    programme = read(client, MAG_2)
    assert programme.row("2017 en 2018")[1].startswith("€ 1.650.000")
    assert [row[2].split()[1] for row in programme.rows if row[0] in {"2017", "2018"}] == [
        "1.750.000",
        "1.720.000",
    ]


def test_c09_the_number_of_indicators_and_their_subjects(client: Client) -> None:
    read(client, MAG_2).holds("44 prestatie-indicatoren volgens de bron.")
    tom = read(client, TOM)
    tom.holds("10 prestatie-indicatoren volgens de bron.", "5. Klanttevredenheid")
    tom.holds("8. Soepele overgang van 18- naar 18+")


def test_c10_how_often_a_partner_reports_and_on_what(client: Client) -> None:
    words = (
        "Elk halfjaar: analyse van trends, bereikte resultaten, samenwerking, aantallen, "
        "knelpunten en oplossingen."
    )
    for address in (TOM, WMO):
        read(client, address).holds(words)


def test_c11_what_is_agreed_about_meetings_or_that_it_is_not_told(client: Client) -> None:
    read(client, TOM).holds("De bron noemt niet hoe vaak.")
    read(client, WMO).holds("De bron noemt geen afspraak over overleg.")


def test_c12_and_c13_the_addendum_shows_what_it_ended_and_began(client: Client) -> None:
    page = read(client, f"{TOM}addendum/1/")
    page.holds("De gemeente verlengde in plaats van opnieuw aan te besteden.")
    reworded = page.between("Gebleven, of anders verwoord", "Vervallen")
    assert "1. Zelfredzaamheid en regie Was: 1. Zelfredzaamheid en eigen regie." in reworded
    ended = page.between("Vervallen", "Nieuw")
    assert "4. Uitvoering van de tegenprestatie" in ended
    begun = page.between("Vervallen", "Geld").split("Nieuw", 1)[1]
    assert "9. Pilot woontraining LVB" in begun
    assert read(client, TOM).pairs["Prestatie-indicatoren opnieuw vastgesteld"] == ["Januari 2019"]


def test_c14_the_municipalities_that_tendered_together(client: Client) -> None:
    read(client, TOM).holds(
        "Gemeente Alphen aan den Rijn, mede-opdrachtgever", "Gemeente Nieuwkoop, mede-opdrachtgever"
    )


def test_c15_and_c16_cooperation_subcontractors_and_the_pilot(client: Client) -> None:
    page = read(client, TOM)
    cooperation = page.between("Andere afspraken Samenwerking", "Bijzondere afspraak")
    for agreement in (
        "Laagdrempelig aanbod voor groepen jongeren",
        "Nauwer aansluiten bij het Kernteam",
        "Werken met vrijwilligers",
        "Samenwerken in de wijk",
        "Eén sluitende aanpak voor jongeren en gezinnen",
        "Bemoeizorg",
        "Maatschappelijke opvang",
        "Samenwerken met GO! voor jeugd, Rijnvicus, Serviceplein, Driemaster en Kernteam",
    ):
        assert agreement in cooperation
    page.holds(
        "Tom in de buurt mag zelf onderaannemers inschakelen",
        "Gemeente Alphen aan den Rijn, betrokken gemeente",
        "Afspraken met Alphen aan den Rijn over de pilot woontraining LVB",
    )


def test_c18_how_a_contract_is_paid_for_and_why_or_that_it_is_not_told(client: Client) -> None:
    (funding,) = read(client, MAG).pairs["Bekostiging"]
    assert funding.startswith("Op resultaat. ")
    assert "De gemeente koos tegen prijs maal hoeveelheid" in funding
    assert read(client, WMO).pairs["Bekostiging"] == ["Niet vermeld in de bron"]


def test_c23_division_of_tasks(client: Client) -> None:
    read(client, WMO).holds(
        "De gemeente koopt in, sluit contracten met leveranciers en beheert die"
    )


def test_g13_where_contracts_touch_and_who_does_what(client: Client) -> None:
    page = read(client, "/taakverdeling/")
    page.holds("De gemeente koopt in, sluit contracten met leveranciers en beheert die")
    page.holds("De Driemaster stemt af met Tom in de buurt")
    touching = page.between("Raakvlakken", "Rolverdeling")
    assert "Voorbeeld: dagbesteding en begeleiding in de buurt" in touching
    assert "Voorbeeld: begeleiding bij psychische kwetsbaarheid" in touching


def test_c27_what_is_agreed_about_personal_data(client: Client) -> None:
    page = read(client, WMO)
    page.holds("Een bewerkingsovereenkomst volgens de AVG")
    told = page.between("Gegevens van mensen", "Uitwisseling met anderen")
    for words in (
        "worden persoonsgegevens verwerkt: van inwoners die een voorziening aanvragen",
        "Stichting Participe: verwerkersovereenkomst",
        "De bron noemt geen datum.",
        "H6.6 (Wmo-oud)",
    ):
        assert words in told, told
    read(client, MAG).holds("Of hiervoor persoonsgegevens nodig zijn, is nog niet vastgelegd.")


REGISTER = "/uitwisseling/"


def test_g16_each_exchange_has_its_purpose_parties_ground_and_test(client: Client) -> None:
    page = read(client, REGISTER)
    asked = page.row("Preventief en als één team handelen in het Kernteam")
    assert asked[1:] == ["Kernteam", "Kernteam", "Wordt nog getoetst"]
    invented = [row for row in page.rows[1:] if row != asked]
    assert len(invented) == 3
    assert all("voorbeeld" in row[0] for row in invented)
    handed = page.row("Een cliënt overdragen")
    assert handed[1:3] == ["Gemiva-SVG groep", "Stichting Kwadraad"]
    assert handed[3].startswith("Mag onder voorwaarden Toets verlopen")
    found = client.get(REGISTER, {"zoek": "overdragen"}).context["rows"]
    detail = read(client, f"{REGISTER}{found[0]['exchange'].pk}/").pairs
    assert detail["Grondslag (AVG, artikel 6)"][0].startswith("Taak van algemeen belang")
    assert detail["Uitzondering (AVG, artikel 9)"] == ["Zorg, hulp of sociale diensten (onder h)"]
    assert detail["Getoetst"] == ["1 februari 2019, door: privacyfunctionaris van de gemeente"]


def test_x02_an_inhabitant_reads_where_to_go(client: Client) -> None:
    page = read(client, "/waar-terecht/")
    page.holds("Het Wmo-loket", "gemeentehuis", "iedere ochtend", "Kernteam")
    page.holds("U hebt geen verwijzing nodig.", "voorbeeld")
    partner = read(client, "/partners/driemaster/")
    partner.holds("Waar u terechtkunt", "Inlooppunt")


def test_x04_the_list_tells_who_has_which_contract(client: Client) -> None:
    rows, _ = contract_rows(client)
    assert [row[1] for row in rows] == [
        "De Driemaster",
        "Tom in de buurt",
        "De Driemaster",
        "Kernteam",
        "Stichting Participe",
        "aan niemand verleend",
    ]
    partners = read(client, "/partners/")
    for name, contract in (
        ("De Driemaster", "Programma MAG 2.0 door de Driemaster"),
        ("Tom in de buurt", "Sociale participatie door Tom in de buurt"),
        ("Kernteam", "Kernteam Kaag en Braassem"),
        ("Stichting Participe", "Uitvoering Wmo 2019–2020 door Participe"),
    ):
        assert contract in partners.text.split(f"{name} ", 1)[1]


def test_x02_the_list_tells_what_each_partner_does_and_with_whom(client: Client) -> None:
    read(client, "/partners/").holds(
        "Doet sinds 2013 het welzijnswerk en de preventie voor de gemeente.",
        "Geeft begeleiding, ondersteuning en dagbesteding",
        "Helpt kort en wijst de weg naar andere hulp.",
        "Doet in Kaag en Braassem ook het Wmo-loket.",
        "Deelnemers: Stichting Participe, Stichting Kwadraad, Wijdezorg",
    )


def test_x01_a_small_number_of_people_is_not_published(client: Client) -> None:
    cells = read(client, "/partners/gemiva-svg/").row("Pilot woontraining LVB")
    assert "te klein om te publiceren" in " ".join(cells)
    assert "4" not in " ".join(cells[1:2])


def test_x01_data_of_people_is_shared_on_a_ground_in_the_law(client: Client) -> None:
    read(client, REGISTER)
    rows = [row["exchange"] for row in client.get(REGISTER).context["rows"]]
    may = [row for row in rows if row.outcome in ("allowed", "conditions")]
    assert may
    for row in may:
        ground = read(client, f"{REGISTER}{row.pk}/").pairs["Grondslag (AVG, artikel 6)"]
        assert "(onder" in ground[0], ground
