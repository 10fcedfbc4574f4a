"""Budget lines by officers: what is understood, what is refused, and what they add up to."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from contracts.budgets.amounts import EuroField, ExactEuroField
from contracts.budgets.changes import COLUMNS
from contracts.budgets.forms import AllocationForm
from contracts.models import Allocation
from core.values import Value
from tests.contracts.drafts import text_of
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_contracts import ContractFactory, SubAssignmentFactory
from tests.factories_money import AllocationFactory, MoneyYearFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/geld/"
ADD = f"{HOME}posten/nieuw/"
TYPED: dict[str, Any] = {
    "label": "Jongerenwerk",
    "first_year": "2019",
    "value": "125.000",
    "duration": "structural",
    "origin": "own",
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def add(desk: Client, **typed: Any) -> Any:
    return desk.post(ADD, TYPED | typed)


# -- amounts ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("125.000", "€\xa0125.000"),
        ("€ 1.255.000", "€\xa01.255.000"),
        ("bijna 150.000", "bijna\xa0€\xa0150.000"),
        ("1,3 miljoen", "€\xa01.300.000"),
        ("1,255 miljoen", "€\xa01.255.000"),
        ("1.3 miljoen", "€\xa01.300.000"),
        ("ruim 2 mln", "ruim\xa0€\xa02.000.000"),
        ("750 duizend", "€\xa0750.000"),
        ("750000,50", "€\xa0750.000,50"),
        ("staat niet in de bron", "staat niet in de bron"),
    ],
)
def test_an_amount_is_understood_as_people_write_it(typed: str, meant: str) -> None:
    held = EuroField().clean(typed)
    assert isinstance(held, Value)
    assert held.display() == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("twee ton", "is geen bedrag"),
        ("veel", "is geen bedrag"),
        ("750,000", "Bedoelt u 750.000?"),
        ("1,255,000.00", "kan op twee manieren worden gelezen"),
        ("-5", "Een bedrag is 0 of meer."),
        ("12.50.0", "is geen getal"),
        ("10%", "Hier hoort geen percentage."),
        ("0,125", "ten hoogste 2 cijfers"),
    ],
)
def test_an_amount_that_may_mislead_is_refused_and_stays_on_the_page(
    desk: Client, typed: str, told: str
) -> None:
    page = add(desk, value=typed)
    assert page.status_code == 200
    assert told in text_of(page)
    assert f'value="{typed}"' in page.content.decode()
    assert not Allocation.objects.exists()


def test_points_before_a_word_of_size_may_mislead() -> None:
    with pytest.raises(ValidationError, match="op twee manieren") as caught:
        EuroField().clean("1.255 miljoen")
    assert "1,255 miljoen" in caught.value.messages[0]


def test_an_exact_amount_takes_no_word() -> None:
    assert ExactEuroField().clean("1,5 miljoen") == Decimal(1_500_000)
    with pytest.raises(ValidationError) as refused:
        ExactEuroField().clean("een ton")
    assert "niet bekend" not in refused.value.messages[0], "a reason is no exact amount"
    for typed in ("bijna 5", "10 tot 20", "nog niet beschikbaar"):
        with pytest.raises(Exception, match="precies bedrag"):
            ExactEuroField().clean(typed)


# -- writing ---------------------------------------------------------------------------------------
def test_a_line_is_added_and_told_in_its_year(desk: Client, manager: User) -> None:
    part = SubAssignmentFactory.create(contract__title="Driemaster")
    page = add(
        desk,
        duration="incidental",
        ends_on="2019-12-31",
        earmark="bibliotheek",
        origin="grant",
        scheme="Brede regeling",
        account_for="Wat het kostte",
        account_by="2020-07-15",
        task_field="5.6",
        sub_assignment=part.pk,
    )
    assert page.headers["Location"] == f"{HOME}2019/"
    row = Allocation.objects.get()
    assert (row.last_year, row.number) == (2019, Decimal(125_000))
    assert row.contract_id == part.contract.pk
    told = text_of(desk.get(f"{HOME}2019/"))
    for words in ("geoormerkt voor bibliotheek", "Brede regeling", "15 juli 2020", "5.6 Media"):
        assert words in told
    assert Change.objects.get().actor == manager


def test_a_second_click_adds_no_second_line(desk: Client) -> None:
    add(desk)
    assert "Er is al een budgetpost met deze omschrijving" in text_of(add(desk))
    assert Allocation.objects.count() == 1


def test_a_second_writer_sees_both_texts(desk: Client) -> None:
    row = AllocationFactory.create(label="Jongerenwerk")
    seen = TYPED | {"revision": row.revision}
    address = f"{HOME}posten/{row.pk}/"
    assert desk.post(address, seen | {"value": "1.000"}).status_code == 302
    told = text_of(desk.post(address, seen | {"value": "2.000"}))
    assert "Iemand anders bewaarde dit" in told
    row.refresh_from_db()
    assert row.number == 1_000


def test_what_must_be_said_is_asked(desk: Client) -> None:
    assert "einddatum" in text_of(add(desk, duration="incidental"))
    assert "uiterlijk wanneer" in text_of(add(desk, origin="grant"))
    other = SubAssignmentFactory.create()
    contract = ContractFactory.create()
    told = text_of(add(desk, contract=contract.pk, sub_assignment=other.pk))
    assert "van een andere overeenkomst" in told
    assert not Allocation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"duration": "incidental", "ends_on": "2010-12-31"}, "ends_on"),
        ({"last_year": "2099"}, "last_year"),
        ({"origin": "grant", "scheme": "x", "account_for": "y", "account_by": "1999-01-01"},
         "account_by"),
    ],
)  # fmt: skip
def test_days_and_years_that_cannot_be_are_refused(
    desk: Client, changes: dict[str, str], field: str
) -> None:
    page = add(desk, **changes)
    assert field in page.context["form"].errors
    assert not Allocation.objects.exists()


def test_a_wrong_amount_gives_one_message(desk: Client) -> None:
    page = add(desk, value="veel")
    assert list(page.context["form"].errors) == ["value"]


def test_a_line_beyond_the_years_of_its_contract_or_agenda_is_refused(desk: Client) -> None:
    contract = ContractFactory.create(running=True)  # 2019 and 2020
    assert "loopt tot en met 2020" in text_of(add(desk, contract=contract.pk, last_year="2021"))
    assert "begint pas in 2019" in text_of(add(desk, contract=contract.pk, first_year="2018"))
    version = AgendaVersionFactory.create(adopted=True, agenda__period="2015/2018")
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    assert "loopt tot en met 2018" in text_of(add(desk, goal=goal.pk))
    assert "loopt tot en met 2018" in text_of(add(desk, theme=goal.theme.pk))
    assert "Taakveld 6.711 bestond niet in 2019" in text_of(add(desk, task_field="6.711"))
    assert not Allocation.objects.exists()
    add(desk, contract=contract.pk, first_year="2020", task_field="6.71")
    assert Allocation.objects.count() == 1


def test_a_line_is_removed_after_asking(desk: Client) -> None:
    row = AllocationFactory.create()
    address = f"{HOME}posten/{row.pk}/verwijderen/"
    assert row.label in text_of(desk.get(address))
    desk.post(address)
    assert not Allocation.objects.exists()
    assert desk.post(address).status_code == 404


def test_the_history_knows_every_field_of_the_form() -> None:
    assert set(AllocationForm.base_fields) - {"revision"} == set(COLUMNS[Allocation])


# -- adding up -------------------------------------------------------------------------------------
def test_a_year_tells_whether_its_lines_add_up(desk: Client) -> None:
    AllocationFactory.create(number=400_000)
    AllocationFactory.create(
        number=100_000, duration="incidental", ends_on=datetime.date(2019, 12, 31)
    )
    AllocationFactory.create(number=50_000, last_year=2020, per_year=True)
    AllocationFactory.create(number=30_000, last_year=2020)  # together: not divided
    AllocationFactory.create(number=None, absence="not_yet")
    address = f"{HOME}2019/"
    told = text_of(desk.get(address))
    assert "€\xa0550.000" in told
    assert "2 posten tellen niet mee" in told
    assert "niet ingevuld" in told
    desk.post(f"{address}totaal/", {"stated_total": "560.000"})
    assert "De posten zijn samen €\xa010.000 minder" in text_of(desk.get(address))
    desk.post(f"{address}totaal/", {"stated_total": "550.000", "revision": 1})
    assert "tellen op tot het vastgestelde totaal" in text_of(desk.get(address))


def test_the_list_is_chosen_from(desk: Client) -> None:
    partner = ContractFactory.create(running=True)
    AllocationFactory.create(label="Bibliotheek", contract=partner)
    AllocationFactory.create(label="Sport", origin="national", number=None, absence="not_yet")

    def labels(**asked: Any) -> list[str]:
        return [line.row.label for line in desk.get(f"{HOME}2019/", asked).context["lines"]]

    assert labels() == ["Bibliotheek", "Sport"]
    assert labels(zoek="BIB") == ["Bibliotheek"]
    assert labels(herkomst="national") == ["Sport"]
    assert labels(zonder="on") == ["Sport"]
    assert labels(partner=partner.partner_id) == ["Bibliotheek"]
    assert "Geen post past bij deze keuze" in text_of(desk.get(f"{HOME}2019/", {"zoek": "zz"}))


def test_the_home_of_the_money_is_its_newest_year(desk: Client) -> None:
    AllocationFactory.create(first_year=2018)
    AllocationFactory.create(first_year=2020)
    assert desk.get(HOME).headers["Location"] == f"{HOME}2020/"


def test_a_year_out_of_reach_is_not_there(desk: Client) -> None:
    assert desk.get(f"{HOME}1066/").status_code == 404
    assert desk.get(f"{HOME}99999/").status_code == 404
    assert "nog geen posten" in text_of(desk.get(f"{HOME}2031/"))


@pytest.mark.parametrize("page", ["2019/", "2019/per/partner/", "2019/per/thema/", "2019/keten/",
                                  "overeengekomen/", "2019/posten.csv"])  # fmt: skip
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, page: str) -> None:
    version = AgendaVersionFactory.create(adopted=True, agenda__year=2019)

    def more() -> None:
        goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
        part = SubAssignmentFactory.create(contract=ContractFactory.create(running=True))
        AllocationFactory.create(goal=goal, contract=part.contract, sub_assignment=part)
        AllocationFactory.create(theme=goal.theme)
        MoneyYearFactory.create()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get(HOME + page)
        return len(found)

    more()
    asked()
    one = asked()
    for _ in range(3):
        more()
    assert asked() == one
