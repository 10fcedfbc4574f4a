"""The grid of targets: typed values, one form, and nothing typed is lost."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from contracts.actions import activate
from contracts.grid import periods_of
from contracts.models import Contract, KPITarget
from core.values import ValueType
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    running,
    text_of,
    the_kpi,
)
from tests.factories_agenda import IndicatorFactory
from tests.factories_contracts import ContractFactory, KPIFactory, KPITargetFactory

pytestmark = pytest.mark.django_db

GRID = f"{BASE}buurt/streefwaarden/"


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    return complete_draft()


def opened(desk: Client, address: str = GRID) -> dict[str, str]:
    """What a browser would post of the page as it is shown."""
    grid = desk.get(address).context["grid"]
    cells = [cell for row in grid.rows for cell in row.cells]
    return {cell.name: cell.typed for cell in cells} | {f"was-{c.name}": c.was for c in cells}


def cell(contract: Contract, period: str, kind: str = "target") -> str:
    return f"k{the_kpi(contract).pk}-{kind}-{period}"


def held(contract: Contract) -> dict[str, str]:
    rows = KPITarget.objects.filter(kpi__contract=contract, ended_by=None).order_by("period")
    return {row.period.code: row.value.display() for row in rows}


def test_the_columns_are_the_baseline_and_the_half_years_of_the_term(
    desk: Client, contract: Contract
) -> None:
    grid = desk.get(GRID).context["grid"]
    assert [period.code for period in grid.periods] == ["2027-H1", "2027-H2", "2028-H1", "2028-H2"]
    (row,) = grid.rows
    assert [cell.label for cell in row.cells][:2] == ["nulmeting 2026", "eerste halfjaar 2027"]
    assert [cell.typed for cell in row.cells] == ["", "50", "", "", ""]


def test_years_may_be_the_columns_and_no_target_is_hidden(desk: Client, contract: Contract) -> None:
    grid = desk.get(f"{GRID}?per=jaar").context["grid"]
    assert [period.code for period in grid.periods] == ["2027-H1", "2027", "2028"]


def test_a_term_that_starts_midway_begins_with_its_half_year() -> None:
    contract = ContractFactory.build(
        starts_on=datetime.date(2027, 9, 1), ends_on=datetime.date(2028, 3, 1)
    )
    codes = [period.code for period in periods_of(contract, half_years=True)]
    assert codes == ["2027-H2", "2028-H1"]
    assert [p.code for p in periods_of(contract, half_years=False)] == ["2027", "2028"]


def test_values_are_written_as_people_type_them(desk: Client, contract: Contract) -> None:
    typed = opened(desk) | {
        cell(contract, "2026", "baseline"): "ca. 12",
        cell(contract, "2027-H1"): "",
        cell(contract, "2027-H2"): "ten minste 1.250",
        cell(contract, "2028-H1"): "10 tot 20",
        cell(contract, "2028-H2"): "nog niet beschikbaar",
    }
    assert desk.post(GRID, typed)["Location"] == GRID
    assert held(contract) == {
        "2026": "circa\xa012",
        "2027-H2": "ten minste\xa01.250",
        "2028-H1": "10\xa0tot\xa020",
        "2028-H2": "nog niet beschikbaar",
    }
    assert opened(desk)[cell(contract, "2027-H2")] == "ten minste 1.250"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("12%", "Hier hoort geen percentage."),
        ("€ 12", "Hier hoort geen bedrag."),
        ("12,5", "Een aantal is een heel getal van 0 of meer."),
        ("-1", "Een aantal is een heel getal van 0 of meer."),
        ("twaalf", "is geen getal"),
        ("9" * 40, "is te groot"),
    ],
)
def test_a_value_of_a_wrong_type_is_told_and_all_that_was_typed_stays(
    desk: Client, contract: Contract, typed: str, message: str
) -> None:
    post = opened(desk) | {cell(contract, "2027-H1"): typed, cell(contract, "2028-H2"): "77"}
    page = desk.post(GRID, post)
    assert message in text_of(page)
    assert f'value="{typed}"' in text_of(page)
    assert 'value="77"' in text_of(page)
    assert held(contract) == {"2027-H1": "50"}


def test_a_character_that_no_database_takes_is_told(desk: Client, contract: Contract) -> None:
    kpi = KPIFactory.create(
        contract=contract,
        started_by=the_kpi(contract).started_by,
        number="2",
        indicator=IndicatorFactory.create(performance=True, value_type=ValueType.TEXT),
    )
    page = desk.post(GRID, opened(desk) | {f"k{kpi.pk}-target-2027-H1": "een\x00plan"})
    assert "een teken dat niet te bewaren is" in text_of(page)
    assert not kpi.targets.exists()


def test_nonsense_in_the_names_of_fields_is_no_crash(desk: Client, contract: Contract) -> None:
    desk.post(GRID, {"k999999999999999999-target-2027-H1": "", "k-x": "1", "was-k1": "2"})
    assert held(contract) == {"2027-H1": "50"}


def test_a_percentage_takes_a_part_of_a_whole(desk: Client, contract: Contract) -> None:
    kpi = KPIFactory.create(
        contract=contract,
        started_by=the_kpi(contract).started_by,
        number="2",
        indicator=IndicatorFactory.create(performance=True, value_type=ValueType.PERCENTAGE),
    )
    desk.post(GRID, opened(desk) | {f"k{kpi.pk}-target-2027-H1": "3 van 4"})
    target = kpi.targets.get()
    assert (target.numerator, target.denominator) == (Decimal(3), Decimal(4))
    assert opened(desk)[f"k{kpi.pk}-target-2027-H1"] == "3 van 4"


def test_two_people_fill_the_same_grid(desk: Client, contract: Contract) -> None:
    first, second = opened(desk), opened(desk)
    desk.post(GRID, first | {cell(contract, "2027-H2"): "60"})
    desk.post(GRID, second | {cell(contract, "2028-H1"): "70"})
    assert held(contract) == {"2027-H1": "50", "2027-H2": "60", "2028-H1": "70"}


def test_a_cell_that_another_changed_is_shown_first(desk: Client, contract: Contract) -> None:
    name = cell(contract, "2027-H1")
    first, second = opened(desk), opened(desk)
    desk.post(GRID, first | {name: "60"})
    page = desk.post(GRID, second | {name: "70"})
    assert "Iemand anders schreef hier intussen: ‘60’." in text_of(page)
    assert 'value="70"' in text_of(page)
    assert held(contract) == {"2027-H1": "60"}
    desk.post(GRID, {name: "70", f"was-{name}": "60"})
    assert held(contract) == {"2027-H1": "70"}


def test_the_same_value_typed_twice_is_no_conflict(desk: Client, contract: Contract) -> None:
    typed = opened(desk) | {cell(contract, "2027-H2"): "60"}
    desk.post(GRID, typed)
    assert desk.post(GRID, typed).status_code == 302
    assert held(contract)["2027-H2"] == "60"


def test_a_kpi_removed_meanwhile_is_told(desk: Client, contract: Contract) -> None:
    typed = opened(desk) | {cell(contract, "2027-H2"): "60"}
    desk.post(f"{BASE}buurt/indicatoren/{the_kpi(contract).pk}/weghalen/")
    page = text_of(desk.post(GRID, typed))
    assert "Een prestatie-indicator of periode is intussen weggehaald." in page
    assert "‘60’" in page
    assert not KPITarget.objects.exists()


def test_an_indicator_without_a_type_takes_no_values(desk: Client, contract: Contract) -> None:
    kpi = KPIFactory.create(
        contract=contract,
        started_by=the_kpi(contract).started_by,
        number="2",
        indicator=IndicatorFactory.create(performance=True, undecided=True),
    )
    page = desk.post(GRID, opened(desk) | {f"k{kpi.pk}-target-2027-H1": "3"})
    assert page.status_code == 200
    assert "niet welke soort waarde" in text_of(page)
    assert not kpi.targets.exists()


def test_without_dates_or_kpis_the_page_says_what_comes_first(desk: Client) -> None:
    contract = ContractFactory.create(slug="buurt")
    assert "Er zijn nog geen prestatie-indicatoren" in text_of(desk.get(GRID))
    KPIFactory.create(contract=contract, started_by=contract.amendments.get())
    assert "De looptijd is nog niet bekend" in text_of(desk.get(GRID))


def test_an_amendment_ends_the_old_target_and_starts_the_new(desk: Client, manager: User) -> None:
    contract = running(manager)
    old, change = KPITarget.objects.get(), draft_amendment(contract)
    name = cell(contract, "2027-H1")
    desk.post(GRID, opened(desk) | {name: "60", cell(contract, "2028-H1"): "70"})
    old.refresh_from_db()
    assert old.number == 50
    assert old.ended_by == change
    assert list(KPITarget.objects.in_force()) == [old]
    assert held(contract) == {"2027-H1": "60", "2028-H1": "70"}
    # Typing the old value again leaves no trace of the change.
    desk.post(GRID, opened(desk) | {name: "50", cell(contract, "2028-H1"): ""})
    assert KPITarget.objects.get(ended_by=None) == old
    assert KPITarget.objects.count() == 1


def test_an_amendment_empties_a_target(desk: Client, manager: User) -> None:
    contract = running(manager)
    change = draft_amendment(contract)
    desk.post(GRID, opened(desk) | {cell(contract, "2027-H1"): ""})
    assert KPITarget.objects.get().ended_by == change
    assert held(contract) == {}


def test_targets_typed_while_the_contract_was_activated_stay_on_screen(
    desk: Client, contract: Contract, manager: User
) -> None:
    typed = opened(desk) | {cell(contract, "2027-H2"): "66"}
    activate(contract, user=manager)
    page = desk.post(GRID, typed)
    assert "heeft geen addendum in concept" in text_of(page)
    assert 'value="66"' in text_of(page)
    assert held(contract) == {"2027-H1": "50"}


def test_a_page_of_the_grid_holds_twenty_five_kpis(desk: Client, contract: Contract) -> None:
    shared: dict[str, Any] = {"contract": contract, "started_by": the_kpi(contract).started_by}
    for number in range(2, 30):
        KPIFactory.create(**shared, number=str(number), order=number)
    last = KPITargetFactory.create(
        kpi=KPIFactory.create(**shared, number="30", order=30), period="2028-H2", number=9
    )
    page = desk.get(f"{GRID}?page=2")
    assert len(page.context["grid"].rows) == 5
    typed = opened(desk, f"{GRID}?page=2") | {f"k{last.kpi_id}-target-2028-H2": "10"}
    assert desk.post(f"{GRID}?page=2", typed)["Location"] == f"{GRID}?page=2"
    last.refresh_from_db()
    assert last.number == 10
