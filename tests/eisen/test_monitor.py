"""What is asked of the monitor, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]

OVERVIEW = "/monitor/2018/"


def test_m01_and_m02_a_verdict_per_goal_with_last_year_beside_it(client: Client) -> None:
    page = read(client, "/monitor/2018/thema/werken/")
    assert page.rows[0][2:4] == ["2017", "2018"]
    verdicts = {row[0]: (row[2].split()[0], row[3].split()[0]) for row in page.rows[1:4]}
    assert verdicts == {
        "i": ("neutraal", "neutraal"),
        "ii": ("negatief", "goed"),
        "iii": ("neutraal", "goed"),
    }
    read(client, OVERVIEW).holds(
        "Balans in vraag en aanbod 2017 negatief, 2018 goed",
        "Bestaansniveau 2017 neutraal, 2018 goed",
    )


def test_m03_bottlenecks_stand_with_their_theme_and_year(client: Client) -> None:
    theme = read(client, "/monitor/2018/thema/gezondheid-en-veiligheid/")
    assert theme.row("2018")[1] == "Meldingen en onderzoeken zijn niet op tijd afgehandeld."
    assert len([row for row in theme.rows if row[0] == "2017"]) == 3
    read(client, "/knelpunten/?editie=2018").holds("7 knelpunten")


@pytest.mark.parametrize(("year", "counts"), [(2017, "19 10 1"), (2018, "24 6 0")])
def test_m04_the_counts_of_an_edition_and_of_a_theme(
    year: int, counts: str, client: Client
) -> None:
    good, neutral, negative = counts.split()
    words = f"{year}: {good} goed, {neutral} neutraal, {negative} negatief."
    read(client, OVERVIEW).holds(words, "Werken", "2 van 3 goed")
    read(client, "/monitor/2018/thema/werken/").holds("2 goed, 1 neutraal en 0 negatief in 2018.")


def test_m05_what_improved_what_worsened_and_what_stays_stubborn(client: Client) -> None:
    page = read(client, OVERVIEW)
    improved = page.between("Verbeterd 6", "Verslechterd 1")
    assert "Balans in vraag en aanbod" in improved
    assert "negatief naar goed" in improved
    worsened = page.between("Verslechterd 1", "Blijft hardnekkig 3")
    assert "Herkenning geweld" in worsened
    stubborn = page.between("Blijft hardnekkig 3", "Ook genoemd")
    for name in ("Een aantrekkelijk klimaat", "Minder alcohol en drugs", "Snelle en laagdrempelig"):
        assert name in stubborn


def test_m06_a_goal_tells_what_its_verdict_rests_on(client: Client) -> None:
    page = read(client, "/monitor/2018/doel/balans-in-vraag-en-aanbod/")
    page.holds(
        "De bron geeft bij dit oordeel geen motivering.",
        "Wat partners deden bij dit thema",
        "4 Stagiairs bij de Driemaster",
        "Het doel staat op goed; de bron noemt beide.",
        "H8.5",
    )


def test_m07_trends_stand_apart_from_goals(client: Client) -> None:
    page = read(client, "/monitor/2016/")
    trends = page.between("Trends", "Wat goed ging")
    assert "De vraag naar jeugdhulp blijft gelijk." in trends
    page.holds("Wat niet goed ging", "De monitor over 2016 geeft geen oordeel per doel")


def test_m09_who_else_has_to_act(client: Client) -> None:
    read(client, OVERVIEW).holds("Ook aan zet: woningcorporaties, de jeugdzorg, het Serviceplein.")


def test_m13_monitors_stand_side_by_side_with_their_rhythm(client: Client) -> None:
    page = read(client, "/bronnen/?fase=result")
    page.holds(
        "Monitor Sociaal Domein 2018 Gemeente Kaag en Braassem · over 2018 Verschijnt: jaarlijks",
        "Verschijnt: elke twee jaar",
        "Verschijnt: twee keer per jaar",
    )


def test_d02_from_the_whole_to_a_theme_a_goal_and_a_partner(client: Client) -> None:
    html = client.get(OVERVIEW).content.decode()
    for deeper in ("thema/werken/", "doel/bestaansniveau/", "partners/"):
        assert f'href="{OVERVIEW}{deeper}"' in html
    read(client, "/monitor/2018/doel/bestaansniveau/").holds(
        "De draad van dit doel", "Wat partners deden bij dit thema", "De Driemaster"
    )
    assert (
        f'href="{OVERVIEW}partners/participe/"'
        in client.get(f"{OVERVIEW}partners/").content.decode()
    )


def test_r05_and_r09_figures_that_do_not_add_up_are_both_shown(client: Client) -> None:
    page = read(client, "/partners/participe/")
    assert page.row("Aanmeldingen zonder aanvraag") == [
        "Aanmeldingen zonder aanvraag",
        "60",
        "De bron schrijft 60; 461 min 381 is 80.",
    ]


def test_r19_results_of_each_partner_stand_in_the_same_monitor(client: Client) -> None:
    assert f'href="{OVERVIEW}partners/"' in client.get(OVERVIEW).content.decode()
    partners = client.get(f"{OVERVIEW}partners/").content.decode()
    for partner, words in (
        ("driemaster", "Verantwoording van de Driemaster 2018"),
        ("tom-in-de-buurt", "Resultaten van Tom in de buurt 2018"),
        ("participe", "Jaarrapportage Wmo-loket 2018"),
    ):
        assert f'href="{OVERVIEW}partners/{partner}/"' in partners
        read(client, f"/monitor/2018/partners/{partner}/").holds("Wat het opleverde", words)


def test_u03_every_goal_of_the_monitor_leads_to_its_source(client: Client) -> None:
    content = client.get("/monitor/2018/monitor.json").json()
    goals = [slug for theme in content["themes"] for slug in theme["goals"]]
    assert len(goals) == 30
    for slug in goals:
        verdicts = read(client, f"/monitor/2018/doel/{slug}/").between(
            "Oordeel van het college", "Zo komt een oordeel tot stand"
        )
        assert "Evaluatie sturing" in verdicts, slug
        assert "H8.5" in verdicts, slug
    read(client, "/bronnen/").holds("Evaluatie sturing Wet maatschappelijke ondersteuning")


def test_u04_and_u06_documents_are_found_by_the_phase_of_the_cycle(client: Client) -> None:
    page = read(client, "/bronnen/")
    phases = ["1. Doelen", "2. Strategie", "3. Uitvoering", "4. Resultaat"]
    places = [page.text.index(phase) for phase in phases]
    assert places == sorted(places)
    strategy = page.text[places[1] : places[2]]
    assert "Addendum verlening overeenkomst sociale participatie" in strategy
    home = read(client, "/").text
    steps = [home.index(step) for step in ("Doelen.", "Strategie.", "Uitvoering.", "Resultaat.")]
    assert steps == sorted(steps)


def test_u09_contradictions_stand_side_by_side(client: Client) -> None:
    page = read(client, "/bronnen/")
    goals = page.between("Hoeveel doelen heeft de MAG 2.0?", "Is kennis een nieuw uitgangspunt")
    assert "Dertig doelen." in goals
    assert "De tabel met doelen telt er 26." in goals
    budget = read(client, "/monitor/2018/geld/").between(
        "Van welk jaar is de begroting van de Wmo?", "Is het totaal"
    )
    assert "begroting van 2019" in budget
    assert "begroting 2020" in budget


def test_r11_the_story_behind_the_figures_stands_beside_them(client: Client) -> None:
    page = read(client, "/partners/gemiva-svg/")
    page.holds(
        "Een deelnemer die eerst alleen met vervoer kwam, komt nu op de fiets",
        "Cliënten zeggen dat zij serieus worden genomen.",
    )
    assert page.row("Uitvoering van sociale participatie")[1:3] == ["91 inwoners", "85 inwoners"]


def test_r17_satisfaction_of_clients_and_of_those_who_work_along(client: Client) -> None:
    page = read(client, "/partners/gemiva-svg/")
    assert page.row("Klanttevredenheid")[1:3] == ["7,8", "7,5"]
    assert page.row("Tevredenheid van samenwerkingspartners")[1:3] == ["7,1", "7"]


def test_d01_one_edition_holds_the_report_of_every_partner_of_that_year(client: Client) -> None:
    for partner, words in (
        ("driemaster", "Verantwoording van de Driemaster 2018"),
        ("tom-in-de-buurt", "Resultaten van Tom in de buurt 2018"),
        ("participe", "Jaarrapportage Wmo-loket 2018"),
    ):
        read(client, f"{OVERVIEW}partners/{partner}/").holds(words)


def test_d06_who_steers_on_what_at_which_level(client: Client) -> None:
    page = read(client, "/sturing/")
    levels = [name.rsplit(": ", 1)[1] for name in page.tables]
    assert levels == ["raad", "college", "management", "uitvoering", "inwoner"]
    council = page.tables["Afspraken over sturing door: raad"][1:]
    assert [row[0].split(" Stuurt ")[1] for row in council] == [
        "op doelen en kaders",
        "op resultaten",
        "op signalen en casussen",
        "op resultaten",
    ]
    assert council[1][1] == "Monitor Sociaal Domein Elk halfjaar en elk jaar"
    assert council[0][3].startswith("De bron noemt geen besluit")
    invented = [row for row in council if "voorbeeld" in row[0]]
    assert [row[3] for row in invented] == [
        "Voorbeeldbesluit van de raad, 10 december 2018 Vanaf 1 januari 2019"
    ]
    changed = page.text.split("Wat er veranderde", 1)[1]
    assert "knelpunten en acties, elk jaar, in juni" in changed
    assert "tot en met 31 december 2018" in changed
