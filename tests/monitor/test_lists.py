"""Lists of bottlenecks, sources and words, and the verdicts on one goal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.models import GoalSuccession
from monitor.actions import adopt, mark_judged, publish
from monitor.constants import Verdict
from monitor.glossary import TERMS, UnknownTerm, find_term, in_alphabet
from monitor.models import Monitor
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, SourceFactory, ThemeFactory
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, offer
from tests.monitor.edition import GOAL, agenda_with_goals, edition

ROOT = Path(__file__).resolve().parents[2]
USES = re.compile(r"""{%\s*term\s+["']([^"']+)["']""")


def read(client: Client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return str(response.content.decode())


# --- Bottlenecks ----------------------------------------------------------------------------------
@pytest.mark.django_db
class TestBottlenecks:
    ADDRESS = "/knelpunten/"

    def test_it_links_to_the_goal_and_says_when_nothing_was_agreed(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        html = read(client, self.ADDRESS)
        assert "2 knelpunten" in html
        assert f'href="/monitor/2015/doel/{GOAL}/"' in html
        assert html.count("In de bron staat geen actie.") == 2
        assert html.index("binnen in 2016") < html.index("binnen in 2015")

    def test_without_a_goal_it_links_to_the_theme(self, client: Client) -> None:
        monitor = edition(2016, agenda_with_goals(), publish_it=False)
        monitor.bottlenecks.update(goal=None)
        for step in (mark_judged, adopt, publish):
            step(monitor, user=None)
        assert 'href="/monitor/2016/thema/veiligheid/#knelpunten"' in read(client, self.ADDRESS)

    def test_only_published_editions_are_listed(self, client: Client) -> None:
        BottleneckFactory.create(adopted=True, text="Nog geheim")
        html = read(client, self.ADDRESS)
        assert "Nog geheim" not in html
        assert "Er zijn nog geen knelpunten" in html

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"editie": "2018"}, ["Geen cliëntondersteuning"]),
            ({"editie": "2017"}, ["Wachttijd"]),
            ({"editie": "2016/halfjaar"}, ["Halfweg"]),
            ({"thema": "zorg"}, ["Wachttijd"]),
            ({"actie": "met"}, ["Wachttijd"]),
            ({"actie": "zonder"}, ["Geen cliëntondersteuning", "Halfweg"]),
            ({"zoek": "CLIENTondersteuning"}, ["Geen cliëntondersteuning"]),
            ({"zoek": "wethouder wacht"}, ["Wachttijd"]),
            ({"volgorde": "oudste"}, ["Halfweg", "Wachttijd", "Geen cliëntondersteuning"]),
            ({"volgorde": "thema"}, ["Geen cliëntondersteuning", "Halfweg", "Wachttijd"]),
            ({"zoek": "bestaat niet"}, []),
        ],
    )
    def test_a_filter_shows_what_it_says(
        self, asked: dict[str, str], expected: list[str], client: Client
    ) -> None:
        for year, kind, theme, text, action in (
            (2018, "annual", "Ander", "Geen cliëntondersteuning", ""),
            (2017, "annual", "Zorg", "Wachttijd", "Wethouder belt"),
            (2016, "half_year", "Ander", "Halfweg", ""),
        ):
            monitor = MonitorFactory.create(year=year, kind=kind)
            held = ThemeFactory.create(
                version=monitor.agenda_version, name=theme, slug=theme.lower()
            )
            BottleneckFactory.create(
                monitor=monitor, theme=held, text=text, action=action, offered=True
            )
        html = read(client, self.ADDRESS, **asked)
        shown = re.findall(r'class="plain">([^<]+)<', html)
        assert shown == expected
        assert ("Geen knelpunten met deze keuze" in html) == (expected == [])
        rows = read(client, "/knelpunten.csv", **asked).lstrip("\ufeff").splitlines()[1:]
        assert [row.split(";")[3] for row in rows] == expected

    def test_a_choice_that_does_not_exist_is_refused_in_words(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        html = read(client, self.ADDRESS, editie="1850", volgorde="onzin")
        assert "Er zijn 2 fouten" in html
        assert "2 knelpunten" in html

    def test_a_table_of_a_choice_that_does_not_exist_is_not_made(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        response = client.get("/knelpunten.csv", {"editie": "abc"})
        assert response.status_code == 400
        html = response.content.decode()
        assert "Er is geen bestand gemaakt" in html
        assert "<b>Monitor</b>" in html

    def test_the_filters_stay_while_leafing(self, client: Client) -> None:
        monitor = MonitorFactory.create(year=2018)
        for _ in range(25):
            BottleneckFactory.create(monitor=monitor)
        offer(monitor)
        html = read(client, self.ADDRESS, editie="2018", actie="zonder")
        assert html.count('class="plain"') == 20
        assert "editie=2018&amp;actie=zonder&amp;page=2" in html
        assert 'href="/knelpunten.csv?editie=2018&amp;actie=zonder"' in html
        rest = read(client, self.ADDRESS, editie="2018", actie="zonder", page="2")
        assert rest.count('class="plain"') == 5
        assert read(client, self.ADDRESS, page="onzin").count('class="plain"') == 20

    def test_many_cost_as_many_queries_as_one(self, client: Client) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                read(client, self.ADDRESS, zoek="woningen")
            return len(queries)

        BottleneckFactory.create(offered=True)
        one = asked()
        for _ in range(15):
            BottleneckFactory.create(offered=True)
        assert asked() == one

    def test_a_cell_that_looks_like_a_formula_stays_text(self, client: Client) -> None:
        BottleneckFactory.create(text="=HYPERLINK(1)", action="@nu", offered=True)
        assert ";'=HYPERLINK(1);'@nu;" in read(client, "/knelpunten.csv")

    def test_what_is_stored_is_never_run(self, client: Client) -> None:
        BottleneckFactory.create(text="<script>x</script>", action="<b>x</b>", offered=True)
        html = read(client, self.ADDRESS, zoek="<script>x</script>")
        assert "<script>x" not in html
        assert "<b>x" not in html


# --- Sources --------------------------------------------------------------------------------------
@pytest.mark.django_db
class TestSources:
    ADDRESS = "/bronnen/"

    def test_sources_stand_under_their_phase_with_their_rhythm(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        html = read(client, self.ADDRESS)
        places = [html.index(f'id="fase-{code}"') for code in ("goals", "strategy", "execution")]
        assert places == sorted(places)
        assert 'id="bron-jaarstukken"' in html
        assert "Verschijnt: jaarlijks" in html
        assert "Het beleid loopt in een kring" in html

    def test_readings_that_contradict_stand_side_by_side_under_their_topic(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        html = read(client, self.ADDRESS)
        assert 'id="tegenspraak-twee-sommen"' in html
        assert html.index(">Geld<") < html.index("Het is 80.") < html.index("Het is 60.")
        assert 'href="/bronnen/#bron-jaarstukken"' in html

    def test_one_phase_at_a_time(self, client: Client) -> None:
        SourceFactory.create(slug="agenda", phase="goals")
        SourceFactory.create(slug="verslag", phase="execution")
        html = read(client, self.ADDRESS, fase="goals")
        assert 'id="bron-agenda"' in html
        assert 'id="bron-verslag"' not in html
        assert re.search(r'fase=goals" aria-current="true"', html)

    def test_a_phase_that_does_not_exist_shows_all_and_says_so(self, client: Client) -> None:
        SourceFactory.create(slug="agenda", phase="goals")
        html = read(client, self.ADDRESS, fase="<script>")
        assert "Deze fase bestaat niet." in html
        assert 'id="bron-agenda"' in html
        assert "<script>" not in html

    def test_nothing_yet(self, client: Client) -> None:
        assert "Er zijn nog geen bronnen vastgelegd" in read(client, self.ADDRESS)

    def test_many_cost_as_many_queries_as_one(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                read(client, self.ADDRESS)
            return len(queries)

        one = asked()
        for _ in range(15):
            SourceFactory.create()
        assert asked() == one


# --- Words ----------------------------------------------------------------------------------------
def test_every_word_is_explained_in_plain_dutch_and_at_most_forty_words() -> None:
    assert len(TERMS) >= 35
    assert len({term.slug for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert 4 <= len(term.explanation.split()) <= 40, term.word
        assert term.explanation.endswith("."), term.word
        assert term.word not in term.see
        for other in term.see:
            find_term(other)


def test_the_alphabet_minds_no_capitals_and_accents() -> None:
    words = [term.word for _, terms in in_alphabet() for term in terms]
    assert len(words) == len(TERMS)
    assert words.index("AWBZ") < words.index("bemoeizorg")
    assert words.index("cliëntondersteuning") < words.index("coalitie")


def test_every_word_that_a_page_explains_is_in_the_list() -> None:
    used = {
        word: path.name
        for path in (ROOT / "templates").rglob("*.html")
        for word in USES.findall(path.read_text())
    }
    assert len(used) >= 5
    for word in used:
        find_term(word)


def test_an_unknown_word_is_a_mistake_of_the_maker() -> None:
    with pytest.raises(UnknownTerm, match="zomaar"):
        Template('{% load glossary %}{% term "zomaar" %}').render(Context())


def test_a_word_is_explained_on_the_spot_and_may_be_written_otherwise() -> None:
    html = Template('{% load glossary %}{% term "oordeel" "oordelen" %}').render(Context())
    assert ">oordelen</button>" in html
    assert find_term("oordeel").explanation in html
    assert 'role="tooltip"' in html


def test_the_glossary_has_an_anchor_for_every_word_and_asks_nothing(client: Client) -> None:
    html = read(client, "/begrippen/")  # without a database: the test has no mark for it
    for term in TERMS:
        assert f'id="{term.slug}"' in html
    assert 'href="#letter-w"' in html
    assert 'id="letter-w"' in html
    names = re.findall(r'\sid="([^"]+)"', html)
    assert len(names) == len(set(names))


# --- The verdicts on one goal ---------------------------------------------------------------------
@pytest.mark.django_db
class TestGoalVerdicts:
    def test_it_is_a_fragment_for_htmx_and_a_page_without(
        self, editions: tuple[Monitor, Monitor], client: Client
    ) -> None:
        address = f"/doelen/{GOAL}/oordelen/"
        whole = client.get(address)
        part = client.get(address, headers={"HX-Request": "true"})
        assert b"<html" in whole.content
        assert b"<html" not in part.content
        assert part.content.strip() in whole.content
        assert "HX-Request" in whole["Vary"]
        html = part.content.decode()
        assert html.index("/monitor/2015/") < html.index("/monitor/2016/")
        assert html.index("neutraal") < html.index("goed")

    def test_the_line_goes_on_through_the_goals_that_came_before(self, client: Client) -> None:
        old = JudgementFactory.create(
            monitor=MonitorFactory.create(year=2012, agenda_version__agenda__year=2012),
            offered=True,
            label="Oude naam",
            verdict=Verdict.NEGATIVE,
        ).goal
        new = JudgementFactory.create(
            monitor=MonitorFactory.create(year=2016), label="Doel", offered=True
        ).goal
        sibling = GoalFactory.create(theme=new.theme)
        for successor in (new, sibling):
            GoalSuccession.objects.create(kind="split", predecessor=old, successor=successor)
        html = read(client, f"/doelen/{new.slug}/oordelen/")
        assert "‘Oude naam’" in html
        assert "/monitor/2012/" in html
        assert "/monitor/2016/" not in read(client, f"/doelen/{sibling.slug}/oordelen/")

    def test_a_verdict_that_is_not_published_is_not_shown(self, client: Client) -> None:
        goal = JudgementFactory.create(adopted=True).goal
        html = read(client, f"/doelen/{goal.slug}/oordelen/")
        assert "gaf nog geen monitor een oordeel" in html

    @pytest.mark.parametrize("slug", ["onzin", "concept"])
    def test_a_goal_that_may_not_be_read_is_missing(self, slug: str, client: Client) -> None:
        draft = ThemeFactory.create(version=AgendaVersionFactory.create())
        GoalFactory.create(theme=draft, slug="concept")
        response = client.get(f"/doelen/{slug}/oordelen/")
        assert response.status_code == 404
        assert "staat in geen agenda die openbaar is" in response.content.decode()

    def test_many_verdicts_cost_as_many_queries_as_one(self, client: Client) -> None:
        first = JudgementFactory.create(monitor=MonitorFactory.create(year=2001), offered=True)
        goal = first.goal

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                read(client, f"/doelen/{goal.slug}/oordelen/")
            return len(queries)

        one = asked()
        for year in range(2002, 2012):
            monitor = MonitorFactory.create(year=year, agenda_version=first.monitor.agenda_version)
            JudgementFactory.create(monitor=monitor, goal=goal, offered=True)
        assert asked() == one
