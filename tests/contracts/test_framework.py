"""Result agreements of a year: the partner proposes, both agree, and an amendment holds them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.models import User
from contracts.actions.framework import start_framework
from contracts.constants import PartyRole
from contracts.models import KPI, Amendment, Contract, Remark, SignOff
from contracts.terms import terms_of
from core.models import OutboxMail
from core.periods import Period
from core.values import NARROW
from tests.contracts.drafts import BASE, running, text_of, the_kpi
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import KPIFactory, KPITargetFactory

pytestmark = pytest.mark.django_db
MANAGE = f"{BASE}buurt/resultaatafspraken/"


@pytest.fixture
def contract(manager: User) -> Contract:
    """It runs in 2027 and 2028, with one KPI."""
    return running(manager)


@pytest.fixture
def amendment(contract: Contract, manager: User) -> Amendment:
    return start_framework(contract, 2028, user=manager)


def partner_of(contract: Contract, role: Role = Role.SIGNATORY) -> User:
    lead = contract.parties.get(role=PartyRole.LEAD).organisation
    made: User = UserFactory.create(holds=[role], of=lead)
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mark(client: Client, address: str) -> str:
    seen: str = client.get(address).context["sha256"]
    return seen


def test_a_year_of_agreements_is_made_together(
    client: Client, manager: User, contract: Contract
) -> None:
    """From the start to the terms of a report: proposal, adoption, both agree, signed."""
    client.force_login(manager)
    begun = client.post(f"{MANAGE}nieuw/", {"year": "2028"})
    assert begun["Location"] == f"{MANAGE}1/"
    amendment = contract.amendments.get(number=1)
    assert (amendment.year, amendment.holds_from) == (2028, datetime.date(2028, 1, 1))
    person = partner_of(contract)
    portal = signed_in(person)
    page = f"/portaal/afspraken/{amendment.pk}/"
    assert portal.get(page).status_code == 404  # not shared yet
    for _ in range(2):
        client.post(f"{MANAGE}1/delen/")
    assert OutboxMail.objects.filter(to=person.email).count() == 1
    assert "Resultaatafspraken 2028" in text_of(portal.get("/portaal/afspraken/"))
    kpi = the_kpi(contract)
    proposal = {
        "kpi": kpi.pk,
        "text": "Vijftig halen wij niet.",
        "period": "2028",
        "proposed": "45",
    }
    for _ in range(2):
        portal.post(page, proposal)
    row = Remark.objects.get()
    assert "Voorstel: 45 voor 2028" in text_of(client.get(f"{MANAGE}1/"))
    answer = {"outcome": "adopted", "text": "Eens."}
    client.post(f"{MANAGE}1/antwoord/{row.pk}/", answer)
    again = text_of(client.post(f"{MANAGE}1/antwoord/{row.pk}/", answer))
    assert "Op deze opmerking is al geantwoord." in again
    shown = text_of(portal.get(page))
    assert "Overgenomen." in shown
    assert "<b>45</b>" in shown
    # Both agree with the same text; then it is laid down.
    portal.post(f"{page}akkoord/", {"seen": mark(portal, page)})
    refused = client.post(f"{BASE}buurt/addendum/1/ondertekenen/", {"signed_on": "2027-12-01"})
    assert "De gemeente is nog niet akkoord" in text_of(refused)
    client.post(f"{MANAGE}1/akkoord/", {"seen": mark(client, f"{MANAGE}1/")})
    client.post(f"{BASE}buurt/addendum/1/ondertekenen/", {"signed_on": "2027-12-01"})
    amendment.refresh_from_db()
    assert not amendment.is_draft
    before, after = (terms_of(contract, Period.parse(code)) for code in ("2027-H1", "2028"))
    assert after.kpis[0].target is not None
    assert after.kpis[0].target.number == 45
    assert before.kpis[0].target is not None
    assert before.kpis[0].target.number == 50
    assert "liggen vast" in text_of(portal.get(page))
    assert portal.post(page, {"text": "Toch niet."}).status_code == 403


def test_a_change_after_a_sign_off_asks_for_it_again(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)
    client.post(f"{MANAGE}1/delen/")
    portal = signed_in(partner_of(contract))
    page = f"/portaal/afspraken/{amendment.pk}/"
    seen = mark(portal, page)
    for _ in range(2):
        portal.post(f"{page}akkoord/", {"seen": seen})
    assert SignOff.objects.count() == 1
    KPITargetFactory.create(kpi=the_kpi(contract), started_by=amendment, period="2028")
    shown = text_of(portal.get(page))
    assert "akkoord met een eerdere tekst" in shown
    late = text_of(portal.post(f"{page}akkoord/", {"seen": seen}, follow=True))
    assert "De afspraken zijn intussen gewijzigd." in late
    assert SignOff.objects.count() == 1


def test_a_reader_reads_and_a_reporter_does_not_sign(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)
    client.post(f"{MANAGE}1/delen/")
    page = f"/portaal/afspraken/{amendment.pk}/"
    reader = signed_in(partner_of(contract, Role.READER))
    assert "Verstuur uw reactie" not in text_of(reader.get(page))
    assert reader.post(page, {"text": "Hallo"}).status_code == 403
    reporter = signed_in(partner_of(contract, Role.REPORTER))
    assert reporter.post(f"{page}akkoord/", {"seen": "x"}).status_code == 403
    stranger = signed_in(UserFactory.create(holds=[Role.SIGNATORY], of=PartnerFactory.create()))
    assert stranger.get(page).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "Schrijf uw opmerking."),
        ({"proposed": "45"}, "Voor welke periode is uw voorstel?"),
        ({"period": "2028"}, "Welke streefwaarde stelt u voor?"),
        ({"kpi": "", "period": "2028", "proposed": "45"}, "Kies over welke prestatie-indicator"),
        ({"period": "2028", "proposed": "veel"}, "veel"),
    ],
)
def test_a_proposal_that_says_too_little_is_told(
    client: Client,
    manager: User,
    contract: Contract,
    amendment: Amendment,
    wrong: dict[str, Any],
    told: str,
) -> None:
    client.force_login(manager)
    client.post(f"{MANAGE}1/delen/")
    portal = signed_in(partner_of(contract))
    typed = {"kpi": the_kpi(contract).pk, "text": "Liever minder.", **wrong}
    answer = portal.post(f"/portaal/afspraken/{amendment.pk}/", typed)
    assert told in text_of(answer)
    assert not Remark.objects.exists()


def test_a_contract_without_reporting_gets_the_uniform_one(manager: User) -> None:
    contract = running(manager)
    agreement = contract.reporting_agreements.get()
    other = Contract.objects.get(pk=contract.pk)
    first = other.amendments.get(number=0)
    assert agreement.started_by == first
    start_framework(contract, 2027, user=manager)
    assert contract.reporting_agreements.count() == 1  # what was agreed stays


def test_years_outside_the_contract_are_refused(client: Client, manager: User) -> None:
    running(manager)
    client.force_login(manager)
    answer = text_of(client.post(f"{MANAGE}nieuw/", {"year": "2031"}))
    assert "De overeenkomst loopt niet in 2031." in answer


def test_a_kpi_has_its_own_band_aspect_and_reason(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)
    kpi = KPIFactory.create(contract=contract, started_by=amendment, number="2", name="Tevreden")
    typed = {
        "indicator": kpi.indicator_id,
        "number": "2",
        "name": "Tevreden",
        "aspect": "quality",
        "obligation": "effort",
        "band": "2,5",
        "rationale": "Tevredenheid zegt of het helpt.",
        "revision": kpi.revision,
    }
    answer = client.post(f"{BASE}buurt/indicatoren/{kpi.pk}/", typed)
    assert answer.status_code == 302
    page = text_of(client.get(f"{MANAGE}1/"))
    for words in ("Kwaliteit: hoe goed", "Inspanningsverplichting", "2,5", "zegt of het helpt"):
        assert words in page
    Amendment.objects.filter(pk=amendment.pk).update(is_draft=False)
    (held,) = (row for row in terms_of(contract, Period.parse("2028")).kpis if row.number == "2")
    assert str(held.band.normalize() if held.band else "") == "2.5"


def test_what_was_said_stays_once_it_is_agreed(manager: User, amendment: Amendment) -> None:
    row = Remark.objects.create(amendment=amendment, user=manager, text="Akkoord.")
    Remark.objects.filter(pk=row.pk).update(text="Bijna akkoord.")
    Amendment.objects.filter(pk=amendment.pk).update(is_draft=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=row.pk).update(text="Niet akkoord.")


def test_a_draft_that_was_shared_can_be_thrown_away(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)
    client.post(f"{MANAGE}1/delen/")
    Remark.objects.create(amendment=amendment, user=manager, text="Hm.")
    client.post(f"{BASE}buurt/addendum/1/verwijderen/")
    assert not Amendment.objects.filter(pk=amendment.pk).exists()
    assert KPI.objects.filter(contract=contract).exists()


def test_the_page_costs_the_same_at_one_and_at_many(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)

    def asked() -> int:
        client.get(f"{MANAGE}1/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{MANAGE}1/")
        return len(queries)

    before = asked()
    for number in range(3, 9):
        kpi = KPIFactory.create(contract=contract, started_by=amendment, number=str(number))
        KPITargetFactory.create(kpi=kpi, started_by=amendment, period="2028")
        said = {"amendment": amendment, "kpi": kpi, "user": manager}
        first = Remark.objects.create(**said, text="Meer?")
        Remark.objects.create(**said, reply_to=first, outcome="declined", text="Nee.")
    assert asked() == before


def test_a_changed_target_is_told_with_its_unit_and_not_as_other_words(
    client: Client, manager: User, contract: Contract
) -> None:
    start = the_kpi(contract).started_by
    kpi = KPIFactory.create(
        contract=contract, started_by=start, number="9", indicator__unit="deelnemers"
    )
    made = start_framework(contract, 2028, user=manager)
    KPITargetFactory.create(kpi=kpi, started_by=start, ended_by=made, period="2028", number=140)
    KPITargetFactory.create(kpi=kpi, started_by=made, period="2028", number=125)
    client.force_login(manager)
    html = text_of(client.get(f"{MANAGE}{made.number}/"))
    assert f"Was: 140{NARROW}deelnemers." in html
    changed = html.split("Streefwaarden</h3>")[1].split("</section>")[0]
    assert "Anders geworden" in changed
    assert "anders verwoord" not in changed


def test_the_work_page_names_result_agreements_once(
    client: Client, manager: User, contract: Contract, amendment: Amendment
) -> None:
    client.force_login(manager)
    shown = text_of(client.get(f"{BASE}buurt/")).split('id="addenda"')[1].split("</section>")[0]
    assert shown.count(f">{amendment.title}<") == 1
    assert "Reacties en akkoord" in shown
