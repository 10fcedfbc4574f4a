"""What a contract, its agreements and its money can never be."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from factory.django import DjangoModelFactory

from contracts.constants import AmountKind, ExpectationKind, PartyRole
from contracts.models import KPI, BudgetLine, Contract, Expectation
from tests.constraints import (
    Spoilt,
    assert_refused,
    constraint_names,
    spoil,
    spoilt,
    twin,
    value_cases,
)
from tests.contracts.file_faults import FILE
from tests.contracts.money_faults import MONEY
from tests.contracts.project_faults import PROJECTS
from tests.contracts.talk_faults import TALKS
from tests.factories import UserFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetFactory,
    BudgetItemFactory,
    BudgetLineFactory,
    ContractDateFactory,
    ContractEventFactory,
    ContractFactory,
    ContractThemeFactory,
    DataAgreementFactory,
    ExchangeFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    PersonalDataFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
    SubAssignmentFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def ends_where_it_starts(row: models.Model) -> models.Model:
    return spoil(row, ended_by=row.started_by)  # type: ignore[attr-defined]


def second_lead() -> models.Model:
    first = PartyFactory.create(role=PartyRole.LEAD)
    return spoil(PartyFactory.create(contract=first.contract), role=PartyRole.LEAD)


def second_draft() -> models.Model:
    first = AmendmentFactory.create(drafted=True)
    return spoil(AmendmentFactory.create(contract=first.contract, number=2), is_draft=True)


def same_kpi_number() -> models.Model:
    first = KPIFactory.create(number="1")
    second = KPIFactory.create(contract=first.contract, started_by=first.started_by, number="2")
    return spoil(second, number="1")


def expectation_of_no_kind() -> models.Model:
    row = Expectation.objects.create(
        contract=ContractFactory.create(), kind=ExpectationKind.values[0], text="Minder meldingen."
    )
    return spoil(row, kind="wens")


def event(**wrong: str) -> Spoilt:
    """An event that was not saved yet: one that was is never changed."""
    return lambda: ContractEventFactory.build(
        contract=ContractFactory.create(), actor=UserFactory.create(), **wrong
    )


CASES: dict[str, Spoilt] = {
    "contracts_contract_origin": spoilt(ContractFactory, origin="droom"),
    "contracts_expectation_kind": expectation_of_no_kind,
    "contracts_reporting_agreement_frequency": spoilt(ReportingAgreementFactory, frequency="soms"),
    "contracts_budget_line_amount_kind": spoilt(BudgetLineFactory, amount_kind="fooi"),
    "contracts_budget_line_duration": spoilt(BudgetLineFactory, duration="even"),
    "contracts_contract_words": spoilt(ContractFactory, kind="handdruk"),
    "contracts_contract_status": spoilt(ContractFactory, status="slapend"),
    "contracts_contract_status_known": spoilt(ContractFactory, status=None),
    "contracts_contract_dates": spoilt(
        ContractFactory,
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2019, 12, 31),
    ),
    "contracts_contract_active_complete": lambda: spoil(
        ContractFactory.create(running=True), partner=None
    ),
    "contracts_amendment_number_unique": twin(AmendmentFactory, "contract", "number"),
    "contracts_amendment_one_draft": second_draft,
    "contracts_amendment_draft_unsigned": spoilt(
        AmendmentFactory, is_draft=True, signed_on=datetime.date(2019, 1, 1), number=1
    ),
    "contracts_date_given": spoilt(ContractDateFactory, date=None),
    "contracts_date_kind": spoilt(ContractDateFactory, kind="gedroomd"),
    "contracts_party_unique": twin(PartyFactory, "contract", "organisation"),
    "contracts_party_one_lead": second_lead,
    "contracts_party_role": spoilt(PartyFactory, role="buur"),
    "contracts_party_members_contribute": spoilt(PartyFactory, role="lead", contributes=True),
    "contracts_theme_unique": twin(ContractThemeFactory, "contract", "theme"),
    "contracts_sub_assignment_number_unique": twin(SubAssignmentFactory, "contract", "number"),
    "contracts_kpi_ends_later": lambda: ends_where_it_starts(KPIFactory.create()),
    "contracts_kpi_number_unique": same_kpi_number,
    "contracts_kpitarget_ends_later": lambda: ends_where_it_starts(KPITargetFactory.create()),
    "contracts_kpi_target_unique": twin(KPITargetFactory, "kpi", "started_by"),
    "contracts_kpi_target_kind": spoilt(KPITargetFactory, kind="droom"),
    "contracts_event_from_status": event(from_status="slapend"),
    "contracts_event_to_status": event(to_status="wakker"),
    "contracts_term_kind": spoilt(TermFactory, kind="wens"),
    "contracts_reportingagreement_ends_later": lambda: ends_where_it_starts(
        ReportingAgreementFactory.create()
    ),
    "contracts_section_unique": lambda: spoil(
        ReportingSectionFactory.create(kind="numbers"),
        agreement=ReportingSectionFactory.create(kind="numbers").agreement,
    ),
    "contracts_section_kind": spoilt(ReportingSectionFactory, kind="roddel"),
    "contracts_budgetline_ends_later": lambda: ends_where_it_starts(BudgetLineFactory.create()),
    "contracts_budget_line_is_amount": spoilt(BudgetLineFactory, value_type="count"),
    "contracts_budget_line_not_negative": spoilt(BudgetLineFactory, number=-1),
    "contracts_budget_total_not_negative": spoilt(BudgetFactory, stated_total=-1),
    "contracts_budget_item_number_unique": twin(BudgetItemFactory, "budget", "number"),
    "contracts_budget_item_not_negative": spoilt(BudgetItemFactory, amount=-1),
    "contracts_budget_item_national_not_negative": spoilt(BudgetItemFactory, national_income=-1),
    **value_cases(BudgetLineFactory),
    **value_cases(KPITargetFactory),
    "contracts_personal_data_says_which": spoilt(PersonalDataFactory, note=""),
    "contracts_data_agreement_kind": spoilt(DataAgreementFactory, kind="handdruk"),
    "contracts_data_agreement_says_why_none": spoilt(DataAgreementFactory, kind="own"),
    "contracts_data_agreement_signed": spoilt(DataAgreementFactory, signed_on=None),
    "contracts_data_agreement_dates": spoilt(
        DataAgreementFactory, ends_on=datetime.date(2018, 12, 19)
    ),
    "contracts_data_agreement_file_named": spoilt(DataAgreementFactory, file_name="los.pdf"),
    "contracts_data_agreement_unique": twin(DataAgreementFactory, "contract", "organisation"),
    "contracts_data_agreement_unsigned_unique": twin(
        DataAgreementFactory,
        *("contract", "organisation"),
        kind="own",
        reason="De partij bepaalt zelf waarvoor.",
        signed_on=None,
    ),
    "contracts_exchange_words": spoilt(ExchangeFactory, ground="z"),
    "contracts_exchange_tested": lambda: spoil(ExchangeFactory.create(tested=True), review_on=None),
    "contracts_exchange_conditions": spoilt(ExchangeFactory, conditions="Alleen met toestemming."),
    "contracts_exchange_grounded": lambda: spoil(ExchangeFactory.create(tested=True), ground=""),
    "contracts_exchange_special": spoilt(ExchangeFactory, special_ground="h"),
    "contracts_exchange_ends_after_test": lambda: spoil(
        ExchangeFactory.create(tested=True), ended_on=datetime.date(2019, 1, 31)
    ),
    "contracts_exchange_purpose_unique": twin(ExchangeFactory, "purpose"),
    **PROJECTS,
    **TALKS,
    **FILE,
    **MONEY,
}


@pytest.mark.parametrize("name", CASES)
def test_validation_and_database_refuse_what_breaks_a_rule(name: str) -> None:
    assert_refused(CASES[name](), name)


def test_every_constraint_of_the_contracts_is_tried() -> None:
    assert set(CASES) == constraint_names("contracts")


def test_a_contract_from_a_source_needs_no_status_and_no_dates() -> None:
    ContractFactory.create(from_source=True, partner=None).full_clean(exclude=["agenda_versions"])


def test_an_ended_contract_is_complete_as_well() -> None:
    contract = ContractFactory.create(finished=True)
    contract.ends_on = None
    with pytest.raises(ValidationError, match="een partner, een ingangsdatum en een einddatum"):
        contract.full_clean(exclude=["agenda_versions"])


def test_an_agreement_ends_with_a_later_amendment_of_the_same_contract() -> None:
    kpi = KPIFactory.create()
    elsewhere = AmendmentFactory.create(number=1)
    kpi.ended_by = elsewhere
    with pytest.raises(ValidationError, match="van een andere overeenkomst"):
        kpi.full_clean()
    later = AmendmentFactory.create(contract=kpi.contract, number=1)
    kpi.ended_by = later
    kpi.full_clean()
    kpi.started_by, kpi.ended_by = later, kpi.started_by
    with pytest.raises(ValidationError, match="eindigt na haar begin"):
        kpi.full_clean()


@pytest.mark.parametrize("factory", [KPIFactory, BudgetLineFactory, ReportingAgreementFactory])
def test_an_agreement_starts_with_an_amendment_of_its_own_contract(
    factory: type[DjangoModelFactory[Any]],
) -> None:
    row = factory.create()
    row.full_clean()
    row.started_by = AmendmentFactory.create()
    with pytest.raises(ValidationError, match="van een andere overeenkomst"):
        row.full_clean()


def test_each_amendment_gives_the_kpis_that_hold_under_it() -> None:
    first = KPIFactory.create(name="Vanaf het begin")
    contract, start = first.contract, first.started_by
    change = AmendmentFactory.create(contract=contract, number=1)
    KPIFactory.create(contract=contract, started_by=start, ended_by=change, name="Vervangen")
    KPIFactory.create(contract=contract, started_by=change, name="Nieuw")

    def held(number: int) -> set[str]:
        return {kpi.name for kpi in KPI.objects.filter(contract=contract).as_amended_by(number)}

    assert held(0) == {"Vanaf het begin", "Vervangen"}
    assert held(1) == {"Vanaf het begin", "Nieuw"}
    assert held(2) == held(1)


def test_agreed_money_leaves_out_what_was_available_and_what_is_part_of_it() -> None:
    agreed = BudgetLineFactory.create()
    shared = {"contract": agreed.contract, "started_by": agreed.started_by}
    BudgetLineFactory.create(**shared, amount_kind=AmountKind.AVAILABLE)
    BudgetLineFactory.create(**shared, is_earmarked=True)
    assert list(BudgetLine.objects.agreed()) == [agreed]


def test_the_total_of_a_budget_is_the_sum_of_its_items() -> None:
    item = BudgetItemFactory.create(amount=100)
    BudgetItemFactory.create(budget=item.budget, amount=250)
    assert item.budget.computed_total() == 350


def test_drafts_of_a_contract_are_not_for_the_public() -> None:
    ContractFactory.create()
    shown = [
        ContractFactory.create(running=True),
        ContractFactory.create(finished=True),
    ]
    assert set(Contract.objects.readable()) == set(shown)
