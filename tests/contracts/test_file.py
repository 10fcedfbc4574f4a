"""The file of a contract: options, transitions, suppliers, documents, notices, and what is kept."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.constants import Role
from accounts.models import Change, User
from contracts.actions import sign_amendment
from contracts.constants import OptionOutcome, TermOutcome
from contracts.file.due import deadlines, remind_deadlines
from contracts.models import (
    BudgetLine,
    Contract,
    ContractDocument,
    Expectation,
    ExtensionOption,
    Provision,
    SubAssignment,
    Supply,
    TenderNotice,
    Term,
    TermCheck,
    Transition,
)
from core.models import OutboxMail
from tests.contracts.drafts import BASE, draft_amendment, posted_rows, running, text_of
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    PartyFactory,
    SubAssignmentFactory,
    TermFactory,
)
from tests.factories_file import (
    DeliveryFactory,
    ExtensionOptionFactory,
    SupplyFactory,
    TermCheckFactory,
    TransitionFactory,
)
from tests.uploaded import pdf

pytestmark = pytest.mark.django_db
FILE = f"{BASE}buurt/dossier/"
TODAY = datetime.date(2020, 8, 1)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(running=True, slug="buurt", title="Hulp in de buurt")
    return made


@pytest.fixture
def draft() -> Contract:
    made: Contract = ContractFactory.create(slug="buurt", title="Hulp in de buurt")
    AmendmentFactory.create(contract=made)
    return made


def option(**changes: Any) -> dict[str, Any]:
    return {
        "until": "2021-12-31",
        "notice_by": "2020-09-30",
        "remind_days": "60",
        "outcome": "open",
        **changes,
    }


# -- extension options -----------------------------------------------------------------------------
def test_an_option_to_extend_stands_in_the_file_of_a_running_contract(
    desk: Client, contract: Contract
) -> None:
    answer = desk.post(f"{FILE}verlenging/nieuw/", option())
    assert answer["Location"].endswith("/buurt/#verlengen")
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "Tot en met 31 december 2021" in page
    assert "voor 30 september 2020" in page
    assert Change.objects.get().kind == "mogelijkheid om te verlengen"


def test_an_option_is_decided_with_a_day_and_a_reason(desk: Client, contract: Contract) -> None:
    row = ExtensionOptionFactory.create(contract=contract)
    address = f"{FILE}verlenging/{row.pk}/"
    typed = option(outcome="used", revision=row.revision)
    answer = text_of(desk.post(address, typed))
    assert "Vul in wanneer dat is besloten." in answer
    assert "Schrijf op waarom." in answer
    desk.post(address, typed | {"decided_on": "2020-08-01", "reason": "Het gaat goed."})
    row.refresh_from_db()
    assert (row.outcome, row.reason) == (OptionOutcome.USED, "Het gaat goed.")


def test_an_option_lies_after_the_last_day_and_its_notice_before_it(
    desk: Client, contract: Contract
) -> None:
    typed = option(until="2020-06-30", notice_by="2020-07-01")
    answer = text_of(desk.post(f"{FILE}verlenging/nieuw/", typed))
    assert "De overeenkomst loopt al tot en met 31-12-2020." in answer
    assert "Die dag ligt na de nieuwe einddatum." in answer
    assert not ExtensionOption.objects.exists()


def test_a_second_click_adds_no_second_option(desk: Client, contract: Contract) -> None:
    for _ in range(2):
        desk.post(f"{FILE}verlenging/nieuw/", option())
    assert ExtensionOption.objects.count() == 1


def test_a_row_goes_after_asking_and_stays_in_the_history(desk: Client, contract: Contract) -> None:
    row = TransitionFactory.create(contract=contract, group="jongeren")
    address = f"{FILE}overgang/{row.pk}/weghalen/"
    assert "jongeren" in text_of(desk.get(address))
    assert Transition.objects.exists()
    desk.post(address)
    assert not Transition.objects.exists()
    assert Change.objects.get().action == "removed"


def test_what_a_file_does_not_have_or_is_of_another_is_not_there(
    desk: Client, contract: Contract
) -> None:
    elsewhere = TransitionFactory.create()
    assert desk.get(f"{FILE}roddel/nieuw/").status_code == 404
    assert desk.get(f"{FILE}overgang/{elsewhere.pk}/").status_code == 404


# -- transitions and suppliers ---------------------------------------------------------------------
def test_a_transition_says_for_whom_and_until_when(desk: Client, contract: Contract) -> None:
    typed = {"group": "Kib-trajecten", "text": "Afronden.", "ends_on": "2021-07-01"}
    desk.post(f"{FILE}overgang/nieuw/", typed | {"remind_days": "30"})
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "Kib-trajecten" in page
    assert "Geldt tot en met 1 juli 2021" in page


def test_a_delivery_that_takes_too_long_is_marked(desk: Client, contract: Contract) -> None:
    watcher = PartyFactory.create(contract=contract).organisation
    supplier = PartnerFactory.create(name="Hulpmiddelen BV")
    typed = {
        "supplier": supplier.pk,
        "subject": "Rolstoelen",
        "delivery_days": "10",
        "watcher": watcher.pk,
        "remind_days": "90",
    }
    assert desk.post(f"{FILE}leverancier/nieuw/", typed).status_code == 302
    supply = Supply.objects.get()
    measured = {"supply": supply.pk, "measured_on": "2020-06-30"}
    desk.post(f"{FILE}levertijd/nieuw/", measured | {"days": "9"})
    assert "te lang" not in text_of(desk.get(f"{BASE}buurt/"))
    desk.post(f"{FILE}levertijd/nieuw/", measured | {"measured_on": "2020-07-31", "days": "11"})
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "te lang" in page
    assert f"bewaakt door {watcher}" in page


def test_a_supplier_goes_with_its_deliveries(desk: Client, contract: Contract) -> None:
    row = DeliveryFactory.create(supply__contract=contract)
    desk.post(f"{FILE}leverancier/{row.supply_id}/weghalen/")
    assert not Supply.objects.exists()
    assert Change.objects.filter(action="removed").count() == 2


# -- documents -------------------------------------------------------------------------------------
def test_a_plan_of_the_partner_is_kept_and_fetched(desk: Client, contract: Contract) -> None:
    file = SimpleUploadedFile("plan.pdf", pdf("Ons plan."))
    typed = {"kind": "plan", "title": "Uitgewerkt plan", "dated_on": "2019-02-01", "upload": file}
    answer = desk.post(f"{FILE}document/nieuw/", typed)
    assert answer.status_code == 302
    held = ContractDocument.objects.get()
    got = desk.get(f"{BASE}buurt/document/{held.pk}/")
    assert got.content.startswith(b"%PDF")
    assert "Uitgewerkt plan" in text_of(desk.get(f"{BASE}buurt/"))
    assert "Uitgewerkt plan" not in text_of(desk.get("/overeenkomsten/buurt/"))


def test_a_document_is_a_file_or_an_address(desk: Client, contract: Contract) -> None:
    typed = {"kind": "plan", "title": "Plan"}
    answer = text_of(desk.post(f"{FILE}document/nieuw/", typed))
    assert "Kies een bestand, of geef het adres van het document." in answer
    typed["document_url"] = "https://zaken.voorbeeld.nl/1"
    assert desk.post(f"{FILE}document/nieuw/", typed).status_code == 302


def test_the_document_of_an_amendment_stands_with_it(desk: Client, manager: User) -> None:
    amendment = draft_amendment(running(manager))
    assert "nog niet toegevoegd" in text_of(desk.get(f"{BASE}buurt/addendum/1/"))
    typed = {
        "kind": "addendum",
        "title": "Het addendum",
        "amendment": amendment.pk,
        "document_url": "https://zaken.voorbeeld.nl/2",
    }
    desk.post(f"{FILE}document/nieuw/", typed)
    page = text_of(desk.get(f"{BASE}buurt/addendum/1/"))
    assert "https://zaken.voorbeeld.nl/2" in page


# -- agreements that are kept ----------------------------------------------------------------------
def test_an_agreement_is_ticked_off_with_a_day_and_by_whom(
    desk: Client, contract: Contract, manager: User
) -> None:
    term = TermFactory.create(contract=contract, kind="cooperation", text="Samen in de wijk")
    address = f"{BASE}buurt/afspraken/{term.pk}/nagaan/"
    assert "nog niet nagegaan" in text_of(desk.get(f"{BASE}buurt/"))
    answer = desk.post(address, {"outcome": "partly", "checked_on": "2020-05-01"})
    assert "Schrijf wat er nog niet gebeurt." in text_of(answer)
    for outcome, note in (("partly", "Nog niet in elke kern."), ("kept", "")):
        desk.post(address, {"outcome": outcome, "checked_on": "2020-05-01", "note": note})
    desk.post(address, {"outcome": "kept", "checked_on": "2020-05-01", "note": ""})
    assert TermCheck.objects.count() == 2
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "1 van 1 nagekomen" in page
    assert f"nagegaan op 1 mei 2020 door {manager}" in page
    assert "Nog niet in elke kern." in text_of(desk.get(address))


def test_an_agreement_from_a_source_is_ticked_off_as_well(desk: Client) -> None:
    contract = ContractFactory.create(from_source=True, slug="buurt")
    term = TermFactory.create(contract=contract, kind="cooperation")
    address = f"{BASE}buurt/afspraken/{term.pk}/nagaan/"
    desk.post(address, {"outcome": "kept", "checked_on": "2020-05-01"})
    assert TermCheck.objects.get().outcome == TermOutcome.KEPT


def test_a_promise_to_keep_professionals_is_checked(desk: Client, draft: Contract) -> None:
    row = {"kind": "continuity", "text": "Het vaste team blijft", "holder": "partner"}
    posted_rows(desk, f"{BASE}buurt/afspraken/", row)
    term = Term.objects.get()
    assert "/nagaan/" not in text_of(desk.get(f"{BASE}buurt/"))
    first, last = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    Contract.objects.filter(pk=draft.pk).update(status="active", starts_on=first, ends_on=last)
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "Behoud van professionals; wie: partner" in page
    assert f"/afspraken/{term.pk}/nagaan/" in page


def test_a_check_is_never_rewritten() -> None:
    from django.db import IntegrityError, transaction

    row = TermCheckFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        TermCheck.objects.filter(pk=row.pk).update(outcome="broken", note="Toch niet.")


# -- terms and provisions in amendments ------------------------------------------------------------
def test_a_scope_is_drawn_in_a_draft_and_read_by_everybody(desk: Client, manager: User) -> None:
    contract = running(manager)
    Contract.objects.filter(pk=contract.pk).update(status="draft")
    inside = {"is_inside": "True", "name": "Begeleiding", "funding": "subsidie", "note": "Wmo"}
    outside = {"is_inside": "False", "name": "Bewindvoering", "funding": "wettelijk belegd"}
    answer = posted_rows(desk, f"{BASE}buurt/voorzieningen/", inside, outside)
    assert answer.status_code == 302
    Contract.objects.filter(pk=contract.pk).update(status="active")
    page = text_of(desk.get("/overeenkomsten/buurt/"))
    assert "Binnen de opdracht: 1" in page
    assert "Buiten de opdracht: 1" in page
    assert "Nu betaald uit: wettelijk belegd" in page


def test_a_provision_stands_in_a_scope_once(desk: Client, draft: Contract) -> None:
    row = {"is_inside": "True", "name": "Begeleiding"}
    answer = posted_rows(desk, f"{BASE}buurt/voorzieningen/", row, row)
    assert "staat er twee keer in, binnen de opdracht" in text_of(answer)
    assert not Provision.objects.exists()


def test_an_amendment_ends_and_adds_terms_and_shows_the_difference(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    old = TermFactory.create(
        contract=contract,
        started_by=draft_amendment(contract),
        text="Elke maand overleg",
        kind="cooperation",
    )
    amendment = contract.amendments.get(number=1)
    sign_amendment(amendment, signed_on=TODAY, user=manager)
    second = AmendmentFactory.create(
        contract=contract, drafted=True, number=2, holds_from=datetime.date(2028, 6, 1)
    )
    new = {"kind": "division", "text": "De gemeente wijst toe", "holder": "municipality"}
    answer = posted_rows(desk, f"{BASE}buurt/afspraken/", new, ended=[old.pk])
    assert answer["Location"].endswith("/addendum/2/")
    page = text_of(desk.get(f"{BASE}buurt/addendum/2/"))
    assert "<del>Elke maand overleg</del>" in page
    assert "De gemeente wijst toe" in page
    # What is a draft changes nothing that anybody reads.
    assert "De gemeente wijst toe" not in text_of(desk.get("/overeenkomsten/buurt/"))
    sign_amendment(second, signed_on=TODAY, user=manager)
    public = text_of(desk.get("/overeenkomsten/buurt/"))
    assert "De gemeente wijst toe" in public
    assert "Elke maand overleg" not in public


def test_who_throws_an_amendment_away_keeps_the_terms(desk: Client, manager: User) -> None:
    contract = running(manager)
    term = TermFactory.create(contract=contract, started_by=draft_amendment(contract))
    assert Term.objects.filter(pk=term.pk).exists()
    desk.post(f"{BASE}buurt/addendum/1/verwijderen/")
    assert not Term.objects.filter(pk=term.pk).exists()


# -- sub-assignments -------------------------------------------------------------------------------
def test_a_sub_assignment_has_results_and_money(desk: Client, draft: Contract) -> None:
    typed = {"number": "1", "name": "Bewegen", "results": "Meer sport\n\nMinder eenzaam\n"}
    desk.post(f"{BASE}buurt/deelopdrachten/nieuw/", typed)
    part = SubAssignment.objects.get()
    texts = list(Expectation.objects.values_list("text", flat=True))
    assert texts == ["Meer sport", "Minder eenzaam"]
    line = {"label": "Budget", "amount_kind": "agreed", "value": "400.000", "period": "2027"}
    posted_rows(desk, f"{BASE}buurt/geld/", line | {"sub_assignment": part.pk})
    assert BudgetLine.objects.get().sub_assignment == part
    refused = desk.post(f"{BASE}buurt/deelopdrachten/{part.pk}/weghalen/", follow=True)
    assert "Bij deze deelopdracht staat een bedrag." in text_of(refused)
    BudgetLine.objects.all().delete()
    desk.post(f"{BASE}buurt/deelopdrachten/{part.pk}/weghalen/")
    assert not SubAssignment.objects.exists()


def test_the_history_of_a_sub_assignment_tells_its_results(desk: Client, draft: Contract) -> None:
    part = SubAssignmentFactory.create(contract=draft, number="1", name="Bewegen")
    typed = {"number": "1", "name": "Bewegen", "results": "Meer sport", "revision": part.revision}
    desk.post(f"{BASE}buurt/deelopdrachten/{part.pk}/", typed)
    (change,) = Change.objects.all()
    assert change.fields == [
        {"label": "Te bereiken resultaten", "before": "", "after": "Meer sport"}
    ]


def test_two_sub_assignments_have_two_numbers(desk: Client, draft: Contract) -> None:
    SubAssignmentFactory.create(contract=draft, number="1")
    answer = desk.post(
        f"{BASE}buurt/deelopdrachten/nieuw/", {"number": "1", "name": "Bewegen", "results": ""}
    )
    assert "Er is al een deelopdracht met dit nummer." in text_of(answer)


def test_money_for_a_part_of_another_contract_is_refused(desk: Client, draft: Contract) -> None:
    elsewhere = SubAssignmentFactory.create()
    line = {"label": "Budget", "amount_kind": "agreed", "value": "4.000", "period": "2027"}
    posted_rows(desk, f"{BASE}buurt/geld/", line | {"sub_assignment": elsewhere.pk})
    assert not BudgetLine.objects.exists()


def test_a_running_contract_gets_no_new_sub_assignment(desk: Client, contract: Contract) -> None:
    answer = desk.get(f"{BASE}buurt/deelopdrachten/nieuw/", follow=True)
    assert "verandert alleen nog met een addendum" in text_of(answer)


def test_two_contracts_of_one_coalition_for_one_part_are_a_warning(
    desk: Client, draft: Contract
) -> None:
    days = {"starts_on": datetime.date(2027, 1, 1), "ends_on": datetime.date(2028, 1, 1)}
    Contract.objects.filter(pk=draft.pk).update(**days)
    other = ContractFactory.create(partner=draft.partner, title="De eerdere opdracht", **days)
    for held in (draft, other):
        SubAssignmentFactory.create(contract=held, name="Bewegen")
    assert "voor dezelfde deelopdracht: De eerdere opdracht" in text_of(desk.get(f"{BASE}buurt/"))
    Contract.objects.filter(pk=other.pk).update(starts_on=datetime.date(2028, 1, 1), ends_on=None)
    assert "voor dezelfde deelopdracht" not in text_of(desk.get(f"{BASE}buurt/"))


def test_a_draft_goes_with_its_file(desk: Client, draft: Contract) -> None:
    SubAssignmentFactory.create(contract=draft)
    BudgetLineFactory.create(contract=draft, started_by=draft.amendments.get())
    DeliveryFactory.create(supply__contract=draft)
    TransitionFactory.create(contract=draft)
    desk.post(f"{BASE}buurt/verwijderen/")
    assert not Contract.objects.filter(pk=draft.pk).exists()


# -- a new tender ----------------------------------------------------------------------------------
def test_partners_are_told_of_a_new_tender_once(desk: Client, contract: Contract) -> None:
    member = PartyFactory.create(contract=contract).organisation
    person = UserFactory.create(holds=[Role.REPORTER], of=member)
    UserFactory.create(holds=[Role.REPORTER], of=PartnerFactory.create())
    typed = {
        "subject": "Begeleiding vanaf 2100",
        "starts_on": "2099-12-01",
        "text": "U kunt meedenken.",
        "organisations": [member.pk],
    }
    for _ in range(2):
        desk.post(f"{BASE}buurt/aanbesteding/nieuw/", typed)
    assert list(TenderNotice.objects.get().organisations.all()) == [member]
    mail = OutboxMail.objects.get()
    assert mail.to == person.email
    assert "1 december 2099" in mail.text
    assert "/overeenkomsten/buurt/" in mail.text
    assert "Begeleiding vanaf 2100" in text_of(desk.get(f"{BASE}buurt/"))


def test_a_tender_that_began_is_no_news(desk: Client, contract: Contract) -> None:
    typed = {"subject": "Begeleiding", "starts_on": "2019-12-01", "text": "Te laat."}
    answer = desk.post(
        f"{BASE}buurt/aanbesteding/nieuw/", typed | {"organisations": [contract.partner_id]}
    )
    assert "Die aanbesteding is al begonnen." in text_of(answer)
    assert not TenderNotice.objects.exists()


# -- days to act before ----------------------------------------------------------------------------
def test_a_day_comes_up_as_long_before_as_was_asked() -> None:
    row = ExtensionOptionFactory.create(
        notice_by=datetime.date(2020, 9, 30), remind_days=60, contract__ends_on="2021-12-31"
    )
    assert deadlines(datetime.date(2020, 7, 31)) == []
    (found,) = deadlines(TODAY)
    assert (found.day, found.contract) == (row.notice_by, row.contract)
    ExtensionOption.objects.update(outcome="used", decided_on=TODAY, reason="Goed.")
    assert deadlines(TODAY) == []


def test_transitions_suppliers_and_the_contract_itself_end_as_well() -> None:
    contract = ContractFactory.create(running=True)
    TransitionFactory.create(contract=contract)
    TransitionFactory.create(contract=contract, finished_on=TODAY)
    TransitionFactory.create(contract=contract, ends_on=None)
    SupplyFactory.create(contract=contract, ends_on=datetime.date(2020, 10, 1))
    days = [each.day for each in deadlines(TODAY)]
    assert days == [
        datetime.date(2020, 7, 1),
        datetime.date(2020, 10, 1),
        datetime.date(2020, 12, 31),
    ]


def test_a_manager_sees_the_days_and_is_mailed_once(desk: Client, manager: User) -> None:
    TransitionFactory.create(contract__title="Hulp in de buurt")
    assert remind_deadlines(TODAY) == 2
    remind_deadlines(TODAY)
    assert OutboxMail.objects.filter(to=manager.email).count() == 2
    page = text_of(desk.get(f"{BASE}termijnen/"))
    assert "1 juli 2020" in page
    assert "Hulp in de buurt" in page
    # Today the contract of 2020 is over; only what goes on for clients is still asked for.
    assert "Eén termijn van een overeenkomst" in text_of(desk.get("/werk/"))


# -- particulars -----------------------------------------------------------------------------------
def test_frames_purchasing_and_an_additional_assignment(desk: Client, draft: Contract) -> None:
    basic = ContractFactory.create(running=True, title="De basis")
    typed = {
        "title": draft.title,
        "kind": "service",
        "partner": draft.partner_id,
        "basic_contract": basic.pk,
        "purchasing": "dialogue",
        "purchasing_note": "Wij willen samen vernieuwen.",
        "legal_frame": "Wmo 2015",
        "financial_frame": "Plafond van 4 ton",
        "revision": draft.revision,
    }
    answer = desk.post(f"{BASE}buurt/gegevens/", typed)
    assert "Alleen een aanvullende opdracht hoort bij een andere." in text_of(answer)
    typed |= {"assignment_kind": "additional"}
    assert desk.post(f"{BASE}buurt/gegevens/", typed).status_code == 302
    page = text_of(desk.get(f"{BASE}buurt/"))
    for words in ("Dialoogmodel. Wij willen samen", "Wmo 2015", "Plafond van 4 ton", "De basis"):
        assert words in page
    assert draft.title in text_of(desk.get(f"{BASE}{basic.slug}/"))


def test_six_ways_of_buying_stand_beside_each_other(client: Client) -> None:
    ContractFactory.create(running=True, title="Met dialoog", purchasing="dialogue")
    ContractFactory.create(title="Nog een concept", purchasing="dialogue")
    page = text_of(client.get("/inkoopmodellen/"))
    for name in ("Zeeuws model", "Bestuurlijk aanbesteden", "Regisseursmodel", "Prestatie-inkoop"):
        assert name in page
    assert "Met dialoog" in page
    assert "Nog een concept" not in page
