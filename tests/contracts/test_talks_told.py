"""Who hears of an action point, what minutes are laid down, and what the forms over talks offer."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Organisation, User
from contracts.actions import NotEditable
from contracts.actions import talks as actions
from contracts.forms.contract import ContractForm
from contracts.forms.file import SupplyForm
from contracts.models import KPI, Contract, Supply
from contracts.talks.forms import ATTENDANCE, ActionForm, MeetingForm
from contracts.talks.rules import Ground, Raised, Rhythm, rhythm_in
from core.models import OutboxMail
from reporting.entrance.forms import EntranceForm
from tests.contracts.drafts import draft_amendment, posted_rows, running, text_of, the_kpi
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory, KPIFactory
from tests.factories_talks import (
    ActionPointFactory,
    AttendanceFactory,
    MeetingFactory,
    MeetingPointFactory,
    held_meeting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def former() -> Organisation:
    """An organisation that went on under another one."""
    made: Organisation = PartnerFactory.create(
        merged_into=PartnerFactory.create(),
        merge_kind="merger",
        merged_on=datetime.date(2020, 1, 1),
        merge_reason="Fusie.",
    )
    return made


# -- action points ---------------------------------------------------------------------------------
def test_who_takes_an_action_point_over_hears_of_it_each_time(desk: Client, manager: User) -> None:
    one, other = (UserFactory.create(holds=[Role.CONTRACT_MANAGER]) for _ in range(2))
    action = ActionPointFactory.create(user=manager)
    day = timezone.localdate() + datetime.timedelta(days=60)

    def given_to(owner: User, text: str = "Cijfers nasturen") -> None:
        action.refresh_from_db()
        typed = {
            "kind": "action",
            "text": text,
            "user": owner.pk,
            "due_on": day.isoformat(),
            "revision": action.revision,
        }
        answer = desk.post(f"/beheer/actiepunten/{action.pk}/wijzigen/", typed)
        assert answer.status_code == 302

    for owner in (one, other, one):
        given_to(owner)
    given_to(one, "Andere woorden")
    assert [mail.to for mail in OutboxMail.objects.order_by("pk")] == [
        owner.email for owner in (one, other, one)
    ]


# -- minutes ---------------------------------------------------------------------------------------
def test_minutes_are_laid_down_as_they_were_read(manager: User) -> None:
    meeting = held_meeting(manager)
    AttendanceFactory.create(meeting=meeting)
    MeetingPointFactory.create(meeting=meeting, minutes="Eén.")
    point = MeetingPointFactory.create(meeting=meeting, minutes="Twee.")
    read = actions.mark_of(meeting)
    actions.remove_point(point, meeting, user=manager)
    MeetingPointFactory.create(meeting=meeting, minutes="Heel iets anders.")
    with pytest.raises(NotEditable, match="intussen gewijzigd"):
        actions.record(meeting, seen=read, user=manager)
    read = actions.mark_of(meeting)
    AttendanceFactory.create(meeting=meeting, who="iemand anders")
    with pytest.raises(NotEditable, match="intussen gewijzigd"):
        actions.record(meeting, seen=read, user=manager)
    actions.record(meeting, seen=actions.mark_of(meeting), user=manager)


# -- rhythm ----------------------------------------------------------------------------------------
def test_a_raised_rhythm_is_never_below_the_contract(desk: Client) -> None:
    low = [Raised(2026, 2, 3)]
    assert rhythm_in(2026, official=6, executive=2, raised=low) == Rhythm(6, 3, Ground.RAISED)
    assert rhythm_in(2026, official=6, executive=3, raised=low) == Rhythm(6, 3, Ground.CONTRACT)
    contract = ContractFactory.create(running=True, official_meetings=6, executive_meetings=2)
    page = f"/beheer/overeenkomsten/{contract.slug}/overlegritme/?jaar=2026"
    typed = {"from_year": 2026, "official": 5, "executive": 1, "reason": "Minder?"}
    form = desk.post(page, typed).context["form"]
    assert {"official", "executive"} <= set(form.errors)
    assert desk.post(page, typed | {"official": 6, "executive": 2}).status_code == 302


# -- what is offered -------------------------------------------------------------------------------
def test_a_decision_is_about_indicators_in_force(desk: Client, manager: User) -> None:
    contract = running(manager)
    amendment, held = draft_amendment(contract), the_kpi(contract)
    new = KPIFactory.create(contract=contract, started_by=amendment, number="99")
    KPI.objects.filter(pk=held.pk).update(ended_by=amendment)
    page = desk.get(f"/beheer/besluiten/nieuw/?overeenkomst={contract.slug}")
    offered = page.context["form"].fields["kpis"].queryset
    assert held in offered
    assert new not in offered


def test_nothing_new_is_for_an_organisation_that_went_on_under_another(
    former: Organisation, desk: Client
) -> None:
    contract: Contract = ContractFactory.create(partner=former)
    meeting = MeetingFactory.create(partners=[former])
    action = ActionPointFactory.create(user=None, organisation=former)
    new: list[tuple[Any, str]] = [
        (MeetingForm(), "partners"),
        (ActionForm(), "organisation"),
        (ActionForm(), "between"),
        (ContractForm(), "partner"),
        (SupplyForm(contract=contract, instance=Supply(contract=contract)), "supplier"),
        (EntranceForm(), "organisation"),
        (ATTENDANCE().forms[0], "organisation"),
    ]
    held: list[tuple[Any, str]] = [
        (MeetingForm(instance=meeting), "partners"),
        (ActionForm(instance=action), "organisation"),
        (ContractForm(instance=contract), "partner"),
    ]
    assert [former in form.fields[name].queryset for form, name in new] == [False] * len(new)
    assert all(former.merged_into in form.fields[name].queryset for form, name in new)
    assert all(former in form.fields[name].queryset for form, name in held)


def test_who_was_on_the_list_stays_on_it(former: Organisation, desk: Client) -> None:
    meeting = MeetingFactory.create()
    AttendanceFactory.create(meeting=meeting, who="bestuurder", organisation=former)
    row = {"who": "bestuurder", "organisation": former.pk, "presence": "absent"}
    address = f"/beheer/overleg/{meeting.pk}/deelnemers/"
    assert posted_rows(desk, address, row, held=1).status_code == 302
    assert meeting.attendance.get().organisation == former


def test_the_page_says_what_a_calendar_is_told(desk: Client) -> None:
    page = text_of(desk.get("/overlegagenda/"))
    assert "waar, met welke organisatie en het onderwerp" in page
