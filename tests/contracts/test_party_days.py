"""Who left reads nothing new, and who works at a successor works for the one before it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.constants import Role
from accounts.merging import merge
from accounts.models import Organisation, User
from contracts.forms.exchange import ExchangeForm
from contracts.forms.file import NoticeForm, OptionForm, SupplyForm
from contracts.forms.rows import PartyRow
from contracts.models import Contract, ExtensionOption
from contracts.organisations import counted
from contracts.projects.forms import ProjectForm
from contracts.querysets import offered_members
from contracts.talks.mails import remind_action
from core.models import OutboxMail
from monitor.models import FollowUp
from monitor.recommendations.forms import FollowUpForm
from tests.contracts.drafts import BASE, posted_rows, text_of
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import (
    AmendmentFactory,
    ContractFactory,
    ExchangeFactory,
    PartyFactory,
)
from tests.factories_money import granted
from tests.factories_projects import ProjectFactory
from tests.factories_talks import ActionPointFactory, DecisionFactory, MeetingFactory

pytestmark = pytest.mark.django_db

LEFT = datetime.date(2019, 6, 1)


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(running=True, slug="buurt")
    return made


def left(contract: Contract, role: str = "member", **fields: object) -> Organisation:
    """An organisation that took part until ``LEFT``."""
    organisation: Organisation = PartnerFactory.create()
    PartyFactory.create(
        contract=contract, organisation=organisation, role=role, valid_until=LEFT, **fields
    )
    return organisation


def at(organisation: Organisation, role: Role = Role.REPORTER) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=[role], of=organisation))
    return client


def test_a_lead_that_left_reads_no_subsidy(contract: Contract) -> None:
    row = granted(contract=contract)
    former, lead = left(contract, "lead"), PartnerFactory.create()
    PartyFactory.create(
        contract=contract,
        organisation=lead,
        role="lead",
        valid_from=LEFT + datetime.timedelta(days=1),
    )
    assert row.reference not in text_of(at(former).get("/portaal/subsidies/"))
    assert row.reference in text_of(at(lead).get("/portaal/subsidies/"))


def test_a_member_that_left_reads_the_talks_of_its_days_and_no_others(contract: Contract) -> None:
    client = at(left(contract))
    today = timezone.localdate()
    old = MeetingFactory.create(contracts=[contract], is_shared=True, day=LEFT)
    new = MeetingFactory.create(contracts=[contract], is_shared=True, day=today)
    DecisionFactory.create(contracts=[contract], is_shared=True, decided_on=LEFT, title="Toen")
    DecisionFactory.create(contracts=[contract], is_shared=True, decided_on=today, title="Later")
    assert client.get(f"/portaal/overleg/{old.pk}/").status_code == 200
    assert client.get(f"/portaal/overleg/{new.pk}/").status_code == 404
    point = client.post(f"/portaal/overleg/{new.pk}/punt/", {"title": "Van wie vertrok"})
    assert point.status_code == 404
    calendar = [f"/beheer/overleg/{row.pk}/afspraak.ics" for row in (old, new)]
    assert [client.get(page).status_code for page in calendar] == [200, 404]
    page = text_of(client.get("/portaal/overleg/"))
    assert "Toen" in page
    assert "Later" not in page


def test_who_left_is_offered_nowhere(contract: Contract) -> None:
    former = left(contract, contributes=True)
    stays = PartnerFactory.create()
    PartyFactory.create(contract=contract, organisation=stays, contributes=True)
    assert list(offered_members(contract)) == [stays]
    forms: tuple[tuple[Any, str], ...] = (
        (NoticeForm, "organisations"),
        (SupplyForm, "watcher"),
    )
    for form, name in forms:
        offered = form(contract=contract).fields[name].queryset
        assert former not in offered
        assert {stays, contract.partner} <= set(offered)


def test_people_of_the_successor_read_and_do_what_was_of_the_one_before(
    contract: Contract, manager: User
) -> None:
    old, new = contract.partner, PartnerFactory.create()
    assert old is not None
    subsidy = granted(contract=contract)
    talk = MeetingFactory.create(contracts=[contract], is_shared=True)
    today = timezone.localdate()
    action = ActionPointFactory.create(user=None, organisation=old, due_on=today)
    shared = AmendmentFactory.create(
        contract=contract, drafted=True, year=2020, shared_at=timezone.now(), holds_from=LEFT
    )
    client = at(new, Role.SIGNATORY)
    pages = [
        f"/portaal/overleg/{talk.pk}/",
        f"/portaal/actiepunten/{action.pk}/",
        f"/portaal/afspraken/{shared.pk}/",
    ]
    assert [client.get(page).status_code for page in pages] == [404] * 3
    merge(
        old, new, kind="merger", merged_on=LEFT, reason="Zij gingen samen.", page="/", user=manager
    )
    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert subsidy.reference in text_of(client.get("/portaal/subsidies/"))
    work = text_of(client.get("/werk/"))
    assert action.text in work
    assert shared.title in work
    remark = client.post(pages[2], {"text": "Wij lezen mee."})
    assert remark.status_code == 302
    assert shared.remarks.get().organisation == old


def test_a_mail_to_a_former_name_goes_to_the_people_of_the_successor(manager: User) -> None:
    old, new = PartnerFactory.create(), PartnerFactory.create()
    person = UserFactory.create(holds=[Role.REPORTER], of=new)
    merge(old, new, kind="merger", merged_on=LEFT, reason="Samen.", page="/", user=manager)
    old.refresh_from_db()
    remind_action(ActionPointFactory.create(user=None, organisation=old), late=False)
    assert OutboxMail.objects.get().to == person.email


def test_who_went_on_under_another_is_offered_where_it_stands_already_alone(
    contract: Contract,
) -> None:
    new, town = PartnerFactory.create(), OrganisationFactory.create(kind="municipality")
    gone = [
        PartnerFactory.create(
            merged_into=new, merged_on=LEFT, merge_kind="merger", merge_reason="Samen."
        )
        for _ in range(2)
    ]
    draft = ContractFactory.create()
    PartyFactory.create(contract=draft, organisation=gone[0])
    project = ProjectFactory.create(organisation=gone[0])
    project.partners.add(gone[0])
    exchange = ExchangeFactory.create()
    exchange.givers.add(gone[0])
    exchange.receivers.add(gone[0])
    forms: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
        (PartyRow(contract=contract), PartyRow(contract=draft), ("organisation",)),
        (ProjectForm(), ProjectForm(instance=project), ("organisation", "partners")),
        (ExchangeForm(), ExchangeForm(instance=exchange), ("givers", "receivers")),
        (
            FollowUpForm(),
            FollowUpForm(instance=FollowUp(organisation=gone[0])),
            ("organisation",),
        ),
    )
    for empty, filled, names in forms:
        for name in names:
            assert new in empty.fields[name].queryset
            assert not set(gone) & set(empty.fields[name].queryset)
            assert set(gone) & set(filled.fields[name].queryset) == {gone[0]}
    assert list(ProjectForm().fields["municipalities"].queryset) == [town]  # type: ignore[attr-defined]


# -- days of parties -------------------------------------------------------------------------------
@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def running_now() -> Contract:
    """A contract that runs from last year through next year."""
    year = timezone.localdate().year
    made: Contract = ContractFactory.create(
        running=True,
        slug="nu",
        starts_on=datetime.date(year - 1, 1, 1),
        ends_on=datetime.date(year + 1, 12, 31),
    )
    return made


@pytest.mark.parametrize("role", ["lead", "subcontractor"])
def test_nobody_stands_twice_in_a_role_on_one_day(desk: Client, role: str) -> None:
    contract = running_now()
    today = timezone.localdate()
    last = today + datetime.timedelta(days=10)
    held = PartyFactory.create(contract=contract, role=role, valid_until=last)
    other = held.organisation
    if role == "lead":
        other = PartyFactory.create(contract=contract, role="member").organisation
    typed = {"organisation": other.pk, "role": role, "valid_from": last.isoformat()}
    address = f"{BASE}nu/partijen/erbij/"
    assert "er is al een penvoerder" in text_of(desk.post(address, typed))
    after = last + datetime.timedelta(days=1)
    assert desk.post(address, typed | {"valid_from": after.isoformat()}).status_code == 302
    later = {"valid_until": after.isoformat(), "reason": "Toch langer."}
    leave = f"{BASE}nu/partijen/{held.pk}/weg/"
    assert "er is al een penvoerder" in text_of(desk.post(leave, later))


def test_a_last_day_that_is_to_come_can_be_corrected(desk: Client) -> None:
    contract = running_now()
    party = PartyFactory.create(contract=contract, role="subcontractor")
    today = timezone.localdate()
    page = f"{BASE}nu/partijen/{party.pk}/weg/"

    def leaves(days: int) -> str:
        day = today + datetime.timedelta(days=days)
        typed = {"valid_until": day.isoformat(), "reason": "Het werk is klaar."}
        answer = text_of(desk.post(page, typed, follow=True))
        party.refresh_from_db()
        return answer

    leaves(20)
    assert "Andere laatste dag" in text_of(desk.get(f"{BASE}nu/"))
    assert "Die dag moet nog komen" in text_of(desk.get(page))
    leaves(5)
    assert party.valid_until == today + datetime.timedelta(days=5)
    assert "Dat is al vastgelegd" in leaves(5)
    leaves(-1)
    told = leaves(3)
    assert "Deze partij is al vertrokken. Zij deed mee tot en met" in told
    assert party.valid_until == today - datetime.timedelta(days=1)
    assert "al vertrokken" in text_of(desk.get(page, follow=True))
    assert page not in text_of(desk.get(f"{BASE}nu/"))


def test_a_draft_has_one_lead_on_a_day(desk: Client) -> None:
    contract = ContractFactory.create(slug="concept")
    AmendmentFactory.create(contract=contract)
    first, second = PartnerFactory.create(), PartnerFactory.create()

    def posted(until: str, since: str) -> Any:
        rows = (
            {"organisation": first.pk, "role": "lead", "valid_until": until},
            {"organisation": second.pk, "role": "lead", "valid_from": since},
        )
        return posted_rows(desk, f"{BASE}concept/partijen/", *rows)

    assert "één penvoerder" in text_of(posted("2027-06-30", "2027-06-30"))
    assert posted("2027-06-30", "2027-07-01").status_code == 302
    assert contract.parties.count() == 2


def test_of_a_source_no_party_joins(desk: Client) -> None:
    ContractFactory.create(running=True, slug="bron", origin="source")
    answer = desk.get(f"{BASE}bron/partijen/erbij/")
    assert answer.status_code == 302
    assert "uit een bronstuk" in text_of(desk.get(answer["Location"]))


def test_what_did_not_come_yet_is_not_done(desk: Client, contract: Contract) -> None:
    old, new = PartnerFactory.create(), PartnerFactory.create()
    typed = {"into": new.pk, "kind": "merger", "merged_on": "2099-01-01", "reason": "Fusie."}
    asked = desk.post(f"{BASE}organisaties/{old.slug}/samenvoegen/", typed | {"zeker": "1"})
    assert "moet nog komen" in text_of(asked)
    old.refresh_from_db()
    assert old.merged_into is None
    form = OptionForm(
        {"until": "2022-12-31", "notice_by": "2020-09-30", "remind_days": "30",
         "outcome": "used", "decided_on": "2099-01-01", "reason": "Het gaat goed."},
        instance=ExtensionOption(contract=contract), contract=contract,
    )  # fmt: skip
    assert "moet nog komen" in str(form.errors["decided_on"])


def test_an_organisation_counts_what_it_holds_and_what_it_takes_part_in() -> None:
    one = PartnerFactory.create()
    own = ContractFactory.create(partner=one)
    unnamed = [ContractFactory.create(partner=None) for _ in range(2)]
    for contract in (own, *unnamed, ContractFactory.create()):
        PartyFactory.create(contract=contract, organisation=one)
    row = counted().get(pk=one.pk)
    assert (row.contract_count, row.part_count) == (1, 3)  # type: ignore[attr-defined]
