"""Parties over time, and organisations that go on under another one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.access import partner_roles
from accounts.constants import Role
from accounts.models import Change, Organisation, User
from contracts.constants import PartyRole
from contracts.models import Contract, ContractEvent, Party
from contracts.terms import terms_of
from core.periods import Period
from reporting.models import Report
from tests.contracts.drafts import BASE, text_of
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory, KPIFactory, PartyFactory
from tests.factories_reporting import ReportFactory

pytestmark = pytest.mark.django_db
H1, H2 = Period.parse("2019-H1"), Period.parse("2019-H2")


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    """It runs in 2019 and 2020."""
    made: Contract = ContractFactory.create(running=True, slug="buurt", title="Hulp in de buurt")
    return made


def joining(organisation: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "organisation": organisation.pk,
        "role": "subcontractor",
        "valid_from": "2019-07-01",
        **changes,
    }


def test_a_subcontractor_joins_a_contract_that_runs_and_leaves_it(
    desk: Client, contract: Contract
) -> None:
    other = PartnerFactory.create(name="De Helpende Hand")
    for _ in range(2):
        desk.post(f"{BASE}buurt/partijen/erbij/", joining(other))
    party = Party.objects.get()
    assert party.valid_from == datetime.date(2019, 7, 1)
    leaving = {"valid_until": "2019-12-31", "reason": "Het werk is klaar."}
    desk.post(f"{BASE}buurt/partijen/{party.pk}/weg/", leaving)
    again = text_of(desk.post(f"{BASE}buurt/partijen/{party.pk}/weg/", leaving))
    assert "Deze partij is al vertrokken." in again
    page = text_of(desk.get(f"{BASE}buurt/"))
    assert "Vanaf 1 juli 2019" in page
    assert "tot en met 31 december 2019" in page
    assert ContractEvent.objects.count() == Change.objects.count() == 2
    public = text_of(desk.get("/overeenkomsten/buurt/"))
    assert "Tot en met 31 december 2019" in public


def test_a_lead_follows_on_another(desk: Client, contract: Contract) -> None:
    first = PartyFactory.create(contract=contract, role=PartyRole.LEAD)
    new = joining(PartnerFactory.create(), role="lead")
    refused = text_of(desk.post(f"{BASE}buurt/partijen/erbij/", new))
    assert "is geen coalitiepartner" in refused
    desk.post(f"{BASE}buurt/partijen/erbij/", new | {"role": "member"})
    refused = text_of(desk.post(f"{BASE}buurt/partijen/erbij/", new))
    assert "er is al een penvoerder" in refused
    leaving = {"valid_until": "2019-06-30", "reason": "Fusie."}
    desk.post(f"{BASE}buurt/partijen/{first.pk}/weg/", leaving)
    assert desk.post(f"{BASE}buurt/partijen/erbij/", new).status_code == 302
    reports = [ReportFactory.create(contract=contract, period=each) for each in (H1, H2)]
    second = contract.parties.get(valid_until=None, role="lead").organisation
    for lead, report in zip((first.organisation, second), reports, strict=True):
        assert list(Report.objects.of_partners([lead.pk])) == [report]
    leads = {row.lead_id for row in Report.objects.with_lead()}  # type: ignore[attr-defined]
    assert leads == {first.organisation_id, second.pk}


@pytest.mark.parametrize("role", ["lead", "member", "subcontractor"])
def test_a_municipality_does_not_do_the_work(desk: Client, contract: Contract, role: str) -> None:
    town = OrganisationFactory.create(kind="municipality")
    told = text_of(desk.post(f"{BASE}buurt/partijen/erbij/", joining(town, role=role)))
    assert "Een gemeente is opdrachtgever" in told
    assert not contract.parties.exists()


def test_the_partner_joins_its_own_contract_as_lead_alone(desk: Client, contract: Contract) -> None:
    partner = contract.partner
    assert partner is not None
    told = text_of(desk.post(f"{BASE}buurt/partijen/erbij/", joining(partner, role="member")))
    assert "is al met" in told
    desk.post(f"{BASE}buurt/partijen/erbij/", joining(partner, role="lead"))
    assert contract.parties.get().role == PartyRole.LEAD


def test_days_lie_within_the_contract(desk: Client, contract: Contract) -> None:
    typed = joining(PartnerFactory.create(), valid_from="2018-12-31")
    assert "gaat pas in op 01-01-2019" in text_of(desk.post(f"{BASE}buurt/partijen/erbij/", typed))
    assert not Party.objects.exists()


def test_a_member_that_left_is_asked_about_its_own_time_only(contract: Contract) -> None:
    party = PartyFactory.create(
        contract=contract, contributes=True, valid_until=datetime.date(2019, 6, 30)
    )
    assert [row.id for row in terms_of(contract, H1).members] == [party.organisation_id]
    assert terms_of(contract, H2).members == ()
    reports = {each: ReportFactory.create(contract=contract, period=each) for each in (H1, H2)}
    year = ReportFactory.create(contract=contract, period="2019")
    found = Report.objects.of_partners([party.organisation_id])
    assert set(found) == {reports[H1], year}


def test_who_reports_on_a_kpi_does_not_leave(desk: Client, contract: Contract) -> None:
    party = PartyFactory.create(contract=contract, contributes=True)
    KPIFactory.create(contract=contract, member=party.organisation, number="7")
    leaving = {"valid_until": "2019-06-30", "reason": "Klaar."}
    answer = text_of(desk.post(f"{BASE}buurt/partijen/{party.pk}/weg/", leaving))
    assert "rapporteert over prestatie-indicator 7" in answer


def test_the_database_lets_only_the_last_day_of_a_party_change(contract: Contract) -> None:
    party = PartyFactory.create(contract=contract)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(pk=party.pk).update(role="lead")
    Party.objects.filter(pk=party.pk).update(valid_until=datetime.date(2019, 6, 30))


# -- organisations ---------------------------------------------------------------------------------
def merging(into: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "into": into.pk,
        "kind": "merger",
        "merged_on": "2020-01-01",
        "reason": "Zij gingen samen verder.",
        **changes,
    }


def test_two_partners_merge_and_keep_their_history(
    desk: Client, contract: Contract, manager: User
) -> None:
    old, new = contract.partner, PartnerFactory.create(name="Samen Verder")
    assert old is not None
    PartyFactory.create(organisation=old, contract__title="De coalitie")
    address = f"{BASE}organisaties/{old.slug}/samenvoegen/"
    asked = text_of(desk.post(address, merging(new)))
    assert "Weet u het zeker?" in asked
    assert "Hulp in de buurt" in asked
    assert "De coalitie" in asked
    assert Organisation.objects.current().filter(pk=old.pk).exists()
    desk.post(address, merging(new, zeker="1"))
    assert list(new.predecessors.all()) == [old]
    contract.refresh_from_db()
    assert contract.partner == old  # what was agreed stays under the name of its time
    assert Change.objects.get(whole=f"organisation-{old.pk}").actor == manager
    public = desk.get(f"/partners/{old.slug}/")
    assert public["Location"] == f"/partners/{new.slug}/"
    page = text_of(desk.get(f"/partners/{new.slug}/"))
    assert "Hulp in de buurt" in page
    assert f"Ook onder de naam: {old}" in page
    desk.post(address, merging(new, zeker="1"))
    assert Change.objects.count() == 1


def test_the_municipality_does_not_go_on_under_another_one(desk: Client) -> None:
    own, other = (OrganisationFactory.create(kind="municipality") for _ in range(2))
    told = text_of(
        desk.post(f"{BASE}organisaties/{own.slug}/samenvoegen/", merging(other, zeker="1"))
    )
    assert "Een gemeente gaat hier niet op in een andere organisatie" in told
    own.refresh_from_db()
    assert own.merged_into is None


def test_people_of_the_successor_write_the_reports_of_before(contract: Contract) -> None:
    old, new = contract.partner, PartnerFactory.create()
    assert old is not None
    person = UserFactory.create(holds=[Role.SIGNATORY], of=new)
    assert set(partner_roles(person)) == {new.pk}
    Organisation.objects.filter(pk=old.pk).update(
        merged_into=new, merge_kind="merger", merged_on="2020-01-01", merge_reason="Fusie."
    )
    assert set(partner_roles(person)) == {old.pk, new.pk}


def test_an_organisation_shows_all_its_roles(desk: Client, contract: Contract) -> None:
    partner = contract.partner
    assert partner is not None
    PartyFactory.create(organisation=partner, contract__title="De coalitie", role="subcontractor")
    page = text_of(desk.get(f"{BASE}organisaties/{partner.slug}/"))
    assert "Hulp in de buurt" in page
    assert "De coalitie</a>: onderaannemer" in page
    listed = text_of(desk.get(f"{BASE}organisaties/?zoek={partner.name}"))
    assert "1 eigen, doet mee in 1" in listed
