"""What is asked of investigations, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from monitor.models import Investigation
from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]
LIST = "/onderzoeken/"


def test_u08_an_investigation_tells_of_hearing_and_of_the_reaction_of_the_board(
    client: Client,
) -> None:
    read(client, LIST).holds("Weevadvies", "gemeente Vijfheerenlanden", "ja, zonder datum")
    row = Investigation.objects.get(source__slug="rekenkamerrapport-2020")
    page = read(client, f"{LIST}{row.pk}/")
    page.holds("Eind maart ter controle en correctie aangeboden", "verheugd over de conclusies")
    assert "ziet een regierol voor zichzelf" in page.between("Aanbeveling 3", "Aanbeveling 4")


def test_u08_what_a_source_does_not_tell_of_the_board_is_said(client: Client) -> None:
    row = Investigation.objects.get(source__slug="audit-213a-vijfheerenlanden")
    read(client, f"{LIST}{row.pk}/").holds(
        "In september en oktober 2024 ter verificatie voorgelegd",
        "De bron noemt geen bestuurlijke reactie.",
    )


def test_m15_each_role_has_a_picture_of_what_it_needs_and_what_is_missing(client: Client) -> None:
    page = read(client, "/informatie/")
    for role in ("Uitvoerder", "Manager", "Beleidsmaker", "Bestuurder"):
        assert page.row(role)[2] != "nog niet gevraagd"
    board = read(client, "/informatie/bestuurder/")
    board.holds(
        "hoe het met de hele gemeente gaat", "voorbeeld", "Gaat over: de gemeente als geheel"
    )
    board.holds("Welke stukken daarover zijn afgesproken", "Hier is nog geen indicator voor.")
    read(client, "/informatie/uitvoerder/").holds("Gaat over: de prestatie van één partner")


def test_e03_surveys_stand_by_year_with_what_clients_answered(client: Client) -> None:
    page = read(client, "/clientervaring/")
    page.holds("tien vaste vragen", "Cliëntervaringsonderzoek Wmo 2019")
    survey = read(client, "/clientervaring/clientervaring-2019/")
    survey.holds(
        "De bron noemt niet hoeveel mensen meededen.", "De consulent nam mij serieus", "88%"
    )


def test_d07_the_council_follows_six_recommendations_with_reaction_and_state(
    client: Client,
) -> None:
    page = read(client, "/aanbevelingen/")
    page.holds(
        "13 aanbevelingen", "ziet een regierol voor zichzelf", "De gemeenteraad met het college"
    )
    row = Investigation.objects.get(source__slug="rekenkamerrapport-2020")
    advice = list(row.parts.recommendations().order_by("pk"))
    assert len(advice) == 6
    for number, part in enumerate(advice, start=1):
        one = read(client, f"/aanbevelingen/onderzoek/{part.pk}/")
        one.holds(f"Aanbeveling {number}", part.reaction.split()[0], "Verantwoordelijk")
    third = read(client, f"/aanbevelingen/onderzoek/{advice[2].pk}/")
    third.holds("Uitgevoerd, 9 maart 2021 voorbeeld", "H9.2, aanbeveling 3")


def test_u05_recommendations_stand_with_their_norm_and_who_is_responsible(
    client: Client,
) -> None:
    page = read(client, "/aanbevelingen/?norm=C")
    page.holds("2 aanbevelingen bij uw keuze", "sturingsstrategie", "Gemeente Vijfheerenlanden")
    read(client, "/aanbevelingen/?stand=done").holds("2 aanbevelingen bij uw keuze")


def test_u07_a_year_says_whether_enough_is_planned_of_each_kind(client: Client) -> None:
    page = read(client, "/onderzoeken/planning/")
    page.holds("Doelmatigheid: 0 van 1 klaar; doeltreffendheid: 0 van 1 klaar;", "te laat")
    page.holds("Dit jaar komt uit een bronstuk en is niet getoetst", "Klaar en openbaar")


def test_u01_fourteen_norms_stand_with_their_answer_and_ground(client: Client) -> None:
    read(client, "/onderzoeken/").holds("gemeente Vijfheerenlanden")
    row = Investigation.objects.get(source__slug="audit-213a-vijfheerenlanden")
    page = read(client, f"{LIST}{row.pk}/")
    page.holds("Ja: 6. Deels: 7. Nee: 1.", "Deel D: monitoring en besluiten")
    answers = {"1.": "Ja", "4.": "Nee", "8.": "Deels", "14.": "Deels"}
    for number, answer in answers.items():
        assert page.row(f"{number} ")[1] == answer
    assert "programmaplan van 2023 is niet concreet" in page.row("5. ")[2]
