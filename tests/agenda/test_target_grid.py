"""Baselines and targets of an agenda in one table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Change, User
from agenda.aims import period_fault
from agenda.models import AgendaVersion, EditStep, Indicator, Measure, Target
from core.periods import Period
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__year=2026, agenda__period="2026/2029"
    )
    return made


@pytest.fixture
def measure(version: AgendaVersion) -> Measure:
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    made: Measure = MeasureFactory.create(goal=goal, theme=None)
    return made


@pytest.fixture
def desk(client: Client, officer: User, measure: Measure) -> Client:
    client.force_login(officer)
    return client


ADDRESS = "/beheer/agenda/mag/1/streefwaarden/"


def opened(desk: Client) -> dict[str, str]:
    grid = desk.get(ADDRESS).context["grid"]
    cells = [cell for row in grid.rows for cell in row.cells]
    return {cell.name: cell.typed for cell in cells} | {f"was-{c.name}": c.was for c in cells}


def name(measure: Measure, period: int, kind: str = "target") -> str:
    return f"m{measure.pk}-{kind}-{period}"


def held(measure: Measure) -> dict[str, str]:
    return {f"{row.kind} {row.period.code}": str(row.value) for row in measure.targets.all()}


def errors(response: Any) -> list[str]:
    return [cell.error for cell in response.context["grid"].errors]


def test_the_columns_are_the_baseline_and_the_years_of_the_agenda(
    desk: Client, measure: Measure
) -> None:
    ObservationFactory.create(indicator=measure.indicator, period="2026", number=41)
    response = desk.get(ADDRESS)
    (row,) = response.context["grid"].rows
    assert [cell.label for cell in row.cells] == ["nulmeting 2025", "2026", "2027", "2028", "2029"]
    assert "gemeten: 41" in response.content.decode()


def test_what_cannot_be_filled_in_is_said_once_a_row(desk: Client, measure: Measure) -> None:
    Indicator.objects.filter(pk=measure.indicator_id).update(value_type="")
    html = desk.get(ADDRESS).content.decode()
    assert html.count("Nog niet in te vullen") == 1
    assert f'href="/beheer/indicatoren/{measure.indicator.slug}/"' in html


def test_a_second_baseline_is_named_and_leads_to_where_it_is_written(
    desk: Client, measure: Measure
) -> None:
    TargetFactory.create(measure=measure, kind="baseline", period="2020", number=30)
    other = TargetFactory.create(measure=measure, kind="baseline", period="2023", number=35)
    html = desk.get(ADDRESS).content.decode()
    assert (
        f'ook een nulmeting 2023: <a href="/beheer/agenda/mag/1/streefwaarde/{other.pk}/">35<'
        in (html)
    )


def test_a_table_is_written_in_one_act_that_can_be_taken_back(
    desk: Client, measure: Measure, version: AgendaVersion
) -> None:
    typed = {name(measure, 2025, "baseline"): "40", name(measure, 2027): "ten minste 50"}
    assert desk.post(ADDRESS, opened(desk) | typed).status_code == 302
    assert held(measure) == {
        "baseline 2025": "40",
        "target 2027": "ten minste\N{NO-BREAK SPACE}50",
    }
    assert Change.objects.filter(part__startswith="target-").count() == 2
    step = EditStep.objects.get()
    desk.post(reverse("agenda_undo", args=["mag", 1]), {"stap": step.pk})
    assert held(measure) == {}


def test_what_is_typed_anew_is_agreed_under_the_new_definition(
    desk: Client, measure: Measure
) -> None:
    TargetFactory.create(measure=measure, period="2027", number=50)
    ObservationFactory.create(indicator=measure.indicator, period="2026", number=45)
    IndicatorVersionFactory.create(indicator=measure.indicator, replaced_from="2027")
    assert "45 (eerdere definitie)" in desk.get(ADDRESS).content.decode()
    typed = {name(measure, 2027): "60", name(measure, 2028): "70"}
    assert desk.post(ADDRESS, opened(desk) | typed).status_code == 302
    assert list(measure.targets.order_by("period").values_list("meaning", flat=True)) == [1, 1]
    desk.post(reverse("agenda_undo", args=["mag", 1]), {"stap": EditStep.objects.get().pk})
    assert held(measure) == {"target 2027": "50"}
    assert measure.targets.get().meaning == 0


def test_an_emptied_cell_takes_the_target_away(desk: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, period="2027")
    assert desk.post(ADDRESS, opened(desk) | {name(measure, 2027): ""}).status_code == 302
    assert held(measure) == {}


def test_a_target_outside_the_agenda_stays_in_sight_and_gets_no_new_value(
    desk: Client, measure: Measure
) -> None:
    TargetFactory.create(measure=measure, period="2032")
    page = opened(desk)
    assert page[name(measure, 2032)] == "100"
    response = desk.post(ADDRESS, page | {name(measure, 2032): "90", name(measure, 2027): "80"})
    assert errors(response) == ["Deze agenda gaat over 2026 tot en met 2029. Kies een jaar daarin."]
    assert held(measure) == {"target 2032": "100"}


def test_a_second_editor_is_told_at_the_cell(desk: Client, measure: Measure) -> None:
    page = opened(desk)
    desk.post(ADDRESS, page | {name(measure, 2027): "50"})
    response = desk.post(ADDRESS, page | {name(measure, 2027): "60", name(measure, 2028): "70"})
    assert errors(response) == ["Iemand anders schreef hier intussen: ‘50’."]
    assert 'value="60"' in response.content.decode()
    assert held(measure) == {"target 2027": "50"}


def test_an_adopted_agenda_is_not_filled_in(
    desk: Client, measure: Measure, version: AgendaVersion
) -> None:
    page = opened(desk)
    AgendaVersion.objects.filter(pk=version.pk).update(
        status="adopted", adopted_on="2026-01-02", adopted_by="gemeenteraad"
    )
    response = desk.post(ADDRESS, page | {name(measure, 2027): "50"})
    assert "vastgesteld en verandert niet meer" in response.content.decode()
    assert 'value="50"' in response.content.decode()
    assert desk.get(ADDRESS).status_code == 302
    assert held(measure) == {}


def test_a_cell_of_another_agenda_is_not_written(desk: Client, measure: Measure) -> None:
    other = MeasureFactory.create()
    response = desk.post(ADDRESS, opened(desk) | {name(other, 2027): "50"})
    assert "niet te bewaren: ‘50’" in response.content.decode()
    assert not Target.objects.exists()


def test_the_number_of_queries_does_not_grow(
    desk: Client,
    measure: Measure,
    version: AgendaVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    theme = measure.goal.theme if measure.goal else None
    desk.get(ADDRESS)
    with django_assert_num_queries(9) as few:
        desk.get(ADDRESS)
    for _ in range(10):
        more = MeasureFactory.create(goal=GoalFactory.create(theme=theme), theme=None)
        TargetFactory.create(measure=more, period="2027")
        ObservationFactory.create(indicator=more.indicator, period="2026")
    with django_assert_num_queries(len(few)):
        desk.get(ADDRESS)


# -- the same rules on the pages of one target, one agenda and one passport ------------------------
def add_target(desk: Client, measure: Measure, **typed: str) -> Any:
    return desk.post(
        f"{reverse('agenda_part_add', args=['mag', 1, 'streefwaarde'])}?meting={measure.pk}",
        {"value_0": "50", **typed},
    )


def test_a_target_outside_the_agenda_is_refused(desk: Client, measure: Measure) -> None:
    page = add_target(desk, measure, kind="target", period="2031").content.decode()
    assert "Deze agenda gaat over 2026 tot en met 2029. Kies een jaar daarin." in page
    assert held(measure) == {}


def test_a_baseline_comes_before_the_targets(desk: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, period="2027")
    page = add_target(desk, measure, kind="baseline", period="2028").content.decode()
    assert "Er is al een streefwaarde voor 2027. Kies een nulmeting van daarvoor." in page
    assert held(measure) == {"target 2027": "100"}


@pytest.mark.parametrize(
    ("kind", "period", "years", "others", "is_wrong"),
    [
        ("target", "2026", "2026/2029", [], False),
        ("target", "2029-H2", "2026/2029", [], False),
        ("target", "2025", "2026/2029", [], True),
        ("target", "2030", None, [], False),
        ("target", "2026", None, [("baseline", "2027")], True),
        ("target", "2027", None, [("baseline", "2027-H1")], False),
        ("baseline", "2020", "2026/2029", [("target", "2026")], False),
        ("baseline", "2028", "2026/2029", [("target", "2026"), ("target", "2029")], True),
        ("baseline", "2028", None, [("baseline", "2026")], False),
    ],
)
def test_when_a_baseline_or_target_can_be(
    kind: str, period: str, years: str | None, others: list[tuple[str, str]], is_wrong: bool
) -> None:
    found = period_fault(
        kind,
        Period.parse(period),
        Period.parse(years) if years else None,
        [(what, Period.parse(code)) for what, code in others],
    )
    assert bool(found) is is_wrong


def test_an_agenda_keeps_the_years_of_its_targets(desk: Client, measure: Measure) -> None:
    TargetFactory.create(measure=measure, period="2029")
    address = reverse("agenda_edit", args=["mag", 1])
    typed = {
        key: "" if held_ is None else str(getattr(held_, "code", held_))
        for key, held_ in desk.get(address).context["form"].initial.items()
    }
    page = desk.post(address, typed | {"period": "2026/2028"}).content.decode()
    assert "Er zijn streefwaarden voor 2029." in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"unit": "uren"}, "Er zijn al cijfers van deze indicator. Zeg of er iets anders"),
        ({"highest": "80"}, "Er is al een waarde hoger dan 80. Verbeter die eerst."),
        ({"lowest": "95"}, "Er is al een waarde lager dan 95. Verbeter die eerst."),
    ],
)
def test_a_passport_does_not_change_under_its_values(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    indicator = IndicatorFactory.create(slug="druk", unit="personen")
    ObservationFactory.create(indicator=indicator, number=90)
    address = reverse("indicator_edit", args=["druk"])
    form = desk.get(address).context["form"]
    begin = {key: "" if value is None else value for key, value in form.initial.items()}
    response = desk.post(address, begin | typed)
    assert told in response.content.decode()
    assert desk.post(address, begin | {"highest": "90"}).status_code == 302
