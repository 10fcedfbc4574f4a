"""A basic assignment and the additional ones, each with its own money and reporting (C29), and the
contracts whose term is over."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from contracts.constants import AmountKind, AssignmentKind, ContractStatus, ReportFrequency
from contracts.file.assignments import assignments_beside
from contracts.file.due import deadlines, to_finish
from contracts.models import Contract
from tests.contracts.drafts import BASE, text_of
from tests.factories_agenda import SourceFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    ReportingAgreementFactory,
)
from tests.factories_file import ExtensionOptionFactory, SupplyFactory, TransitionFactory
from tests.factories_money import AllocationFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2021, 3, 1)


def assignment(title: str, amount: int, frequency: str, basic: Contract | None = None) -> Contract:
    kind = AssignmentKind.ADDITIONAL if basic else AssignmentKind.BASIC
    made: Contract = ContractFactory.create(
        running=True, title=title, assignment_kind=kind, basic_contract=basic
    )
    first = AmendmentFactory.create(contract=made, number=0)
    BudgetLineFactory.create(contract=made, label="Bedrag", number=amount, started_by=first)
    ReportingAgreementFactory.create(contract=made, frequency=frequency, started_by=first)
    return made


@pytest.fixture
def basic() -> Contract:
    return assignment("De basis", 500_000, ReportFrequency.YEARLY)


def test_each_assignment_shows_its_own_money_and_reporting(
    client: Client, manager: User, basic: Contract
) -> None:
    beside = assignment("Het vervoer", 60_000, ReportFrequency.HALF_YEARLY, basic)
    client.force_login(manager)
    for slug in (basic.slug, beside.slug):
        for page in (f"{BASE}{slug}/", f"/overeenkomsten/{slug}/"):
            shown = text_of(client.get(page))
            assert "Basisopdracht en wat erbij komt" in shown, page
            for words in ("De basis", "Het vervoer", "500.000", "60.000", "Elk jaar"):
                assert words in shown, (page, words)
            assert "Elk halfjaar" in shown


def test_what_is_not_agreed_for_the_whole_assignment_is_no_money_of_it(basic: Contract) -> None:
    assignment("Het vervoer", 60_000, "", basic)
    held = {"contract": basic, "started_by": basic.amendments.get()}
    BudgetLineFactory.create(label="Deel", number=1, is_earmarked=True, **held)
    BudgetLineFactory.create(label="Vooraf", number=2, amount_kind=AmountKind.AVAILABLE, **held)
    first, second = assignments_beside(basic, drafts=False)
    assert [line["label"] for line in first["money"]] == ["Bedrag"]
    assert (first["kind"], second["kind"]) == ("basisopdracht", "aanvullende opdracht")
    assert second["frequency"] == ""


def test_one_assignment_alone_has_no_table_and_a_draft_is_not_public(
    client: Client, manager: User, basic: Contract
) -> None:
    assert assignments_beside(basic, drafts=True) == []
    ContractFactory.create(
        title="Nog een concept", assignment_kind="additional", basic_contract=basic
    )
    assert "Nog een concept" not in text_of(client.get(f"/overeenkomsten/{basic.slug}/"))
    client.force_login(manager)
    assert "Nog een concept" in text_of(client.get(f"{BASE}{basic.slug}/"))


def test_many_assignments_cost_as_much_as_two(basic: Contract) -> None:
    counted = []
    for number in range(6):
        assignment(f"Aanvulling {number}", 1000, ReportFrequency.YEARLY, basic)
        with CaptureQueriesContext(connection) as queries:
            assert len(assignments_beside(basic, drafts=False)) == number + 2
        counted.append(len(queries))
    assert set(counted) == {4}


def test_a_line_of_the_budget_and_its_contract_lead_to_each_other(
    client: Client, manager: User, basic: Contract
) -> None:
    AllocationFactory.create(label="Geld voor de basis", contract=basic, first_year=2019)
    AllocationFactory.create(label="Geld voor iets anders", first_year=2019)
    client.force_login(manager)
    page = text_of(client.get(f"{BASE}{basic.slug}/"))
    assert 'href="/beheer/geld/2019/">Geld voor de basis' in page
    assert "Geld voor iets anders" not in page
    assert f'href="{BASE}{basic.slug}/#geld">De basis' in text_of(client.get("/beheer/geld/2019/"))


# -- the term is over ------------------------------------------------------------------------------
def test_a_contract_whose_term_is_over_is_no_alarm(client: Client, manager: User) -> None:
    contract = ContractFactory.create(running=True, title="Hulp van toen")
    ends = contract.ends_on
    assert ends is not None
    ExtensionOptionFactory.create(contract=contract, notice_by=ends, until="2022-12-31")
    SupplyFactory.create(contract=contract, ends_on=ends)
    assert len(deadlines(ends)) == 3
    assert to_finish(ends) == []
    after = ends + datetime.timedelta(days=1)
    assert deadlines(after) == []
    assert to_finish(after) == [contract]
    client.force_login(manager)
    page = text_of(client.get(f"{BASE}termijnen/"))
    assert "Er is nu niets dat voor een dag moet" in page
    assert "Looptijd voorbij" in page
    assert "Hulp van toen" in page
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.ENDED)
    assert to_finish(after) == []
    assert "Looptijd voorbij" not in text_of(client.get(f"{BASE}termijnen/"))


def test_a_transition_that_a_document_tells_asks_for_nothing() -> None:
    told = TransitionFactory.create(contract__running=True, ends_on=TODAY)
    assert [each.key for each in deadlines(TODAY)] == [f"transition-{told.pk}"]
    told.source = SourceFactory.create()
    told.locator = "H3"
    told.save()
    assert deadlines(TODAY) == []
