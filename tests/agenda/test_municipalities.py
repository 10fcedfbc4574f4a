"""Municipalities side by side: the public table, its spreadsheet, and who writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.models import Municipality
from agenda.municipalities import per_team
from tests.eisen.reading import read
from tests.factories_agenda import MunicipalityFactory, SourceFactory

pytestmark = pytest.mark.django_db
PAGE, FILE, DESK = "/gemeenten/", "/gemeenten.csv", "/beheer/gemeenten/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {"name": "Kaag en Braassem", "inhabitants": "27000", "measured": "1 januari 2020"} | (
        changes
    )


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def test_a_municipality_stands_with_its_numbers_and_what_is_not_known(client: Client) -> None:
    MunicipalityFactory.create(name="Zoeterwoude", inhabitants=8_000, places=None, teams=3)
    page = read(client, PAGE)
    assert page.row("Zoeterwoude")[1:5] == ["8.000", "niet bekend", "3", "2.700"]
    page.holds("Dit is geen ranglijst")


def test_a_source_that_all_share_is_named_once_below_the_table(client: Client) -> None:
    shared = SourceFactory.create(title="Onderzoek Wmo")
    for name in ("Ameland", "Harlingen"):
        MunicipalityFactory.create(
            name=name, source=shared, locator="H8.2", measured="winter van 2016"
        )
    html = text_of(client.get(PAGE))
    assert html.count("Onderzoek Wmo") == html.count("H8.2") == 1
    assert html.count("winter van 2016") == 1
    assert "Van wanneer" not in html
    MunicipalityFactory.create(name="Leeuwarden", source=None)
    html = text_of(client.get(PAGE))
    assert html.count("Onderzoek Wmo") == html.count("Winter van 2016") == 2
    assert html.count("eigen opgave") == 1
    assert "Leeuwarden" in text_of(client.get(FILE))
    assert text_of(client.get(FILE)).count("eigen opgave") == 1


def test_the_context_of_a_team_follows_from_both_numbers() -> None:
    both = MunicipalityFactory.build(inhabitants=84_000, teams=4)
    assert per_team(both) == 21_000
    assert per_team(MunicipalityFactory.build(inhabitants=None, teams=4)) is None
    assert per_team(MunicipalityFactory.build(inhabitants=84_000, teams=None)) is None
    assert per_team(MunicipalityFactory.build(inhabitants=84_000, teams=0)) is None


def test_a_reader_chooses_by_size_and_word_and_takes_the_choice_along(client: Client) -> None:
    MunicipalityFactory.create(name="Klein", inhabitants=19_999)
    MunicipalityFactory.create(name="Middel", inhabitants=20_000, note="Gebiedsteams")
    assert [row[0] for row in read(client, f"{PAGE}?inwoners=klein").rows[1:]] == ["Klein"]
    assert [row[0].split()[0] for row in read(client, f"{PAGE}?zoek=gebiedsteams").rows[1:]] == [
        "Middel"
    ]
    lines = text_of(client.get(f"{FILE}?inwoners=middel")).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Middel;20000;")
    read(client, f"{PAGE}?zoek=atlantis").holds("Geen gemeente past bij deze keuze")
    assert client.get(f"{FILE}?inwoners=reusachtig").status_code == 400


def test_an_empty_table_says_so(client: Client) -> None:
    read(client, PAGE).holds("Er zijn nog geen gemeenten")


def test_the_page_takes_as_many_queries_for_many(client: Client) -> None:
    MunicipalityFactory.create()
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    MunicipalityFactory.create_batch(20)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(one)


def test_an_officer_adds_and_mends_a_municipality_and_its_history_says_so(desk: Client) -> None:
    assert desk.post(f"{DESK}nieuw/", typed()).status_code == 302
    row = Municipality.objects.get()
    again = desk.post(f"{DESK}nieuw/", typed(name="kaag en braassem"))  # a second click
    assert "Deze gemeente staat er al" in text_of(again)
    assert desk.post(f"{DESK}{row.pk}/", typed(teams="2", revision=1)).status_code == 302
    other = desk.post(f"{DESK}{row.pk}/", typed(teams="5", revision=1))
    assert "Nu staat er: ‘2’" in text_of(other)
    assert "Uitvoeringsteams" in text_of(desk.get(f"{DESK}{row.pk}/geschiedenis/"))
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "verplicht"),
        ({"inhabitants": "0"}, "Een gemeente heeft inwoners"),
        ({"inhabitants": "veel"}, "getal"),
        ({"inhabitants": "-5"}, "0"),
        ({"inhabitants": "10", "places": "11"}, "meer kernen dan inwoners"),
        ({"measured": ""}, "Zeg van wanneer deze getallen zijn"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    desk: Client, changes: dict[str, str], words: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(note="Blijft staan", **changes))
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert "Blijft staan" in text_of(answer)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"inhabitants": 0}, {"inhabitants": 10, "places": 11}, {"measured": "", "source": None}],
)
def test_the_database_refuses_it_as_well(fields: dict[str, Any]) -> None:
    row = MunicipalityFactory.build(**{"source": None, "measured": "2020", **fields})
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
