"""What accepted reports say of goals: the evidence that a verdict stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.models import KPI
from core.periods import Period
from core.values import Value
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Report
from reporting.reading import content_of


@dataclass(frozen=True)
class KPIOutcome:
    """One KPI in one accepted report, with the target that it was held to."""

    kpi_id: int
    kpi_name: str
    indicator_id: int
    unit: str
    partner_name: str
    partner_slug: str
    contract_slug: str
    report_id: int
    report_title: str
    round_number: int
    period: Period
    value: Value
    target: Value | None
    achieved: bool | None
    explanation: str
    improvement: str
    is_example: bool


@dataclass(frozen=True)
class GoalResults:
    """The outcomes for a goal, and how many of how many reports were accepted."""

    goal_id: int
    outcomes: tuple[KPIOutcome, ...]
    accepted: int
    expected: int


def results_of_goals(goal_ids: Iterable[int], year: int) -> dict[int, GoalResults]:
    """Per goal the results of accepted reports over a period in ``year``. Four queries.

    Expected are all reports over that year of the contracts that have a KPI for the goal; what was
    taken over from a source document is none.
    """
    wanted = set(goal_ids)
    links = KPI.objects.filter(goals__in=wanted).values_list("pk", "contract", "goals")
    kpis: dict[int, set[int]] = {}
    contracts: dict[int, set[int]] = {}
    for kpi, contract, goal in links:
        if goal in wanted:
            kpis.setdefault(kpi, set()).add(goal)
            contracts.setdefault(contract, set()).add(goal)
    outcomes: dict[int, list[KPIOutcome]] = {}
    for outcome in _outcomes(kpis, year):
        for goal in kpis[outcome.kpi_id]:
            outcomes.setdefault(goal, []).append(outcome)
    accepted, expected = _counts(contracts, year)
    return {
        goal: GoalResults(
            goal, tuple(outcomes.get(goal, ())), accepted.get(goal, 0), expected.get(goal, 0)
        )
        for goal in wanted
    }


def _outcomes(kpis: Iterable[int], year: int) -> list[KPIOutcome]:
    rows = (
        KPIResult.objects.of_accepted()
        .filter(kpi__in=list(kpis), round__report__period__in=_codes(year))
        .select_related("kpi__indicator", "round__report__contract__partner")
        .order_by("round__report__period", "kpi__contract", "kpi__order", "pk")
    )
    targets: dict[int, dict[int, Value]] = {}
    return [_outcome(row, targets) for row in rows]


def _outcome(row: KPIResult, targets: dict[int, dict[int, Value]]) -> KPIOutcome:
    """``targets`` keeps, per round, the targets that its payload froze."""
    made = row.round
    if made.pk not in targets:
        told = content_of(made)["terms"]["kpis"]
        targets[made.pk] = {
            kpi["id"]: Value.from_json(kpi["target"]) for kpi in told if kpi["target"]
        }
    contract = made.report.contract
    assert contract.partner is not None  # noqa: S101 - an active contract has one
    return KPIOutcome(
        kpi_id=row.kpi_id,
        kpi_name=row.kpi.name,
        indicator_id=row.kpi.indicator_id,
        unit=row.kpi.indicator.unit,
        partner_name=contract.partner.name,
        partner_slug=contract.partner.slug,
        contract_slug=contract.slug,
        report_id=made.report_id,
        report_title=made.report.title,
        round_number=made.number,
        period=made.report.period,
        value=row.value,
        target=targets[made.pk].get(row.kpi_id),
        achieved=row.achieved,
        explanation=row.explanation,
        improvement=row.improvement,
        is_example=contract.is_example,
    )


def _counts(contracts: dict[int, set[int]], year: int) -> tuple[dict[int, int], dict[int, int]]:
    accepted: dict[int, int] = {}
    expected: dict[int, int] = {}
    reports = Report.objects.of_system().filter(
        contract__in=list(contracts), period__in=_codes(year)
    )
    for contract, status in reports.values_list("contract", "status"):
        for goal in contracts[contract]:
            expected[goal] = expected.get(goal, 0) + 1
            accepted[goal] = accepted.get(goal, 0) + int(status == ReportStatus.ACCEPTED)
    return accepted, expected


def _codes(year: int) -> list[str]:
    return [Period(year).code, Period(year, 1).code, Period(year, 2).code]
