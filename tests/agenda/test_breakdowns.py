"""Figures by group and by place: told in parts, taken together, and never giving people away."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Change, User
from agenda.disclosure import decide, withheld_of
from agenda.models import Area, Breakdown, Group, Indicator, Observation
from core.values import Value
from tests.factories_agenda import (
    AreaFactory,
    BreakdownFactory,
    GroupFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    ObservationFactory,
)

pytestmark = pytest.mark.django_db
TOO_SMALL = "te klein om te publiceren"


@pytest.fixture
def indicator() -> Indicator:
    made: Indicator = IndicatorFactory.create(
        slug="jeugdhulp", name="Jeugdhulp", aggregation="sum", unit="jongeren"
    )
    return made


def by_age(indicator: Indicator, *numbers: int, period: str = "2024", **about: object) -> Breakdown:
    breakdown: Breakdown = Breakdown.objects.filter(name="leeftijd").first() or (
        BreakdownFactory.create(name="leeftijd")
    )
    for place, number in enumerate(numbers):
        group, _ = Group.objects.get_or_create(
            breakdown=breakdown, name=f"groep {place}", defaults={"order": place}
        )
        ObservationFactory.create(
            indicator=indicator, source=None, period=period, group=group, number=number, **about
        )
    decide(indicator)
    return breakdown


def text_of(client: Client, indicator: Indicator) -> str:
    page = client.get(reverse("indicator_detail", args=[indicator.slug])).content.decode()
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_page_tells_groups_with_a_picture_and_what_they_come_to(
    client: Client, indicator: Indicator
) -> None:
    by_age(indicator, 20, 30, 50)
    page = text_of(client, indicator)
    assert "Naar leeftijd" in page
    assert "Naar leeftijd in 2024" in page
    assert "Samen, door ons uitgerekend" in page
    assert "100 jongeren" in page
    assert "Zo is dit uitgerekend" in page
    assert "Dit rust op 3 van 3 waarden." in page
    assert "Regel in het paspoort: som." in page


def test_groups_that_overlap_are_not_added_up(client: Client, indicator: Indicator) -> None:
    by_age(indicator, 20, 30)
    Breakdown.objects.update(is_partition=False)
    page = text_of(client, indicator)
    assert "Iemand kan in meer groepen zitten." in page
    assert "Samen, door ons uitgerekend" not in page


def test_what_may_not_be_taken_together_says_so(client: Client, indicator: Indicator) -> None:
    Indicator.objects.update(aggregation="none")
    by_age(indicator, 20, 30)
    assert "Deze indicator wordt niet samengenomen." in text_of(client, indicator)


def test_a_place_that_is_missing_is_told_in_what_the_total_rests_on(
    client: Client, indicator: Indicator
) -> None:
    for name, period in (("Kaag", "2023"), ("Kaag", "2024"), ("Ade", "2023")):
        area = Area.objects.filter(name=name).first() or AreaFactory.create(name=name)
        ObservationFactory.create(
            indicator=indicator, source=None, area=area, period=period, number=40
        )
    page = text_of(client, indicator)
    assert "Dit rust op 2 van 2 waarden." in page
    assert "Dit rust op 1 van 2 waarden." in page
    assert "niet gegeven" in page


@pytest.mark.parametrize(("is_cumulative", "total"), [(False, "70"), (True, "50")])
def test_a_year_is_made_of_its_half_years(
    client: Client, indicator: Indicator, is_cumulative: bool, total: str
) -> None:
    Indicator.objects.update(is_cumulative=is_cumulative, counts_people=False)
    for period, number in (("2024-H1", 20), ("2024-H2", 50)):
        ObservationFactory.create(indicator=indicator, source=None, period=period, number=number)
    page = text_of(client, indicator)
    assert f"<b>2024:</b> {total} jongeren" in page
    assert "Eerste halfjaar 2024: 20" in page
    ObservationFactory.create(indicator=indicator, source=None, period="2024", number=66)
    assert "Per jaar, uit de halfjaren" not in text_of(client, indicator)


def test_files_tell_groups_and_what_was_replaced(client: Client, indicator: Indicator) -> None:
    by_age(indicator, 20, 30, certainty="provisional")
    by_age(indicator, 25, certainty="final")
    csv = b"".join(client.get(reverse("indicator_csv", args=["jeugdhulp"]))).decode()
    assert "leeftijd;groep 0;20;20;voorlopig;nee, vervangen" in csv
    assert "leeftijd;groep 0;25;25;definitief;ja" in csv
    answer = client.get(reverse("indicator_xlsx", args=["jeugdhulp"]))
    body = b"".join(answer) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].values)
    assert ("leeftijd", "groep 1") in [row[2:4] for row in rows]


def test_a_small_group_is_in_nothing_public_and_takes_another_along(
    client: Client, indicator: Indicator
) -> None:
    ObservationFactory.create(indicator=indicator, source=None, period="2024", number=53)
    by_age(indicator, 3, 20, 30)
    told = indicator.observations.filter(withheld=True).values_list("number", flat=True)
    assert set(told) == {3, 20}
    page = text_of(client, indicator)
    assert TOO_SMALL in page
    assert ">3<" not in page
    assert "Dit rust op 1 van 3 waarden." in page
    csv = b"".join(client.get(reverse("indicator_csv", args=["jeugdhulp"]))).decode()
    assert "groep 0;;te klein om te publiceren" in csv


def test_an_earlier_figure_of_a_small_one_goes_along(indicator: Indicator) -> None:
    for certainty, number in (("provisional", 6), ("revised", 4), ("final", 7)):
        ObservationFactory.create(
            indicator=indicator, source=None, period="2024", certainty=certainty, number=number
        )
    decide(indicator)
    assert indicator.observations.filter(withheld=True).count() == 3


def test_nothing_is_added_up_across_a_break(client: Client, indicator: Indicator) -> None:
    for year in (2022, 2024):
        for half in (1, 2):
            ObservationFactory.create(indicator=indicator, period=f"{year}-H{half}", number=40)
    assert "<b>2024:</b> 80 jongeren" in text_of(client, indicator)
    IndicatorVersionFactory.create(
        indicator=indicator, replaced_from="2024-H2", value_type="count", unit="gezinnen"
    )
    page = text_of(client, indicator)
    assert "<b>2024:</b>" not in page
    assert "<b>2022:</b> 80 gezinnen" in page


def test_parts_of_before_a_break_have_their_own_unit(client: Client, indicator: Indicator) -> None:
    by_age(indicator, 20, 30, period="2023")
    by_age(indicator, 30, 40, period="2024")
    IndicatorVersionFactory.create(
        indicator=indicator, replaced_from="2024", value_type="count", unit="gezinnen"
    )
    page = text_of(client, indicator)
    assert "2023 (eerdere definitie)" in page
    assert "2024 (eerdere definitie)" not in page
    assert "50 gezinnen" in page
    assert "70 jongeren" in page


def test_groups_that_may_overlap_tell_nothing_of_each_other(indicator: Indicator) -> None:
    ObservationFactory.create(indicator=indicator, source=None, period="2024", number=53)
    breakdown = by_age(indicator, 3, 20, 30)
    breakdown.is_partition = False
    breakdown.save()
    Observation.objects.update(withheld=False)
    decide(indicator)
    told = indicator.observations.filter(withheld=True).values_list("number", flat=True)
    assert list(told) == [3]


def made(pk: int, number: int, area: Area | None, group: Group | None, status: str) -> Observation:
    row = Observation(pk=pk, indicator_id=1, period="2024", area=area, group=group)
    row.period = row._meta.get_field("period").to_python("2024")
    row.certainty, row.value = status, Value.count(number)
    return row


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 12), min_size=9, max_size=9),
    st.sampled_from(["final", "provisional", "revised"]),
)
def test_no_hidden_number_follows_from_the_others(numbers: list[int], first: str) -> None:
    """Areas by groups with all their margins, told twice: neither table gives the other away."""
    breakdown = Breakdown(pk=1, name="leeftijd", is_partition=True)
    groups = [Group(pk=n + 1, breakdown=breakdown, name=str(n)) for n in range(3)]
    areas = [Area(pk=n + 1, name=str(n), kind="core") for n in range(3)]
    spots = [(area, group) for area in areas for group in groups]
    cells = list(zip(spots, numbers, strict=True))
    rows: list[Observation] = []
    for status in dict.fromkeys((first, "final")):
        for area in (None, *areas):
            for group in (None, *groups):
                total = sum(
                    number
                    for (at, who), number in cells
                    if (area is None or at is area) and (group is None or who is group)
                )
                rows.append(made(len(rows) + 1, total, area, group, status))
    out = withheld_of(rows, 5)
    assert all(str(row.pk) in out for row in rows if row.number is not None and 0 < row.number < 5)
    # What is published, as equations over what is not: no unknown has but one answer.
    shown = {
        (row.area_id, row.group_id): Decimal(row.number or 0)
        for row in rows
        if str(row.pk) not in out
    }
    changed = True
    while changed:  # a reader who fills in every line of which one number is missing
        changed = False
        lines = [
            [(area, group.pk) for group in groups] + [(area, None)]
            for area in (None, *(each.pk for each in areas))
        ] + [
            [(area.pk, group) for area in areas] + [(None, group)]
            for group in (None, *(each.pk for each in groups))
        ]
        for line in lines:
            missing = [spot for spot in line if spot not in shown]
            assert len(missing) != 1, (line, shown)


# -- managing --------------------------------------------------------------------------------------
def test_an_officer_makes_a_breakdown_and_changes_it(client: Client, officer: User) -> None:
    client.force_login(officer)
    typed = {"name": "huishouden", "groups": "alleen\nsamen\n", "is_partition": "on"}
    assert client.post(reverse("breakdown_add"), typed).status_code == 302
    breakdown = Breakdown.objects.get()
    alone = breakdown.groups.get(name="alleen")
    address = reverse("breakdown_edit", args=[breakdown.pk])
    again = {**typed, "groups": "alleenwonend\nsamen\ngezin", "revision": "1"}
    assert client.post(address, again).status_code == 302
    alone.refresh_from_db()
    assert alone.name == "alleenwonend"
    names = list(breakdown.groups.order_by("order").values_list("name", flat=True))
    assert names == ["alleenwonend", "samen", "gezin"]
    assert Change.objects.filter(part=f"breakdown-{breakdown.pk}").count() == 2
    assert "alleenwonend, samen, gezin" in client.get(reverse("breakdown_list")).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"groups": "a"}, "Noem ten minste twee"),
        ({"groups": "a\nb\na"}, "‘a’ staat er twee keer"),
        ({"groups": "a\n" + "b" * 101}, "is te lang"),
        ({"name": "Leeftijd"}, "Deze uitsplitsing is er al"),
    ],
)
def test_a_wrong_breakdown_is_refused(
    client: Client, officer: User, typed: dict[str, str], told: str
) -> None:
    BreakdownFactory.create(name="leeftijd")
    client.force_login(officer)
    page = client.post(reverse("breakdown_add"), {"name": "inkomen", "groups": "a\nb", **typed})
    assert told in page.content.decode()
    assert Breakdown.objects.count() == 1


def test_a_group_with_figures_does_not_go(
    client: Client, officer: User, indicator: Indicator
) -> None:
    breakdown = by_age(indicator, 20, 30, 40)
    client.force_login(officer)
    page = client.post(
        reverse("breakdown_edit", args=[breakdown.pk]),
        {"name": "leeftijd", "groups": "groep 0\ngroep 1", "is_partition": "on", "revision": "1"},
    )
    assert "Van ‘groep 2’ zijn er meetwaarden." in page.content.decode()
    assert breakdown.groups.count() == 3


def test_a_second_editor_of_a_breakdown_sees_both(client: Client, officer: User) -> None:
    breakdown = GroupFactory.create(name="a").breakdown
    GroupFactory.create(breakdown=breakdown, name="b")
    client.force_login(officer)
    address = reverse("breakdown_edit", args=[breakdown.pk])
    typed = {"name": breakdown.name, "is_partition": "on", "revision": "1"}
    assert client.post(address, {**typed, "groups": "a\nb\nc"}).status_code == 302
    page = client.post(address, {**typed, "groups": "a\nb\nd"}).content.decode()
    assert "Iemand anders bewaarde dit" in page
    assert list(breakdown.groups.values_list("name", flat=True)) == ["a", "b", "c"]


def test_the_list_says_when_it_is_empty(client: Client, officer: User) -> None:
    client.force_login(officer)
    page = client.get(reverse("breakdown_list")).content.decode()
    assert "Er zijn nog geen uitsplitsingen" in page


def test_pictures_beside_the_indicators_cost_no_query_each(
    client: Client,
    officer: User,
    indicator: Indicator,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(officer)
    for address in (
        reverse("indicator_manage_list"),
        reverse("indicator_manage", args=["jeugdhulp"]),
        reverse("indicator_detail", args=["jeugdhulp"]),
    ):
        by_age(indicator, 20, 30, period="2001")
        ObservationFactory.create(indicator=indicator, period="2001", source=None)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            assert b"<svg" in client.get(address).content
        for year in range(2010, 2014):
            by_age(indicator, 20, 30, period=str(year))
            ObservationFactory.create(indicator=indicator, period=str(year), source=None)
            ObservationFactory.create(period=str(year))
        with django_assert_num_queries(len(few)):
            client.get(address)
        Observation.objects.all().delete()
