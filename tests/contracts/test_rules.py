"""Rules of contracts that cross tables: the database keeps them from every side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from factory.django import DjangoModelFactory

from agenda.constants import IndicatorLevel
from contracts.constants import ExpectationKind, PartyRole
from contracts.models import Expectation, Project, Remark
from contracts.models.contracts import Amended
from core.values import ValueType
from tests.database_guards import Agreed, assert_kept, every_side, rules_of
from tests.factories import UserFactory
from tests.factories_agenda import IndicatorFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    ReportingAgreementFactory,
    SubAssignmentFactory,
    TermFactory,
)
from tests.factories_file import ContractDocumentFactory, ProvisionFactory

pytestmark = pytest.mark.django_db


def amended(factory: type[DjangoModelFactory[Any]]) -> dict[str, Callable[[], Agreed]]:
    table = factory._meta.model._meta.db_table

    by_kpi = factory is KPITargetFactory

    def row(**ending: Any) -> Any:
        contract = ContractFactory.create()
        own = {"kpi": KPIFactory.create(contract=contract)} if by_kpi else {"contract": contract}
        return factory.create(
            **own,
            started_by=AmendmentFactory.create(contract=contract, number=2),
            **{"ended_by": AmendmentFactory.create(contract=contract, number=3), **ending},
        )

    def by_owner(agreed: Any) -> Agreed:
        if not by_kpi:
            return {}
        elsewhere = AmendmentFactory.create(number=0)
        moved = {"contract": elsewhere.contract, "started_by": elsewhere}
        return {"kpi": (agreed.kpi, moved)}

    def started() -> Agreed:
        agreed = row(ended_by=None)
        return {
            **by_owner(agreed),
            "agreed": (agreed, {"started_by": AmendmentFactory.create()}),
            "start": (agreed.started_by, {"contract": ContractFactory.create()}),
        }

    def ended() -> Agreed:
        agreed = row()
        return {
            **by_owner(agreed),
            "agreed": (agreed, {"ended_by": AmendmentFactory.create(number=9)}),
            "finish": (agreed.ended_by, {"contract": ContractFactory.create()}),
        }

    def in_order() -> Agreed:
        agreed = row()
        swapped = {"started_by": agreed.ended_by, "ended_by": agreed.started_by}
        return {
            "agreed": (agreed, swapped),
            "start": (agreed.started_by, {"number": 4}),
            "finish": (agreed.ended_by, {"number": 1}),
        }

    return {
        f"{table}_started_in_contract": started,
        f"{table}_ended_in_contract": ended,
        f"{table}_ends_after_start": in_order,
    }


def part_of(make: Callable[..., Any]) -> Callable[[], Agreed]:
    def agreed() -> Agreed:
        part = SubAssignmentFactory.create()
        row = make(contract=part.contract, sub_assignment=part)
        return {
            "agreed": (row, {"sub_assignment": SubAssignmentFactory.create()}),
            "part": (part, {"contract": ContractFactory.create()}),
        }

    return agreed


def expectation(**fields: Any) -> Expectation:
    kind = ExpectationKind.values[0]
    return Expectation.objects.create(kind=kind, text="Minder meldingen.", **fields)


def of_its_amendment() -> Agreed:
    amendment = AmendmentFactory.create(number=1)
    document = ContractDocumentFactory.create(contract=amendment.contract, amendment=amendment)
    return {
        "document": (document, {"contract": ContractFactory.create()}),
        "amendment": (amendment, {"contract": ContractFactory.create()}),
    }


def remark_about_its_kpi() -> Agreed:
    kpi = KPIFactory.create()
    amendment = AmendmentFactory.create(contract=kpi.contract, drafted=True)
    row = Remark.objects.create(
        amendment=amendment, kpi=kpi, user=UserFactory.create(), text="Liever meer."
    )
    elsewhere = AmendmentFactory.create(number=0)
    return {
        "remark": (row, {"kpi": KPIFactory.create()}),
        "amendment": (amendment, {"contract": ContractFactory.create()}),
        "kpi": (kpi, {"contract": elsewhere.contract, "started_by": elsewhere}),
    }


def of_performance() -> Agreed:
    kpi = KPIFactory.create()
    return {
        "kpi": (kpi, {"indicator": IndicatorFactory.create()}),
        "indicator": (kpi.indicator, {"level": IndicatorLevel.POPULATION}),
    }


def fits_passport() -> Agreed:
    target = KPITargetFactory.create()
    other = IndicatorFactory.create(performance=True, value_type=ValueType.AMOUNT)
    return {
        "target": (target, {"value_type": ValueType.AMOUNT}),
        "kpi": (target.kpi, {"indicator": other}),
        "indicator": (target.kpi.indicator, {"value_type": ValueType.AMOUNT}),
    }


def reported_by_a_member() -> Any:
    party = PartyFactory.create(role=PartyRole.MEMBER, contributes=True)
    return KPIFactory.create(contract=party.contract, member=party.organisation)


def member_contributes() -> Agreed:
    kpi = reported_by_a_member()
    elsewhere = PartyFactory.create(role=PartyRole.MEMBER, contributes=True)
    return {"kpi": (kpi, {"member": elsewhere.organisation})}


def party_of_kpi() -> Agreed:
    return {"party": (reported_by_a_member().contract.parties.get(), {"contributes": False})}


def starts_with_a_plan() -> Agreed:
    draft = Project.objects.create(slug="buurt", title="Buurt", kind="pilot", status="draft")
    return {"project": (draft, {"status": "started"})}


FACTORIES: list[type[DjangoModelFactory[Any]]] = [
    KPIFactory,
    BudgetLineFactory,
    ReportingAgreementFactory,
    KPITargetFactory,
    TermFactory,
    ProvisionFactory,
]
CASES: dict[str, Callable[[], Agreed]] = {
    **{name: make for factory in FACTORIES for name, make in amended(factory).items()},
    "contracts_budgetline_part_of_contract": part_of(BudgetLineFactory.create),
    "contracts_expectation_part_of_contract": part_of(expectation),
    "contracts_document_of_contract": of_its_amendment,
    "contracts_remark_of_contract": remark_about_its_kpi,
    "contracts_kpi_of_performance": of_performance,
    "contracts_kpitarget_fits_passport": fits_passport,
    "contracts_kpi_member_contributes": member_contributes,
    "contracts_party_of_kpi_contributes": party_of_kpi,
    "contracts_project_in_order": starts_with_a_plan,
}


@pytest.mark.parametrize(("name", "alias"), every_side("contracts"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("contracts")[name], alias, CASES[name])


def test_everything_that_is_amended_has_the_rules_of_amendments() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, Amended)}
    told = "_started_in_contract"
    assert tables == {
        name.removesuffix(told) for name in rules_of("contracts") if name.endswith(told)
    }


@pytest.mark.parametrize("make", [BudgetLineFactory.create, expectation])
def test_a_part_of_another_contract_is_told_before_the_database_refuses(
    make: Callable[..., models.Model],
) -> None:
    row = make(contract=ContractFactory.create())
    row.refresh_from_db()
    row.sub_assignment = SubAssignmentFactory.create()  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="deelopdracht is van een andere overeenkomst"):
        row.clean()


def test_a_member_that_does_not_contribute_is_told_before_the_database_refuses() -> None:
    kpi = reported_by_a_member()
    kpi.full_clean()
    kpi.member = PartyFactory.create(contract=kpi.contract, role=PartyRole.MEMBER).organisation
    with pytest.raises(ValidationError, match="schrijft niet mee aan de rapportage"):
        kpi.clean()


def test_who_contributes_may_have_another_role_as_well() -> None:
    """The second role stands in a row of its own, which does not contribute."""
    kpi = reported_by_a_member()
    other = PartyFactory.create(
        contract=kpi.contract, organisation=kpi.member, role=PartyRole.SUBCONTRACTOR
    )
    assert not other.contributes
