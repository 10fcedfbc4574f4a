"""A contract as it stood: what was ended is over, and drafts of an agenda stay hidden."""

from __future__ import annotations

import datetime

import pytest

from contracts.models import Contract, Expectation
from contracts.story import CONTRACT_RELATIONS, contract_story
from core.periods import Period
from reporting.story import partner_stories
from tests.factories_agenda import AgendaVersionFactory, ThemeFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    ContractThemeFactory,
    KPIFactory,
    ReportingAgreementFactory,
)

pytestmark = pytest.mark.django_db


def reread(contract: Contract) -> Contract:
    return (
        Contract.objects.select_related("partner", "source")
        .prefetch_related(*CONTRACT_RELATIONS)
        .get(pk=contract.pk)
    )


@pytest.fixture
def amended() -> Contract:
    """Since 2019 the money, a KPI and the rhythm of reporting are others than at the start."""
    first = AmendmentFactory.create(contract=ContractFactory.create(from_source=True))
    contract: Contract = first.contract
    change = AmendmentFactory.create(
        contract=contract, number=1, signed_on=datetime.date(2019, 7, 1)
    )
    for label, started, ended in (("oud", first, change), ("nieuw", change, None)):
        shared = {"contract": contract, "started_by": started, "ended_by": ended}
        BudgetLineFactory.create(label=label, **shared)
        KPIFactory.create(name=label, **shared)
        ReportingAgreementFactory.create(note=label, **shared)
    return contract


@pytest.mark.parametrize(("until", "held"), [(2018, "oud"), (2019, "nieuw"), (None, "nieuw")])
def test_money_and_reporting_are_those_in_force(
    amended: Contract, until: int | None, held: str
) -> None:
    story = contract_story(reread(amended), until=until)
    assert [line["label"] for line in story["budget_lines"]] == [held]
    assert [line["note"] for line in story["reporting"]] == [held]


def test_what_an_amendment_ends_holds_until_its_own_term_begins(amended: Contract) -> None:
    change = amended.amendments.get(number=1)
    change.signed_on, change.term = datetime.date(2018, 12, 18), Period(2019, until=2020)
    change.save(update_fields=["signed_on", "term"])
    story = contract_story(reread(amended), until=2018)
    assert [line["label"] for line in story["budget_lines"]] == ["oud", "nieuw"]
    assert [row["number"] for row in story["amendments"]] == [0, 1]


def test_an_amendment_tells_what_it_ended(amended: Contract) -> None:
    start, change = contract_story(reread(amended))["amendments"]
    assert [kpi["name"] for kpi in start["kpis"]] == ["oud"]
    assert [kpi["name"] for kpi in change["kpis"]] == ["nieuw"]
    assert [kpi["name"] for kpi in change["ended_kpis"]] == ["oud"]
    assert [line["label"] for line in change["ended_lines"]] == ["oud"]


def test_a_draft_of_an_agenda_is_not_told() -> None:
    contract = ContractFactory.create(running=True)
    for version in (
        AgendaVersionFactory.create(agenda__short_name="Klad"),
        AgendaVersionFactory.create(agenda__short_name="Vastgesteld", adopted=True),
    ):
        theme = ThemeFactory.create(version=version, name=f"Thema {version.agenda.short_name}")
        contract.agenda_versions.add(version)
        ContractThemeFactory.create(contract=contract, theme=theme)
        Expectation.objects.create(contract=contract, theme=theme, kind="effect", text="Minder.")
    story = contract_story(reread(contract))
    (partner,) = partner_stories()
    for told in (story, partner["contracts"][0]):
        assert [row["short_name"] for row in told["agendas"]] == ["Vastgesteld"]
        assert [row["name"] for row in told["themes"]] == ["Thema Vastgesteld"]
        assert [row["theme"] for row in told["expectations"]] == ["", "Thema Vastgesteld"]
        assert "Klad" not in str(told)
