"""The pages of agendas and goals: what they tell, what they hide, and what they cost."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda.constants import SuccessionKind
from agenda.models import AgendaVersion, Goal, GoalSuccession, Reading, ThemeSuccession
from agenda.templatetags.stories import common_source, row_source
from bench.seed import seed_framework
from core.values import Absence
from tests.factories_agenda import (
    AgendaFactory,
    AgendaVersionFactory,
    ContradictionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    ParticipationFactory,
    PrincipleFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> AgendaVersion:
    agenda = AgendaFactory.create(slug="mag", short_name="MAG", occasion="Het moest beter.")
    made: AgendaVersion = AgendaVersionFactory.create(agenda=agenda, adopted=True)
    return made


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    made: Goal = GoalFactory.create(
        theme=ThemeFactory.create(version=version, name="Wonen"), slug="huizen", label="Huizen"
    )
    return made


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_subtheme_stands_under_its_theme(client: Client, version: AgendaVersion) -> None:
    first = ThemeFactory.create(version=version, name="Wonen", order=1)
    ThemeFactory.create(version=version, name="Werken", order=2)
    ThemeFactory.create(version=version, name="Bouwen", order=3, parent=first)
    page = get(client, "/agenda/mag/")
    places = [page.index(f'">{name}</') for name in ("Wonen", "Bouwen", "Werken")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/agenda/", "Er is nog geen agenda openbaar"),
        ("/agenda/doelen/", "Er zijn nog geen doelen openbaar"),
        ("/agenda/doelen/?zoek=xyz", "Geen doel past bij deze keuze"),
        ("/agenda/indicatoren/", "Er zijn nog geen indicatoren"),
        ("/agenda/indicatoren/?zoek=xyz", "Geen indicator past bij deze keuze"),
        ("/agenda/opvolging/", "Er is nog geen opvolging om te tonen"),
    ],
)
def test_an_empty_page_says_so(client: Client, address: str, sentence: str) -> None:
    assert sentence in get(client, address)


def test_the_list_counts_goals_and_measures_and_tells_what_follows_what(
    client: Client, version: AgendaVersion, goal: Goal
) -> None:
    MeasureFactory.create(theme=goal.theme)
    MeasureFactory.create(theme=None, goal=goal)
    after = AgendaFactory.create(slug="mag-2", short_name="MAG 2", predecessor=version.agenda)
    AgendaVersionFactory.create(agenda=after, adopted=True)
    html = get(client, "/agenda/")
    assert "<b>1</b> doel in 1 thema, met <b>2</b> metingen" in html
    assert 'Deze agenda volgt op <a href="/agenda/mag/">MAG</a>' in html
    assert "zonder metingen" in html


def test_drafts_are_hidden_everywhere(client: Client, version: AgendaVersion, goal: Goal) -> None:
    draft = AgendaVersionFactory.create(agenda=version.agenda, number=2)
    hidden = GoalFactory.create(theme=ThemeFactory.create(version=draft), label="Geheim plan")
    indicator = IndicatorFactory.create(name="Geheime indicator", slug="geheim")
    MeasureFactory.create(theme=hidden.theme, indicator=indicator)
    GoalSuccession.objects.create(predecessor=goal, successor=hidden, kind="continued")
    for address in ("/agenda/mag/versie/2/", f"/agenda/mag/doel/{hidden.slug}/"):
        assert client.get(address).status_code == 404
    assert client.get("/agenda/indicatoren/geheim/").status_code == 404
    for address in ("", "mag/", "mag/doel/huizen/", "doelen/", "indicatoren/", "opvolging/"):
        html = get(client, f"/agenda/{address}")
        assert "Geheim plan" not in html
        assert "Geheime indicator" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/bestaat-niet/",
        "/agenda/mag/versie/9/",
        "/agenda/mag/doel/bestaat-niet/",
        "/agenda/ander/doel/huizen/",
        "/agenda/ander/doel/huizen/metingen.csv",
        "/agenda/indicatoren/bestaat-niet/",
        "/agenda/indicatoren/bestaat-niet/meetwaarden.csv",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, goal: Goal, address: str) -> None:
    AgendaVersionFactory.create(agenda__slug="ander", adopted=True)
    assert client.get(address).status_code == 404


def test_an_agenda_tells_its_principles_and_who_took_part(
    client: Client, version: AgendaVersion
) -> None:
    PrincipleFactory.create(version=version, text="Vertrouwen")
    PrincipleFactory.create(version=version, text="Samen", is_new=True)
    ParticipationFactory.create(version=version, qualifier="about", number=50)
    ParticipationFactory.create(version=version, number=None, absence=Absence.NOT_IN_SOURCE)
    html = get(client, "/agenda/mag/")
    assert "Het moest beter." in html
    assert 'Samen <span class="tag">nieuw</span>' in html
    assert "circa\xa050 deelnemers" in html
    assert '<span class="absent">staat niet in de bron</span>' in html


def test_goals_without_measure_and_themes_without_goals_are_said(
    client: Client, goal: Goal
) -> None:
    ThemeFactory.create(version=goal.theme.version, name="Leven")
    html = get(client, "/agenda/mag/")
    assert "Eén thema heeft zelf geen doelen: Leven." in html
    assert "Deze agenda noemt bij geen enkel doel een meting." in html


def test_a_contradiction_about_this_agenda_is_shown_with_its_readings(
    client: Client, version: AgendaVersion
) -> None:
    row = ContradictionFactory.create(topic="agenda", title="Hoeveel doelen?")
    row.agendas.add(version.agenda)
    Reading.objects.create(contradiction=row, text="Dertig doelen")
    ContradictionFactory.create(topic="agenda", title="Hoeveel geld?")
    html = get(client, "/agenda/mag/")
    assert "Dertig doelen" in html
    assert "Hoeveel geld?" not in html


def test_a_version_tells_what_was_split_and_what_is_new(client: Client, goal: Goal) -> None:
    second = AgendaVersionFactory.create(agenda=goal.theme.version.agenda, number=2, adopted=True)
    theme = ThemeFactory.create(version=second)
    drank, drugs, new = (
        GoalFactory.create(theme=theme, label=label) for label in ("Drank", "Drugs", "Buurt")
    )
    for successor in (drank, drugs):
        GoalSuccession.objects.create(predecessor=goal, successor=successor, kind="split")
    GoalSuccession.objects.create(successor=new, kind="new")
    html = get(client, "/agenda/mag/")
    assert "<b>Huizen</b> is gesplitst in" in html
    assert html.index(">Drank</a> en <a") < html.index(">Drugs</a>.")
    assert "Nieuw: " in html
    assert "Versie 1" in html


def test_a_theme_tells_which_themes_it_replaces(client: Client, goal: Goal) -> None:
    after = AgendaVersionFactory.create(agenda__slug="mag-2", agenda__year=2020, adopted=True)
    theme = ThemeFactory.create(version=after, name="Leven")
    ThemeSuccession.objects.create(predecessor=goal.theme, successor=theme, kind="replaced")
    html = get(client, "/agenda/mag-2/")
    assert '>vervangen</td><td data-label="Thema’s ervoor">MAG: Wonen</td>' in html


def test_a_goal_tells_where_it_came_from_and_where_it_went(client: Client, goal: Goal) -> None:
    after = AgendaVersionFactory.create(agenda__slug="mag-2", agenda__year=2020, adopted=True)
    later = GoalFactory.create(
        theme=ThemeFactory.create(version=after), slug="later", text="Later doel"
    )
    GoalSuccession.objects.create(
        predecessor=goal, successor=later, kind="reworded", reason="Het kon duidelijker."
    )
    before, now = get(client, "/agenda/mag/doel/huizen/"), get(client, "/agenda/mag-2/doel/later/")
    assert 'href="/agenda/mag-2/doel/later/"' in before
    assert "Het kon duidelijker." in before
    assert 'href="/agenda/mag/doel/huizen/"' in now
    assert "anders verwoord" in now


@pytest.mark.parametrize(
    ("kind", "reason", "sentence"),
    [
        (SuccessionKind.NOT_IN_SOURCE, "", "Hoe dit doel verderging, staat niet in de bron."),
        (SuccessionKind.DROPPED, "Gehaald.", "Dit doel is vervallen."),
    ],
)
def test_a_goal_that_did_not_go_on_says_so(
    client: Client, goal: Goal, kind: str, reason: str, sentence: str
) -> None:
    GoalSuccession.objects.create(predecessor=goal, kind=kind, reason=reason)
    assert sentence in get(client, "/agenda/mag/doel/huizen/")


def test_a_goal_shows_its_measures_as_picture_table_and_file(client: Client, goal: Goal) -> None:
    indicator = IndicatorFactory.create(slug="woningen", name="=Woningen")
    MeasureFactory.create(theme=None, goal=goal, indicator=indicator, text="=Meer woningen")
    for year in (2017, 2018):
        ObservationFactory.create(indicator=indicator, period=str(year), number=year)
    html = get(client, "/agenda/mag/doel/huizen/")
    assert "<svg" in html
    assert 'href="/agenda/indicatoren/woningen/"' in html
    csv = get(client, "/agenda/mag/doel/huizen/metingen.csv")
    assert "'=Meer woningen;2018;meetwaarde;2018" in csv


def test_the_verdicts_of_a_goal_come_later_and_have_a_plain_link(
    client: Client, goal: Goal
) -> None:
    html = get(client, "/agenda/mag/doel/huizen/")
    assert 'hx-get="/doelen/huizen/oordelen/"' in html
    assert '<a href="/doelen/huizen/oordelen/">' in html
    assert "includeIndicatorStyles" in html


def test_goals_are_found_by_word_agenda_theme_and_lack_of_measures(
    client: Client, goal: Goal
) -> None:
    other = GoalFactory.create(
        theme=ThemeFactory.create(
            version=AgendaVersionFactory.create(agenda__slug="ander", adopted=True)
        ),
        label="Zorg",
    )
    MeasureFactory.create(theme=other.theme)
    for choice, expected, absent in [
        ("zoek=huiz", "Huizen", "Zorg"),
        (f"agenda={other.theme.version_id}", "Zorg", "Huizen"),
        (f"thema={goal.theme_id}", "Huizen", "Zorg"),
        ("zonder_meting=on", "Huizen", "Zorg"),
    ]:
        html = get(client, f"/agenda/doelen/?{choice}")
        assert f">{expected}</a>" in html, choice
        assert f">{absent}</a>" not in html, choice
        assert "Eén doel dat bij uw keuze past" in html
    assert "csrfmiddlewaretoken" not in html


def test_goals_are_sorted_and_the_next_page_keeps_the_choice(client: Client, goal: Goal) -> None:
    for number in range(30):
        GoalFactory.create(theme=goal.theme, label=f"Doel {number:02}")
    html = get(client, "/agenda/doelen/?zoek=doel&volgorde=-naam")
    assert html.index("Doel 29") < html.index("Doel 28")
    assert "?zoek=doel&amp;volgorde=-naam&amp;page=2" in html
    assert 'value="doel"' in html
    assert "Doel 00" in get(client, "/agenda/doelen/?zoek=doel&volgorde=-naam&page=2")


def test_the_succession_lists_what_is_known_and_counts_what_is_not(
    client: Client, goal: Goal
) -> None:
    after = AgendaVersionFactory.create(
        agenda__slug="mag-2", agenda__short_name="MAG 2", agenda__year=2020, adopted=True
    )
    theme = ThemeFactory.create(version=after, name="Leven")
    ThemeSuccession.objects.create(predecessor=goal.theme, successor=theme, kind="extended")
    GoalSuccession.objects.create(predecessor=goal, kind="not_in_source")
    html = get(client, "/agenda/opvolging/?stap=mag.1_mag-2.1")
    assert "Van MAG naar MAG 2" in html
    assert "Uitgebreid" in html
    assert "Van 1 doel uit MAG, versie 1 zegt de bron niet hoe het verderging." in html
    assert "Van MAG naar MAG 2" in get(client, "/agenda/opvolging/?stap=onzin")


def test_an_indicator_shows_its_passport_and_every_observation(client: Client, goal: Goal) -> None:
    indicator = IndicatorFactory.create(slug="woningen", unit="huizen")
    MeasureFactory.create(theme=goal.theme, indicator=indicator)
    ObservationFactory.create(indicator=indicator, certainty="provisional", number=1234, note="=x")
    ObservationFactory.create(
        indicator=indicator, period="2019", number=None, absence=Absence.TOO_SMALL
    )
    html = get(client, "/agenda/indicatoren/woningen/")
    assert "1.234" in html
    assert "Voorlopig" in html
    assert '<span class="absent">te klein om te publiceren</span>' in html
    csv = get(client, "/agenda/indicatoren/woningen/meetwaarden.csv")
    assert "2018;;;;1234;1.234;voorlopig;ja;;'=x;" in csv


def test_a_value_that_names_no_source_is_a_measurement_of_the_municipality(
    client: Client, goal: Goal
) -> None:
    indicator = IndicatorFactory.create(slug="woningen")
    MeasureFactory.create(theme=goal.theme, indicator=indicator)
    ObservationFactory.create(indicator=indicator, number=1234, source=None)
    page = "/agenda/indicatoren/woningen/"
    assert '<span class="source">eigen meting van de gemeente</span>' in get(client, page)
    assert "eigen meting van de gemeente" in get(client, f"{page}meetwaarden.csv")
    goal_page = f"/agenda/mag/doel/{goal.slug}/"
    assert "eigen meting van de gemeente" in get(client, f"{goal_page}metingen.csv")


def test_indicators_are_found_by_word_level_and_agenda(client: Client, goal: Goal) -> None:
    mine = IndicatorFactory.create(name="Woningen", performance=True)
    IndicatorFactory.create(name="Zorg")
    MeasureFactory.create(theme=goal.theme, indicator=mine)
    for choice in ("zoek=won", "meet=performance", f"agenda={goal.theme.version_id}"):
        html = get(client, f"/agenda/indicatoren/?{choice}")
        assert ">Woningen</a>" in html
        assert ">Zorg</a>" not in html


ADDRESSES = [
    ("/agenda/", 1),
    ("/agenda/meting/", 18),
    ("/agenda/meting/versie/1/", 18),
    ("/agenda/meting/doel/meting-doel-1/", 20),
    ("/agenda/doelen/", 6),
    ("/agenda/indicatoren/", 5),
    ("/agenda/indicatoren/meting-indicator-1/", 9),
    ("/agenda/opvolging/", 5),
]


@pytest.mark.parametrize(("goals", "indicators"), [(1, 1), (20, 60)])
@pytest.mark.parametrize(("address", "queries"), ADDRESSES)
def test_one_row_costs_as_many_queries_as_many(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    goals: int,
    indicators: int,
    address: str,
    queries: int,
) -> None:
    seed_framework(goals=goals, indicators=indicators, years=3)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_list_of_goals_counts_the_newest_version_of_an_agenda_alone(
    client: Client, goal: Goal
) -> None:
    second = AgendaVersionFactory.create(agenda=goal.theme.version.agenda, number=2, adopted=True)
    GoalFactory.create(theme=ThemeFactory.create(version=second))
    AgendaVersionFactory.create(agenda=second.agenda, number=3)  # a draft hides nothing
    assert "Eén doel in de nieuwste versie van elke agenda" in get(client, "/agenda/doelen/")
    assert "2 doelen die" in get(client, "/agenda/doelen/?agenda=alle")
    assert "Eén doel dat" in get(client, f"/agenda/doelen/?agenda={goal.theme.version.pk}")


def test_a_theme_without_goals_does_not_count_as_one_that_holds_them(
    client: Client, goal: Goal
) -> None:
    ThemeFactory.create(version=goal.theme.version, name="Leven")
    assert "1 doel in 1 thema" in get(client, "/agenda/mag/")


def test_a_source_that_all_rows_share_is_said_once_under_them() -> None:
    rows = [
        {"source": {"slug": "e", "title": "Evaluatie", "locator": place}} for place in ("1", "2")
    ]
    common = common_source(rows)
    assert common == {"slug": "e", "title": "Evaluatie", "locator": ""}
    assert row_source(rows[1]["source"], common) == '<span class="source">Bron: 2</span>'
    same = common_source([rows[0], rows[0]])
    assert same["locator"] == "1"
    assert row_source(rows[0]["source"], same) == ""
    other = {"source": {"slug": "a", "title": "Akte", "locator": "1"}}
    assert common_source([rows[0], other]) == {}
    assert "Akte" in row_source(other["source"], {})
    assert common_source([]) == {}
