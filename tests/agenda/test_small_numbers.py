"""A small number of people is in no public figure (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from agenda.disclosure import decide
from agenda.models import Area, Indicator, Observation
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
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
