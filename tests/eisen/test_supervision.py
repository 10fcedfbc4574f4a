"""What is asked of supervision, on the pages of the demonstration."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.eisen.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]


def test_d10_the_council_reads_the_results_of_supervision_by_year(client: Client) -> None:
    page = read(client, "/toezicht/")
    told = page.row("Jaarverslag toezicht Wmo 2018 voorbeeld over 2018")
    assert told[1:] == ["16 april 2019", "3 2 beantwoord door de gemeente"]
    read(client, "/toezicht/2018/").holds("Samengevat", "Aanbeveling 1", "Aanbeveling 3")


def test_u10_supervision_tells_each_year_what_it_saw_and_the_municipality_answers(
    client: Client,
) -> None:
    read(client, "/toezicht/").holds("los van wie hulp verstrekt en van wie het beleid maakt")
    page = read(client, "/toezicht/2018/")
    page.holds("Dit jaarverslag is verzonnen", "Voor Stichting Kwadraad")
    second = page.between("Aanbeveling 2", "Aanbeveling 3")
    assert "Wat de toezichthouder zag" in second
    assert "Antwoord van de gemeente, 11 juni 2019" in second
    assert "Antwoord van de gemeente, 5 november 2019" in second
    assert "De gemeente heeft hier nog niet op geantwoord." not in second
