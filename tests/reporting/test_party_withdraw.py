"""Who was added to a contract by mistake is taken back; who did something there is not."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Change, User
from contracts.forms.privacy import parties_of
from contracts.models import Contract, ContractEvent, DataAgreement, Party
from contracts.organisations import counted
from contracts.querysets import organisations_in
from tests.contracts.drafts import BASE, text_of
from tests.factories_contracts import ContractFactory, KPIFactory, PartyFactory
from tests.factories_reporting import (
    AnswerFactory,
    ReadyPartFactory,
    ReportFactory,
    RoundFactory,
)
from tests.factories_talks import AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(running=True, slug="buurt")
    return made


def page_of(party: Party) -> str:
    return f"{BASE}buurt/partijen/{party.pk}/intrekken/"


def test_a_party_of_a_mistake_goes_after_asking_and_the_log_keeps_it(
    desk: Client, contract: Contract
) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    name = party.organisation.name
    assert page_of(party) in text_of(desk.get(f"{BASE}buurt/"))
    assert f"{name} intrekken?" in text_of(desk.get(page_of(party)))
    assert contract.parties.exists()
    assert f"{name} is ingetrokken." in text_of(desk.post(page_of(party), follow=True))
    assert not contract.parties.exists()
    assert "per vergissing toegevoegd" in ContractEvent.objects.get().note
    assert name in str(Change.objects.get().fields)
    assert desk.get(page_of(party)).status_code == 404
    kept = Party._base_manager.get()
    assert kept.withdrawn_on == timezone.localdate()
    told = organisations_in(Contract.objects.all())
    assert party.organisation not in told
    assert counted().get(pk=party.organisation_id).part_count == 0  # type: ignore[attr-defined]
    assert party.organisation not in parties_of(contract, DataAgreement(contract=contract))
    for page in (f"{BASE}buurt/", "/overeenkomsten/buurt/"):
        assert f'<a href="{page_of(party)}"' not in desk.get(page).text
        assert "coalitiepartner, schrijft mee" not in text_of(desk.get(page))


def test_who_was_taken_back_can_join_again(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, role="lead")
    desk.post(page_of(party))
    again = PartyFactory.create(contract=contract, role="lead", organisation=party.organisation)
    assert list(Party.objects.all()) == [again]


def test_the_database_keeps_a_party_of_a_kpi(contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    KPIFactory.create(contract=contract, member=party.organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.update(withdrawn_on=timezone.localdate())


def refused(desk: Client, party: Party) -> str:
    """What is told on asking and on doing; nothing changes."""
    asked = desk.get(page_of(party), follow=True)
    told = text_of(desk.post(page_of(party), follow=True))
    assert "is niet in te trekken" in text_of(asked)
    assert Party.objects.filter(pk=party.pk).exists()
    return told


def test_who_reports_on_a_kpi_stays(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    KPIFactory.create(contract=contract, member=party.organisation, number="7")
    assert "prestatie-indicator 7" in refused(desk, party)


def test_who_began_its_part_of_a_report_stays(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    report = ReportFactory.create(contract=contract)
    answer = AnswerFactory.create(
        report=report, key=f"m{party.organisation_id}-trends-text", text=""
    )
    assert desk.get(page_of(party)).status_code == 200  # an empty field is no part
    answer.text = "Wij zien meer vragen."
    answer.save()
    assert "begon aan haar deel" in refused(desk, party)
    answer.delete()
    ReadyPartFactory.create(report=report, organisation=party.organisation)
    assert "begon aan haar deel" in refused(desk, party)


@pytest.mark.parametrize(("status", "told"), [("accepted", "geaccepteerde"), ("submitted", "inge")])
def test_whose_part_was_handed_in_stays(
    desk: Client, contract: Contract, status: str, told: str
) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    block = {"prefix": "x", "rows": [], "member": {"id": party.organisation_id}}
    RoundFactory.create(
        report__contract=contract,
        report__status=status,
        payload=json.dumps({"sections": [{"kind": "trends", "blocks": [block]}]}),
    )
    assert f"haar deel staat in een {told}" in refused(desk, party)


def test_a_lead_that_handed_in_stays(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, role="lead")
    RoundFactory.create(
        report__contract=contract, report__status="accepted", on_behalf_of=party.organisation
    )
    assert "rapportage in die is geaccepteerd" in refused(desk, party)


def test_who_sat_at_a_talk_stays_unless_in_another_role(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract)
    talk = MeetingFactory.create(contracts=[contract])
    AttendanceFactory.create(meeting=talk, organisation=party.organisation)
    assert "deelnemers aan een overleg" in refused(desk, party)
    lead = PartyFactory.create(contract=contract, organisation=party.organisation, role="lead")
    assert "zij is ook de penvoerder" in refused(desk, party)
    desk.post(page_of(lead))
    assert list(contract.parties.all()) == [party]


def test_of_a_draft_or_an_ended_contract_none_is_taken_back(desk: Client) -> None:
    for slug, fields in (
        ("buurt", {}),
        ("klaar", {"running": True, "status": "ended"}),
        ("bron", {"running": True, "origin": "source"}),
    ):
        made = ContractFactory.create(slug=slug, **fields)
        party = PartyFactory.create(contract=made, valid_until=datetime.date(2019, 6, 1))
        page = f"{BASE}{slug}/partijen/{party.pk}/intrekken/"
        assert desk.post(page).status_code == 302
        assert Party.objects.filter(pk=party.pk).exists()
