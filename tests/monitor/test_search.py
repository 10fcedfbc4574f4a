"""The search finds what the public may read, whatever the capitals and accents."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contracts.models import Contract
from core.folding import fold, fold_with_places
from monitor.models import Monitor
from monitor.search import LONGEST_QUERY, SNIPPET, Item, Query, hit, pieces, search
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, PartnerFactory, ThemeFactory
from tests.factories_contracts import ContractFactory, ExchangeFactory, PartyFactory
from tests.factories_inquiries import public_investigation
from tests.factories_monitor import BottleneckFactory, SteeringFactory
from tests.factories_projects import ProjectFactory, decided_project
from tests.factories_reporting import SupervisionFindingFactory
from tests.monitor.edition import GOAL, PARTNER, agenda_with_goals, edition
from tests.reporting.supervised import published

pytestmark = pytest.mark.django_db


def found(typed: str) -> dict[str, list[str]]:
    return {group.code: [item.title for item in group.items] for group in search(Query.of(typed))}


def page(client: Client, **asked: str) -> str:
    response = client.get("/zoeken/", asked)
    assert response.status_code == 200
    return str(response.content.decode())


def open_goal(label: str, text: str = "Iedereen doet mee.", year: int = 2016) -> None:
    version = AgendaVersionFactory.create(adopted=True, agenda__year=year)
    GoalFactory.create(theme=ThemeFactory.create(version=version), label=label, text=text)


@pytest.mark.parametrize("typed", ["clientondersteuning", "CLIËNTONDERSTEUNING", "cliëntonder"])
def test_capitals_and_accents_make_no_difference(typed: str) -> None:
    open_goal("Onafhankelijke cliëntondersteuning")
    assert found(typed)["doelen"] == ["Onafhankelijke cliëntondersteuning"]


def test_every_word_has_to_match_somewhere() -> None:
    open_goal("Veilig wonen", "In elke buurt een huis.")
    assert found("wonen buurt")["doelen"] == ["Veilig wonen"]
    assert "doelen" not in found("wonen strand")


def test_a_title_comes_before_a_text_and_new_before_old() -> None:
    open_goal("Meedoen", "Samen sporten.", year=2020)
    open_goal("Sporten oud", year=2012)
    open_goal("Sporten nieuw", year=2016)
    assert found("sporten")["doelen"] == ["Sporten nieuw", "Sporten oud", "Meedoen"]


def test_each_kind_of_thing_is_found_with_a_way_to_it(
    editions: tuple[Monitor, Monitor], client: Client
) -> None:
    assert found("veilig thuis")["doelen"] == ["Veilig thuis"]
    assert found("te laat binnen")["knelpunten"] == [
        "Meldingen komen te laat binnen in 2016",
        "Meldingen komen te laat binnen in 2015",
    ]
    assert found("voordeur")["uitdagingen"] == ["Geweld achter de voordeur"] * 2
    assert found("haven")["partners"] == ["Stichting Haven"]
    assert found("samen veilig")["overeenkomsten"] == ["Programma Samen Veilig"]
    assert found("meldingen van geweld")["indicatoren"] == ["Meldingen van geweld"]
    assert found("streefwaarde")["begrippen"][0] == "streefwaarde"
    html = page(client, zoek="te laat binnen")
    assert f'href="/monitor/2016/doel/{GOAL}/"' in html


def test_exchanges_and_steering_are_found_on_their_pages(client: Client) -> None:
    exchange = ExchangeFactory.create(purpose="Een cliënt overdragen", reason="Anders tweemaal.")
    SteeringFactory.create(who="presidium", decides="Kiest de onderwerpen.")
    assert found("tweemaal")["uitwisseling"] == ["Een cliënt overdragen"]
    assert found("presidium")["sturing"] == ["Presidium: Monitor Sociaal Domein"]
    assert f'href="/uitwisseling/{exchange.pk}/"' in page(client, zoek="tweemaal")
    assert 'href="/sturing/"' in page(client, zoek="presidium")


def test_what_was_invented_says_so(client: Client) -> None:
    ExchangeFactory.create(purpose="Zwaluw overdragen", is_example=True)
    SteeringFactory.create(decides="Kiest de zwaluw.", is_example=True)
    ContractFactory.create(from_source=True, title="Zwaluw en zoon", is_example=True)
    published(year=2018, title="Zwaluw bezocht", is_example=True)
    html = page(client, zoek="zwaluw")
    assert "4 resultaten" in html
    assert html.count('</a> <span class="example">voorbeeld</span>') == 4
    open_goal("Een reiger")
    ExchangeFactory.create(purpose="Een reiger overdragen")
    assert '</a> <span class="example">' not in page(client, zoek="reiger")


def test_what_has_ended_says_so(client: Client) -> None:
    today = timezone.localdate()
    past, soon = today - datetime.timedelta(days=1), today + datetime.timedelta(days=1)
    for day in (past, soon):
        SteeringFactory.create(
            who=f"Zwaluw {day}", since=datetime.date(2015, 1, 1), until=day, ended_by="Besluit 1"
        )
        ExchangeFactory.create(purpose=f"Zwaluw overdragen {day}", ended_on=day)
    ContractFactory.create(finished=True, title="Zwaluw en zoon")
    html = page(client, zoek="zwaluw")
    assert "5 resultaten" in html
    assert html.count("Beëindigd · ") == 3
    assert page(client, zoek=f"zwaluw {soon}").count("Beëindigd · ") == 0


@pytest.mark.parametrize("typed", ["wijken", "wijk", "wijkteams", "WIJKTEAM"])
def test_a_plural_finds_the_singular(typed: str) -> None:
    open_goal("Een wijkteam dat luistert")
    assert found(typed)["doelen"] == ["Een wijkteam dat luistert"]


def test_words_that_mean_the_same_find_each_other(client: Client) -> None:
    open_goal("Minder drank")
    open_goal("Weerbaar tegen alcohol")
    assert sorted(found("alcohol")["doelen"]) == ["Minder drank", "Weerbaar tegen alcohol"]
    assert "<mark>drank</mark>" in page(client, zoek="alcohol")
    open_goal("Een klant is geen nummer")
    assert found("cliënten")["doelen"] == ["Een klant is geen nummer"]
    open_goal("Steun voor ouders")
    assert "doelen" not in found("ouderen")


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Eenzame inwoners doen mee", ["eenzaamheid", "eenzaam", "eenzame"]),
        ("Minder eenzaamheid", ["eenzaamheid", "eenzaam", "eenzame", "EENZAAM"]),
        ("Ouderen wonen thuis", ["bejaarden", "bejaarde", "senioren", "ouderen"]),
        ("Zorg voor bejaarden", ["bejaarden", "bejaarde", "senioren", "ouderen"]),
        ("Statushouders leren de taal", ["vluchtelingen", "vluchteling", "statushouders"]),
        ("Een vluchteling vindt werk", ["vluchtelingen", "vluchteling", "statushouders"]),
    ],
)
def test_people_are_found_by_the_name_that_the_reader_has_for_them(
    label: str, asked: list[str]
) -> None:
    open_goal(label)
    assert [found(typed).get("doelen") for typed in asked] == [[label]] * len(asked)


def test_a_goal_that_a_later_version_took_over_is_found_once() -> None:
    first = AgendaVersionFactory.create(adopted=True)
    later = AgendaVersionFactory.create(adopted=True, agenda=first.agenda, number=2)
    for version, text in ((first, "Oud."), (later, "Nieuw.")):
        theme = ThemeFactory.create(version=version)
        GoalFactory.create(theme=theme, label="Samen eten", text="Niemand eet alleen.")
        GoalFactory.create(theme=theme, label="Samen koken", text=text)
    items = next(group.items for group in search(Query.of("samen")) if group.code == "doelen")
    assert [item.title for item in items].count("Samen eten") == 1
    assert [item.title for item in items].count("Samen koken") == 2
    assert "versie 2" in next(item.context for item in items if item.title == "Samen eten")


@pytest.mark.parametrize("typed", ["geld", "begroting", "budget"])
def test_the_page_about_money_is_found(
    typed: str, editions: tuple[Monitor, Monitor], client: Client
) -> None:
    assert found(typed)["bladzijden"] == ["Geld in de monitor over 2016"]
    html = page(client, zoek=typed)
    assert 'href="/monitor/2016/geld/"' in html


def test_what_may_not_be_read_is_not_found() -> None:
    draft = ThemeFactory.create(version=AgendaVersionFactory.create())
    GoalFactory.create(theme=draft, label="Geheim doel")
    ContractFactory.create(
        title="Geheime overeenkomst", partner=PartnerFactory.create(name="Geheim bv")
    )
    BottleneckFactory.create(adopted=True, text="Geheim knelpunt")
    SupervisionFindingFactory.create(advice="Geheim advies", report__title="Geheim verslag")
    assert found("geheim") == {}


def test_a_recommendation_of_the_supervisor_is_found_at_its_place(client: Client) -> None:
    report = published(year=2018, title="Verslag van het toezicht", findings=2)
    SupervisionFindingFactory.create(report__year=2019, advice="Nog niet openbaar.")
    advice = report.findings.order_by("pk")[0].advice
    assert found("toezicht")["toezicht"] == ["Verslag van het toezicht"]
    assert found("elke klacht")["toezicht"] == [advice, advice]
    html = page(client, zoek="elke klacht")
    assert 'href="/toezicht/2018/#aanbeveling-2"' in html
    assert 'id="aanbeveling-2"' in client.get("/toezicht/2018/").content.decode()


def test_a_group_shows_a_few_and_then_all_of_them_page_by_page(client: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    theme = ThemeFactory.create(version=version)
    for number in range(25):
        GoalFactory.create(theme=theme, label=f"Sport {number}")
    first = page(client, zoek="sport")
    assert "25 resultaten" in first
    assert first.count("<mark>Sport</mark>") == 5
    assert "Toon alle 25" in first
    assert "?zoek=sport&amp;groep=doelen" in first
    everything = page(client, zoek="sport", groep="doelen")
    assert everything.count("<mark>Sport</mark>") == 20
    assert "?zoek=sport&amp;groep=doelen&amp;page=2" in everything
    assert page(client, zoek="sport", groep="doelen", page="2").count("<mark>Sport</mark>") == 5
    assert page(client, zoek="sport", groep="doelen", page="x").count("<mark>Sport</mark>") == 20


def test_nonsense_gets_help_and_a_way_on(editions: tuple[Monitor, Monitor], client: Client) -> None:
    html = page(client, zoek="xyzzy")
    assert "Geen resultaten voor ‘xyzzy’" in html
    assert "Controleer de spelling of kies een thema" in html
    assert 'href="/monitor/2016/thema/veiligheid/"' in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Typ een of meer woorden."),
        ("   ", "Typ een of meer woorden."),
        ("?!", "Typ een woord met letters of cijfers."),
        ("a", "Typ ten minste twee letters."),
    ],
)
def test_a_question_without_words_is_met_with_help(
    typed: str, sentence: str, client: Client
) -> None:
    assert sentence in page(client, zoek=typed)


def test_a_long_question_is_cut_and_says_so(client: Client) -> None:
    open_goal("Sporten")
    html = page(client, zoek="sporten " * 100)
    assert "Uw vraag was lang." in html
    assert len(Query.of("sporten " * 100).typed) <= LONGEST_QUERY
    assert "Uw vraag was lang." not in page(client, zoek="sporten")
    assert Query.of("een twee drie vier vijf zes zeven acht negen").was_cut


@pytest.mark.parametrize("attempt", ["<script>alert(1)</script>", '"><img src=x onerror=1>'])
def test_what_is_typed_or_stored_is_never_run(attempt: str, client: Client) -> None:
    open_goal(f"Script {attempt}"[:80], f"alert {attempt}")
    for asked in (
        {"zoek": attempt},
        {"zoek": "script"},
        {"zoek": "alert"},
        {"zoek": attempt, "groep": attempt},
    ):
        html = page(client, **asked)
        assert "<script>alert" not in html
        assert "<img" not in html


def test_much_to_search_costs_as_many_queries_as_little(client: Client) -> None:
    version = agenda_with_goals()
    edition(2016, version)
    published(year=2016, title="En 2016")
    decided_project(title="En een project")
    public_investigation(title="En een onderzoek")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, zoek="e e e")
            page(client, zoek="en")
        return len(queries)

    few = asked()
    for number in range(20):
        open_goal(f"En {number}")
        ContractFactory.create(from_source=True, title=f"En {number}")
        published(year=2020 + number, title=f"En {number}", findings=2)
        ProjectFactory.create(from_source=True, title=f"En {number}")
        public_investigation(title=f"En {number}")
    edition(2017, version)
    assert asked() == few
    with CaptureQueriesContext(connection) as queries:
        search(Query.of("en"))
    assert len(queries) == 17


@given(st.text(max_size=60), st.lists(st.text("abcëéſßİ'", min_size=1, max_size=4), max_size=3))
def test_marking_loses_no_letter(text: str, words: list[str]) -> None:
    marked = pieces(text, tuple(fold(word) for word in words))
    assert "".join(piece.text for piece in marked) == text
    for word in words:
        assert (fold(word) in fold(text)) <= any(piece.hit for piece in marked)


@given(st.text(max_size=60))
def test_folding_keeps_a_place_for_every_letter(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)


@given(st.text("ab ë.", min_size=300, max_size=900), st.integers(0, 800))
def test_a_long_text_is_cut_around_what_was_found(text: str, place: int) -> None:
    item = Item("Titel", f"{text[:place]} kern {text[place:]}", "", "")
    shown = hit(item, Query.of("kern")).text
    assert any(piece.hit and piece.text == "kern" for piece in shown)
    assert sum(len(piece.text) for piece in shown) <= SNIPPET + 4


def test_a_partner_is_led_to_a_page(editions: tuple[Monitor, Monitor]) -> None:
    groups = {group.code: group.items for group in search(Query.of("haven"))}
    assert groups["partners"][0].url == f"/partners/{PARTNER}/"


def test_a_member_of_a_coalition_is_led_to_its_own_page(
    editions: tuple[Monitor, Monitor], client: Client
) -> None:
    member = PartnerFactory.create(name="Kwintes", slug="kwintes")
    PartyFactory.create(contract=Contract.objects.get(), organisation=member, role="member")
    html = page(client, zoek="kwintes")
    assert 'href="/partners/kwintes/"' in html
    assert client.get("/partners/kwintes/").status_code == 200
