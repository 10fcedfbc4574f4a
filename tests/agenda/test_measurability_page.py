"""The pages that show how measurable an agenda is, for everybody and for who writes it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from agenda.constants import TargetKind
from agenda.measurability import Aspect, Mark
from agenda.measuring import measurability
from agenda.models import AgendaVersion, Goal
from bench.seed import seed_framework
from core.values import Absence
from tests.eisen.reading import read
from tests.factories_agenda import (
    AgendaVersionFactory,
    AreaFactory,
    GoalFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/agenda/mag/meetbaarheid/"
WHY = "Oorzaak en gevolg zijn hier niet te scheiden."


@pytest.fixture
def version() -> AgendaVersion:
    made = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", agenda__period="2016/2019", adopted=True
    )
    return AgendaVersion.objects.select_related("agenda").get(pk=made.pk)


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    theme = ThemeFactory.create(version=version, name="Wonen")
    return GoalFactory.create(theme=theme, number="i", label="Genoeg huizen", slug="huizen")


def make_whole(goal: Goal) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None, indicator__measured_by="de GGD")
    TargetFactory.create(measure=measure, kind=TargetKind.BASELINE, period="2015")
    TargetFactory.create(measure=measure, period="2019")
    ObservationFactory.create(indicator=measure.indicator, period="2018")


def marks_of(version: AgendaVersion, number: int = 0) -> list[Mark]:
    return list(measurability(version).goals[number].marks.values())


def test_a_goal_with_everything_has_six_times_yes(client: Client, goal: Goal) -> None:
    make_whole(goal)
    page = read(client, ADDRESS)
    assert page.row("i. Genoeg huizen")[1:] == ["ja"] * 6
    page.holds(
        "Het enige doel is op alle zes punten meetbaar", "De enige meting hoort bij één doel."
    )


def test_a_goal_without_measures_rests_on_those_of_its_theme(client: Client, goal: Goal) -> None:
    MeasureFactory.create(theme=goal.theme)
    page = read(client, ADDRESS)
    assert page.row("i. Genoeg huizen")[0] == "i. Genoeg huizen 1 meting bij het thema"
    page.holds("De enige meting hoort bij een thema als geheel en niet bij één doel.")


def test_its_own_measures_go_before_those_of_its_theme(version: AgendaVersion, goal: Goal) -> None:
    MeasureFactory.create(theme=goal.theme)
    make_whole(goal)
    assert marks_of(version) == [Mark.YES] * 6


def test_a_value_that_is_absent_or_of_an_area_is_no_figure(
    version: AgendaVersion, goal: Goal
) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None)
    absent = {"number": None, "absence": Absence.NOT_MEASURED}
    TargetFactory.create(measure=measure, kind=TargetKind.BASELINE, **absent)
    ObservationFactory.create(indicator=measure.indicator, period="2017", **absent)
    ObservationFactory.create(indicator=measure.indicator, area=AreaFactory.create())
    held = measurability(version).goals[0].marks
    assert (held[Aspect.BASELINE], held[Aspect.IN_TIME]) == (Mark.NO, Mark.UNKNOWN)


def test_a_number_that_is_too_small_to_publish_was_measured(
    version: AgendaVersion, goal: Goal
) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None)
    small = {"number": None, "absence": Absence.TOO_SMALL}
    ObservationFactory.create(indicator=measure.indicator, period="2017", **small)
    assert measurability(version).goals[0].marks[Aspect.IN_TIME] is Mark.YES


def test_a_direction_says_why_and_is_no_failure(client: Client, goal: Goal) -> None:
    GoalFactory.create(theme=goal.theme, number="ii", label="Samen", direction_reason=WHY)
    page = read(client, ADDRESS)
    assert page.row("ii. Samen")[1:] == [f"Richting. {WHY}"]
    page.holds("1 van de 2 doelen is een richting en telt hier apart.")
    assert "Samen" not in page.between("Doelen zonder meting", "Metingen zonder doel")
    assert page.row("Doelen met ja")[1] == "0 van 1"


def test_what_has_no_counterpart_stands_in_three_lists(client: Client, goal: Goal) -> None:
    empty = ThemeFactory.create(version=goal.theme.version, name="Werken")
    MeasureFactory.create(theme=empty, text="Meer banen")
    page = read(client, ADDRESS)
    assert "i. Genoeg huizen" in page.between("Doelen zonder meting", "Metingen zonder doel")
    assert "Meer banen" in page.between("Metingen zonder doel", "Thema’s zonder doel")
    assert "Werken" in page.between("Thema’s zonder doel", "Hoe wij dit bepalen")


def test_empty_lists_say_so(client: Client, goal: Goal) -> None:
    MeasureFactory.create(theme=goal.theme)
    read(client, ADDRESS).holds(
        "Die zijn er niet: elk doel heeft een meting, zelf of bij zijn thema.",
        "Die zijn er niet: elke meting hoort bij een doel, of bij een thema met doelen.",
        "Die zijn er niet: onder elk thema staat een doel.",
    )


def test_a_main_theme_with_subthemes_is_not_empty(client: Client, goal: Goal) -> None:
    parent = ThemeFactory.create(version=goal.theme.version, name="Leven")
    goal.theme.parent = parent
    goal.theme.save()
    read(client, ADDRESS).holds("onder elk thema staat een doel")


def test_an_agenda_without_goals_says_so(client: Client, version: AgendaVersion) -> None:
    read(client, ADDRESS).holds(
        "Deze agenda heeft nog geen doelen", "Zodra er doelen in staan, leest u hier"
    )


def test_a_reader_chooses_what_is_missing(client: Client, goal: Goal) -> None:
    make_whole(goal)
    GoalFactory.create(theme=goal.theme, number="ii", label="Kaal")
    page = read(client, f"{ADDRESS}?mist=nulmeting")
    page.holds("1 van de 2 doelen mist dit", "ii. Kaal")
    assert not [row for row in page.rows if row[0].startswith("i. Genoeg")]
    read(client, f"{ADDRESS}?mist=onzin").holds("2 doelen op zes kenmerken", "i. Genoeg huizen")


def test_each_version_has_its_own_page(client: Client, goal: Goal) -> None:
    newer = AgendaVersionFactory.create(agenda=goal.theme.version.agenda, number=2, adopted=True)
    GoalFactory.create(theme=ThemeFactory.create(version=newer), number="i", label="Nieuw doel")
    read(client, ADDRESS).holds("versie 2", "Nieuw doel")
    read(client, "/agenda/mag/versie/1/meetbaarheid/").holds("versie 1", "Genoeg huizen")


def test_the_table_to_take_along_has_a_row_a_goal(client: Client, goal: Goal) -> None:
    make_whole(goal)
    GoalFactory.create(theme=goal.theme, number="ii", label="=1+1", direction_reason=WHY)
    answer = client.get("/agenda/mag/versie/1/meetbaarheid.csv")
    head, first, second = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Thema;Nummer;Doel;Indicator;Nulmeting;Streefwaarde;Cijfer op tijd")
    assert first == "Wonen;i;Genoeg huizen;ja;ja;ja;ja;ja;ja;1;bij het doel;"
    assert second == f"Wonen;ii;'=1+1;;;;;;;0;niet;{WHY}"


@pytest.mark.parametrize(
    "what", ["meetbaarheid/", "versie/1/meetbaarheid/", "versie/1/meetbaarheid.csv"]
)
def test_a_draft_is_not_there(client: Client, what: str) -> None:
    AgendaVersionFactory.create(agenda__slug="geheim")
    assert client.get(f"/agenda/geheim/{what}").status_code == 404


@pytest.mark.parametrize(("goals", "indicators"), [(1, 1), (60, 300)])
@pytest.mark.parametrize(
    ("what", "queries"), [("meetbaarheid/", 7), ("versie/1/meetbaarheid.csv", 6)]
)
def test_one_goal_costs_as_many_queries_as_many(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    goals: int,
    indicators: int,
    what: str,
    queries: int,
) -> None:
    seed_framework(goals=goals, indicators=indicators, years=2)
    with django_assert_num_queries(queries):
        assert client.get(f"/agenda/meting/{what}").status_code == 200


def test_a_goal_shows_its_marks_with_a_way_to_the_rule(client: Client, goal: Goal) -> None:
    make_whole(goal)
    address = reverse("agenda_goal", args=["mag", goal.slug])
    read(client, address).holds("Indicator: ja Nulmeting: ja Streefwaarde: ja Cijfer op tijd: ja")
    assert "/agenda/mag/versie/1/meetbaarheid/#regel" in client.get(address).content.decode()


def test_a_goal_that_is_a_direction_shows_no_marks(client: Client, goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(direction_reason=WHY)
    page = read(client, reverse("agenda_goal", args=["mag", goal.slug]))
    page.holds("Waarom een richting niet als tekort telt")
    assert "Nulmeting:" not in page.text


# -- who writes it ---------------------------------------------------------------------------------
def test_officers_see_a_draft_with_the_way_to_mend_each_goal(client: Client, officer: User) -> None:
    goal = GoalFactory.create(theme__version__agenda__slug="mag-3", label="Bewegen")
    client.force_login(officer)
    home = "/beheer/agenda/mag-3/1/"
    outline = client.get(home).content.decode()
    assert "Het enige doel heeft geen indicator." in outline
    assert f'href="{home}meetbaarheid/"' in outline
    html = client.get(f"{home}meetbaarheid/").content.decode()
    assert f'href="{home}doel/{goal.pk}/meetbaar/"' in html
    AgendaVersion.objects.update(status="consultation")
    assert f'href="{home}doel/{goal.pk}/meetbaar/"' in client.get(home).content.decode()


def test_what_is_adopted_shows_no_way_to_write(client: Client, officer: User, goal: Goal) -> None:
    client.force_login(officer)
    html = client.get("/beheer/agenda/mag/1/meetbaarheid/").content.decode()
    assert "Genoeg huizen" in html
    assert "Maak meetbaar" not in html
