"""The framework with its progress and the downloads: right, lean and safe."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda.framework import VALUES_HEADER, framework
from agenda.models import Measure, Target
from bench.seed import seed_framework
from core.periods import Period
from core.values import Absence
from tests.factories_agenda import (
    AgendaVersionFactory,
    AreaFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    version = AgendaVersionFactory.create(agenda__slug="mag", adopted=True)
    theme = ThemeFactory.create(version=version, name="Wonen")
    GoalFactory.create(theme=theme, label="Geen meting", slug="geen-meting")
    goal = GoalFactory.create(theme=theme, label="Genoeg huizen", slug="huizen")
    found: Measure = MeasureFactory.create(theme=None, goal=goal, text="Meer huizen")
    return found


def page(client: Client, slug: str = "mag") -> str:
    return client.get(f"/agenda/{slug}/voortgang/").content.decode()


def sheet(client: Client) -> list[tuple[object, ...]]:
    content = client.get("/agenda/mag/meetwaarden.xlsx").content
    active = openpyxl.load_workbook(io.BytesIO(content)).active
    assert active is not None
    assert active.freeze_panes == "A2"
    return list(active.iter_rows(values_only=True))


def test_a_measure_shows_where_it_began_stands_and_goes(client: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, kind="baseline", period="2016", number=50)
    TargetFactory.create(measure=measure, period="2018", number=90)
    TargetFactory.create(measure=measure, period="2020", number=130)
    ObservationFactory.create(indicator=measure.indicator, period="2018", number=90)
    html = page(client)
    assert 'value="50" max="100"' in html
    assert "op koers" in html
    assert "Van de 1 metingen ligt er één op koers" in html
    assert "Zonder eigen meting:" in html


def test_a_measure_is_not_behind_before_the_agenda_began_to_work(
    client: Client, measure: Measure
) -> None:
    assert measure.goal is not None
    agenda = measure.goal.theme.version.agenda
    agenda.period = Period(2019, until=2022)
    agenda.save()
    TargetFactory.create(measure=measure, kind="baseline", period="2017", number=50)
    TargetFactory.create(measure=measure, period="2022", number=130)
    for period in ("2017", "2018"):
        ObservationFactory.create(indicator=measure.indicator, period=period, number=50)
        html = page(client)
        assert "nog niet te zeggen: de waarde is van voor of bij het begin" in html
        assert "Van 1 is het nog niet te zeggen" in html
        assert "<progress" not in html
        assert "achter" not in html
        assert "ontbreekt een waarde" not in html
    ObservationFactory.create(indicator=measure.indicator, period="2019", number=50)
    html = page(client)
    assert "achter" in html
    assert "nog niet te zeggen" not in html


def test_a_missing_value_says_why(client: Client, measure: Measure) -> None:
    ObservationFactory.create(
        indicator=measure.indicator, number=None, absence=Absence.NOT_MEASURED
    )
    assert "geen waarde: niet gemeten" in page(client)


def test_a_measure_without_any_value_says_so(client: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, period="2020", number=130)
    assert "geen waarde: staat niet in de bron" in page(client)


def test_the_value_of_an_area_is_not_that_of_the_municipality(measure: Measure) -> None:
    ObservationFactory.create(indicator=measure.indicator, area=AreaFactory.create(), number=7)
    goal = next(g for theme in framework_of(measure) for g in theme.goals.values() if g.lines)
    assert goal.lines[0].when == ""


def framework_of(measure: Measure) -> list:  # type: ignore[type-arg] # of themes
    assert measure.goal is not None
    return framework(measure.goal.theme.version).themes


def test_the_newest_value_counts_and_a_final_one_wins(measure: Measure) -> None:
    for period, certainty, number in [
        ("2017", "final", 1),
        ("2018", "final", 2),
        ("2018", "provisional", 3),
    ]:
        ObservationFactory.create(
            indicator=measure.indicator, period=period, certainty=certainty, number=number
        )
    goal = next(g for theme in framework_of(measure) for g in theme.goals.values() if g.lines)
    assert (goal.lines[0].value, goal.lines[0].provisional) == ("2", False)


def test_an_agenda_without_measures_says_so(client: Client) -> None:
    AgendaVersionFactory.create(agenda__slug="leeg", adopted=True)
    html = page(client, "leeg")
    assert "Deze agenda heeft geen metingen" in html
    assert "Deze agenda heeft nog geen thema’s" in html


@pytest.mark.parametrize("what", ["voortgang/", "meetwaarden.xlsx", "meetwaarden.csv"])
def test_a_draft_is_not_there(client: Client, what: str) -> None:
    AgendaVersionFactory.create(agenda__slug="geheim")
    assert client.get(f"/agenda/geheim/{what}").status_code == 404
    assert client.get(f"/agenda/bestaat-niet/{what}").status_code == 404


@pytest.mark.parametrize(("goals", "indicators"), [(1, 1), (30, 150)])
@pytest.mark.parametrize(
    ("what", "queries"), [("voortgang/", 7), ("meetwaarden.xlsx", 5), ("meetwaarden.csv", 5)]
)
def test_one_measure_costs_as_many_queries_as_many(
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


def test_the_seed_holds_a_value_and_a_target_for_every_indicator_and_year(client: Client) -> None:
    version = seed_framework(goals=6, indicators=12, years=8)
    assert framework(version).total == 12
    assert Target.objects.targets().count() == 96
    content = client.get("/agenda/meting/meetwaarden.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0].max_row == 97


def test_the_spreadsheet_holds_numbers_as_numbers(client: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, period="2018", number=100)
    ObservationFactory.create(
        indicator=measure.indicator, period="2018", number=90, qualifier="almost", locator="H3"
    )
    head, row = sheet(client)
    assert head == VALUES_HEADER
    assert row[:6] == ("Wonen", "Genoeg huizen", measure.indicator.name, "2018", 90, 100)
    assert row[7] == "bijna\xa090"
    assert str(row[8]).endswith(", H3")


def test_a_percentage_is_a_number_of_per_cents(client: Client, measure: Measure) -> None:
    measure.indicator.value_type = "percentage"
    measure.indicator.save()
    ObservationFactory.create(
        indicator=measure.indicator,
        value_type="percentage",
        number=None,
        numerator=Decimal(3),
        denominator=Decimal(4),
    )
    assert sheet(client)[1][4:7] == (75, None, "%")


def test_a_measure_without_values_keeps_its_row(client: Client, measure: Measure) -> None:
    assert sheet(client)[1][7] == "geen waarde in de bron"


def test_no_text_is_run_as_a_formula(client: Client) -> None:
    version = AgendaVersionFactory.create(agenda__slug="mag", adopted=True)
    theme = ThemeFactory.create(version=version, name="=1+1")
    indicator = IndicatorFactory.create(name="@SOM(A1)", unit="\x07-2")
    MeasureFactory.create(theme=theme, indicator=indicator)
    ObservationFactory.create(indicator=indicator)
    row = sheet(client)[1]
    assert (row[0], row[2], row[6]) == ("'=1+1", "'@SOM(A1)", "'-2")
    assert "'=1+1" in client.get("/agenda/mag/meetwaarden.csv").content.decode()


def test_a_theme_without_any_figure_says_so_once(client: Client, measure: Measure) -> None:
    html = page(client)
    assert "geen waarde, streefwaarde of nulmeting bij de enige meting van dit thema" in html
    assert "Meer huizen</a>" in html
    assert "<table" not in html
    TargetFactory.create(measure=measure, period="2020", number=130)
    assert "<table" in page(client)
