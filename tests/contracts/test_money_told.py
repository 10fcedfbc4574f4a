"""What is told from money: the chain, sums, beside what was agreed, products and rates."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from contracts.budgets.sums import Check, Sum
from contracts.constants import AmountKind
from tests.contracts.drafts import text_of
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    MeasureFactory,
    MunicipalityFactory,
    ThemeFactory,
)
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    KPIFactory,
)
from tests.factories_money import (
    AllocationFactory,
    PassOnFactory,
    PassOnFrameFactory,
    ProductRowFactory,
    ProductTableFactory,
    RateFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/beheer/geld/"


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_available_and_agreed_stand_beside_each_other_with_the_difference(desk: Client) -> None:
    row = BudgetLineFactory.create(contract__title="Tom", period="2014/2015", per_year=True)
    shared: dict[str, Any] = {"contract": row.contract, "started_by": row.started_by}
    BudgetLineFactory.create(
        **shared, number=1_255_000, amount_kind=AmountKind.AVAILABLE, period="2014"
    )
    BudgetLineFactory.create(**shared, number=5, is_earmarked=True, period="2014")
    told = {held.when: held.told for held in desk.get(f"{HOME}overeengekomen/").context["rows"]}
    assert told == {"2014": "€\xa0505.000 minder overeengekomen", "2015": ""}
    file = desk.get(f"{HOME}overeengekomen.csv").content.decode("utf-8-sig")
    assert "Tom;" in file
    assert ";1255000;750000;505000;" in file


def test_what_an_amendment_ended_counts_for_the_years_before_it(desk: Client) -> None:
    row = BudgetLineFactory.create(period="2014/2016", per_year=True)
    row.ended_by = AmendmentFactory.create(
        contract=row.contract, number=1, holds_from=datetime.date(2016, 1, 1)
    )
    row.save()
    rows = desk.get(f"{HOME}overeengekomen/").context["rows"]
    assert [held.when for held in rows] == ["2014", "2015"]


def test_what_an_amendment_put_in_the_place_of_a_total_counts_once(desk: Client) -> None:
    """An amount for years together, or without a year, cannot be cut at the day of a change."""
    row = BudgetLineFactory.create(period="2019/2020", number=1000)
    change = AmendmentFactory.create(
        contract=row.contract, number=1, holds_from=datetime.date(2020, 1, 1)
    )
    loose = BudgetLineFactory.create(
        contract=row.contract, started_by=row.started_by, period=None, number=500
    )
    for ended in (row, loose):
        ended.ended_by = change
        ended.save()
    shared: dict[str, Any] = {"contract": row.contract, "started_by": change}
    BudgetLineFactory.create(**shared, period="2019/2020", number=1200)
    BudgetLineFactory.create(**shared, period=None, number=600)
    rows = desk.get(f"{HOME}overeengekomen/").context["rows"]
    assert [held.agreed for held in rows] == [600, 1200]


def test_an_earmarked_line_of_the_budget_is_money_of_its_own(desk: Client) -> None:
    row = BudgetLineFactory.create(period="2019", number=500)
    AllocationFactory.create(contract=row.contract, earmark="sport", number=500)
    (held,) = desk.get(f"{HOME}overeengekomen/").context["rows"]
    assert (held.budgeted, held.told) == (500, "gelijk")


def test_a_qualified_amount_gives_a_difference_that_says_so(desk: Client) -> None:
    row = BudgetLineFactory.create(period="2014", qualifier="just_over")
    shared: dict[str, Any] = {"contract": row.contract, "started_by": row.started_by}
    BudgetLineFactory.create(**shared, number=700_000, amount_kind="available", period="2014")
    (held,) = desk.get(f"{HOME}overeengekomen/").context["rows"]
    assert held.told == "ongeveer €\xa050.000 meer overeengekomen"


def test_the_chain_says_what_is_missing(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True, agenda__year=2018)
    theme = ThemeFactory.create(version=version)
    whole, bare = GoalFactory.create_batch(2, theme=theme)
    kpi = KPIFactory.create()
    kpi.goals.add(whole)
    AllocationFactory.create(goal=whole, number=5_000)
    unmeasured = GoalFactory.create(theme=theme)
    AllocationFactory.create(goal=unmeasured)
    MeasureFactory.create(theme=None, goal=bare)
    AllocationFactory.create(label="Zomaar geld")
    AllocationFactory.create(label="Voor het thema", theme=theme)
    loose = KPIFactory.create(name="Hangt los")
    loose.contract.agenda_versions.add(version)
    page = desk.get(f"{HOME}2019/keten/")
    missing = {link.goal: link.missing for link in page.context["chain"].links}
    assert missing == {
        whole: [],
        bare: ["geen overeenkomst", "geen prestatie-indicator", "geen geld"],
        unmeasured: ["geen overeenkomst", "geen prestatie-indicator", "geld zonder indicator"],
    }
    told = text_of(page)
    for words in ("1 van 3 doelen", "Hangt los", "Zomaar geld", "Voor het thema"):
        assert words in told
    assert "geen geld" in desk.get(f"{HOME}2019/keten.csv").content.decode("utf-8-sig")


def test_a_contract_is_a_link_in_the_years_that_it_runs(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    goal = GoalFactory.create(theme__version=version)
    kpi = KPIFactory.create(contract=ContractFactory.create(running=True))  # in 2019 and 2020
    kpi.goals.add(goal)
    for year, links in ((2020, [kpi.contract]), (2021, [])):
        (link,) = desk.get(f"{HOME}{year}/keten/").context["chain"].links
        assert link.contracts == links
        assert ("geen overeenkomst" in link.missing) is not bool(links)


def test_money_is_added_up_by_partner_theme_field_and_origin(desk: Client) -> None:
    contract = ContractFactory.create(running=True, partner__name="Kwadraad")
    AllocationFactory.create(contract=contract, number=3_000, task_field="6.1")
    AllocationFactory.create(contract=contract, number=4_000, origin="national")
    AllocationFactory.create(number=1)

    def sums(by: str) -> dict[str, Decimal]:
        groups = desk.get(f"{HOME}2019/per/{by}/").context["groups"]
        return {group.name: group.total.total for group in groups}

    assert sums("partner") == {"Kwadraad": 7_000, "": 1}
    assert sums("taakveld") == {"6.1 Samenkracht en burgerparticipatie": 3_000, "": 4_001}
    assert sums("herkomst")["rijksmiddel (algemene uitkering)"] == 4_000
    assert sums("thema") == {"": 7_001}
    assert desk.get(f"{HOME}2019/per/gevoel/").status_code == 404
    assert desk.get(f"{HOME}2019/gevoel.csv").status_code == 404
    assert desk.get(f"{HOME}2019/partner.xlsx").status_code == 200


def test_a_check_tells_the_size_and_the_side_of_a_difference() -> None:
    parts = Sum().plus(Decimal(814)).plus(None)
    assert (parts.lines, parts.unknown) == (2, 1)
    over = Check(Decimal(812), parts)
    assert (over.size, over.is_over) == (Decimal(2), True)
    assert Check(Decimal(814), parts).is_right
    assert not Check(None, parts).is_right
    assert Check(None, parts).difference is None


# -- products and rates ----------------------------------------------------------------------------
def test_a_table_that_does_not_add_up_says_so_and_shows_shares(desk: Client) -> None:
    table = ProductTableFactory.create(stated_count=812, stated_amount=1_000)
    ProductRowFactory.create(table=table, name="KAB", count=414, amount=750)
    ProductRowFactory.create(table=table, name="Recreatief", count=400, amount=250)
    told = text_of(desk.get(f"{HOME}producten/{table.slug}/"))
    assert "De bron noemt 812 als totaal aantal; de rijen zijn samen 814." in told
    assert "75,0%" in told
    assert "Telt niet op." in text_of(desk.get(f"{HOME}producten/"))


def test_a_small_number_is_not_shown_and_cannot_be_worked_out(desk: Client) -> None:
    table = ProductTableFactory.create()
    for name, count in (("Veel", 300), ("Minder", 59), ("Twee", 2)):
        ProductRowFactory.create(table=table, name=name, count=count)
    page = desk.get(f"{HOME}producten/{table.slug}/")
    assert {each.row.name: each.number for each in page.context["story"].shown} == {
        "Veel": 300,
        "Minder": None,
        "Twee": None,
    }
    assert ">2<" not in page.content.decode()
    file = desk.get(f"{HOME}producten/{table.slug}.csv").content.decode("utf-8-sig")
    assert "Twee;;" in file
    assert "te klein om te publiceren" in file


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([40, 1, 1], [None, None, None]),  # the total would tell that the two are 2
        ([40, 9, 3, 0], [40, None, None, 0]),  # leaving nought out would hide nothing
        ([40, 9, 6], [40, 9, 6]),
    ],
)
def test_what_is_left_out_is_together_no_small_number(
    desk: Client, counts: list[int], shown: list[int | None]
) -> None:
    table = ProductTableFactory.create()
    for count in counts:
        ProductRowFactory.create(table=table, count=count)
    page = desk.get(f"{HOME}producten/{table.slug}/")
    assert [each.number for each in page.context["story"].shown] == shown


def test_rates_of_municipalities_stand_beside_each_other(desk: Client) -> None:
    one = MunicipalityFactory.create(name="Ameland")
    RateFactory.create(municipality=one, condition="met regie", number=Decimal("23.5"))
    RateFactory.create(municipality__name="Vlieland")
    told = text_of(desk.get(f"{HOME}tarieven/"))
    for words in ("Ameland", "€\xa023,50", "met regie", "Vlieland"):
        assert words in told
    assert "Ameland;" in desk.get(f"{HOME}tarieven.csv").content.decode("utf-8-sig")


# -- what a coalition passes on --------------------------------------------------------------------
def test_what_is_passed_on_is_held_against_its_frame(desk: Client) -> None:
    frame = PassOnFrameFactory.create(ceiling=20_000, each_at_most=15_000)
    PassOnFactory.create(frame=frame, receiver="Maatjes", number=16_000)
    base = f"/beheer/doorgegeven/{frame.pk}/"
    desk.post(f"{base}nieuw/", {"receiver": "Buurtkeuken", "value": "5.000"})
    desk.post(f"{base}nieuw/", {"receiver": "Repaircafé", "value": "nog niet beschikbaar"})
    told = text_of(desk.get(base))
    for words in ("Boven het kader.", "€\xa021.000", "boven het kader", "één organisatie"):
        assert words in told
    twice = desk.post(f"{base}nieuw/", {"receiver": "BUURTKEUKEN", "value": "1"})
    assert "staat hier al" in text_of(twice)
    row = frame.rows.get(receiver="Maatjes")
    desk.post(f"{base}{row.pk}/verwijderen/")
    assert not frame.rows.filter(receiver="Maatjes").exists()
    other = PassOnFactory.create()
    assert desk.get(f"{base}{other.pk}/").status_code == 404


def test_a_frame_stays_within_the_years_of_its_contract(desk: Client) -> None:
    contract = ContractFactory.create(running=True)
    typed = {"contract": contract.pk, "year": "2031", "rules": "Naar aantal vrijwilligers."}
    told = text_of(desk.post("/beheer/doorgegeven/nieuw/", typed))
    assert "loopt tot en met 2020" in told
    desk.post("/beheer/doorgegeven/nieuw/", typed | {"year": "2020"})
    assert "Naar aantal vrijwilligers." in text_of(
        desk.get(f"/beheer/doorgegeven/{contract.pass_on_frames.get().pk}/")
    )
