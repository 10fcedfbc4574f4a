"""The terms that hold for a period: what a report over it is asked and held to (DESIGN, rule 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agenda.constants import Origin, TargetKind
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    KPITarget,
    ReportingAgreement,
)
from core.periods import Period
from core.values import Value


@dataclass(frozen=True)
class GoalTerms:
    """A goal that a KPI serves."""

    id: int
    number: str
    name: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "number": self.number, "name": self.name}


@dataclass(frozen=True)
class KPITerms:
    """A KPI as agreed, with the passport of its indicator as it is now.

    ``band`` is in the unit of the indicator; ``target`` is that of the period, or of its year.
    """

    id: int
    number: str
    name: str
    indicator_id: int
    definition: str
    value_type: str
    unit: str
    direction: str
    band: Decimal | None
    aggregation: str
    goals: tuple[GoalTerms, ...]
    baseline: Value | None
    target: Value | None
    target_period: str

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "indicator": self.indicator_id,
            "definition": self.definition,
            "value_type": self.value_type,
            "unit": self.unit,
            "direction": self.direction,
            "band": None if self.band is None else format(self.band.normalize(), "f"),
            "aggregation": self.aggregation,
            "goals": [goal.to_json() for goal in self.goals],
            "baseline": self.baseline.to_json() if self.baseline else None,
            "target": self.target.to_json() if self.target else None,
            "target_period": self.target_period,
        }


@dataclass(frozen=True)
class BudgetTerms:
    """An amount that was agreed for a time that touches the period. ``period`` is a code."""

    id: int
    label: str
    amount: Value
    period: str

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "label": self.label,
            "amount": self.amount.to_json(),
            "period": self.period,
        }


@dataclass(frozen=True)
class Terms:
    """What holds for one period of one contract: ``amendment`` is the number of the last change."""

    contract_id: int
    amendment: int
    kpis: tuple[KPITerms, ...]
    sections: tuple[str, ...]
    budget: tuple[BudgetTerms, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "contract": self.contract_id,
            "amendment": self.amendment,
            "kpis": [kpi.to_json() for kpi in self.kpis],
            "sections": list(self.sections),
            "budget": [line.to_json() for line in self.budget],
        }


def terms_of(contract: Contract, period: Period) -> Terms:
    """The terms on the first day of ``period``. Seven queries, however much was agreed."""
    number = _holding(contract, period)
    targets = _targets(contract, period, number)
    kpis = (
        KPI.objects.filter(contract=contract)
        .as_amended_by(number)
        .select_related("indicator")
        .prefetch_related("goals")
        .order_by("order", "number", "pk")
    )
    return Terms(
        contract_id=contract.pk,
        amendment=number,
        kpis=tuple(_kpi(kpi, targets.get(kpi.pk, {})) for kpi in kpis),
        sections=_sections(contract, number),
        budget=_budget(contract, period, number),
    )


def _holding(contract: Contract, period: Period) -> int:
    """The last amendment that holds on the first day of ``period``.

    The contract as first agreed always holds. A later one holds from its day; one from a source
    that names no day holds in its term. In this system a change holds only once it was signed.
    """
    number = 0
    for amendment in Amendment.objects.filter(contract=contract, number__gt=0).order_by("number"):
        if contract.origin == Origin.SYSTEM and amendment.signed_on is None:
            continue
        if amendment.holds_from is not None:
            holds = amendment.holds_from <= period.start
        else:
            holds = amendment.term is not None and amendment.term.start <= period.start
        if holds:
            number = amendment.number
    return number


def _targets(
    contract: Contract, period: Period, number: int
) -> dict[int, dict[str, tuple[str, Value]]]:
    """Per KPI the baseline and the target: of the period itself, or else of its year."""
    year = Period(period.year)
    found: dict[int, dict[str, tuple[str, Value]]] = {}
    rows = KPITarget.objects.filter(kpi__contract=contract).as_amended_by(number).order_by("pk")
    for row in rows:
        held = found.setdefault(row.kpi_id, {})
        told = (row.period.code, row.value)
        if row.kind == TargetKind.BASELINE:
            held["baseline"] = told
        elif row.period == period or (row.period == year and "target" not in held):
            held["target"] = told
    return found


def _kpi(kpi: KPI, targets: dict[str, tuple[str, Value]]) -> KPITerms:
    passport = kpi.indicator
    target_period, target = targets.get("target", ("", None))
    return KPITerms(
        id=kpi.pk,
        number=kpi.number,
        name=kpi.name,
        indicator_id=passport.pk,
        definition=passport.definition,
        value_type=passport.value_type,
        unit=passport.unit,
        direction=passport.direction,
        band=passport.band,
        aggregation=passport.aggregation,
        goals=tuple(
            GoalTerms(goal.pk, goal.number, goal.label or goal.text) for goal in kpi.goals.all()
        ),
        baseline=targets["baseline"][1] if "baseline" in targets else None,
        target=target,
        target_period=target_period,
    )


def _sections(contract: Contract, number: int) -> tuple[str, ...]:
    agreement = (
        ReportingAgreement.objects.filter(contract=contract)
        .filter(started_by__number__lte=number)
        .exclude(ended_by__number__lte=number)
        .order_by("-started_by__number", "-pk")
        .first()
    )
    if agreement is None:
        return ()
    return tuple(agreement.sections.order_by("order", "pk").values_list("kind", flat=True))


def _budget(contract: Contract, period: Period, number: int) -> tuple[BudgetTerms, ...]:
    lines = (
        BudgetLine.objects.filter(contract=contract)
        .agreed()
        .filter(started_by__number__lte=number)
        .exclude(ended_by__number__lte=number)
        .order_by("order", "pk")
    )
    return tuple(
        BudgetTerms(line.pk, line.label, line.value, line.period.code if line.period else "")
        for line in lines
        if line.period is None
        or (line.period.start <= period.end and period.start <= line.period.end)
    )
