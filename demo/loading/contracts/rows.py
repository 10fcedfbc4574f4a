"""The shape of contracts.yaml. A row without a locator of its own has that of its contract."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated

from contracts.constants import (
    AmountKind,
    ContractKind,
    DateKind,
    ExpectationKind,
    Funding,
    PartyRole,
    PurchasingModel,
    ReportFrequency,
    SectionKind,
    TermKind,
)
from core.periods import Period
from core.values import Value, ValueType
from demo.loading.reader import Place


@dataclass(frozen=True)
class VersionReference:
    place: Place
    agenda: str
    number: int


@dataclass(frozen=True)
class AmendmentRow:
    place: Place
    number: int
    title: str
    signed_on: datetime.date | None = None
    term: Period | None = None
    reason: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class DateRow:
    place: Place
    kind: DateKind
    date: datetime.date | None = None
    text: str = ""
    locator: str = ""


@dataclass(frozen=True)
class PartyRow:
    place: Place
    organisation: str
    role: PartyRole
    part: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ContractThemeRow:
    place: Place
    agenda: str
    number: int
    theme: str
    is_open: bool = True
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class AmountRow:
    """A budget or earmark of a sub-assignment: what the client had available."""

    place: Place
    label: str
    amount: Annotated[Value, ValueType.AMOUNT]
    period: Period | None = None
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class SubAssignmentRow:
    place: Place
    number: str
    name: str
    theme: str
    budget: AmountRow
    earmarks: list[AmountRow]
    results: list[str]
    excluded: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ExpectationRow:
    place: Place
    kind: ExpectationKind
    text: str
    number: str = ""
    theme: str = ""
    locator: str = ""


@dataclass(frozen=True)
class KPIRow:
    """A KPI with the slug of its indicator, which is made with it."""

    place: Place
    number: str
    name: str
    indicator: str
    started_by: int = 0
    ended_by: int | None = None
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class BudgetLineRow:
    place: Place
    label: str
    amount_kind: AmountKind
    amount: Annotated[Value, ValueType.AMOUNT]
    period: Period | None = None
    per_year: bool = False
    is_earmarked: bool = False
    started_by: int = 0
    ended_by: int | None = None
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ReportingRow:
    place: Place
    frequency: ReportFrequency
    sections: list[SectionKind]
    started_by: int = 0
    ended_by: int | None = None
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class TermRow:
    place: Place
    kind: TermKind
    text: str
    started_by: int = 0
    ended_by: int | None = None
    locator: str = ""


@dataclass(frozen=True)
class ProvisionRow:
    """A provision inside or outside the assignment, and how it is paid now."""

    place: Place
    name: str
    funding: str = ""
    parts: str = ""
    note: str = ""


@dataclass(frozen=True)
class TransitionRow:
    place: Place
    group: str
    text: str
    ends_on: datetime.date | None = None
    locator: str = ""


@dataclass(frozen=True)
class ContractRow:
    place: Place
    slug: str
    title: str
    kind: ContractKind
    locator: str
    agenda_versions: list[VersionReference]
    dates: list[DateRow]
    terms: list[TermRow]
    amendments: list[AmendmentRow]
    partner: str = ""
    kind_note: str = ""
    term: Period | None = None
    term_note: str = ""
    funding: Funding = Funding.NOT_STATED
    funding_note: str = ""
    purchasing: PurchasingModel = PurchasingModel.NOT_STATED
    purchasing_note: str = ""
    financial_frame: str = ""
    occasion: str = ""
    meeting_note: str = ""
    kpi_count: int | None = None
    note: str = ""
    parties: list[PartyRow] = field(default_factory=list)
    themes: list[ContractThemeRow] = field(default_factory=list)
    sub_assignments: list[SubAssignmentRow] = field(default_factory=list)
    expectations: list[ExpectationRow] = field(default_factory=list)
    kpis: list[KPIRow] = field(default_factory=list)
    budget_lines: list[BudgetLineRow] = field(default_factory=list)
    reporting: list[ReportingRow] = field(default_factory=list)
    inside: list[ProvisionRow] = field(default_factory=list)
    outside: list[ProvisionRow] = field(default_factory=list)
    transitions: list[TransitionRow] = field(default_factory=list)


@dataclass(frozen=True)
class ContractsFile:
    source: str
    contracts: list[ContractRow]
