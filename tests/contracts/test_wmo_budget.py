"""The budget tables by officers: the one year, posts outside the Wmo, and national figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from contracts.budgets.shares import shares
from contracts.models import Budget, BudgetItem, BudgetPost
from contracts.story import budget_story
from tests.contracts.drafts import text_of
from tests.eisen.reading import read
from tests.factories_contracts import BudgetFactory, BudgetItemFactory
from tests.factories_money import closed

pytestmark = pytest.mark.django_db
BASE = "/beheer/geld/begroting/"
FROM = "Rekenkamer, H4.4. Samen 3,652 miljard; de tekst zegt ‘bijna vier miljard’."


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def budget() -> Budget:
    made: Budget = BudgetFactory.create(slug="wmo", title="Begroting Wmo", national_note=FROM)
    return made


@pytest.fixture
def item(budget: Budget) -> BudgetItem:
    made: BudgetItem = BudgetItemFactory.create(budget=budget, number=1, name="Hulp", amount=300)
    BudgetPost.objects.create(item=made, name="Begeleiding", order=1)
    BudgetPost.objects.create(item=made, name="Schuldhulpverlening", order=2)
    return made


def at(item: BudgetItem, rest: str = "") -> str:
    return f"{BASE}{item.budget.slug}/onderdelen/{item.pk}/{rest}"


ITEM = {
    "number": "1",
    "name": "Hulp",
    "amount": "300",
    "posts_name": ["Begeleiding", "Schuldhulpverlening"],
    "revision": "1",
}


def posts(item: BudgetItem) -> list[tuple[str, bool]]:
    return list(item.posts.values_list("name", "outside_wmo"))


def test_f02_a_budget_is_made_for_one_year_that_counts(desk: Client) -> None:
    assert "Er is nog geen begroting" in text_of(desk.get(BASE))
    page = text_of(desk.get(f"{BASE}nieuw/"))
    assert "Noemt de bron twee jaren?" in page
    typed = {
        "title": "Begroting Wmo",
        "year": "2020",
        "stated_total": "1,5 miljoen",
        "note": "De tekst noemt 2019.",
    }
    wrong = text_of(desk.post(f"{BASE}nieuw/", typed | {"year": "2019/2020"}))
    assert "Schrijf een jaar in vier cijfers" in wrong
    assert not Budget.objects.exists()
    page = text_of(desk.post(f"{BASE}nieuw/", typed, follow=True))
    held = Budget.objects.get()
    assert (held.slug, held.year, held.stated_total) == (
        "begroting-wmo-2020",
        2020,
        Decimal(1_500_000),
    )
    assert "Begrotingsjaar 2020" in page
    assert "De tekst noemt 2019." in page
    assert budget_story(until=2019) is None, "a budget of 2020 counts for no year before"
    changed = typed | {"year": "2019", "note": "De tabel noemt 2020.", "revision": "1"}
    desk.post(f"{BASE}{held.slug}/wijzigen/", changed)
    story = budget_story(until=2019)
    assert story is not None
    assert story["year"] == 2019
    late = text_of(desk.post(f"{BASE}{held.slug}/wijzigen/", changed | {"year": "2021"}))
    assert "Iemand anders bewaarde dit" in late
    assert "Nu staat er: ‘2019’." in late
    history = text_of(desk.get(f"{BASE}{held.slug}/geschiedenis/"))
    for words in ("Begrotingsjaar", "2020", "2019"):
        assert words in history


def test_f04_posts_outside_the_wmo_are_marked_and_stay_in_order(
    desk: Client, item: BudgetItem
) -> None:
    page = text_of(desk.get(at(item)))
    assert page.count("hoort niet tot de Wmo<") == 5, "two posts and three empty rows"
    typed = {
        **ITEM,
        "posts_name": ["Begeleiding", " ", "Schuldhulpverlening", "Vervoer"],
        "posts_outside": ["2"],
    }
    assert desk.post(at(item), typed).status_code == 302
    assert posts(item) == [
        ("Begeleiding", False),
        ("Schuldhulpverlening", True),
        ("Vervoer", False),
    ]
    shown = read(desk, f"{BASE}wmo/")
    assert shown.rows[1][1] == "Begeleiding, Schuldhulpverlening niet Wmo, Vervoer"
    story = budget_story(until=2020)
    assert story is not None
    assert [post["outside_wmo"] for post in story["items"][0]["posts"]] == [False, True, False]
    said = Change.objects.get(part=f"budgetitem-{item.pk}")
    assert said.fields == [
        {
            "label": "Posten",
            "before": "Begeleiding\nSchuldhulpverlening",
            "after": "Begeleiding\nSchuldhulpverlening (niet Wmo)\nVervoer",
        }
    ]


def test_posts_that_another_wrote_meanwhile_are_shown_and_not_lost(
    desk: Client, item: BudgetItem
) -> None:
    desk.post(at(item), ITEM | {"posts_outside": ["1"]})
    late = desk.post(at(item), ITEM | {"posts_name": ["Alleen dit"]})
    assert "Iemand anders bewaarde dit" in text_of(late)
    assert "Begeleiding, Schuldhulpverlening (niet Wmo)" in text_of(late)
    assert 'value="Alleen dit"' in text_of(late)
    assert posts(item) == [("Begeleiding", False), ("Schuldhulpverlening", True)]
    again = desk.post(at(item), ITEM | {"posts_outside": ["1"]})
    assert again.status_code == 302, "a second click, which says what stands there"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"posts_name": ["Begeleiding", ""], "posts_outside": ["1"]}, "bij een lege regel"),
        ({"posts_name": ["Vervoer", "vervoer"]}, "staat er twee keer"),
        ({"posts_name": ["Cliënt met BSN 111222333"]}, "BSN"),
        ({"posts_name": ["x" * 201]}, "200 tekens"),
        ({"posts_name": [f"Post {n}" for n in range(51)]}, "ten hoogste 50 posten"),
        ({"amount": "750,000"}, "Bedoelt u 750.000?"),
        ({"amount": "-1"}, "Een bedrag is 0 of meer."),
        ({"national_income": "bijna 5"}, "precies bedrag"),
        ({"number": "2"}, "Dit nummer staat al in de begroting."),
    ],
)
def test_an_item_that_may_mislead_is_refused_and_stays_on_the_page(
    desk: Client, item: BudgetItem, wrong: dict[str, list[str]], told: str
) -> None:
    BudgetItemFactory.create(budget=item.budget, number=2)
    page = text_of(desk.post(at(item), ITEM | {"name": "Anders"} | wrong))
    assert told in page
    for each in wrong.get("posts_name", [])[:1]:
        assert f'value="{each}"' in page
    item.refresh_from_db()
    assert item.name == "Hulp"
    assert posts(item) == [("Begeleiding", False), ("Schuldhulpverlening", False)]


def test_f09_national_figures_stand_beside_the_own_ones_with_their_source(
    desk: Client, item: BudgetItem
) -> None:
    typed = ITEM | {"national_spending": "3 miljard", "national_income": "0,17 miljard"}
    assert desk.post(at(item), typed).status_code == 302
    item.refresh_from_db()
    assert (item.national_spending, item.national_income) == (
        Decimal(3_000_000_000),
        Decimal(170_000_000),
    )
    second = {"number": "2", "name": "Spullen", "amount": "100", "posts_name": ["Hulpmiddelen"]}
    assert desk.post(f"{BASE}wmo/onderdelen/nieuw/", second).status_code == 302
    table = "Aandeel per onderdeel, hier en landelijk"
    rows = {row[0]: row[1:] for row in read(desk, f"{BASE}wmo/").tables[table]}
    assert rows["Hulp"][:2] == ["75,0%", "niet te zeggen"], "of the second nothing is known"
    other = BudgetItem.objects.get(number=2)
    more = second | {"national_spending": "652 miljoen", "revision": "1"}
    assert desk.post(at(other), more).status_code == 302
    page = read(desk, f"{BASE}wmo/")
    rows = {row[0]: row[1:] for row in page.tables[table]}
    assert rows["Hulp"][:2] == ["75,0%", "82,1%"]
    assert rows["Spullen"][:2] == ["25,0%", "17,9%"]
    assert rows["Spullen"][3] == "niet ingevuld"
    assert rows["Samen, nageteld"][2].endswith("3.652.000.000")
    page.holds(FROM)


def test_no_national_figure_without_its_source(desk: Client, item: BudgetItem) -> None:
    Budget.objects.update(national_note="")
    typed = ITEM | {"national_spending": "3 miljard"}
    assert "Vul eerst bij de begroting in" in text_of(desk.post(at(item), typed))
    Budget.objects.update(national_note=FROM)
    desk.post(at(item), typed)
    whole = {"title": "Begroting Wmo", "year": "2020", "national_note": "", "revision": "1"}
    page = text_of(desk.post(f"{BASE}wmo/wijzigen/", whole))
    assert "Zeg waar zij vandaan komen." in page


def test_a_stated_total_that_does_not_match_is_told(desk: Client, item: BudgetItem) -> None:
    Budget.objects.update(stated_total=400)
    read(desk, f"{BASE}wmo/").holds("De onderdelen tellen niet op.")
    assert "Telt niet op." in text_of(desk.get(BASE))
    Budget.objects.update(stated_total=300)
    read(desk, f"{BASE}wmo/").holds("De som klopt met het totaal in de bron.")


def test_an_item_and_a_budget_go_after_a_question_and_the_history_stays(
    desk: Client, item: BudgetItem, manager: User
) -> None:
    other = BudgetItemFactory.create(budget=item.budget, number=2)
    assert "Verwijder dit onderdeel" in text_of(desk.get(at(item, "verwijderen/")))
    desk.post(at(item, "verwijderen/"))
    assert list(BudgetItem.objects.all()) == [other]
    assert "met 1 onderdeel" in text_of(desk.get(f"{BASE}wmo/verwijderen/"))
    desk.post(f"{BASE}wmo/verwijderen/")
    assert not Budget.objects.exists()
    assert Change.objects.filter(action="removed", actor=manager).count() == 3


def test_of_a_closed_year_nothing_changes_and_nothing_typed_is_lost(
    desk: Client, item: BudgetItem
) -> None:
    closed(2020)
    page = text_of(desk.get(f"{BASE}wmo/"))
    assert "Het jaar 2020 is afgesloten" in page
    assert "Begroting wijzigen" not in page
    assert "Geschiedenis" in page
    told = "Het jaar 2020 is afgesloten: aan het geld daarvan verandert niets meer."
    page = text_of(desk.post(at(item), ITEM | {"name": "Anders", "posts_name": ["Nieuw"]}))
    assert told in page
    assert 'value="Anders"' in page
    assert 'value="Nieuw"' in page
    whole = {"title": "Begroting Wmo", "year": "2021", "national_note": FROM, "revision": "1"}
    assert told in text_of(desk.post(f"{BASE}wmo/wijzigen/", whole)), "not moved out of it either"
    new = {"title": "Nog een", "year": "2020"}
    assert told in text_of(desk.post(f"{BASE}nieuw/", new))
    for address in (at(item, "verwijderen/"), f"{BASE}wmo/verwijderen/"):
        assert told in text_of(desk.post(address))
    item.refresh_from_db()
    assert item.name == "Hulp"
    assert Budget.objects.get().year == 2020


def test_an_item_of_another_budget_is_not_there(desk: Client, item: BudgetItem) -> None:
    other = BudgetFactory.create()
    for rest in ("", "verwijderen/"):
        assert desk.get(f"{BASE}{other.slug}/onderdelen/{item.pk}/{rest}").status_code == 404


def test_the_list_and_a_budget_ask_as_many_queries_for_more(desk: Client, item: BudgetItem) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    addresses = (BASE, f"{BASE}wmo/")
    few = [(desk.get(address), asked(address))[1] for address in addresses]
    for number in range(2, 7):
        more = BudgetItemFactory.create(budget=item.budget, number=number)
        BudgetPost.objects.create(item=more, name="Vervoer")
        BudgetItemFactory.create()
    assert [asked(address) for address in addresses] == few


def test_a_share_is_of_a_whole_that_is_known() -> None:
    assert shares([Decimal(3), Decimal(1)]) == [75, 25]
    assert shares([Decimal(3), None]) == [None, None]
    assert shares([Decimal(0), Decimal(0)]) == [None, None]
    assert shares([]) == []
