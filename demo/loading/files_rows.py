"""The shape of dossier.yaml. Days count from the day of loading; values are text, of the type of
their indicator."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.constants import (
    AssignmentKind,
    ContractKind,
    Duration,
    Funding,
    Obligation,
    PartyRole,
    PurchasingModel,
    ReplyOutcome,
    ReportFrequency,
    ResultAspect,
    SectionKind,
    TermHolder,
    TermKind,
    TermOutcome,
)
from demo.loading.reader import Place


@dataclass(frozen=True)
class PartyRow:
    place: Place
    organisation: str
    role: PartyRole


@dataclass(frozen=True)
class TermRow:
    """``outcome`` is whether it was found to be kept, and ``found`` what was not."""

    place: Place
    kind: TermKind
    text: str
    holder: TermHolder = TermHolder.NOT_STATED
    outcome: TermOutcome | None = None
    found: str = ""


@dataclass(frozen=True)
class ProvisionRow:
    place: Place
    name: str
    funding: str


@dataclass(frozen=True)
class PartRow:
    place: Place
    number: str
    name: str
    theme: str
    amount: str
    results: list[str]


@dataclass(frozen=True)
class MoneyRow:
    """What is agreed in every year of the term."""

    place: Place
    label: str
    amount: str
    duration: Duration = Duration.STRUCTURAL


@dataclass(frozen=True)
class KPIRow:
    place: Place
    indicator: str
    name: str
    goals: list[str]
    aspect: ResultAspect
    obligation: Obligation
    baseline: str
    targets: list[str]
    rationale: str = ""


@dataclass(frozen=True)
class OptionRow:
    """To extend by ``until_years``; to be told within ``notice_in`` days."""

    place: Place
    until_years: int
    notice_in: int


@dataclass(frozen=True)
class TransitionRow:
    place: Place
    group: str
    text: str
    ends_in: int


@dataclass(frozen=True)
class DeliveryRow:
    place: Place
    days_ago: int
    days: int
    note: str = ""


@dataclass(frozen=True)
class SupplyRow:
    place: Place
    subject: str
    delivery_days: int
    watcher: str
    ends_in: int
    deliveries: list[DeliveryRow]


@dataclass(frozen=True)
class NoticeRow:
    place: Place
    subject: str
    starts_in: int
    text: str
    organisations: list[str]


@dataclass(frozen=True)
class RemarkRow:
    """What the partner says of a KPI, perhaps with another target for next year."""

    place: Place
    kpi: str
    text: str
    outcome: ReplyOutcome
    answer: str
    proposed: str = ""


@dataclass(frozen=True)
class FrameworkRow:
    remarks: list[RemarkRow]


@dataclass(frozen=True)
class ContractRow:
    """``last_year`` counts from this year; with ``starts_now`` it begins this half-year, otherwise
    this year."""

    place: Place
    key: str
    title: str
    partner: str
    kind: ContractKind
    assignment_kind: AssignmentKind
    last_year: int
    occasion: str
    purchasing: PurchasingModel
    purchasing_note: str
    funding: Funding
    funding_note: str
    legal_frame: str
    financial_frame: str
    official_meetings: int
    executive_meetings: int
    frequency: ReportFrequency
    sections: list[SectionKind]
    terms: list[TermRow]
    money: list[MoneyRow]
    kpis: list[KPIRow]
    basic: str = ""
    starts_now: bool = False
    parties: list[PartyRow] = field(default_factory=list)
    inside: list[ProvisionRow] = field(default_factory=list)
    outside: list[ProvisionRow] = field(default_factory=list)
    parts: list[PartRow] = field(default_factory=list)
    options: list[OptionRow] = field(default_factory=list)
    transitions: list[TransitionRow] = field(default_factory=list)
    supplies: list[SupplyRow] = field(default_factory=list)
    notice: NoticeRow | None = None
    framework: FrameworkRow | None = None


@dataclass(frozen=True)
class FilesFile:
    agenda: str
    version: int
    themes: list[str]
    supplier: str
    contracts: list[ContractRow]
