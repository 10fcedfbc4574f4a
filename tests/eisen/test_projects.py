"""F06 and P01 to P11: what the pages of projects say in the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from contracts.models import Project
from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]
LIST = "/projecten/"
INVENTED = f"{LIST}samen-koken-samen-eten/"
NOT_TOLD = "niet vermeld in de bron"


def test_f06_money_that_ends_stands_apart_from_money_that_stays(client: Client) -> None:
    page = read(client, INVENTED)
    once = page.row("Eenmalig (incidenteel)")
    assert once[0].endswith("tot en met 31 december 2019")
    assert [cell.split()[-1] for cell in once[1:]] == ["24.000", "22.700", "1.300"]
    fixed = page.row("Vast (structureel)")
    assert fixed[3].endswith("400 te veel")
    assert page.row("Samen")[2].endswith("29.100")


def test_p01_to_p03_what_was_settled_before_the_start(client: Client) -> None:
    said = read(client, INVENTED).pairs
    for question in (
        *("Wat gaan we doen?", "Wie doet het?", "Wat willen we bereiken?"),
        *("Verwacht effect", "Hoe dat wordt gemeten", "Hoe wordt geëvalueerd"),
    ):
        assert said[question][0] not in ("", NOT_TOLD), question
    assert said["Waar en wanneer?"][0].endswith("1 februari 2019 tot en met 29 februari 2020")
    assert "30.000" in said["Wat mag het kosten?"][0]
    assert said["Wanneer het is geslaagd"][0].startswith("Ten minste 30 van de 60 deelnemers")
    assert said["Als het slaagt"] == ["Dan wordt het vast aanbod in de drie dorpen."]
    assert said["Wie het dan betaalt"][0].startswith("De gemeente")


def test_p04_an_evaluation_ends_with_a_decision(client: Client) -> None:
    page = read(client, INVENTED)
    assert page.pairs["Criterium"][0].startswith("Gehaald")
    (decided,) = page.pairs["Besluit"]
    assert decided.startswith("Wordt regulier werk, op 24 maart 2020, door het college")
    assert (
        read(client, LIST)
        .row("Samen koken, samen eten")[3]
        .endswith("Besluit: wordt regulier werk")
    )


def test_p05_effort_and_result_stand_apart(client: Client) -> None:
    promised = "Wat de uitvoerder belooft"
    for slug, words, came in (
        ("mdt-baas-2022-en-2023", "Inspanningsverplichting", "Succesvol."),
        ("mdt-baas-2024-en-2025", "Resultaatverplichting", "Minder succesvol."),
    ):
        said = read(client, f"{LIST}{slug}/").pairs
        assert (said[promised], said["Wat kwam eruit"]) == ([words], [came])
    assert read(client, INVENTED).pairs[promised] == ["Resultaatverplichting"]


def test_p06_what_cannot_be_determined_says_so(client: Client) -> None:
    (told,) = read(client, INVENTED).pairs["Kosten en besparing"]
    assert "29.100" in told
    assert "Besparing: niet te bepalen" in told
    assert "Of deze inwoners daardoor minder zorg vragen, is niet te bepalen" in told


def test_p07_lessons_of_what_worked_and_what_did_not(client: Client) -> None:
    worked = read(client, f"{LIST}chill-out/").pairs
    assert worked["Wat kwam eruit"][0].startswith("Succesvol.")
    assert "vraagt weinig budget" in worked["Wat we leerden"][0]
    failed = read(client, f"{LIST}pilot-afstand-tot-de-arbeidsmarkt-naast-de-thuiszorg/")
    assert failed.pairs["Wat kwam eruit"] == ["De pilot leverde geen resultaat op."]
    assert failed.pairs["Wat we leerden"] == [NOT_TOLD]


def test_p08_a_pilot_hangs_on_its_contract_and_on_other_municipalities(client: Client) -> None:
    said = read(client, f"{LIST}pilot-woontraining-lvb/").pairs
    assert said["Samen met andere gemeenten"] == ["Gemeente Alphen aan den Rijn"]
    assert said["Overeenkomsten"] == ["Sociale participatie door Tom in de buurt"]
    contract = read(client, "/overeenkomsten/tom-in-de-buurt-participatie/")
    assert "Pilot woontraining LVB" in contract.text.split("Projecten bij deze overeenkomst")[1]
    together = read(client, f"{LIST}chill-out/").pairs["Samen met andere gemeenten"]
    assert together == ["Gemeente Gorinchem"]


def test_p09_assignments_have_a_term(client: Client) -> None:
    rows = read(client, f"{LIST}?soort=assignment").rows[1:]
    assert len(rows) == 3
    assert {row[2] for row in rows} == {"vier jaar"}


def test_p10_an_approach_that_is_listed_names_its_list(client: Client) -> None:
    (told,) = read(client, INVENTED).pairs["Erkende aanpak"]
    assert told.endswith("Movisie, databank effectieve sociale interventies")


def test_p11_what_became_regular_work_is_closed_as_such(client: Client) -> None:
    said = read(client, f"{LIST}vroegsignalering-van-schulden/").pairs
    assert said["Besluit"] == ["Wordt regulier werk"]
    assert said["Hoe het verdergaat"] == ["Het is nu een taak die in de wet staat."]
    assert Project.objects.get(slug="samen-koken-samen-eten").is_closed
    read(client, INVENTED).holds("Pilot, afgesloten voorbeeld", "Gemiva-SVG doet het voortaan")
