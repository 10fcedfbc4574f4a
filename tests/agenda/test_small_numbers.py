"""A small number of people is in no public figure (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.constants import Role
from agenda.disclosure import decide, withheld_of
from agenda.models import Area, Indicator, Observation
from core.periods import Period
from core.values import Value
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    BreakdownFactory,
    GoalFactory,
    GroupFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

TOO_SMALL = "te klein om te publiceren"


@pytest.fixture
def indicator() -> Indicator:
    version = AgendaVersionFactory.create(adopted=True, agenda__slug="mag")
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version), slug="wonen")
    made: Indicator = IndicatorFactory.create(slug="dakloos", value_type="count", direction="down")
    MeasureFactory.create(goal=goal, theme=None, indicator=made)
    return made


def observed(indicator: Indicator, **numbers: int) -> None:
    """``y2019=3`` or ``y2019_H1=3``: with a source of its own each."""
    for name, number in numbers.items():
        period = name[1:].replace("_", "-")
        ObservationFactory.create(indicator=indicator, period=period, number=number, source=None)
    decide(indicator)


def withheld(indicator: Indicator) -> set[str]:
    return {row.period.code for row in indicator.observations.filter(withheld=True)}


def test_it_is_on_no_page_and_in_no_file(indicator: Indicator, client: Client) -> None:
    observed(indicator, y2017=977, y2019=3)
    assert withheld(indicator) == {"2019"}
    for address in (
        reverse("indicator_detail", args=["dakloos"]),
        reverse("indicator_csv", args=["dakloos"]),
        reverse("agenda_goal", args=["mag", "wonen"]),
        reverse("agenda_goal_csv", args=["mag", "wonen"]),
        reverse("agenda_framework", args=["mag"]),
        reverse("agenda_values_csv", args=["mag"]),
    ):
        response = client.get(address)
        assert response.status_code == 200
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        assert TOO_SMALL in text, address
        assert ">3<" not in text, address
        assert ";3;" not in text, address
        assert ",3," not in text, address


def test_a_year_with_one_small_half_leaves_the_year_out(indicator: Indicator) -> None:
    observed(indicator, y2019_H1=20, y2019_H2=3, y2019=23)
    assert withheld(indicator) == {"2019-H2", "2019"}


def test_what_nobody_told_yet_does_not_follow_either(indicator: Indicator) -> None:
    """Of a year of 22 with a first half of 20, the second half is 2."""
    observed(indicator, y2019_H1=20, y2019=22, y2020_H1=20, y2020=40)
    assert withheld(indicator) == {"2019"}


def test_what_came_in_the_second_half_of_a_running_total_is_a_number_too(
    indicator: Indicator,
) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(is_cumulative=True)
    indicator.refresh_from_db()
    observed(indicator, y2019_H1=20, y2019_H2=22, y2020_H1=20, y2020_H2=40)
    assert withheld(indicator) == {"2019-H2"}


def places(*names: str) -> list[Area]:
    return [Area.objects.create(name=name, slug=name, kind="core") for name in names]


@pytest.mark.parametrize(
    ("whole", "hidden"),
    [(50, {20}), (48, set()), (58, set())],
    ids=["two in the third", "none there", "ten there"],
)
def test_an_area_that_nobody_told_does_not_follow_from_the_others(
    indicator: Indicator, whole: int, hidden: set[int]
) -> None:
    one, other, _ = places("a", "b", "c")
    told = {"indicator": indicator, "period": "2019", "source": None}
    ObservationFactory.create(**told, number=whole)
    ObservationFactory.create(**told, area=one, number=20)
    ObservationFactory.create(**told, area=other, number=28)
    decide(indicator)
    out = indicator.observations.filter(withheld=True)
    assert {int(row.number or 0) for row in out} == hidden


def test_a_few_people_and_an_area_without_any_are_a_few_together(indicator: Indicator) -> None:
    few, many, _ = places("a", "b", "c")
    told = {"indicator": indicator, "period": "2019", "source": None}
    ObservationFactory.create(**told, number=31)
    ObservationFactory.create(**told, area=few, number=3)
    ObservationFactory.create(**told, area=many, number=28)
    decide(indicator)
    assert {int(row.number or 0) for row in indicator.observations.filter(withheld=True)} == {3, 28}


def test_a_group_that_nobody_told_does_not_follow_from_the_others(indicator: Indicator) -> None:
    breakdown = BreakdownFactory.create(is_partition=True)
    young, grown, _ = (GroupFactory.create(breakdown=breakdown, name=name) for name in "abc")
    told = {"indicator": indicator, "period": "2019", "source": None}
    ObservationFactory.create(**told, number=50)
    ObservationFactory.create(**told, group=young, number=20)
    ObservationFactory.create(**told, group=grown, number=28)
    decide(indicator)
    assert [int(row.number or 0) for row in indicator.observations.filter(withheld=True)] == [20]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=5))
def test_no_few_people_follow_from_the_areas_that_were_told(areas: list[tuple[int, bool]]) -> None:
    """The municipality was told, and some of its areas: the total less those says nothing small."""
    rows = [Observation(pk=1, indicator_id=1, period=Period(2019))]
    rows[0].value = Value.count(sum(number for number, _ in areas))
    for pk, (number, is_told) in enumerate(areas, start=2):
        if is_told:
            area = Area(pk=pk, name=str(pk), kind="core")
            rows.append(Observation(pk=pk, indicator_id=1, period=Period(2019), area=area))
            rows[-1].value = Value.count(number)
    out = withheld_of(rows, 5, parts={"core": len(areas)})
    whole, *told = rows
    assert all(str(row.pk) in out for row in rows if 0 < (row.number or 0) < 5)
    if str(whole.pk) in out or not told:
        return
    shown = [row for row in told if str(row.pk) not in out]
    left = (whole.number or 0) - sum(row.number or 0 for row in shown)
    assert not 0 < left < 5
    assert len(areas) - len(shown) != 1 or len(told) < len(areas)


def test_an_area_with_a_few_people_takes_a_second_along(indicator: Indicator) -> None:
    told = {"indicator": indicator, "period": "2019", "source": None}
    ObservationFactory.create(**told, number=50)
    for name, number in (("Oud Ade", 2), ("Rijpwetering", 18), ("Leimuiden", 30)):
        area = Area.objects.create(name=name, slug=name.lower().replace(" ", "-"), kind="core")
        ObservationFactory.create(**told, area=area, number=number)
    decide(indicator)
    held = set(indicator.observations.filter(withheld=True).values_list("area__name", flat=True))
    assert held == {"Oud Ade", "Rijpwetering"}


def test_a_mistake_that_is_mended_shows_unless_a_sum_would_tell_it(indicator: Indicator) -> None:
    observed(indicator, y2019=3)
    Observation.objects.update(number=300)
    decide(indicator)
    assert withheld(indicator) == set()
    Observation.objects.all().delete()
    observed(indicator, y2019_H1=20, y2019_H2=3, y2019=23)
    Observation.objects.filter(period="2019-H2").update(number=8)
    Observation.objects.filter(period="2019").update(number=28)
    decide(indicator)
    assert withheld(indicator) == {"2019-H2", "2019"}


def test_what_a_source_tells_is_public_and_stays_so(indicator: Indicator) -> None:
    """The municipality and two areas stand in a source; the third was counted here."""
    telling = {"indicator": indicator, "period": "2019"}
    areas = [Area.objects.create(name=name, slug=name, kind="core") for name in ("a", "b", "c")]
    ObservationFactory.create(**telling, number=50)
    ObservationFactory.create(**telling, area=areas[0], number=2)
    ObservationFactory.create(**telling, area=areas[1], number=20)
    own = ObservationFactory.create(**telling, area=areas[2], number=28, source=None)
    decide(indicator)
    assert withheld(indicator) == set()
    Observation.objects.filter(pk=own.pk).update(number=3)
    decide(indicator)
    assert list(indicator.observations.filter(withheld=True)) == [own]


def test_the_areas_of_each_source_are_added_up(indicator: Indicator) -> None:
    areas = [Area.objects.create(name=name, slug=name, kind="core") for name in ("a", "b")]
    for numbers, source in (((30, 20, 10), {}), ((50, 48, 2), {"source": None})):
        told = {"indicator": indicator, "period": "2019", **source}
        whole, *parts = numbers
        ObservationFactory.create(**told, number=whole)
        for area, number in zip(areas, parts, strict=True):
            ObservationFactory.create(**told, area=area, number=number)
    decide(indicator)
    out = indicator.observations.filter(withheld=True)
    assert {2, 48} <= {int(row.number or 0) for row in out}


def test_the_tick_at_the_indicator_decides_anew(indicator: Indicator, client: Client) -> None:
    client.force_login(UserFactory.create(holds=[Role.POLICY_OFFICER]))
    observed(indicator, y2019=3)

    def tick(on: bool) -> set[str]:
        page = reverse("indicator_edit", args=["dakloos"])
        form = client.get(page).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        typed["counts_people"] = "on" if on else ""
        assert client.post(page, typed).status_code == 302
        return withheld(indicator)

    assert tick(on=False) == set()
    assert tick(on=True) == {"2019"}


def test_what_counts_no_people_is_published(indicator: Indicator) -> None:
    Indicator.objects.update(counts_people=False)
    indicator.refresh_from_db()
    observed(indicator, y2019=3)
    assert withheld(indicator) == set()


def test_an_officer_who_types_a_small_number_sees_it_with_a_mark(
    indicator: Indicator, client: Client
) -> None:
    client.force_login(UserFactory.create(holds=[Role.POLICY_OFFICER]))
    typed = {"period": "2019", "value_number": "3", "certainty": "final"}
    client.post(reverse("observation_add", args=["dakloos"]), typed)
    page = client.get(reverse("indicator_manage", args=["dakloos"])).content.decode()
    assert "niet openbaar" in page
    assert withheld(indicator) == {"2019"}
    assert TOO_SMALL in client.get(reverse("indicator_detail", args=["dakloos"])).content.decode()
