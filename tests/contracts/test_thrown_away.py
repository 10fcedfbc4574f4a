"""What hangs on a draft or on a part of it: it is refused with words, or it goes along."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.history import key_of
from accounts.models import Change, User
from agenda.actions.money_years import reopen_year
from contracts.actions import NotEditable
from contracts.actions.file import check_term
from contracts.models import Contract, MeetingRhythm, PassOnFrame, SubAssignment, Term, TermCheck
from tests.contracts.drafts import BASE, posted_rows, text_of
from tests.factories_contracts import (
    AmendmentFactory,
    ContractFactory,
    SubAssignmentFactory,
)
from tests.factories_money import (
    AllocationFactory,
    PassOnFactory,
    PassOnFrameFactory,
    SubsidyFactory,
    closed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def draft() -> Contract:
    made: Contract = ContractFactory.create(
        slug="buurt",
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2020, 12, 31),
    )
    AmendmentFactory.create(contract=made)
    return made


def thrown_away(desk: Client) -> str:
    return text_of(desk.post(f"{BASE}buurt/verwijderen/", follow=True))


@pytest.mark.parametrize(
    ("hangs", "told"),
    [
        (AllocationFactory, "budgetpost"),
        (SubsidyFactory, "subsidie"),
        (PassOnFrameFactory, "doorgegeven subsidies"),
    ],
)
def test_a_draft_with_money_of_others_says_what_hangs_on_it(
    desk: Client, draft: Contract, hangs: Any, told: str
) -> None:
    row = hangs.create(contract=draft)
    answer = thrown_away(desk)
    assert f"{told} ‘{row}’" in answer
    assert Contract.objects.filter(pk=draft.pk).exists()
    row.delete()
    assert "is verwijderd" in thrown_away(desk)
    assert not Contract.objects.filter(pk=draft.pk).exists()


def test_a_draft_that_another_is_an_addition_to_stays(desk: Client, draft: Contract) -> None:
    draft.assignment_kind = "basic"
    draft.save()
    other = ContractFactory.create(assignment_kind="additional", basic_contract=draft)
    assert f"aanvullende opdracht ‘{other}’" in thrown_away(desk)
    assert Contract.objects.filter(pk=draft.pk).exists()


def test_how_often_is_met_goes_with_the_draft(desk: Client, draft: Contract) -> None:
    typed = {"from_year": "2020", "official": "3", "executive": "1", "reason": "Vaker nodig."}
    desk.post(f"{BASE}buurt/overlegritme/?jaar=2020", typed)
    assert MeetingRhythm.objects.count() == 1
    assert "is verwijderd" in thrown_away(desk)
    assert not MeetingRhythm.objects.exists()


def test_a_part_that_a_budget_line_names_stays(desk: Client, draft: Contract) -> None:
    part = SubAssignmentFactory.create(contract=draft)
    line = AllocationFactory.create(contract=draft, sub_assignment=part)
    address = f"{BASE}buurt/deelopdrachten/{part.pk}/weghalen/"
    assert f"Budgetpost ‘{line}’" in text_of(desk.post(address, follow=True))
    assert SubAssignment.objects.filter(pk=part.pk).exists()
    line.delete()
    desk.post(address)
    assert not SubAssignment.objects.exists()


def test_a_frame_goes_when_no_organisation_stands_in_it(desk: Client, manager: User) -> None:
    row = PassOnFactory.create(frame__year=2020)
    page = f"/beheer/doorgegeven/{row.frame.pk}/"
    address = f"{page}kader/verwijderen/"
    assert address not in text_of(desk.get(page))
    assert "nog organisaties" in text_of(desk.post(address, follow=True))
    desk.post(f"{page}{row.pk}/verwijderen/")
    assert address in text_of(desk.get(page))
    assert "U verwijdert het kader" in text_of(desk.get(address))
    closed(2020)
    assert "afgesloten" in text_of(desk.post(address, follow=True))
    assert PassOnFrame.objects.exists()
    reopen_year(2020, "Er moet nog iets weg.", user=manager)
    assert "Verwijderd" in text_of(desk.post(address, follow=True))
    assert not PassOnFrame.objects.exists()
    assert Change.objects.filter(whole=key_of(row.frame)).exists()


def test_of_a_draft_no_agreement_is_checked(desk: Client, draft: Contract, manager: User) -> None:
    row = {"kind": "cooperation", "text": "Samen in de wijk", "holder": ""}
    posted_rows(desk, f"{BASE}buurt/afspraken/", row)
    term = Term.objects.get()
    address = f"{BASE}buurt/afspraken/{term.pk}/nagaan/"
    typed = {"outcome": "kept", "checked_on": "2020-05-01"}
    assert "er is nog niets afgesproken" in text_of(desk.get(address, follow=True))
    assert "er is nog niets afgesproken" in text_of(desk.post(address, typed, follow=True))
    check = TermCheck(term=term, outcome="kept", checked_on=datetime.date(2020, 5, 1))
    with pytest.raises(NotEditable):
        check_term(check, user=manager)
    assert not TermCheck.objects.exists()
    posted_rows(desk, f"{BASE}buurt/afspraken/", row | {"text": "In elke wijk"}, held=1)
    assert Term.objects.get().text == "In elke wijk"
