"""Parties, dates, themes, terms and money: rows that are edited together."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from contracts.models import BudgetLine, Contract
from core.edits import MEANWHILE
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    posted_rows,
    running,
    text_of,
)
from tests.factories import OrganisationFactory
from tests.factories_agenda import ThemeFactory
from tests.factories_contracts import BudgetLineFactory, ContractFactory, KPIFactory, PartyFactory

pytestmark = pytest.mark.django_db

PARTIES = f"{BASE}buurt/partijen/"
MONEY = f"{BASE}buurt/geld/"
LINE: dict[str, Any] = {"label": "Subsidie", "amount_kind": "agreed", "value": "125.000"}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(slug="buurt")
    return made


def party(organisation: Organisation, role: str, **more: Any) -> dict[str, Any]:
    return {"organisation": organisation.pk, "role": role, **more}


def test_parties_get_a_lead_members_and_a_subcontractor(desk: Client, contract: Contract) -> None:
    one, two, three = OrganisationFactory.create_batch(3)
    posted_rows(
        desk, PARTIES, party(one, "lead"), party(two, "member", part="jeugd"),
        party(three, "subcontractor"), party(one, ""),
    )  # fmt: skip
    # The last row is wrong: it has an organisation and no role, so nothing is kept yet.
    assert not contract.parties.exists()
    posted_rows(desk, PARTIES, party(one, "lead"), party(two, "member", part="jeugd"), {})
    assert [(row.organisation, row.role, row.part) for row in contract.parties.all()] == [
        (one, "lead", ""),
        (two, "member", "jeugd"),
    ]


def test_one_organisation_is_in_more_coalitions(desk: Client, contract: Contract) -> None:
    elsewhere = PartyFactory.create(role="member")
    posted_rows(desk, PARTIES, party(elsewhere.organisation, "member"))
    assert contract.parties.get().organisation == elsewhere.organisation


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        (("lead", "lead"), "Een overeenkomst heeft één penvoerder."),
        (("member", "member"), "staat er twee keer in als coalitiepartner."),
    ],
)
def test_two_leads_and_the_same_organisation_twice_are_refused(
    desk: Client, contract: Contract, roles: tuple[str, str], message: str
) -> None:
    one, two = OrganisationFactory.create_batch(2)
    second = one if roles[0] == "member" else two
    page = posted_rows(desk, PARTIES, party(one, roles[0]), party(second, roles[1], note="bewaar"))
    assert message in text_of(page)
    assert "bewaar" in text_of(page)
    assert not contract.parties.exists()


def test_lead_and_member_change_places(desk: Client, contract: Contract) -> None:
    lead = PartyFactory.create(contract=contract, role="lead", order=1).organisation
    other = PartyFactory.create(contract=contract, role="member", order=2).organisation
    posted_rows(desk, PARTIES, party(lead, "member"), party(other, "lead"), held=2)
    assert contract.parties.get(role="lead").organisation == other
    posted_rows(desk, PARTIES, party(lead, "member", DELETE="on"), party(other, "lead"), held=2)
    assert contract.parties.get().organisation == other


def test_who_reports_on_a_kpi_goes_on_contributing(desk: Client, contract: Contract) -> None:
    one = PartyFactory.create(contract=contract, role="member", contributes=True, order=1)
    KPIFactory.create(contract=contract, member=one.organisation, number="2b")
    for left in ({"DELETE": "on"}, {}):
        page = posted_rows(desk, PARTIES, party(one.organisation, "member", **left), held=1)
        assert f"{one.organisation} rapporteert over prestatie-indicator 2b" in text_of(page)
        assert contract.parties.get() == one
    # In another role as well, and that row first.
    stays = party(one.organisation, "member", contributes="on", note="blijft")
    posted_rows(desk, PARTIES, party(one.organisation, "subcontractor"), stays, held=1)
    assert [row.role for row in contract.parties.all()] == ["subcontractor", "member"]


def test_who_saves_an_older_page_sees_what_stands_there_now(
    desk: Client, contract: Contract
) -> None:
    one, two = OrganisationFactory.create_batch(2)
    opened = desk.get(PARTIES).context["was"]
    posted_rows(desk, PARTIES, party(one, "lead"))
    page = posted_rows(desk, PARTIES, party(two, "lead"), was=opened)
    assert MEANWHILE in text_of(page)
    assert f"<li>{one}, lead</li>" in text_of(page)
    assert contract.parties.get().organisation == one
    again = page.context["was"]
    posted_rows(desk, PARTIES, party(two, "lead"), was=again)
    assert contract.parties.get().organisation == two


def test_a_page_without_its_form_is_no_crash(desk: Client, contract: Contract) -> None:
    assert desk.post(PARTIES, {"was": "x"}).status_code == 200


def test_rows_are_kept_on_screen_when_the_contract_was_activated(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    page = posted_rows(
        desk, PARTIES, party(OrganisationFactory.create(), "member", note="bewaar"), was="x"
    )
    assert "Deze overeenkomst is intussen actief." in text_of(page)
    assert "bewaar" in text_of(page)
    assert not contract.parties.filter(note="bewaar").exists()


def test_a_new_organisation_joins_at_once(desk: Client, contract: Contract) -> None:
    typed = {"name": "Nieuw", "kvk_number": "12345678", "kind": "partner", "role": "member"}
    desk.post(f"{BASE}buurt/organisatie/", typed)
    assert contract.parties.get().organisation.kvk_number == "12345678"
    page = desk.post(f"{BASE}buurt/organisatie/", {**typed, "name": "Nog een"})
    assert "Dit KvK-nummer is van Nieuw." in text_of(page)


def test_a_new_organisation_that_cannot_be_the_lead_is_not_made(
    desk: Client, contract: Contract
) -> None:
    PartyFactory.create(contract=contract, role="lead")
    page = desk.post(
        f"{BASE}buurt/organisatie/", {"name": "Nieuw", "kind": "partner", "role": "lead"}
    )
    assert "Een overeenkomst heeft één penvoerder." in text_of(page)
    assert not Organisation.objects.filter(name="Nieuw").exists()


def test_dates_have_a_day_or_words(desk: Client, contract: Contract) -> None:
    address = f"{BASE}buurt/data/"
    page = posted_rows(desk, address, {"kind": "signed"})
    assert "Geef een datum, of schrijf op wat erover bekend is." in text_of(page)
    posted_rows(desk, address, {"kind": "signed", "date": "2026-11-20"},
                {"kind": "awarded", "text": "najaar 2026"})  # fmt: skip
    assert [(row.kind, row.date, row.text) for row in contract.dates.all()] == [
        ("signed", datetime.date(2026, 11, 20), ""),
        ("awarded", None, "najaar 2026"),
    ]


def test_themes_are_those_of_its_own_agendas(desk: Client) -> None:
    contract = complete_draft()
    own = ThemeFactory.create(version=contract.agenda_versions.get())
    other = ThemeFactory.create()
    address = f"{BASE}buurt/themas/"
    page = posted_rows(desk, address, {"theme": other.pk, "is_open": "on"})
    assert "Dit thema hoort niet bij een agenda van deze overeenkomst." in text_of(page)
    page = posted_rows(desk, address, {"theme": own.pk}, {"theme": own.pk})
    assert "staat er twee keer in" in text_of(page)
    posted_rows(desk, address, {"theme": own.pk, "note": "wel verbinden"})
    row = contract.themes.get()
    assert (row.theme, row.is_open, row.note) == (own, False, "wel verbinden")


def test_terms_are_kept_in_order(desk: Client, contract: Contract) -> None:
    posted_rows(
        desk, f"{BASE}buurt/afspraken/",
        {"kind": "privacy", "text": "Niemand is herkenbaar"},
        {"kind": "privacy", "text": "Geen namen"},
    )  # fmt: skip
    assert [row.text for row in contract.terms.all()] == ["Niemand is herkenbaar", "Geen namen"]


def test_money_is_typed_as_people_write_it(desk: Client, contract: Contract) -> None:
    posted_rows(
        desk, MONEY,
        {**LINE, "value": "circa € 1.255.000", "period": "2027/2028", "per_year": "on",
         "duration": "structural", "amount_kind": "available"},
        {**LINE, "label": "Bibliotheek", "value": "nog niet beschikbaar", "is_earmarked": "on"},
    )  # fmt: skip
    first, second = contract.budget_lines.all()
    assert (first.number, first.qualifier, first.period.code) == (
        Decimal(1_255_000),
        "about",
        "2027/2028",
    )
    assert (first.per_year, first.duration, first.amount_kind) == (True, "structural", "available")
    assert (second.number, second.absence, second.is_earmarked) == (None, "not_yet", True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "-5"}, "Een bedrag is 0 of meer."),
        ({"value": "12%"}, "Hier hoort geen percentage."),
        ({"value": "veel"}, "is geen bedrag"),
        ({"value": "750,000"}, "Bedoelt u 750.000?"),
        ({"period": "2045"}, "loopt tot en met 2028"),
        ({"period": "2020/2027"}, "begint pas in 2027"),
        ({"value": ""}, "Vul een waarde in."),
        ({"period": "2027-H1"}, "voor een jaar of voor meer jaren"),
        ({"period": "volgend jaar"}, "is geen periode"),
    ],
)
def test_a_wrong_amount_or_year_is_told(
    desk: Client, contract: Contract, changes: dict[str, str], message: str
) -> None:
    contract.starts_on, contract.ends_on = datetime.date(2027, 1, 1), datetime.date(2028, 12, 31)
    contract.save()
    page = posted_rows(desk, MONEY, {**LINE, "note": "bewaar", **changes})
    assert message in text_of(page)
    assert "bewaar" in text_of(page)
    assert not contract.budget_lines.exists()


def test_an_amendment_ends_a_line_and_adds_another(desk: Client, manager: User) -> None:
    contract = running(manager)
    change = draft_amendment(contract)
    (old,) = contract.budget_lines.all()
    posted_rows(desk, MONEY, {**LINE, "period": "2028"}, ended=[old.pk])
    old.refresh_from_db()
    assert old.ended_by == change
    assert BudgetLine.objects.get(started_by=change).number == 125_000
    assert list(contract.budget_lines.in_force()) == [old]
    posted_rows(desk, MONEY, {**LINE, "DELETE": "on"}, held=1)
    old.refresh_from_db()
    assert old.ended_by is None
    assert contract.budget_lines.count() == 1


def test_money_may_lie_in_the_years_that_the_amendment_adds(desk: Client, manager: User) -> None:
    contract = running(manager)
    change = draft_amendment(contract)
    late = {**LINE, "period": "2029"}
    assert "loopt tot en met 2028" in text_of(posted_rows(desk, MONEY, late))
    change.ends_on = datetime.date(2029, 12, 31)
    change.save()
    posted_rows(desk, MONEY, late)
    assert contract.budget_lines.filter(started_by=change, period="2029").exists()


def test_a_line_of_another_contract_is_not_ended(desk: Client, manager: User) -> None:
    contract = running(manager)
    draft_amendment(contract)
    other = BudgetLineFactory.create()
    posted_rows(desk, MONEY, LINE, ended=[other.pk, "9" * 30, "x"])
    other.refresh_from_db()
    assert other.ended_by is None
    assert contract.budget_lines.in_force().count() == 1


def test_money_changed_by_another_is_shown_first(desk: Client, contract: Contract) -> None:
    opened = desk.get(MONEY).context["was"]
    posted_rows(desk, MONEY, LINE)
    page = posted_rows(desk, MONEY, {**LINE, "label": "Anders"}, was=opened)
    assert MEANWHILE in text_of(page)
    assert contract.budget_lines.get().label == "Subsidie"


def test_money_typed_while_the_contract_was_activated_is_kept_on_screen(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    page = posted_rows(desk, MONEY, {**LINE, "note": "bewaar"}, was="x")
    assert "heeft geen addendum in concept" in text_of(page)
    assert "bewaar" in text_of(page)
    assert contract.budget_lines.count() == 1
