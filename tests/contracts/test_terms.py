"""Which terms of a contract hold in a period (docs/regels/afspraken.md)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.constants import Aggregation, Direction, Origin, TargetKind
from contracts.constants import AmountKind, SectionKind
from contracts.models import Amendment, Contract
from contracts.terms import BudgetTerms, GoalTerms, KPITerms, Terms, terms_of
from core.periods import Period
from core.values import Absence, Qualifier, Value, ValueType
from tests.factories_agenda import GoalFactory, IndicatorFactory, ThemeFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    KPIFactory,
    KPITargetFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
)

pytestmark = pytest.mark.django_db

FIRST_HALF, SECOND_HALF = Period(2019, 1), Period(2019, 2)
SIGNED = date(2018, 12, 1)


@pytest.fixture
def contract() -> Contract:
    return ContractFactory.create()


@pytest.fixture
def first(contract: Contract) -> Amendment:
    return AmendmentFactory.create(contract=contract, number=0)


def later(contract: Contract, number: int = 1, **fields: Any) -> Amendment:
    """An amendment that is signed and holds from the second half of 2019."""
    agreed = {"signed_on": SIGNED, "holds_from": date(2019, 7, 1), **fields}
    return AmendmentFactory.create(contract=contract, number=number, **agreed)


# -- which amendment -----------------------------------------------------------------------------
@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    ("fields", "period", "number"),
    [
        ({"holds_from": date(2019, 7, 1)}, "2019-H1", 0),
        ({"holds_from": date(2019, 7, 1)}, "2019-H2", 1),
        ({"holds_from": date(2019, 7, 2)}, "2019-H2", 0),
        ({"holds_from": date(2019, 7, 1)}, "2019", 0),
        ({"holds_from": date(2019, 7, 1)}, "2020", 1),
        ({"holds_from": date(2019, 7, 1), "term": "2025"}, "2020", 1),
        ({"holds_from": None, "term": "2019"}, "2019-H2", 1),
        ({"holds_from": None, "term": "2019"}, "2020-H1", 0),
        ({"holds_from": None, "term": "2019-H2"}, "2019", 0),
        ({"holds_from": None, "term": "2018/2020"}, "2019", 1),
        ({"holds_from": None, "term": None}, "2019-H2", 0),
        ({"holds_from": date(2019, 7, 1), "signed_on": None, "is_draft": True}, "2019-H2", 0),
    ],
)
def test_an_amendment_holds_from_its_day_or_in_its_term(
    contract: Contract, fields: dict[str, Any], period: str, number: int
) -> None:
    later(contract, **fields)
    assert terms_of(contract, Period.parse(period)).amendment == number


def test_the_contract_as_first_agreed_holds_always(contract: Contract) -> None:
    AmendmentFactory.create(contract=contract, number=0, holds_from=date(2030, 1, 1))
    KPIFactory.create(contract=contract, started_by=contract.amendments.get())
    terms = terms_of(contract, FIRST_HALF)
    assert (terms.amendment, len(terms.kpis)) == (0, 1)


@pytest.mark.usefixtures("first")
def test_of_more_amendments_that_hold_the_highest_counts(contract: Contract) -> None:
    later(contract, 2, holds_from=date(2019, 1, 1))
    later(contract, 1, holds_from=date(2019, 7, 1))
    later(contract, 3, holds_from=date(2020, 1, 1))
    assert terms_of(contract, FIRST_HALF).amendment == 2
    assert terms_of(contract, SECOND_HALF).amendment == 2
    assert terms_of(contract, Period(2020)).amendment == 3


def test_history_from_a_source_asks_for_no_signature() -> None:
    contract = ContractFactory.create(from_source=True)
    AmendmentFactory.create(contract=contract, number=0)
    later(contract, signed_on=None)
    assert contract.origin == Origin.SOURCE
    assert terms_of(contract, SECOND_HALF).amendment == 1


def test_amendments_of_another_contract_do_not_count(contract: Contract) -> None:
    later(ContractFactory.create())
    assert terms_of(contract, SECOND_HALF).amendment == 0


# -- what holds ----------------------------------------------------------------------------------
def test_a_row_holds_from_the_amendment_that_started_it_until_the_one_that_ended_it(
    contract: Contract, first: Amendment
) -> None:
    change = later(contract)
    ended = {"contract": contract, "started_by": first, "ended_by": change}
    started = {"contract": contract, "started_by": change}
    kept = {"contract": contract, "started_by": first}
    for order, (name, fields) in enumerate({"oud": ended, "nieuw": started, "vast": kept}.items()):
        KPIFactory.create(name=name, order=order, **fields)
        BudgetLineFactory.create(label=name, order=order, **fields)
    ReportingAgreementFactory.create(due_days=10, lock_days=1, **ended)
    ReportingAgreementFactory.create(due_days=20, lock_days=2, **started)

    before, after = terms_of(contract, FIRST_HALF), terms_of(contract, SECOND_HALF)
    assert [kpi.name for kpi in before.kpis] == ["oud", "vast"]
    assert [kpi.name for kpi in after.kpis] == ["nieuw", "vast"]
    assert [line.label for line in before.budget] == ["oud", "vast"]
    assert [line.label for line in after.budget] == ["nieuw", "vast"]
    assert (before.due_days, before.lock_days) == (10, 1)
    assert (after.due_days, after.lock_days) == (20, 2)


def test_a_target_ends_with_the_amendment_that_ended_it(
    contract: Contract, first: Amendment
) -> None:
    change = later(contract)
    kpi = KPIFactory.create(contract=contract, started_by=first)
    KPITargetFactory.create(kpi=kpi, period="2019", number=50, ended_by=change)
    KPITargetFactory.create(kpi=kpi, period="2019", number=60, started_by=change)
    (before,), (after,) = (
        terms_of(contract, FIRST_HALF).kpis,
        terms_of(contract, SECOND_HALF).kpis,
    )
    assert (before.target, after.target) == (Value.count(50), Value.count(60))


def test_of_two_targets_for_one_period_the_last_agreed_counts(
    contract: Contract, first: Amendment
) -> None:
    kpi = KPIFactory.create(contract=contract, started_by=first)
    KPITargetFactory.create(kpi=kpi, period="2019", number=60, started_by=later(contract))
    KPITargetFactory.create(kpi=kpi, period="2019", number=50)
    assert terms_of(contract, SECOND_HALF).kpis[0].target == Value.count(60)
    assert terms_of(contract, FIRST_HALF).kpis[0].target == Value.count(50)


@pytest.mark.parametrize(
    ("targets", "period", "found"),
    [
        (["2019-H1", "2019"], "2019-H1", "2019-H1"),
        (["2019-H1", "2019"], "2019-H2", "2019"),
        (["2019-H1", "2019"], "2019", "2019"),
        (["2019-H1"], "2019-H2", ""),
        (["2019-H1", "2019-H2"], "2019", ""),
        (["2018", "2020"], "2019-H1", ""),
        (["2018/2020"], "2019-H1", ""),
        (["2018/2020", "2018"], "2018/2020", "2018/2020"),
        (["2018"], "2018/2020", ""),
        ([], "2019", ""),
    ],
)
def test_the_target_is_that_of_the_period_or_of_its_year(
    contract: Contract, first: Amendment, targets: list[str], period: str, found: str
) -> None:
    kpi = KPIFactory.create(contract=contract, started_by=first)
    for number, code in enumerate(targets):
        KPITargetFactory.create(kpi=kpi, period=code, number=number)
    terms = terms_of(contract, Period.parse(period)).kpis[0]
    assert terms.target_period == found
    assert terms.target == (Value.count(targets.index(found)) if found else None)


def test_a_baseline_is_no_target_and_the_last_agreed_one_counts(
    contract: Contract, first: Amendment
) -> None:
    kpi = KPIFactory.create(contract=contract, started_by=first)
    baseline = {"kpi": kpi, "kind": TargetKind.BASELINE}
    KPITargetFactory.create(period="2018-H2", number=30, **baseline)
    KPITargetFactory.create(period="2019-H1", number=40, **baseline)
    KPITargetFactory.create(period="2017", number=20, started_by=later(contract), **baseline)
    before, after = terms_of(contract, FIRST_HALF).kpis[0], terms_of(contract, SECOND_HALF).kpis[0]
    assert (before.baseline, after.baseline) == (Value.count(40), Value.count(20))
    assert before.target is None


@pytest.mark.parametrize(
    ("line", "period", "counts"),
    [
        (None, "2019-H1", True),
        ("2019", "2019-H1", True),
        ("2019-H1", "2019", True),
        ("2018/2020", "2019-H2", True),
        ("2019-H2", "2019-H1", False),
        ("2018", "2019-H1", False),
        ("2020", "2019", False),
    ],
)
def test_money_counts_where_its_time_is_touched_or_not_told(
    contract: Contract, first: Amendment, line: str | None, period: str, counts: bool
) -> None:
    BudgetLineFactory.create(contract=contract, started_by=first, period=line)
    found = terms_of(contract, Period.parse(period)).budget
    assert [row.period for row in found] == ([line or ""] if counts else [])


def test_money_that_was_only_available_is_not_agreed(contract: Contract, first: Amendment) -> None:
    BudgetLineFactory.create(contract=contract, started_by=first, amount_kind=AmountKind.AVAILABLE)
    assert terms_of(contract, FIRST_HALF).budget == ()


def test_sections_come_in_the_order_of_the_agreement_that_began_last(
    contract: Contract, first: Amendment
) -> None:
    old = ReportingAgreementFactory.create(contract=contract, started_by=first)
    new = ReportingAgreementFactory.create(contract=contract, started_by=later(contract))
    ReportingSectionFactory.create(agreement=old, kind=SectionKind.TRENDS, order=2)
    ReportingSectionFactory.create(agreement=old, kind=SectionKind.SPENDING, order=1)
    ReportingSectionFactory.create(agreement=new, kind=SectionKind.NUMBERS)
    assert terms_of(contract, FIRST_HALF).sections == ("spending", "trends")
    assert terms_of(contract, SECOND_HALF).sections == ("numbers",)


def test_without_a_reporting_agreement_the_usual_days_hold(contract: Contract) -> None:
    terms = terms_of(contract, FIRST_HALF)
    assert terms == Terms(contract.pk, 0, (), (), (), due_days=56, lock_days=28)


# -- what is kept --------------------------------------------------------------------------------
@pytest.fixture
def whole(contract: Contract, first: Amendment) -> Contract:
    """A contract with one of everything."""
    theme = ThemeFactory.create()
    indicator = IndicatorFactory.create(
        performance=True,
        definition="Cijfer van cliënten",
        unit="punten",
        direction=Direction.AT_LEAST,
        band=Decimal("0.5"),
        aggregation=Aggregation.MEAN,
    )
    kpi = KPIFactory.create(
        contract=contract, started_by=first, indicator=indicator, number="3", name="Tevredenheid"
    )
    kpi.goals.add(
        GoalFactory.create(theme=theme, number="B", label="Meedoen", order=2),
        GoalFactory.create(theme=theme, number="A", label="Thuis wonen", order=1),
    )
    KPITargetFactory.create(kpi=kpi, period="2019", number=50, qualifier=Qualifier.ALMOST)
    KPITargetFactory.create(
        kpi=kpi,
        kind=TargetKind.BASELINE,
        period="2018",
        number=None,
        absence=Absence.NOT_MEASURED,
    )
    BudgetLineFactory.create(contract=contract, started_by=first, period="2019", number=750_000)
    agreement = ReportingAgreementFactory.create(contract=contract, started_by=first)
    ReportingSectionFactory.create(agreement=agreement, kind=SectionKind.KPI_SCORES)
    return contract


def test_terms_hold_the_whole_passport(whole: Contract) -> None:
    kpi, line = whole.kpis.get(), whole.budget_lines.get()
    goals = {goal.number: goal.pk for goal in kpi.goals.all()}
    assert terms_of(whole, FIRST_HALF) == Terms(
        contract_id=whole.pk,
        amendment=0,
        kpis=(
            KPITerms(
                id=kpi.pk,
                number="3",
                name="Tevredenheid",
                indicator_id=kpi.indicator_id,
                definition="Cijfer van cliënten",
                value_type="count",
                unit="punten",
                direction="at_least",
                band=Decimal("0.5"),
                aggregation="mean",
                goals=(
                    GoalTerms(goals["A"], "A", "Thuis wonen"),
                    GoalTerms(goals["B"], "B", "Meedoen"),
                ),
                baseline=Value.absent(ValueType.COUNT, Absence.NOT_MEASURED),
                target=Value.count(50, Qualifier.ALMOST),
                target_period="2019",
            ),
        ),
        sections=("kpi_scores",),
        budget=(BudgetTerms(line.pk, "Subsidie", Value.amount(750_000), "2019"),),
        due_days=56,
        lock_days=28,
    )


def test_terms_go_to_json_and_nothing_is_lost(whole: Contract) -> None:
    kept = json.loads(json.dumps(terms_of(whole, FIRST_HALF).to_json()))
    kpi = kept["kpis"][0]
    assert kept == terms_of(whole, FIRST_HALF).to_json()
    assert kpi["band"] == "0.5"
    assert kpi["baseline"] == {"type": "count", "absence": "not_measured"}
    assert kpi["target"] == {"type": "count", "number": "50", "qualifier": "almost"}
    assert [goal["label"] for goal in kpi["goals"]] == ["Thuis wonen", "Meedoen"]
    assert kept["budget"][0]["amount"] == {"type": "amount", "number": "750000"}
    assert (kept["sections"], kept["due_days"], kept["lock_days"]) == (["kpi_scores"], 56, 28)


def test_equal_terms_have_one_fingerprint(whole: Contract) -> None:
    terms = terms_of(whole, FIRST_HALF)
    assert len(terms.fingerprint) == 64
    assert terms.fingerprint == terms_of(whole, FIRST_HALF).fingerprint
    (kpi,) = terms.kpis
    as_kept = replace(kpi, band=Decimal("0.5000"))
    assert replace(terms, kpis=(as_kept,)).fingerprint == terms.fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Anders"},
        {"definition": "Anders geteld"},
        {"direction": "down"},
        {"band": None},
        {"goals": ()},
        {"baseline": None},
        {"target": Value.count(50)},
        {"target_period": "2019-H1"},
    ],
)
def test_another_kpi_has_another_fingerprint(whole: Contract, changed: dict[str, Any]) -> None:
    terms = terms_of(whole, FIRST_HALF)
    (kpi,) = terms.kpis
    other = replace(terms, kpis=(replace(kpi, **changed),))
    assert other.fingerprint != terms.fingerprint


@pytest.mark.parametrize(
    "changed", [{"amendment": 1}, {"kpis": ()}, {"sections": ()}, {"budget": ()}, {"due_days": 57}]
)
def test_other_terms_have_another_fingerprint(whole: Contract, changed: dict[str, Any]) -> None:
    terms = terms_of(whole, FIRST_HALF)
    assert replace(terms, **changed).fingerprint != terms.fingerprint


def test_44_kpis_ask_no_more_queries_than_one(whole: Contract) -> None:
    first = whole.amendments.get()

    def counted() -> int:
        held = Contract.objects.get(pk=whole.pk)
        with CaptureQueriesContext(connection) as queries:
            terms = terms_of(held, FIRST_HALF)
            assert terms.fingerprint
        return len(queries)

    at_one = counted()
    theme = ThemeFactory.create()
    for number in range(43):
        kpi = KPIFactory.create(contract=whole, started_by=first, number=f"x{number}")
        kpi.goals.add(GoalFactory.create(theme=theme))
        KPITargetFactory.create(kpi=kpi, period="2019")
        BudgetLineFactory.create(contract=whole, started_by=first)
    assert len(terms_of(whole, FIRST_HALF).kpis) == 44
    assert counted() == at_one == 8
