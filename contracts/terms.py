"""What a contract asks in one period: the terms that a report over it is held to.

Frozen and able to go to JSON, so that a report keeps them; the fingerprint tells whether the
terms have changed since. Rules: docs/regels/afspraken.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from agenda.constants import Aggregation, TargetKind
from agenda.models import Goal, Indicator, Theme
from contracts.constants import AmountKind, SectionKind
from contracts.models import KPI, Amendment, BudgetLine, Contract, KPITarget, ReportingAgreement
from core.periods import Period
from core.values import Value

JSON = dict[str, Any]
Series = tuple[int, int | None]  # an indicator, and the member that reports on it


@dataclass(frozen=True)
class GoalTerms:
    """A goal that a KPI serves."""

    id: int
    number: str
    label: str

    def to_json(self) -> JSON:
        return {"id": self.id, "number": self.number, "label": self.label}


@dataclass(frozen=True)
class MemberTerms:
    """A member of the coalition that writes its own part of the report."""

    id: int
    name: str

    def to_json(self) -> JSON:
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True)
class KPITerms:
    """A KPI with the passport of its indicator, its baseline, and the target that holds.

    ``target_period`` is the code of the period that the target was agreed for: the year where the
    half-year has none of its own; empty without a target. ``is_partial`` says that a value of the
    period is only a part of what that target is about: it is of a year, and values add up in it.
    ``member_id`` is the organisation of the coalition that reports on it; None for the lead.
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
    is_partial: bool = False
    member_id: int | None = None
    # How low and how high a value can be: a check on typing, and so no part of what was agreed.
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def series(self) -> Series:
        """Whose values of what follow each other: those of one reporter on one indicator."""
        return self.indicator_id, self.member_id

    def to_json(self) -> JSON:
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "indicator_id": self.indicator_id,
            "definition": self.definition,
            "value_type": self.value_type,
            "unit": self.unit,
            "direction": self.direction,
            "band": None if self.band is None else format(self.band.normalize(), "f"),
            "aggregation": self.aggregation,
            "goals": [goal.to_json() for goal in self.goals],
            "baseline": _value_json(self.baseline),
            "target": _value_json(self.target),
            "target_period": self.target_period,
            "is_partial": self.is_partial,
            "member_id": self.member_id,
        }


@dataclass(frozen=True)
class BudgetTerms:
    """An agreed amount; ``period`` is a code, or empty where the contract names none. ``years`` is
    for how many years together it was agreed: 1 for an amount a year."""

    id: int
    label: str
    amount: Value
    period: str
    years: int = 1

    @property
    def a_year(self) -> Decimal | None:
        """The part of one year, in euro; None for an amount that is no number."""
        whole = self.amount.quantity
        return None if whole is None else whole / self.years

    def to_json(self) -> JSON:
        return {
            "id": self.id,
            "label": self.label,
            "amount": self.amount.to_json(),
            "period": self.period,
            "years": self.years,
        }


@dataclass(frozen=True)
class PlaceTerms:
    """A theme, or a goal in it, that an activity can belong to; ``goal`` is empty for a theme."""

    theme: str
    theme_slug: str
    goal: str = ""
    goal_slug: str = ""

    @property
    def key(self) -> str:
        """What a draft keeps of the choice; a goal and a theme may share a slug."""
        return f"{self.theme_slug}/{self.goal_slug}"

    @property
    def label(self) -> str:
        return f"{self.theme}: {self.goal}" if self.goal else self.theme

    def to_json(self) -> JSON:
        return {
            "theme": self.theme,
            "theme_slug": self.theme_slug,
            "goal": self.goal,
            "goal_slug": self.goal_slug,
        }


@dataclass(frozen=True)
class Terms:
    """All that a report over one period is held to. ``sections`` are values of SectionKind.

    ``places`` are those of the agenda that the contract works on, where activities are asked for;
    ``members`` are those of the coalition that write a part of their own.
    """

    contract_id: int
    amendment: int
    kpis: tuple[KPITerms, ...]
    sections: tuple[str, ...]
    budget: tuple[BudgetTerms, ...]
    due_days: int
    lock_days: int
    places: tuple[PlaceTerms, ...] = ()
    members: tuple[MemberTerms, ...] = ()

    def to_json(self) -> JSON:
        return {
            "contract_id": self.contract_id,
            "amendment": self.amendment,
            "kpis": [kpi.to_json() for kpi in self.kpis],
            "sections": list(self.sections),
            "budget": [line.to_json() for line in self.budget],
            "due_days": self.due_days,
            "lock_days": self.lock_days,
            "places": [place.to_json() for place in self.places],
            "members": [member.to_json() for member in self.members],
        }

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the JSON, in hexadecimals: equal terms have equal fingerprints."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def terms_of(contract: Contract, period: Period) -> Terms:
    """The terms of ``contract`` for a report over ``period``. Ten queries at most."""
    number = amendment_in(contract, contract.amendments.all(), period)
    agreement = _agreement(contract, number)
    days = agreement or ReportingAgreement()  # not kept: only for the usual days
    sections = _sections(agreement) if agreement else ()
    return Terms(
        contract_id=contract.pk,
        amendment=number,
        kpis=tuple(_kpi(row, period) for row in _kpis(contract, number)),
        sections=sections,
        budget=_budget(contract, number, period),
        due_days=days.due_days,
        lock_days=days.lock_days,
        places=tuple(_places(contract)) if SectionKind.ACTIVITIES in sections else (),
        members=tuple(_members(contract, period)),
    )


