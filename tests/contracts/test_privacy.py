"""What is agreed about personal data: with the contract, in the list of officers, for everybody."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import Change, User
from contracts.actions import delete_draft, save_data_agreement
from contracts.constants import PartyRole
from contracts.forms.privacy import DataAgreementForm
from contracts.models import Contract, DataAgreement, PersonalData
from core.files import store
from core.forms import NUMBER as REFUSED
from core.models import StoredFile
from tests.contracts.drafts import BASE, text_of
from tests.factories_agenda import PartnerFactory, SourceFactory
from tests.factories_contracts import (
    ContractFactory,
    DataAgreementFactory,
    PartyFactory,
    PersonalDataFactory,
)
from tests.uploaded import NUMBER, pdf

pytestmark = pytest.mark.django_db
LIST = f"{BASE}persoonsgegevens/"


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


def agreement(contract: Contract, **changes: Any) -> dict[str, Any]:
    return {
        "organisation": contract.partner_id,
        "kind": "processor",
        "signed_on": "2018-12-20",
        **changes,
    }


PRIVACY = f"{BASE}buurt/persoonsgegevens/"
ADD = f"{PRIVACY}afspraak/"


# -- whether there are personal data ---------------------------------------------------------------
@pytest.mark.parametrize("state", ["running", "finished", "from_source"])
def test_it_is_said_of_a_contract_of_any_status(desk: Client, state: str) -> None:
    made = ContractFactory.create(slug="buurt", **{state: True})
    answer = desk.post(PRIVACY, {"is_processed": "True", "note": "naam en adres van cliënten"})
    assert answer.status_code == 302
    held = PersonalData.objects.get(contract=made)
    assert (held.is_processed, held.note) == (True, "naam en adres van cliënten")
    change = Change.objects.get()
    assert (change.kind, change.action) == ("persoonsgegevens", "added")


def test_it_changes_and_both_texts_stay_when_two_write(desk: Client, contract: Contract) -> None:
    held = PersonalDataFactory.create(contract=contract)
    seen = held.revision
    no = {"is_processed": "False", "note": "", "revision": seen}
    assert desk.post(PRIVACY, no).status_code == 302
    assert desk.post(PRIVACY, no).status_code == 302  # a second click
    other = desk.post(PRIVACY, {"is_processed": "True", "note": "namen", "revision": seen})
    assert other.status_code == 200
    assert "Nu staat er: ‘nee’" in text_of(other)
    held.refresh_from_db()
    assert held.is_processed is False
    assert Change.objects.count() == 1


def test_who_says_yes_says_which_and_no_number_of_a_person(
    desk: Client, contract: Contract
) -> None:
    assert "Schrijf om welke soorten gegevens het gaat" in text_of(
        desk.post(PRIVACY, {"is_processed": "True"})
    )
    assert "Kies ja of nee." in text_of(desk.post(PRIVACY, {"note": "namen"}))
    answer = desk.post(PRIVACY, {"is_processed": "True", "note": f"van {NUMBER}"})
    assert REFUSED % NUMBER in text_of(answer)
    assert not PersonalData.objects.exists()


# -- agreements ------------------------------------------------------------------------------------
def test_an_agreement_is_kept_with_its_document_and_its_history(
    desk: Client, contract: Contract
) -> None:
    file = SimpleUploadedFile("overeenkomst.pdf", pdf("Wij spreken af."))
    answer = desk.post(
        ADD, agreement(contract, upload=file, ends_on="2020-12-31", note="Getekend.")
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("/buurt/#persoonsgegevens")
    held = DataAgreement.objects.get()
    assert (held.signed_on, held.ends_on) == (
        datetime.date(2018, 12, 20),
        datetime.date(2020, 12, 31),
    )
    assert held.file_name == "overeenkomst.pdf"
    fields = {field["label"]: field["after"] for field in Change.objects.get().fields}
    assert fields["Bestand"] == "overeenkomst.pdf"
    assert fields["Met wie"] == str(contract.partner)
    got = desk.get(f"{ADD}{held.pk}/document/")
    assert got.content.startswith(b"%PDF")
    assert 'filename="overeenkomst.pdf"' in got["Content-Disposition"]


def test_another_document_under_the_same_name_is_in_the_history(
    desk: Client, contract: Contract
) -> None:
    desk.post(ADD, agreement(contract, upload=SimpleUploadedFile("een.pdf", pdf("Een."))))
    page = f"{ADD}{DataAgreement.objects.get().pk}/"
    other = SimpleUploadedFile("een.pdf", pdf("Iets anders."))
    desk.post(page, agreement(contract, upload=other, revision=1))
    (changed,) = Change.objects.order_by("pk")[1:]
    assert [field["label"] for field in changed.fields] == ["Controlegetal van het bestand"]


def test_a_document_is_replaced_and_taken_away(desk: Client, contract: Contract) -> None:
    desk.post(ADD, agreement(contract, upload=SimpleUploadedFile("een.pdf", pdf("Een."))))
    held = DataAgreement.objects.get()
    page = f"{ADD}{held.pk}/"
    second = SimpleUploadedFile("twee.pdf", pdf("Twee."))
    desk.post(page, agreement(contract, upload=second, revision=1))
    held.refresh_from_db()
    assert held.file_name == "twee.pdf"
    desk.post(page, agreement(contract, drop_file="on", revision=2))
    held.refresh_from_db()
    assert (held.file, held.file_name) == (None, "")
    assert desk.get(f"{page}document/").status_code == 404
    assert StoredFile.objects.count() == 2  # the sweep lets go of them after its time


def test_two_who_take_the_document_away_at_once_both_see_it_gone(
    contract: Contract, manager: User
) -> None:
    """The second form was opened and checked while the document was still there."""
    kept = store(b"%PDF", name="een.pdf", content_type="application/pdf")
    row = DataAgreementFactory.create(contract=contract, file=kept, file_name="een.pdf")
    typed = agreement(contract, drop_file="on", revision=row.revision)
    forms = [
        DataAgreementForm(typed, instance=DataAgreement.objects.get(pk=row.pk)) for _ in range(2)
    ]
    assert all(form.is_valid() for form in forms)
    for form in forms:
        assert save_data_agreement(form, upload=None, drop_file=True, user=manager)
    assert Change.objects.count() == 1


def test_a_file_that_may_not_come_in_is_refused_and_what_was_typed_stays(
    desk: Client, contract: Contract
) -> None:
    bad = SimpleUploadedFile("overeenkomst.pdf", b"geen pdf")
    answer = desk.post(ADD, agreement(contract, upload=bad, note="Mijn opmerking"))
    assert answer.status_code == 200
    assert "Mijn opmerking" in text_of(answer)
    assert not DataAgreement.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_number_of_a_person_in_the_document_is_told(desk: Client, contract: Contract) -> None:
    file = SimpleUploadedFile("lijst.pdf", pdf(f"BSN {NUMBER}"))
    answer = desk.post(ADD, agreement(contract, upload=file), follow=True)
    assert "burgerservicenummer kan zijn (bladzijde 1)" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signed_on": ""}, "Vul in op welke dag de afspraak is ondertekend."),
        ({"kind": "own", "signed_on": ""}, "Schrijf waarom er geen overeenkomst nodig is."),
        ({"reason": "Niet nodig."}, "Er is wel een overeenkomst."),
        ({"ends_on": "2018-12-19"}, "De einddatum ligt voor de dag van ondertekening."),
        ({"document_url": "zaaksysteem"}, "Schrijf een heel adres"),
        ({"document_url": "javascript:alert(1)"}, "Schrijf een heel adres"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(
    desk: Client, contract: Contract, changes: dict[str, str], words: str
) -> None:
    answer = desk.post(ADD, agreement(contract, **changes))
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not DataAgreement.objects.exists()


def test_a_second_click_adds_no_second_one(desk: Client, contract: Contract) -> None:
    assert desk.post(ADD, agreement(contract)).status_code == 302
    assert "Deze afspraak staat er al" in text_of(desk.post(ADD, agreement(contract)))
    own = agreement(contract, kind="own", signed_on="", reason="Bepaalt zelf waarvoor.")
    assert desk.post(ADD, own).status_code == 302
    assert "Deze afspraak staat er al" in text_of(desk.post(ADD, own))
    assert DataAgreement.objects.count() == 2


def test_only_who_takes_part_can_be_chosen(desk: Client, contract: Contract) -> None:
    member = PartyFactory.create(contract=contract).organisation
    stranger = PartnerFactory.create()
    assert desk.post(ADD, agreement(contract, organisation=stranger.pk)).status_code == 200
    assert desk.post(ADD, agreement(contract, organisation=member.pk)).status_code == 302
    assert DataAgreement.objects.get().organisation == member


def test_an_agreement_of_a_source_needs_no_day(desk: Client, contract: Contract) -> None:
    held = DataAgreementFactory.create(
        contract=contract, source=SourceFactory.create(), locator="H6", signed_on=None
    )
    answer = desk.post(f"{ADD}{held.pk}/", agreement(contract, signed_on="", note="Zie dossier."))
    assert answer.status_code == 200  # the revision was not sent: somebody else may have written
    answer = desk.post(
        f"{ADD}{held.pk}/", agreement(contract, signed_on="", note="Zie dossier.", revision=1)
    )
    assert answer.status_code == 302


def test_an_agreement_stands_under_its_own_contract_alone(desk: Client, contract: Contract) -> None:
    elsewhere = DataAgreementFactory.create()
    for page in ("", "document/"):
        assert desk.get(f"{ADD}{elsewhere.pk}/{page}").status_code == 404


def test_a_draft_goes_with_what_was_agreed(manager: User) -> None:
    draft = DataAgreementFactory.create().contract
    PersonalDataFactory.create(contract=draft)
    delete_draft(draft, user=manager)
    assert not DataAgreement.objects.exists()


# -- who reads what --------------------------------------------------------------------------------
def test_everybody_reads_the_fact_and_the_days_and_nobody_the_document(
    client: Client, officer: User, contract: Contract
) -> None:
    PersonalDataFactory.create(contract=contract, note="namen van cliënten")
    held = DataAgreementFactory.create(
        contract=contract,
        ends_on=datetime.date(2020, 12, 31),
        note="Alleen voor ons.",
        document_url="https://zaak.example/17",
    )
    page = text_of(client.get("/overeenkomsten/buurt/"))
    for words in ("namen van cliënten", "verwerkersovereenkomst", "20 december 2018"):
        assert words in page
    assert "31 december 2020" in page
    for words in ("Alleen voor ons.", "zaak.example"):
        assert words not in page
    client.force_login(officer)
    outline = text_of(client.get(f"{BASE}buurt/"))
    for words in ("Alleen voor ons.", "zaak.example", str(held.organisation)):
        assert words in outline
    assert f"{ADD}{held.pk}/" not in outline  # a policy officer reads, and does not write


def test_the_page_says_that_nobody_looked_yet(client: Client, contract: Contract) -> None:
    assert "is nog niet vastgelegd" in text_of(client.get("/overeenkomsten/buurt/"))
    PersonalDataFactory.create(contract=contract, is_processed=False, note="")
    assert "worden geen persoonsgegevens verwerkt" in text_of(client.get("/overeenkomsten/buurt/"))


# -- the list of officers --------------------------------------------------------------------------
def shown(client: Client, choice: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    page = client.get(LIST, {"stand": choice} if choice else {}).context["page"]
    return [(row.contract.title, row.state.value, row.parties) for row in page]


def test_the_list_names_what_is_missing_the_worst_first(client: Client, officer: User) -> None:
    def made(title: str, processed: bool = True, **fields: Any) -> Contract:
        contract: Contract = ContractFactory.create(title=title, **{"running": True, **fields})
        PersonalDataFactory.create(contract=contract, is_processed=processed)
        return contract

    ContractFactory.create(running=True, title="Nooit bekeken")
    made("Zonder mensen", processed=False)
    DataAgreementFactory.create(contract=made("In orde"))
    early = made("Te kort", partner__name="Kort")
    DataAgreementFactory.create(contract=early, ends_on=datetime.date(2020, 12, 30))
    partly = made("Half")
    PartyFactory.create(contract=partly, organisation__name="Bee", role=PartyRole.MEMBER)
    PartyFactory.create(contract=partly, role=PartyRole.CO_CLIENT)
    member = PartyFactory.create(contract=partly, role=PartyRole.MEMBER)
    DataAgreementFactory.create(contract=partly, organisation=member.organisation)
    made("Niets", partner__name="Zonder")
    made("Voorbij", running=False, finished=True)
    ContractFactory.create(from_source=True, partner=None, title="Aan niemand")
    client.force_login(officer)
    assert shown(client) == [
        ("Niets", "missing", ("Zonder",)),
        ("Half", "partly", ("Bee",)),
        ("Te kort", "ends_early", ("Kort",)),
        ("Nooit bekeken", "unknown", ()),
    ]
    assert shown(client, "covered") == [("In orde", "covered", ())]
    assert [row[0] for row in shown(client, "alles")][-2:] == ["In orde", "Zonder mensen"]
    assert shown(client, "bestaat-niet") == []
    assert "4 overeenkomsten vragen aandacht" in text_of(client.get(LIST))


def test_the_list_says_that_there_is_nothing_to_do(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert "Er zijn nog geen overeenkomsten" in text_of(client.get(LIST))
    PersonalDataFactory.create(contract=ContractFactory.create(running=True), is_processed=False)
    assert "Alles is in orde" in text_of(client.get(LIST))
    assert "Geen overeenkomst past bij deze keuze" in text_of(
        client.get(LIST, {"stand": "missing"})
    )


@pytest.mark.parametrize("page", [LIST, f"{BASE}buurt/", "/overeenkomsten/buurt/"])
def test_a_page_costs_the_same_at_one_and_at_many(
    desk: Client, contract: Contract, page: str
) -> None:
    PersonalDataFactory.create(contract=contract)

    def more() -> int:
        DataAgreementFactory.create(
            contract=contract, organisation=PartyFactory.create(contract=contract).organisation
        )
        PersonalDataFactory.create(contract=ContractFactory.create(running=True))
        desk.get(page)  # that somebody reads it is noted the first time
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
