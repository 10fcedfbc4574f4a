"""Where an inhabitant goes with a question."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import OrganisationKind
from accounts.models import Change, Organisation, User
from contracts.models import ContractTheme
from reporting.models import Entrance
from tests.factories import OrganisationFactory
from tests.factories_agenda import SourceFactory, ThemeFactory
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import EntranceFactory

pytestmark = pytest.mark.django_db
PAGE, DESK = "/waar-terecht/", "/beheer/waar-terecht/"


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def typed(of: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "organisation": of.pk,
        "name": "het inlooppunt",
        "for_what": "Hulp bij formulieren.",
        "referral": "none",
        "opening": "iedere ochtend",
        "phone": "000 000 00 00",
        **changes,
    }


def a_partner(theme: str = "Leven") -> Organisation:
    """With a contract that runs and serves a theme."""
    contract = ContractFactory.create(running=True)
    ContractTheme.objects.create(contract=contract, theme=ThemeFactory.create(name=theme))
    assert contract.partner is not None
    return contract.partner


def test_an_officer_writes_where_one_can_go_and_everybody_reads_it(desk: Client) -> None:
    partner = a_partner()
    assert desk.post(f"{DESK}nieuw/", typed(partner)).status_code == 302
    words = ("Hulp bij formulieren.", "U hebt geen verwijzing nodig.", "000 000 00 00")
    for page in (PAGE, f"/partners/{partner.slug}/"):
        shown = text_of(Client().get(page))
        for each in (*words, "Het inlooppunt", "iedere ochtend"):
            assert each in shown
    assert "het inlooppunt, bel 000 000 00 00" in text_of(Client().get("/partners/"))
    assert Change.objects.get().action == "added"


def test_the_municipality_stands_first_and_partners_under_their_theme(client: Client) -> None:
    town = OrganisationFactory.create(kind=OrganisationKind.MUNICIPALITY)
    EntranceFactory.create(organisation=town, name="het loket")
    partner = a_partner("Werken")
    EntranceFactory.create(organisation=partner, name="het team")
    EntranceFactory.create(name="het buurthuis")
    shown = text_of(client.get(PAGE)).split("<main", 1)[1]
    places = [shown.index(word) for word in ("Het loket", "Werken", "Het team", "Het buurthuis")]
    assert places == sorted(places)


def test_who_cannot_be_reached_yet_says_so(client: Client) -> None:
    partner = a_partner()
    for page in (PAGE, f"/partners/{partner.slug}/"):
        assert "Hier staat nog niet hoe u deze organisatie bereikt." in text_of(client.get(page))
    assert "De gemeente heeft nog niet ingevuld waar u terechtkunt." in text_of(client.get(PAGE))


def test_what_a_source_tells_has_its_place(client: Client) -> None:
    row = EntranceFactory.create(source=SourceFactory.create(title="Rapport"), locator="H7.5")
    shown = text_of(client.get(PAGE))
    for words in (row.for_what, "Rapport", "H7.5"):
        assert words in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"name": ""}, "name"),
        ({"for_what": ""}, "for_what"),
        ({"phone": ""}, "place"),
        ({"phone": "bel de balie"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "geen adres"}, "email"),
        ({"website": "voorbeeld.nl"}, "__all__"),
    ],
)
def test_what_cannot_be_is_refused(desk: Client, changes: dict[str, str], field: str) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(OrganisationFactory.create(), **changes))
    assert field in answer.context["form"].errors
    assert not Entrance.objects.exists()


@pytest.mark.parametrize("phone", ["112", "14 0172", "+31 (0)172 - 12.34.56", "0800/1234"])
def test_a_number_is_written_as_people_do(desk: Client, phone: str) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(OrganisationFactory.create(), phone=phone))
    assert answer.status_code == 302
    assert Entrance.objects.get().phone == phone


def test_a_second_click_adds_nothing_and_of_two_writers_both_texts_show(desk: Client) -> None:
    partner = OrganisationFactory.create()
    assert desk.post(f"{DESK}nieuw/", typed(partner)).status_code == 302
    assert "heeft al een plek met deze naam" in text_of(desk.post(f"{DESK}nieuw/", typed(partner)))
    row = Entrance.objects.get()
    page = f"{DESK}{row.pk}/"
    assert desk.post(page, typed(partner, opening="altijd", revision=1)).status_code == 302
    other = desk.post(page, typed(partner, opening="nooit", revision=1))
    assert "Nu staat er: ‘altijd’" in text_of(other)


def test_a_place_that_is_closed_goes_after_asking(desk: Client) -> None:
    row = EntranceFactory.create()
    assert "Deze plek weghalen?" in text_of(desk.get(f"{DESK}{row.pk}/weghalen/"))
    assert desk.post(f"{DESK}{row.pk}/weghalen/").status_code == 302
    assert row.name not in text_of(Client().get(PAGE))
    assert Change.objects.get().action == "removed"


@pytest.mark.parametrize("page", [PAGE, DESK, "/partners/"])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, page: str) -> None:
    def more() -> int:
        EntranceFactory.create(organisation=a_partner())
        EntranceFactory.create(source=SourceFactory.create(), locator="H1")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
