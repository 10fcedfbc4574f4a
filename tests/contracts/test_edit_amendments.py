"""An amendment changes nothing until it is signed, and afterwards everything it says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from contracts.actions import TransitionError, sign_amendment
from contracts.models import Amendment, BudgetLine, KPITarget
from core.edits import MEANWHILE
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    posted_rows,
    running,
    text_of,
    the_kpi,
)
from tests.factories_contracts import AmendmentFactory, ContractFactory, KPIFactory

pytestmark = pytest.mark.django_db

ADDENDUM = f"{BASE}buurt/addendum/"
TYPED: dict[str, Any] = {
    "title": "Addendum 2028",
    "reason": "De cijfers zijn samen opnieuw vastgesteld",
    "holds_from": "2028-01-01",
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def start(desk: Client, **changes: Any) -> Any:
    return desk.post(f"{ADDENDUM}nieuw/", {**TYPED, **changes})


def test_an_amendment_begins_as_a_draft_that_the_public_does_not_see(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    assert start(desk)["Location"] == f"{ADDENDUM}1/"
    amendment = contract.amendments.get(number=1)
    assert (amendment.is_draft, amendment.signed_on) == (True, None)
    assert desk.get("/overeenkomsten/buurt/addendum/1/").status_code == 404
    assert "Addendum 2028" not in text_of(desk.get("/overeenkomsten/buurt/"))
    assert "1 wijziging" not in text_of(desk.get("/overeenkomsten/"))


def test_what_a_draft_amendment_says_is_nowhere_public(desk: Client, manager: User) -> None:
    contract = running(manager)
    change, kpi = draft_amendment(contract), the_kpi(contract)
    KPIFactory.create(contract=contract, started_by=change, number="9", name="Nog geheim")
    line = contract.budget_lines.get()
    posted_rows(
        desk,
        f"{BASE}buurt/geld/",
        {"label": "Geheim bedrag", "amount_kind": "agreed", "value": "999"},
        ended=[line.pk],
    )
    desk.post(f"{BASE}buurt/indicatoren/{kpi.pk}/weghalen/")
    html = text_of(desk.get("/overeenkomsten/buurt/"))
    for word in ("Nog geheim", "Geheim bedrag", "999"):
        assert word not in html
    assert "Bereik" in html
    assert "750.000" in html
    assert "999" not in text_of(desk.get("/overeenkomsten/"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"holds_from": "2026-12-31"}, "Een addendum kan niet eerder gelden."),
        ({"holds_from": "2029-01-01"}, "De overeenkomst is dan al afgelopen"),
        ({"ends_on": "2027-12-31"}, "ligt voor de dag waarop het addendum ingaat"),
        ({"ends_on": "2099-12-31"}, "ten hoogste 20 jaar"),
        ({"reason": ""}, "Dit veld is verplicht."),
        ({"holds_from": ""}, "Dit veld is verplicht."),
    ],
)
def test_a_wrong_day_or_no_reason_is_told(
    desk: Client, manager: User, changes: dict[str, str], message: str
) -> None:
    contract = running(manager)
    page = start(desk, **{"note": "bewaar", **changes})
    assert message in text_of(page)
    assert "bewaar" in text_of(page)
    assert contract.amendments.count() == 1


def test_a_later_amendment_does_not_hold_before_an_earlier_one(desk: Client, manager: User) -> None:
    contract = running(manager)
    AmendmentFactory.create(
        contract=contract,
        number=1,
        title="Eerste",
        signed_on=datetime.date(2027, 6, 1),
        holds_from=datetime.date(2028, 7, 1),
    )
    assert "‘Eerste’ geldt vanaf 01-07-2028." in text_of(start(desk))


def test_a_double_click_makes_one_amendment(desk: Client, manager: User) -> None:
    contract = running(manager)
    start(desk)
    assert "Er is al een addendum in concept." in text_of(start(desk))
    assert contract.amendments.drafts().count() == 1
    assert "Er is al een addendum in concept." in text_of(
        desk.get(f"{ADDENDUM}nieuw/", follow=True)
    )


def test_a_draft_and_an_ended_contract_get_no_amendment(desk: Client) -> None:
    complete_draft()
    assert "nog een concept: pas haar gewoon aan" in text_of(start(desk))
    ContractFactory.create(slug="oud", finished=True)
    page = desk.post(f"{BASE}oud/addendum/nieuw/", {**TYPED, "holds_from": "2018-01-01"})
    assert "Er komt geen addendum meer bij." in text_of(page)
    assert not Amendment.objects.filter(number__gt=0).exists()


def test_an_empty_amendment_is_not_signed(desk: Client, manager: User) -> None:
    contract = running(manager)
    draft_amendment(contract)
    assert "Dit addendum verandert nog niets" in text_of(desk.get(f"{ADDENDUM}1/"))
    page = desk.post(f"{ADDENDUM}1/ondertekenen/", {"signed_on": "2027-12-01", "note": "bewaar"})
    assert "Dit addendum verandert nog niets" in text_of(page)
    assert "bewaar" in text_of(page)
    assert contract.amendments.get(number=1).is_draft


def test_after_signing_the_amendment_holds_and_is_public(desk: Client, manager: User) -> None:
    contract = running(manager)
    start(desk)
    kpi = the_kpi(contract)
    name = f"k{kpi.pk}-target-2028-H1"
    desk.post(f"{BASE}buurt/streefwaarden/", {name: "70", f"was-{name}": ""})
    posted_rows(
        desk,
        f"{BASE}buurt/geld/",
        {"label": "Extra", "amount_kind": "agreed", "value": "100", "period": "2028"},
    )
    work = text_of(desk.get(f"{ADDENDUM}1/"))
    assert "Wat dit addendum verandert" in work
    assert "streefwaarde eerste halfjaar 2028: 70" in work
    desk.post(f"{ADDENDUM}1/ondertekenen/", {"signed_on": "2027-12-01"})
    amendment = contract.amendments.get(number=1)
    assert (amendment.is_draft, amendment.signed_on) == (False, datetime.date(2027, 12, 1))
    assert {row.period.code for row in KPITarget.objects.in_force()} == {"2027-H1", "2028-H1"}
    assert BudgetLine.objects.in_force().filter(label="Extra").exists()
    public = text_of(desk.get("/overeenkomsten/buurt/addendum/1/"))
    for words in (
        "Ondertekend op 1 december 2027.",
        "Geldt vanaf 1 januari 2028.",
        "Extra: €",
        "70",
    ):
        assert words in public
    event = contract.events.last()
    assert event is not None
    assert event.note.startswith("Addendum 1 ondertekend: Addendum 2028.")


def test_an_amendment_is_signed_once_and_never_written_again(desk: Client, manager: User) -> None:
    contract = running(manager)
    amendment = draft_amendment(contract)
    KPIFactory.create(contract=contract, started_by=amendment, number="2")
    day = datetime.date(2027, 12, 1)
    sign_amendment(amendment, signed_on=day, user=manager)
    with pytest.raises(TransitionError, match="al ondertekend"):
        sign_amendment(amendment, signed_on=day, user=manager)
    assert contract.events.count() == 2
    page = desk.post(f"{ADDENDUM}1/gegevens/", {**TYPED, "revision": amendment.revision})
    assert "intussen ondertekend of verwijderd" in text_of(page)
    refused = desk.post(f"{ADDENDUM}1/verwijderen/", follow=True)
    assert "Dit addendum is ondertekend." in text_of(refused)


def test_an_extension_moves_the_last_day_when_it_is_signed(desk: Client, manager: User) -> None:
    contract = running(manager)
    start(desk, ends_on="2029-12-31")
    contract.refresh_from_db()
    assert contract.ends_on == datetime.date(2028, 12, 31)
    desk.post(f"{ADDENDUM}1/ondertekenen/", {"signed_on": "2027-12-01"})
    contract.refresh_from_db()
    assert contract.ends_on == datetime.date(2029, 12, 31)


def test_a_draft_amendment_is_thrown_away_and_all_goes_on(desk: Client, manager: User) -> None:
    contract = running(manager)
    change, kpi = draft_amendment(contract), the_kpi(contract)
    new = KPIFactory.create(contract=contract, started_by=change, number="2")
    new.goals.add(kpi.goals.get())
    desk.post(f"{BASE}buurt/indicatoren/{kpi.pk}/weghalen/")
    assert "Dat is niet terug te draaien." in text_of(desk.get(f"{ADDENDUM}1/verwijderen/"))
    desk.post(f"{ADDENDUM}1/verwijderen/")
    kpi.refresh_from_db()
    assert (kpi.ended_by, kpi.targets.get().ended_by) == (None, None)
    assert list(contract.kpis.all()) == [kpi]
    assert contract.amendments.count() == 1


def test_two_people_change_the_words_of_an_amendment(desk: Client, manager: User) -> None:
    contract = running(manager)
    amendment = draft_amendment(contract)
    for title in ("Van Olga", "Van Mohamed"):
        page = desk.post(
            f"{ADDENDUM}1/gegevens/", {**TYPED, "title": title, "revision": amendment.revision}
        )
    assert MEANWHILE in text_of(page)
    assert "Nu staat er: ‘Van Olga’." in text_of(page)
    assert contract.amendments.get(number=1).title == "Van Olga"


def test_number_zero_and_nonsense_are_no_amendment_page(desk: Client, manager: User) -> None:
    running(manager)
    for number in (0, 7):
        assert desk.get(f"{ADDENDUM}{number}/").status_code == 404
