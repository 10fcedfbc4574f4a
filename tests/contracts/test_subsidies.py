"""A subsidy from its draft to the last euro that came back (Awb, title 4.2)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.models import User
from contracts.actions import NotEditable
from contracts.actions import subsidies as actions
from contracts.constants import PartyRole
from contracts.models import Subsidy, SubsidyEvent
from tests.contracts.drafts import text_of
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_contracts import ContractFactory, PartyFactory
from tests.factories_money import SubsidyFactory, closed, granted

pytestmark = pytest.mark.django_db
BASE = "/beheer/subsidies/"
PORTAL = "/portaal/subsidies/"
DAY = datetime.date(2020, 5, 1)


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def step(desk: Client, row: Subsidy, move: str, **typed: Any) -> Any:
    """Post a step as a browser does that opened its page a moment ago."""
    row.refresh_from_db()
    return desk.post(f"{BASE}{row.pk}/stap/?stap={move}", {"seen": row.revision, **typed})


def steps_of(row: Subsidy) -> list[str]:
    return list(row.events.order_by("pk").values_list("step", flat=True))


def test_a_subsidy_goes_from_draft_to_repaid(desk: Client, manager: User) -> None:
    contract = ContractFactory.create(running=True)
    typed = {
        "contract": contract.pk,
        "reference": "Z-2018-1",
        "purpose": "Dagbesteding",
        "first_year": "2019",
        "granted": "100.000",
        "interim_by": "2019-09-01",
        "request_by": "2020-04-01",
        "settle_by": "2020-07-01",
    }
    desk.post(f"{BASE}nieuw/", typed)
    row = Subsidy.objects.get()
    step(desk, row, "grant", day="2018-12-20")
    step(desk, row, "advance", day="2019-01-15", amount="90.000")
    step(desk, row, "interim", day="2019-08-30", note="Het loopt.")
    step(desk, row, "request", day="2020-03-20", amount="80.000")
    refused = step(desk, row, "settle", day="2020-05-01", amount="80.000")
    assert "Kies op welke grond (Awb 4:46, tweede lid)" in text_of(refused)
    step(
        desk, row, "settle",
        day="2020-05-01", amount="80.000", ground="a", note="Eén kern viel weg.",
    )  # fmt: skip
    told = text_of(desk.get(f"{BASE}{row.pk}/"))
    assert "€\xa020.000 minder dan verleend" in told
    assert "€\xa010.000 te veel betaald" in told
    step(desk, row, "reclaim", day="2020-05-02", repay_by="2020-07-01")
    step(desk, row, "repay", day="2020-06-01", amount="4.000")
    row.refresh_from_db()
    assert row.status == "reclaimed"
    assert "nog €\xa06.000 open" in text_of(
        step(desk, row, "repay", day="2020-06-02", amount="7.000")
    )
    step(desk, row, "repay", day="2020-06-02", amount="6.000")
    row.refresh_from_db()
    assert (row.status, row.settled, row.repaid) == (
        "repaid",
        Decimal(80_000),
        Decimal(10_000),
    )
    assert steps_of(row) == [
        *("grant", "advance", "interim", "request", "settle", "reclaim", "repay", "repay")
    ]
    assert set(row.events.values_list("actor", flat=True)) == {manager.pk}


def test_a_second_click_does_a_step_once(desk: Client) -> None:
    row = granted()
    page = {"seen": row.revision, "day": "2019-01-15", "amount": "10.000"}
    assert desk.post(f"{BASE}{row.pk}/stap/?stap=advance", page).status_code == 302
    again = desk.post(f"{BASE}{row.pk}/stap/?stap=advance", page)
    assert "of u drukte twee keer" in text_of(again)
    row.refresh_from_db()
    assert row.paid == 10_000
    assert steps_of(row) == ["grant", "advance"]


def test_nothing_is_paid_above_the_grant(desk: Client) -> None:
    row = granted()
    told = step(desk, row, "advance", day="2019-01-15", amount="100.001")
    assert "U kunt nog €\xa0100.000 betalen." in text_of(told)
    assert 'value="100.001"' in told.content.decode()
    assert steps_of(row) == ["grant"]


def test_a_subsidy_is_never_settled_above_the_grant(desk: Client) -> None:
    row = granted()
    step(desk, row, "request", day="2020-03-20", amount="130.000")
    told = step(desk, row, "settle", day="2020-05-01", amount="130.000")
    assert "Hoger vaststellen kan niet." in text_of(told)
    told = step(desk, row, "settle", day="2020-05-01", amount="100.000", ground="a", note="x")
    assert "hoort er geen grond bij" in text_of(told)
    step(desk, row, "settle", day="2020-05-01", amount="100.000")
    row.refresh_from_db()
    assert (row.status, row.settled) == ("settled", Decimal(100_000))
    assert "De gemeente betaalt nog €\xa0100.000." in text_of(desk.get(f"{BASE}{row.pk}/"))
    nothing = step(desk, row, "reclaim", day="2020-05-02", repay_by="2020-07-01")
    assert "er valt niets terug te vorderen" in text_of(nothing)


def test_without_a_request_it_is_settled_only_after_the_last_day_for_it(manager: User) -> None:
    row = granted()
    with pytest.raises(NotEditable, match="4:47"):
        actions.settle(row, day=row.request_by, amount=Decimal(100_000), seen=None, user=manager)
    actions.settle(
        row,
        day=row.request_by + datetime.timedelta(days=1),
        amount=Decimal(0),
        ground="b",
        note="Er kwam geen verantwoording.",
        seen=None,
        user=manager,
    )
    row.refresh_from_db()
    assert (row.status, row.settled) == ("settled", Decimal(0))


def test_a_step_is_not_before_the_one_before_it(desk: Client) -> None:
    row = granted()
    told = step(desk, row, "advance", day="2018-12-19", amount="5")
    assert "De vorige stap was op 20-12-2018" in text_of(told)
    ahead = step(desk, row, "advance", day="2099-01-01", amount="5")
    assert ahead.status_code == 200
    assert steps_of(row) == ["grant"]


def test_steps_that_cannot_be_taken_lead_back(desk: Client) -> None:
    row = SubsidyFactory.create()
    assert "Dat kan nu niet" in text_of(desk.get(f"{BASE}{row.pk}/stap/?stap=settle", follow=True))
    assert desk.get(f"{BASE}{row.pk}/stap/?stap=dansen").status_code == 404
    given = granted()
    assert "het besluit verandert niet meer" in text_of(
        desk.get(f"{BASE}{given.pk}/wijzigen/", follow=True)
    )
    assert "blijft bewaard" in text_of(desk.post(f"{BASE}{given.pk}/verwijderen/", follow=True))
    assert Subsidy.objects.filter(pk=given.pk).exists()


def test_a_draft_is_thrown_away_after_asking(desk: Client) -> None:
    row = SubsidyFactory.create()
    assert row.reference in text_of(desk.get(f"{BASE}{row.pk}/verwijderen/"))
    desk.post(f"{BASE}{row.pk}/verwijderen/")
    assert not Subsidy.objects.exists()


def test_nothing_is_granted_in_a_closed_year(desk: Client) -> None:
    row = SubsidyFactory.create()
    closed(2019)
    assert "Het jaar 2019 is afgesloten" in text_of(step(desk, row, "grant", day="2018-12-20"))
    assert steps_of(row) == []


def test_the_database_keeps_what_was_decided() -> None:
    row = granted()
    rows = Subsidy.objects.filter(pk=row.pk)
    for change in ({"granted": 5}, {"obligations": "Iets anders"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubsidyEvent.objects.update(note="Iets anders")


# -- the partner and the days ----------------------------------------------------------------------
def test_a_partner_reads_its_own_and_no_drafts(client: Client) -> None:
    partner, lead = OrganisationFactory.create_batch(2)
    own = ContractFactory.create(running=True, partner=partner)
    led = ContractFactory.create(running=True)
    PartyFactory.create(contract=led, organisation=lead, role=PartyRole.LEAD)
    granted(contract=own, purpose="Van ons")
    SubsidyFactory.create(contract=own, purpose="Nog een concept")
    granted(contract=led, purpose="Van de coalitie")
    officer = SubsidyEvent.objects.first()
    assert officer is not None
    client.force_login(UserFactory.create(holds=[Role.READER], of=partner))
    told = text_of(client.get(PORTAL))
    assert "Van ons" in told
    assert "Nog een concept" not in told
    assert "Van de coalitie" not in told
    assert officer.actor.name not in told
    client.force_login(UserFactory.create(holds=[Role.SIGNATORY], of=lead))
    told = text_of(client.get(PORTAL))
    assert "Van de coalitie" in told
    assert "Van ons" not in told


def test_the_list_says_in_words_that_a_day_is_past(client: Client, manager: User) -> None:
    today = timezone.localdate()
    granted(
        contract=ContractFactory.create(running=True),
        interim_by=None,
        request_by=today,
        settle_by=today + datetime.timedelta(days=20),
    )
    client.force_login(manager)
    page = "/beheer/subsidies/"
    assert "De dag is voorbij." not in text_of(client.get(page))
    late = granted(contract=ContractFactory.create(running=True))
    told = text_of(client.get(page))
    assert late.request_by is not None
    assert f"{late.request_by.year}. De dag is voorbij." in told


def test_what_is_due_stands_on_the_page_of_ones_work(client: Client, manager: User) -> None:
    today = timezone.localdate()
    partner = OrganisationFactory.create()
    contract = ContractFactory.create(
        running=True, partner=partner, starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )  # fmt: skip
    granted(
        contract=contract,
        interim_by=None,
        request_by=today,
        settle_by=today + datetime.timedelta(days=20),
    )
    for role in (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER):
        client.force_login(UserFactory.create(holds=[role]))
        told = text_of(client.get("/werk/"))
        assert "Eén subsidie om vast te stellen" in told
        assert "Eén subsidie zonder aanvraag" not in told, "there is still today"
    yesterday = today - datetime.timedelta(days=1)
    granted(
        contract=ContractFactory.create(running=True),
        interim_by=None,
        request_by=yesterday,
        settle_by=today + datetime.timedelta(days=90),
    )
    assert "Eén subsidie zonder aanvraag" in text_of(client.get("/werk/"))
    client.force_login(UserFactory.create(holds=[Role.SIGNATORY], of=partner))
    assert "Eén subsidie om te verantwoorden" in text_of(client.get("/werk/"))


def test_what_was_settled_and_not_paid_is_paid_afterwards(desk: Client) -> None:
    row = granted(contract=ContractFactory.create(running=True), granted=Decimal(100_000))
    step(desk, row, "advance", day="2019-01-15", amount="90.000")
    step(desk, row, "request", day="2020-03-20", amount="100.000")
    step(desk, row, "settle", day="2020-05-01", amount="100.000")
    assert "De gemeente betaalt nog €\xa010.000" in text_of(desk.get(f"{BASE}{row.pk}/"))
    told = text_of(step(desk, row, "pay", day="2020-05-10", amount="10.001"))
    assert "Er is nog €\xa010.000 te betalen." in told
    step(desk, row, "pay", day="2020-05-10", amount="10.000")
    row.refresh_from_db()
    assert (row.paid, row.status) == (Decimal(100_000), "settled")
    assert "De gemeente betaalt nog" not in text_of(desk.get(f"{BASE}{row.pk}/"))
    told = text_of(step(desk, row, "pay", day="2020-05-11", amount="1"))
    assert "Alles wat is vastgesteld, is betaald." in told


def test_a_contract_with_nobody_gets_no_subsidy(desk: Client) -> None:
    nobody = ContractFactory.create(from_source=True, partner=None)
    row = SubsidyFactory.create(contract=nobody)
    assert "is aan niemand verleend" in text_of(step(desk, row, "grant", day="2018-12-20"))
    assert steps_of(row) == []


def test_a_draft_contract_gets_no_subsidy(desk: Client) -> None:
    draft = ContractFactory.create(title="Nog niet rond")
    assert "Nog niet rond" not in text_of(desk.get(f"{BASE}nieuw/"))
    row = SubsidyFactory.create(contract=draft)
    told = text_of(step(desk, row, "grant", day="2018-12-20"))
    assert "is nog een concept. Activeer die eerst" in told
    assert steps_of(row) == []


@pytest.mark.parametrize("page", [BASE, "one", PORTAL])
def test_a_page_of_subsidies_costs_the_same_at_one_and_at_many(client: Client, page: str) -> None:
    partner = OrganisationFactory.create()
    of = Role.READER if page == PORTAL else Role.CONTRACT_MANAGER
    client.force_login(UserFactory.create(holds=[of], of=partner if page == PORTAL else None))
    first = granted(contract=ContractFactory.create(running=True, partner=partner))
    address = f"{BASE}{first.pk}/" if page == "one" else page

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    asked()
    one = asked()
    for _ in range(3):
        more = granted(contract=ContractFactory.create(running=True, partner=partner))
        for row in (first, more):
            actions.pay_advance(
                row, day=DAY, amount=Decimal(1), seen=None,
                user=UserFactory.create(holds=[Role.CONTRACT_MANAGER]),
            )  # fmt: skip
    assert asked() == one


# -- afterwards (Awb 4:49) -------------------------------------------------------------------------
def settled(manager: User) -> Subsidy:
    """A subsidy of 100,000 that was paid and settled as granted, on 1 May 2020."""
    row = granted()
    act: dict[str, Any] = {"seen": None, "user": manager}
    actions.pay_advance(row, day=datetime.date(2019, 1, 2), amount=Decimal(100_000), **act)
    actions.receive_request(row, day=datetime.date(2020, 3, 1), amount=Decimal(100_000), **act)
    actions.settle(row, day=DAY, amount=Decimal(100_000), **act)
    return row


def test_a_settlement_is_lowered_and_what_was_paid_too_much_is_reclaimed(
    desk: Client, client: Client, manager: User
) -> None:
    row = settled(manager)
    page = text_of(desk.get(f"{BASE}{row.pk}/"))
    assert "Vaststelling verlagen" in page
    assert "Terugvorderen" not in page
    typed = {"day": "2022-05-01", "amount": "70.000", "revise_ground": "a"}
    assert "verplicht" in text_of(step(desk, row, "revise", **typed))
    typed["note"] = "Uit een controle bleek dat een deel niet is gedaan."
    assert step(desk, row, "revise", **typed).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.settled) == ("settled", Decimal(70_000))
    page = text_of(desk.get(f"{BASE}{row.pk}/"))
    assert "Er is €\xa030.000 te veel betaald." in page
    assert "feiten die de gemeente bij de vaststelling niet kon kennen (onder a) (Awb 4:49" in page
    step(desk, row, "reclaim", day="2022-05-02", repay_by="2022-07-01")
    step(desk, row, "repay", day="2022-06-01", amount="30.000")
    row.refresh_from_db()
    assert row.status == "repaid"
    again = {"day": "2023-01-01", "revise_ground": "b", "note": "De opgave was onjuist."}
    assert step(desk, row, "withdraw", **again).status_code == 302
    step(desk, row, "reclaim", day="2023-01-02", repay_by="2023-03-01")
    row.refresh_from_db()
    assert (row.status, row.settled, row.repaid) == ("reclaimed", Decimal(0), Decimal(30_000))
    assert row.events.latest("pk").amount == Decimal(70_000)
    assert steps_of(row)[-2:] == ["withdraw", "reclaim"]
    assert "Vaststelling intrekken" not in text_of(desk.get(f"{BASE}{row.pk}/"))


@pytest.mark.parametrize(
    ("move", "typed", "told"),
    [
        ("revise", {"amount": "100.000"}, "Vul een lager bedrag in."),
        ("revise", {"amount": "0"}, "meer dan 0"),
        ("withdraw", {"day": "2025-05-02"}, "meer dan vijf jaar na 01-05-2020"),
        ("withdraw", {"revise_ground": "c"}, "sinds wanneer"),
        ("withdraw", {"revise_ground": "c", "since": "2022-06-01"}, "sinds wanneer"),
        ("withdraw", {"revise_ground": ""}, "verplicht"),
        ("withdraw", {"day": "2020-04-30"}, "De vorige stap was op 01-05-2020"),
    ],
)
def test_a_settlement_stands_without_a_lower_amount_a_ground_or_time(
    desk: Client, manager: User, move: str, typed: dict[str, str], told: str
) -> None:
    row = settled(manager)
    base = {"day": "2022-05-01", "amount": "1", "revise_ground": "a", "note": "Omdat."}
    page = step(desk, row, move, **(base | typed))
    assert told in text_of(page)
    assert "Omdat." in page.content.decode()
    row.refresh_from_db()
    assert row.settled == Decimal(100_000)


def test_the_five_years_of_an_obligation_run_from_the_day_it_was_not_met(
    desk: Client, manager: User
) -> None:
    row = settled(manager)
    typed = {
        "day": "2026-01-05",
        "revise_ground": "c",
        "since": "2022-02-01",
        "note": "Het gebouw is verkocht.",
    }
    assert step(desk, row, "withdraw", **typed).status_code == 302
    assert row.events.latest("pk").note.startswith("Niet voldaan sinds 01-02-2022.")


def test_what_was_not_settled_is_not_lowered(desk: Client) -> None:
    row = granted()
    page = desk.get(f"{BASE}{row.pk}/stap/?stap=revise", follow=True)
    assert "Dat kan nu niet." in text_of(page)