def amendment_in(contract: Contract, amendments: Iterable[Amendment], period: Period) -> int:
    """The number of the amendment that holds for ``period``; 0 is the contract as first agreed."""
    return max((row.number for row in amendments if _holds(contract, row, period)), default=0)


def _holds(contract: Contract, amendment: Amendment, period: Period) -> bool:
    if amendment.number == 0:
        return True
    if amendment.is_draft:
        return False
    if amendment.holds_from is not None:
        return amendment.holds_from <= period.start
    return amendment.term is not None and amendment.term.contains(period)


def _agreement(contract: Contract, number: int) -> ReportingAgreement | None:
    """The reporting agreement that holds; the last begun where more do."""
    return (
        ReportingAgreement.objects.filter(contract=contract)
        .as_amended_by(number)
        .order_by("-started_by__number", "-pk")
        .prefetch_related("sections")
        .first()
    )


def _sections(agreement: ReportingAgreement) -> tuple[str, ...]:
    rows = sorted(agreement.sections.all(), key=lambda row: (row.order, row.pk))
    return tuple(row.kind for row in rows)


def _places(contract: Contract) -> Iterator[PlaceTerms]:
    """Themes and goals of the newest version of each agenda that the contract works on."""
    themes = Theme.objects.filter(version__contracts=contract).select_related("version").in_order()
    rows = list(themes.prefetch_related(Prefetch("goals", queryset=Goal.objects.in_order())))
    newest: dict[int, int] = {}
    for theme in rows:
        agenda, number = theme.version.agenda_id, theme.version.number
        newest[agenda] = max(number, newest.get(agenda, 0))
    for theme in rows:
        if theme.version.number != newest[theme.version.agenda_id]:
            continue
        yield PlaceTerms(theme.name, theme.slug)
        for goal in theme.goals.all():
            yield PlaceTerms(theme.name, theme.slug, goal.label, goal.slug)


def _members(contract: Contract, period: Period) -> Iterator[MemberTerms]:
    """Those that write a part of their own, and take part on some day of ``period``."""
    parties = contract.parties.filter(contributes=True).select_related("organisation")
    seen = set()
    for party in parties.order_by("order", "pk"):
        if party.takes_part_in(period) and party.organisation_id not in seen:
            seen.add(party.organisation_id)
            yield MemberTerms(party.organisation_id, party.organisation.name)


def _kpis(contract: Contract, number: int) -> Iterable[KPI]:
    """The KPIs that hold; of their targets only those that hold, the last begun first."""
    targets = KPITarget.objects.as_amended_by(number).order_by(
        "-started_by__number", "-period", "-pk"
    )
    return (
        KPI.objects.filter(contract=contract)
        .as_amended_by(number)
        .select_related("indicator")
        .prefetch_related(
            Prefetch("goals", queryset=Goal.objects.in_order()),
            Prefetch("targets", queryset=targets),
        )
        .order_by("order", "pk")
    )


def _kpi(row: KPI, period: Period) -> KPITerms:
    indicator = row.indicator
    held = list(row.targets.all())
    baseline = next((one for one in held if one.kind == TargetKind.BASELINE), None)
    target = _target([one for one in held if one.kind == TargetKind.TARGET], period)
    return KPITerms(
        id=row.pk,
        number=row.number,
        name=row.name,
        indicator_id=row.indicator_id,
        definition=indicator.definition,
        value_type=indicator.value_type,
        unit=indicator.unit,
        direction=indicator.direction,
        band=indicator.band if row.band is None else row.band,
        aggregation=indicator.aggregation,
        goals=tuple(GoalTerms(goal.pk, goal.number, goal.label) for goal in row.goals.all()),
        baseline=baseline.value if baseline else None,
        target=target.value if target else None,
        target_period=target.period.code if target else "",
        is_partial=target is not None and target.period != period and _adds_up(indicator),
        member_id=row.member_id,
        lowest=indicator.lowest,
        highest=indicator.highest,
    )


def _adds_up(indicator: Indicator) -> bool:
    """Whether the values within a year together make the value of the year."""
    return indicator.is_cumulative or indicator.aggregation == Aggregation.SUM


def _target(targets: list[KPITarget], period: Period) -> KPITarget | None:
    """The target for exactly ``period``, else for the year that contains it."""
    for wanted in (period, Period(period.year)):
        for row in targets:
            if row.period == wanted and wanted.contains(period):
                return row
    return None


def _budget(contract: Contract, number: int, period: Period) -> tuple[BudgetTerms, ...]:
    """The agreed lines about a time that ``period`` touches, or about no time in particular."""
    lines = (
        BudgetLine.objects.filter(contract=contract, amount_kind=AmountKind.AGREED)
        .as_amended_by(number)
        .order_by("order", "pk")
    )
    return tuple(
        BudgetTerms(
            line.pk,
            line.label,
            line.value,
            line.period.code if line.period else "",
            years=_years(line),
        )
        for line in lines
        if line.period is None or _touch(line.period, period)
    )


def _years(line: BudgetLine) -> int:
    span: Period | None = line.period
    if line.per_year or span is None or span.until is None:
        return 1
    return span.until - span.year + 1


def _touch(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _value_json(value: Value | None) -> dict[str, str] | None:
    return None if value is None else value.to_json()
