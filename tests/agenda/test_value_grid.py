"""Many values in one table: typed values, all or nothing, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Change, User
from agenda.models import Indicator, Observation
from core.grid import DASHES
from tests.factories_agenda import (
    AreaFactory,
    BreakdownFactory,
    GroupFactory,
    IndicatorFactory,
    ObservationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

YEARS = "?van=2023&tot=2025"


@pytest.fixture
def indicator() -> Indicator:
    made: Indicator = IndicatorFactory.create(slug="dakloos", counts_people=False)
    return made


@pytest.fixture
def desk(client: Client, officer: User, indicator: Indicator) -> Client:
    client.force_login(officer)
    return client


def address(query: str = YEARS) -> str:
    return reverse("indicator_values", args=["dakloos"]) + query


def opened(desk: Client, query: str = YEARS) -> dict[str, str]:
    """What a browser would post of the page as it is shown."""
    grid = desk.get(address(query)).context["grid"]
    cells = [cell for row in grid.rows for cell in row.cells]
    return {cell.name: cell.typed for cell in cells} | {f"was-{c.name}": c.was for c in cells}


def sent(desk: Client, page: dict[str, str], query: str = YEARS, **typed: str) -> Any:
    """``y2024="12"``: typed in the row of the whole municipality."""
    cells = {f"w0-0-{name[1:].replace('_', '-')}": text for name, text in typed.items()}
    return desk.post(address(query), {"status": "final", **page, **cells})


def held(indicator: Indicator) -> dict[str, str]:
    return {row.period.code: row.value.display() for row in indicator.observations.all()}


def errors(response: Any) -> dict[str, str]:
    return {cell.name: cell.error for cell in response.context["grid"].errors}


def test_values_and_reasons_are_kept_as_typed_values(desk: Client, indicator: Indicator) -> None:
    response = sent(desk, opened(desk), y2023="1.234", y2024="ca. 12", y2025="niet gemeten")
    assert response.status_code == 302
    assert held(indicator) == {
        "2023": "1.234",
        "2024": "circa\N{NO-BREAK SPACE}12",
        "2025": "niet gemeten",
    }
    assert set(indicator.observations.values_list("certainty", flat=True)) == {"final"}
    assert Change.objects.filter(part__startswith="observation-").count() == 3


def test_one_wrong_cell_keeps_all_as_typed_and_writes_nothing(
    desk: Client, indicator: Indicator
) -> None:
    response = sent(desk, opened(desk), y2023="12", y2024="twaalf", y2025="76%")
    assert response.status_code == 200
    assert set(errors(response)) == {"w0-0-2024", "w0-0-2025"}
    page = response.content.decode()
    assert 'value="twaalf"' in page
    assert 'value="12"' in page
    assert "Er is nog niets bewaard" in page
    assert held(indicator) == {}


@pytest.mark.parametrize("typed", sorted(DASHES))
def test_a_dash_asks_why_there_is_no_value(desk: Client, typed: str) -> None:
    response = sent(desk, opened(desk), y2023=typed)
    assert "zegt niet waarom er geen waarde is" in errors(response)["w0-0-2023"]


def test_a_value_is_not_emptied_but_told_why_it_is_not_there(
    desk: Client, indicator: Indicator
) -> None:
    ObservationFactory.create(indicator=indicator, source=None, period="2023", certainty="final")
    assert "wordt niet leeg" in errors(sent(desk, opened(desk), y2023=""))["w0-0-2023"]
    assert sent(desk, opened(desk), y2023="niet van toepassing").status_code == 302
    assert held(indicator) == {"2023": "niet van toepassing"}


def test_what_the_passport_calls_impossible_is_refused(desk: Client, indicator: Indicator) -> None:
    Indicator.objects.update(lowest=1, highest=10)
    response = sent(desk, opened(desk), y2023="11", y2024="0", y2025="5 tot 12")
    told = errors(response)
    assert "Hoger dan 10" in told["w0-0-2023"]
    assert "Lager dan 1" in told["w0-0-2024"]
    assert "Hoger dan 10" in told["w0-0-2025"]


def test_a_status_has_to_be_chosen(desk: Client, indicator: Indicator) -> None:
    response = sent(desk, opened(desk) | {"status": ""}, y2023="12")
    assert "Kies of de waarden voorlopig of definitief zijn" in response.content.decode()
    assert 'value="12"' in response.content.decode()
    assert held(indicator) == {}


def test_a_more_definite_value_takes_the_place_and_the_old_one_stays(
    desk: Client, indicator: Indicator
) -> None:
    ObservationFactory.create(
        indicator=indicator, source=None, period="2023", certainty="provisional", number=90
    )
    assert sent(desk, opened(desk), y2023="95").status_code == 302
    rows = indicator.observations.order_by("number")
    assert [(row.certainty, str(row.value)) for row in rows] == [
        ("provisional", "90"),
        ("final", "95"),
    ]
    shown = desk.get(address()).context["grid"].rows[0].cells[0]
    assert (shown.typed, shown.note) == ("95", "definitief")


def test_what_was_provisional_becomes_final_in_one_go_without_being_typed_again(
    desk: Client, indicator: Indicator
) -> None:
    for period, number in (("2023", 90), ("2024", 95)):
        ObservationFactory.create(
            indicator=indicator, source=None, period=period, number=number, certainty="provisional"
        )
    sent(desk, opened(desk), y2024="97")
    assert indicator.observations.filter(certainty="final").count() == 1, "what was typed only"
    page = {**opened(desk), "also": "on"}
    sent(desk, page)
    final = indicator.observations.filter(certainty="final").order_by("period")
    assert [row.value.display() for row in final] == ["90", "97"]
    assert indicator.observations.filter(certainty="provisional").count() == 2, "they stay readable"
    sent(desk, page)
    assert indicator.observations.count() == 4, "a second click writes nothing"


def test_a_value_becomes_final_on_its_own_page_as_it_does_in_the_table(
    desk: Client, indicator: Indicator
) -> None:
    row = ObservationFactory.create(
        indicator=indicator, source=None, period="2023", number=90, certainty="provisional"
    )
    page = reverse("observation_edit", args=["dakloos", row.pk])
    typed = {"period": "2023", "value_number": "91", "certainty": "final", "revision": row.revision}
    assert desk.post(page, typed).status_code == 302
    shown = [(row.certainty, row.value.display()) for row in indicator.observations.order_by("pk")]
    assert shown == [("provisional", "90"), ("final", "91")]
    assert desk.post(page, typed).status_code == 302, "a second click is no mistake"
    assert indicator.observations.count() == 2
    answer = desk.post(page, {**typed, "value_number": "92"})
    assert answer.status_code == 200, "another value of that status is one to be mended there"
    assert "Nu staat er: ‘91’." in answer.content.decode()


def test_a_status_that_was_a_mistake_is_mended_where_it_stands(
    desk: Client, indicator: Indicator
) -> None:
    row = ObservationFactory.create(
        indicator=indicator, source=None, period="2023", number=90, certainty="final"
    )
    page = reverse("observation_edit", args=["dakloos", row.pk])
    typed = {"period": "2023", "value_number": "90", "certainty": "provisional"}
    desk.post(page, {**typed, "revision": row.revision})
    (held_now,) = indicator.observations.all()
    assert held_now.certainty == "provisional"
    (change,) = Change.objects.all()
    assert {each["before"] for each in change.fields} == {"definitief"}


def test_a_less_definite_value_does_not_replace_a_final_one(
    desk: Client, indicator: Indicator
) -> None:
    ObservationFactory.create(indicator=indicator, source=None, period="2023", certainty="final")
    response = sent(desk, opened(desk) | {"status": "provisional"}, y2023="95")
    assert "Hier staat al een waarde die definitief is" in errors(response)["w0-0-2023"]
    assert held(indicator) == {"2023": "90"}


def test_a_second_editor_is_told_at_the_cell_and_keeps_what_was_typed(
    desk: Client, indicator: Indicator
) -> None:
    page = opened(desk)
    sent(desk, page, y2023="10")
    response = sent(desk, page, y2023="20", y2024="30")
    assert errors(response) == {"w0-0-2023": "Iemand anders schreef hier intussen: ‘10’."}
    assert 'value="20"' in response.content.decode()
    assert held(indicator) == {"2023": "10"}
    cells = [cell for row in response.context["grid"].rows for cell in row.cells]
    again = {c.name: c.typed for c in cells} | {f"was-{c.name}": c.was for c in cells}
    assert sent(desk, again).status_code == 302
    assert held(indicator) == {"2023": "20", "2024": "30"}


def test_two_editors_of_different_cells_do_not_meet(desk: Client, indicator: Indicator) -> None:
    page = opened(desk)
    sent(desk, page, y2023="10")
    assert sent(desk, page, y2024="20").status_code == 302
    assert held(indicator) == {"2023": "10", "2024": "20"}


def test_a_double_click_writes_once(desk: Client, indicator: Indicator) -> None:
    page = opened(desk)
    sent(desk, page, y2023="10")
    assert sent(desk, page, y2023="10").status_code == 302
    assert indicator.observations.count() == 1
    assert Change.objects.filter(part__startswith="observation-").count() == 1


def test_rows_are_places_and_groups_and_each_source_has_a_table(
    desk: Client, indicator: Indicator
) -> None:
    area = AreaFactory.create(name="Oud Ade")
    breakdown = BreakdownFactory.create()
    young = GroupFactory.create(breakdown=breakdown, name="tot 18")
    source = SourceFactory.create()
    query = f"{YEARS}&waar=core&wie={breakdown.pk}&bron={source.pk}"
    grid = desk.get(address(query)).context["grid"]
    assert [(row.label, row.sub) for row in grid.rows] == [
        ("De hele gemeente", ""),
        ("tot 18", "De hele gemeente"),
        ("Oud Ade", ""),
        ("tot 18", "Oud Ade"),
    ]
    cell = f"w{area.pk}-{young.pk}-2024"
    desk.post(address(query), {**opened(desk, query), "status": "revised", cell: "7"})
    row = Observation.objects.get()
    assert (row.area, row.group, row.source) == (area, young, source)
    assert held(indicator) == {"2024": "7"}
    assert opened(desk)["w0-0-2024"] == ""


def test_what_was_typed_for_a_place_that_is_gone_is_told(
    desk: Client, indicator: Indicator
) -> None:
    area = AreaFactory.create()
    query = f"{YEARS}&waar=core"
    page = opened(desk, query)
    name = f"w{area.pk}-0-2024"
    area.delete()
    AreaFactory.create()
    response = desk.post(address(query), {**page, "status": "final", name: "7"})
    assert "Wat u daar typte, is niet te bewaren: ‘7’" in response.content.decode()
    assert held(indicator) == {}


def test_too_many_columns_are_asked_for_in_parts(desk: Client) -> None:
    response = desk.get(address("?van=2000&tot=2020"))
    assert "Kies ten hoogste 12 perioden" in response.content.decode()
    assert "grid" not in response.context
    assert desk.get(address("?van=2025&tot=2020")).status_code == 200
    assert desk.get(address("?van=x&waar=maan&wie=999&bron=x")).status_code == 200


def test_an_indicator_without_a_type_first_gets_one(desk: Client, indicator: Indicator) -> None:
    Indicator.objects.update(value_type="")
    assert desk.get(address()).headers["Location"] == reverse("indicator_edit", args=["dakloos"])


def test_small_numbers_are_decided_on_when_a_table_is_saved(
    desk: Client, indicator: Indicator
) -> None:
    Indicator.objects.update(counts_people=True)
    sent(desk, opened(desk), y2023="3", y2024="30")
    assert list(indicator.observations.filter(withheld=True).values_list("number", flat=True)) == [
        3
    ]
    assert desk.get(address()).context["grid"].rows[0].cells[0].note == "definitief, niet openbaar"


def test_the_number_of_queries_does_not_grow(
    desk: Client, indicator: Indicator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    query = f"{YEARS}&waar=core"
    AreaFactory.create()
    desk.get(address(query))
    with django_assert_num_queries(8) as few:
        desk.get(address(query))
    for number in range(15):
        ObservationFactory.create(
            indicator=indicator, area=AreaFactory.create(), period="2024", source=None
        )
        SourceFactory.create(title=f"Bron {number} van velen")
    with django_assert_num_queries(len(few)):
        desk.get(address(query))


def test_a_passport_that_changed_meanwhile_is_told(
    desk: Client, indicator: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page checked was true a moment ago: the database has the last word."""
    page = opened(desk)
    Indicator.objects.update(highest=10)
    monkeypatch.setattr("agenda.value_grid.check_bounds", lambda row, passport: None)
    response = sent(desk, page, y2023="11")
    assert "Iemand anders wijzigde intussen het paspoort" in response.content.decode()
    assert 'value="11"' in response.content.decode()
    assert held(indicator) == {}
