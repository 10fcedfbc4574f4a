"""What agreement with result agreements covers, when it comes back, and what is kept of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.constants import Role
from accounts.models import Change, Membership, Organisation, RoleAssignment, User
from contracts.actions import NotEditable
from contracts.actions.amending import amendment_problems
from contracts.actions.framework import remark, reply, share, sign_off, start_framework
from contracts.framework.content import content_of
from contracts.models import Amendment, Contract, KPITarget, Remark
from core.models import OutboxMail
from core.periods import Period
from tests.contracts.drafts import BASE, running, text_of, the_kpi
from tests.factories import UserFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    PartyFactory,
    TermFactory,
)
from tests.factories_file import ProvisionFactory

pytestmark = pytest.mark.django_db
MANAGE = f"{BASE}buurt/resultaatafspraken/"


@pytest.fixture
def contract(manager: User) -> Contract:
    """It runs in 2027 and 2028, with one KPI."""
    return running(manager)


@pytest.fixture
def amendment(contract: Contract, manager: User) -> Amendment:
    made = start_framework(contract, 2028, user=manager)
    share(made, user=manager)
    made.refresh_from_db()
    return made


def lead_of(contract: Contract) -> Organisation:
    return contract.parties.get(role="lead").organisation


def person(organisation: Organisation, role: Role = Role.SIGNATORY) -> User:
    made: User = UserFactory.create(holds=[role], of=organisation)
    return made


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def agree(amendment: Amendment, user: User, organisation: Organisation | None) -> None:
    seen = content_of(amendment.contract, amendment).sha256
    sign_off(amendment, seen=seen, organisation=organisation, user=user)


@pytest.mark.parametrize("kind", [BudgetLineFactory, TermFactory, ProvisionFactory])
def test_agreement_covers_all_that_is_started_and_ended(
    contract: Contract, amendment: Amendment, manager: User, kind: Any
) -> None:
    lead = lead_of(contract)
    held = kind.create(contract=contract, started_by=contract.amendments.get(number=0))
    for user, organisation in ((manager, None), (person(lead), lead)):
        agree(amendment, user, organisation)
    assert amendment_problems(amendment, contract) == []
    row = kind.create(contract=contract, started_by=amendment)
    assert len(amendment_problems(amendment, contract)) == 2
    row.delete()
    assert amendment_problems(amendment, contract) == []
    type(held)._base_manager.filter(pk=held.pk).update(ended_by=amendment)
    assert len(amendment_problems(amendment, contract)) == 2


def test_a_lapsed_agreement_comes_back_to_who_signs(
    contract: Contract, amendment: Amendment
) -> None:
    lead = lead_of(contract)
    signatory, reporter = person(lead), person(lead, Role.REPORTER)
    member = PartyFactory.create(contract=contract, role="member").organisation
    reads = (reporter, person(member))

    def asked(user: User) -> bool:
        return amendment.title in text_of(browser(user).get("/werk/"))

    assert asked(signatory)
    assert not any(asked(user) for user in reads)
    agree(amendment, signatory, lead)
    assert not asked(signatory)
    TermFactory.create(contract=contract, started_by=amendment)
    assert asked(signatory)
    assert not any(asked(user) for user in reads)


def test_the_same_words_after_an_answer_are_a_new_remark(
    contract: Contract, amendment: Amendment, manager: User
) -> None:
    lead = lead_of(contract)
    said: dict[str, Any] = {"text": "Niet akkoord.", "organisation": lead, "user": person(lead)}
    first = remark(amendment, **said)
    assert remark(amendment, **said) == first  # a second click
    reply(first, outcome="declined", text="Toch wel.", user=manager)
    assert remark(amendment, **said) != first
    assert amendment.remarks.filter(reply_to=None).count() == 2


def test_nothing_is_laid_down_while_a_partner_waits_for_an_answer(
    contract: Contract, amendment: Amendment, manager: User
) -> None:
    lead = lead_of(contract)
    signatory = person(lead)
    said = remark(amendment, text="Dit is te veel.", organisation=lead, user=signatory)
    agree(amendment, signatory, lead)
    agree(amendment, manager, None)
    (problem,) = amendment_problems(amendment, contract)
    assert problem == "Een partner wacht op antwoord. Beantwoord eerst elke reactie."
    reply(said, outcome="declined", text="Toch wel.", user=manager)
    assert amendment_problems(amendment, contract) == []


def test_a_remark_is_of_the_organisation_that_somebody_writes_for(
    contract: Contract, amendment: Amendment
) -> None:
    lead = lead_of(contract)
    assert contract.partner is not None
    user = person(contract.partner, Role.READER)
    since = datetime.date(2015, 1, 1)
    Membership.objects.create(user=user, organisation=lead, valid_from=since)
    RoleAssignment.objects.create(
        user=user, role=Role.REPORTER, organisation=lead, valid_from=since
    )
    browser(user).post(f"/portaal/afspraken/{amendment.pk}/", {"text": "Hallo."})
    assert Remark.objects.get().organisation == lead


def test_a_year_begins_in_that_year_and_only_once(contract: Contract, manager: User) -> None:
    later = datetime.date(2028, 6, 1)
    AmendmentFactory.create(contract=contract, number=1, holds_from=later)
    with pytest.raises(NotEditable, match="1 juni 2028"):
        start_framework(contract, 2027, user=manager)
    made = start_framework(contract, 2028, user=manager)
    assert made.holds_from == later
    Amendment.objects.filter(pk=made.pk).update(is_draft=False, signed_on=later)
    with pytest.raises(NotEditable, match="al resultaatafspraken voor 2028"):
        start_framework(contract, 2028, user=manager)


@pytest.mark.parametrize("period", ["2050", "2026", "2029-H1"])
def test_a_proposal_stays_within_the_contract(
    contract: Contract, amendment: Amendment, manager: User, period: str
) -> None:
    lead, kpi = lead_of(contract), the_kpi(contract)
    user = person(lead)
    typed = {"kpi": kpi.pk, "text": "Liever zo.", "period": period, "proposed": "45"}
    answer = text_of(browser(user).post(f"/portaal/afspraken/{amendment.pk}/", typed))
    assert "De overeenkomst loopt niet in" in answer
    assert not Remark.objects.exists()
    old = Remark.objects.create(
        amendment=amendment, kpi=kpi, text="Eerder.", organisation=lead, user=user,
        period=Period.parse(period), proposed="45",
    )  # fmt: skip
    with pytest.raises(NotEditable, match="loopt niet in"):
        reply(old, outcome="adopted", text="Goed.", user=manager)
    assert not KPITarget.objects.filter(started_by=amendment).exists()


def test_what_was_said_of_a_draft_that_goes_stays_in_the_history(
    client: Client, contract: Contract, amendment: Amendment, manager: User
) -> None:
    lead = lead_of(contract)
    user = person(lead)
    remark(amendment, text="Wij willen minder.", organisation=lead, user=user)
    agree(amendment, user, lead)
    client.force_login(manager)
    address = f"{BASE}buurt/addendum/1/verwijderen/"
    assert "blijft in de geschiedenis" in text_of(client.get(address))
    client.post(address)
    assert not Remark.objects.exists()
    page = text_of(client.get(f"{BASE}buurt/geschiedenis/"))
    assert "Wij willen minder." in page
    assert "akkoord met resultaatafspraken" in page.lower()
    assert Change.objects.filter(action="removed").count() == 3


def test_sharing_says_who_gets_a_mail(client: Client, contract: Contract, manager: User) -> None:
    client.force_login(manager)
    start_framework(contract, 2028, user=manager)
    shared = text_of(client.post(f"{MANAGE}1/delen/", follow=True))
    assert "Er gaat geen mail uit: bij deze partner" in shared
    assert "waren al gedeeld" in text_of(client.post(f"{MANAGE}1/delen/", follow=True))
    assert not OutboxMail.objects.exists()
    Amendment.objects.filter(number=1).update(shared_at=None)
    person(lead_of(contract))
    assert "1 persoon krijgt een mail" in text_of(client.post(f"{MANAGE}1/delen/", follow=True))
    assert OutboxMail.objects.count() == 1


def test_open_remarks_lead_to_their_agreements(
    client: Client, contract: Contract, amendment: Amendment, manager: User
) -> None:
    lead = lead_of(contract)
    user = person(lead)
    for text in ("Een.", "Twee."):
        remark(amendment, text=text, organisation=lead, user=user)
    client.force_login(manager)
    work = text_of(client.get("/werk/"))
    assert "2 reacties op resultaatafspraken" in work
    assert f'href="{MANAGE}1/"' in work
    for row in Remark.objects.filter(reply_to=None):
        reply(row, outcome="declined", text="Nee.", user=manager)
    assert "op resultaatafspraken" not in text_of(client.get("/werk/"))
