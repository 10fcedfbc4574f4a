"""What is asked of agendas, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agenda.measurability import Mark
from agenda.models import Source
from tests.eisen.reading import read
from tests.ops.tables import ROOT, rows

AGENDAS = rows(ROOT / "docs" / "regels" / "meetbaarheid.md", "agenda")
MARKS = {mark.value for mark in Mark}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]


def test_a01_an_agenda_has_its_name_period_day_and_body(client: Client) -> None:
    page = read(client, "/agenda/")
    page.holds(
        "Maatschappelijke Agenda (MAG) 'De krachten gebundeld'",
        "Vastgesteld door de gemeenteraad op 8 oktober 2012",
        "Vanaf 2012; een einde staat niet in de bron",
        "MAG 2.0 2017-2020 'Samen wonen, werken en leven'",
        "2017–2020",
    )
    own = read(client, "/agenda/mag/")
    own.holds(
        "Maatschappelijke Agenda (MAG) 'De krachten gebundeld'",
        "Vastgesteld door de gemeenteraad op 8 oktober 2012.",
    )


def test_a02_leven_has_its_six_subthemes_in_order(client: Client) -> None:
    text = read(client, "/agenda/mag-2-0/versie/1/").text
    subthemes = [
        "Gezondheid en veiligheid",
        "Toegang",
        "Ontwikkeling",
        "Ondersteuning",
        "Investeren in mensen",
        "Maatschappelijk vastgoed",
    ]
    assert text.count("subthema van Leven") == len(subthemes)
    places = [text.index(f"{name} subthema van Leven") for name in subthemes]
    assert places == sorted(places)


def test_a03_and_a04_goals_and_measures_have_numbers_of_their_own(client: Client) -> None:
    work = read(client, "/agenda/mag-2-0/versie/1/").between("2. Werken", "Leven Dit thema")
    assert "iii. Bestaansniveau" in work
    assert "11 metingen bij dit thema" in work
    assert "xi. Meer jongeren halen een startkwalificatie." in work


def test_a05_mag_3d_says_that_nothing_measures_it_and_that_theme_4_has_no_goals(
    client: Client,
) -> None:
    page = read(client, "/agenda/mag-3d/")
    page.holds(
        "25 doelen in 5 thema’s, en niets dat ze meet",
        "Eén thema heeft zelf geen doelen: Maatschappelijke betrokkenheid.",
        "Deze agenda noemt bij geen enkel doel een meting.",
    )
    theme = page.between("4. Maatschappelijke betrokkenheid", "5. Maatschappelijke ondersteuning")
    assert "Bij dit thema noemt de bron geen doelen." in theme
    only_unmeasured = read(client, "/agenda/doelen/?zonder_meting=on")
    # The one of the invented agenda stands on the next page.
    only_unmeasured.holds("26 doelen die bij uw keuze passen")
    assert [row[-1] for row in only_unmeasured.rows[1:]] == ["MAG 3D, versie 1"] * 25


@pytest.mark.parametrize("row", AGENDAS, ids=lambda row: row[0])
def test_a05_the_page_counts_goals_and_measures_as_one_does_by_hand(
    client: Client, row: list[str]
) -> None:
    address, goals, measures, unmeasured, loose, empty = row[0].strip("`"), *row[1:]
    page = read(client, f"{address}meetbaarheid/")
    page.holds(f"{goals} doelen op zes kenmerken")
    matrix = page.tables["De doelen met hun zes kenmerken"]
    assert len([line for line in matrix if line[1:] and line[-1] in MARKS]) == int(goals)
    if measures != "0":
        page.holds(f"Alle {measures} metingen horen bij een thema als geheel")
    lists = (
        ("Doelen zonder meting", "Metingen zonder doel", unmeasured),
        ("Metingen zonder doel", "Thema’s zonder doel", loose),
        ("Thema’s zonder doel", "Hoe wij dit bepalen", empty),
    )
    for start, end, number in lists:
        told = page.between(start, end).strip()
        assert told.startswith(("Die zijn er niet", "Deze agenda noemt geen metingen")) == (
            number == "0"
        )
        assert number == "0" or told.startswith(f"{number} ")


def test_a05_and_m20_the_marks_of_mag_and_mag_3d_are_told_in_words(client: Client) -> None:
    mag = read(client, "/agenda/mag/meetbaarheid/")
    mag.holds(
        "Alle 29 doelen hebben een indicator",
        "Geen enkel doel heeft een nulmeting, een streefwaarde of iemand die meet.",
    )
    assert mag.row("Doelen met ja")[1:3] == ["29 van 29", "0 van 29"]
    lean = read(client, "/agenda/mag-3d/meetbaarheid/")
    lean.holds("Geen van de 25 doelen heeft een indicator")
    assert "Maatschappelijke betrokkenheid" in lean.between(
        "Thema’s zonder doel", "Hoe wij dit bepalen"
    )
    only = read(client, "/agenda/mag-3d/meetbaarheid/?mist=streefwaarde")
    only.holds("25 van de 25 doelen missen dit")


def test_a14_and_m20_a_goal_says_how_measurable_it_is(client: Client) -> None:
    page = read(client, "/agenda/mag/doel/mag-1-i/")
    page.holds("Indicator: ja Nulmeting: nee Streefwaarde: nee")


def test_a06_the_passages_say_what_became_of_themes(client: Client) -> None:
    page = read(client, "/agenda/opvolging/")
    assert page.row("Gezondheid en bewegen")[1:] == [
        "Vervangen",
        "Integrale toegang De bron zegt dat thema 1 door een ander thema is vervangen. Bron: H5.3",
    ]
    page.holds(
        "Bron bij deze tabel: Evaluatie sturing Wet maatschappelijke ondersteuning Kaag en Braassem"
    )
    widened = page.row("Wonen en leefomgeving")
    assert widened[1] == "Uitgebreid"
    assert widened[2].startswith("Wonen, leefomgeving en veiligheid")
    new = next(row for row in page.rows if row[2].startswith("Maatschappelijk vastgoed De bron"))
    assert new[:2] == ["was er nog niet", "Nieuw"]


def test_a06_where_the_sources_are_silent_the_page_says_so(client: Client) -> None:
    page = read(client, "/agenda/opvolging/")
    page.holds(
        "Van 29 doelen uit MAG, versie 1 zegt de bron niet hoe ze verdergingen.",
        "Van 25 doelen uit MAG 3D, versie 1 zegt de bron niet hoe ze verdergingen.",
        "Van 26 doelen in MAG 2.0, versie 1 zegt de bron niet waar ze vandaan komen.",
    )


def test_a06_the_picture_holds_every_goal_as_the_facts_count_them(client: Client) -> None:
    """By hand from the facts: MAG 29 goals, MAG 3D 25, MAG 2.0 26 as adopted and 30 as judged.
    Of the 26, 25 went on and one was split in two; with three new ones that makes 30."""
    html = client.get("/agenda/opvolging/").content.decode()
    assert html.count('class="l-item"') == 29 + 25 + 26 + 30
    assert html.count('class="l-line l-continued"') == 25
    assert html.count('class="l-line l-split"') == 2
    assert html.count('class="l-end l-not_in_source"') == 29 + 25 + 26
    assert html.count('class="l-end l-new"') == 3
    for agenda, count in (("MAG", 29), ("MAG 3D", 25), ("MAG 2.0", 26), ("MAG 2.0", 30)):
        assert f">versie {2 if count == 30 else 1} · {count} doelen</text>" in html, agenda
    # Each of the thirty was judged in 2017 and in 2018.
    for year in (2017, 2018):
        words = ("goed", "neutraal", "negatief")
        assert sum(html.count(f">{year} {word}</text>") for word in words) == 30
    assert "Veilig 2017 goed 2018 goed; voortgezet uit Veilig" in html


def test_a06_a_theme_that_the_source_calls_new_has_no_themes_before_it(client: Client) -> None:
    new = read(client, "/agenda/mag-2-0/doel/aantoonbare-bijdrage/")
    new.holds("De gemeente houdt alleen vastgoed dat zichtbaar helpt")
    assert "Thema’s in MAG 3D" not in new.text
    known = read(client, "/agenda/mag-2-0/doel/voldoende-sociaal-netwerk/")
    known.holds("Thema’s in MAG 3D", "De draad is hier onderbroken.")


def test_a07_twenty_six_goals_became_thirty_and_both_numbers_are_told(client: Client) -> None:
    read(client, "/agenda/mag-2-0/versie/1/").holds("MAG 2.0: 26 doelen in 8 thema’s")
    read(client, "/agenda/mag-2-0/versie/2/").holds(
        "MAG 2.0: 30 doelen in 8 thema’s",
        "Minder drank en drugs is gesplitst in Onder de 18 geen drank of drugs "
        "en Boven 18 minder drank en drugs.",
    )
    passage = read(client, "/agenda/opvolging/")
    split = [row for row in passage.rows if row[1:2] == ["Gesplitst"]]
    assert [row[0] for row in split] == ["Minder drank en drugs"] * 2
    volunteers = [row[2] for row in passage.rows if "niet in de tabel met doelen" in row[-1]]
    assert len(volunteers) == 3
    read(client, "/agenda/mag-2-0/verschil/").holds("versie 1", "versie 2")


def test_a08_principles_stand_with_their_agenda_and_what_was_new(client: Client) -> None:
    for address, total, new in (
        ("/agenda/mag/", 7, 0),
        ("/agenda/mag-3d/", 15, 8),
        ("/agenda/mag-2-0/versie/1/", 6, None),
    ):
        response = client.get(address).content.decode()
        start = response.index("Uitgangspunten en visie")
        part = response[start : response.index("Wie meedachten", start)].split("Wie doet wat")[0]
        principles = part.split("Visie</h3>")[0]
        assert principles.count("<li") == total, address
        if new is not None:
            assert principles.count(">nieuw<") == new, address
        assert "Evaluatie sturing" in principles


def test_a09_who_does_what_stands_with_the_agenda(client: Client) -> None:
    read(client, "/agenda/mag/").holds(
        "Wie doet wat",
        "De agenda zegt alleen wát er bereikt moet worden. Deskundigen kiezen de weg daarheen.",
    )


def test_a10_who_took_part_how_when_and_how_many(client: Client) -> None:
    first = read(client, "/agenda/mag/").row("Inwoners en maatschappelijke organisaties")
    assert first[1].startswith("MAG-bijeenkomst")
    assert first[2:] == ["2012", "50 deelnemers"]
    second = read(client, "/agenda/mag-3d/")
    assert second.row("Professionals en organisaties")[2:] == [
        "21 januari 2014",
        "circa 50 deelnemers",
    ]
    assert second.row("Wmo Adviesraad")[2:] == ["16 januari 2014", "staat niet in de bron"]
    third = read(client, "/agenda/mag-2-0/versie/1/")
    assert any("400" in row[-1] for row in third.rows if len(row) == 4)


def test_a11_each_point_of_the_advice_stands_with_its_answer(client: Client) -> None:
    page = read(client, "/agenda/nieuwe-mag/adviezen/")
    page.holds(
        "9 punten van advies, en wat de gemeente met elk deed",
        "1 overgenomen, 4 beantwoord en 4 niet vermeld in de bron.",
        "Adviesraad Sociaal domein, 20 juli 2023",
        "een 6,8 over 2021",
        "Brief van het college aan de Adviesraad Sociaal domein over het advies op de nieuwe MAG",
    )
    read(client, "/agenda/nieuwe-mag/").holds("de thema’s en doelen staan niet in de bron")


def test_d15_what_is_chosen_and_planned_stands_on_one_page(client: Client) -> None:
    page = read(client, "/agenda/plannen/")
    assert page.row("MAG 2.0 2017-2020")[1] == "Vastgesteld"
    assert page.row("MAG 3D")[1] == "Vervangen"
    assert page.row("Nieuwe Maatschappelijke agenda")[1:] == [
        "Niet bekend",
        "De bron noemt geen besluit over deze versie.",
    ]


def test_a12_the_picture_of_society_that_an_agenda_starts_from(client: Client) -> None:
    part = read(client, "/agenda/mag/").between("Het beeld van de samenleving", "Uitgangspunten")
    assert "Armoede" in part
    assert "Vraag naar zorg" in part
    assert "De cijfers zelf staan niet in het rapport." in part


def test_a12_an_officer_adds_to_the_picture_of_an_agenda_in_the_making(client: Client) -> None:
    desk = Client()
    desk.force_login(User.objects.get(email="beleid@voorbeeld.nl"))
    home = reverse("agenda_manage", args=["voorbeeldagenda", 1])
    link = reverse("agenda_part_add", args=["voorbeeldagenda", 1, "feit"])
    assert f'href="{link}"' in desk.get(home).content.decode()
    report = Source.objects.get(slug="rekenkamerrapport-2020")
    sent = {"topic": "Armoede", "text": "Meer huishoudens hebben schulden.", "source": report.pk}
    assert desk.post(link, {**sent, "locator": "H5.5"}).status_code == 302
    page = read(client, "/agenda/voorbeeldagenda/")
    part = page.between("Het beeld van de samenleving", "Uitgangspunten")
    assert part.index("Vervoer (verzonnen)") < part.index("Armoede")
    assert "Meer huishoudens hebben schulden." in part
    assert f"{report.title}, H5.5" in part


def test_a13_the_shift_from_all_inhabitants_to_groups_and_back(client: Client) -> None:
    text = read(client, "/agenda/").text
    shift = [
        "Algemene doelen, bedoeld voor alle inwoners en verenigingen.",
        "Meer gericht op groepen die ondersteuning nodig hebben",
        "Weer voor alle inwoners, en breder",
    ]
    places = [text.index(words) for words in shift]
    assert places == sorted(places)


def test_a19_the_page_of_tasks_says_that_the_source_has_none(client: Client) -> None:
    read(client, "/agenda/mag-2-0/opdrachten/").holds("Deze agenda heeft geen ontwikkelopdrachten")


def test_a20_an_agenda_names_other_policy_with_what_it_asks_and_its_source(client: Client) -> None:
    page = read(client, "/agenda/mag-2-0/").text.split("Ander beleid")[1]
    for words in ("Omgevingsvisie eigen nota nog vast te stellen", "bestuurlijke reactie, punt 5"):
        assert words in page
    duties = read(client, "/agenda/mag-3d/").text.split("Ander beleid")[1]
    assert duties.count("landelijk, verplicht") == 3


def test_a22_goals_are_chosen_by_the_group_that_they_name(client: Client) -> None:
    page = read(client, "/agenda/doelen/?doelgroep=mantelzorgers&agenda=alle")
    assert page.text.count("MAG, versie 1") >= 3
    page.holds("Balans mantelzorgers", "Mantelzorgers kennen de weg")
    assert "Meer bedrijven" not in page.text
    goal = read(client, "/agenda/mag-2-0/doel/balans-mantelzorgers/")
    goal.holds("Voor mantelzorgers")
    young = read(client, "/agenda/doelen/?doelgroep=jongeren")
    young.holds("Onder de 18 geen drank of drugs", "MAG 3D, versie 1")


def test_m08_an_indicator_of_others_has_its_table_year_and_value(client: Client) -> None:
    page = read(client, "/agenda/indicatoren/sociale-cohesie/")
    page.holds("Sociale cohesie in de buurt: 6,8 in 2021")
    assert page.pairs["Gemeten door"] == ["CBS"]
    row = page.row("2021")
    assert row[2] == "6,8"
    assert "85146NED" in row[4]


def test_u11_a_list_tells_what_the_municipality_and_what_a_partner_can_measure(
    client: Client,
) -> None:
    page = read(client, "/agenda/indicatoren/")
    levels = {row[1] for row in page.rows[1:]}
    assert levels == {"De gemeente als geheel", "De prestatie van één partner"}


def test_m20_the_progress_page_tells_of_every_measure_what_is_missing(client: Client) -> None:
    page = read(client, "/agenda/mag-2-0/voortgang/")
    page.holds(
        "Van geen van de 36 metingen is te zeggen of zij op koers ligt",
        "De bron noemt geen waarde, streefwaarde of nulmeting bij de 11 metingen van dit thema.",
    )


def test_d14_what_the_council_said_of_an_agenda_stands_with_what_was_promised(
    client: Client,
) -> None:
    page = read(client, "/agenda/mag-2-0/raad/")
    page.holds("Begin 2020", "Bemoeizorg en de tegenprestatie", "18 juni 2019 voorbeeld")
    page.holds("2 toezeggingen; 1 nog open", "Nagekomen op 26 november 2019.")
    read(client, "/agenda/mag-2-0/").holds("In de raad besproken")
    goal = read(client, "/agenda/mag-2-0/doel/bestaansniveau/")
    goal.holds("In de raad besproken", "wat de schuldhulp per halfjaar bereikt")
