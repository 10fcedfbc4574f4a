"""The shape of voorbeeld.yaml. Values are text here: their type is that of the indicator."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from agenda.constants import Direction
from contracts.constants import Funding, ResultAspect, SectionKind, TermKind
from core.periods import Period
from core.values import ValueType
from demo.loading.reader import Place


@dataclass(frozen=True)
class VersionRow:
    place: Place
    agenda: str
    number: int


@dataclass(frozen=True)
class SubjectRow:
    """One of the nine subjects, with the invented indicator that measures it."""

    place: Place
    number: str
    name: str
    indicator: str
    measures: str
    definition: str
    value_type: ValueType
    direction: Direction
    aspect: ResultAspect
    goals: list[str]
    unit: str = ""
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class TargetsRow:
    """``targets`` has one value for each half-year of the term."""

    place: Place
    subject: str
    baseline: str
    targets: list[str]


@dataclass(frozen=True)
class MoneyRow:
    place: Place
    label: str
    year: int
    amount: str
    note: str = ""


@dataclass(frozen=True)
class TermRow:
    place: Place
    kind: TermKind
    text: str


@dataclass(frozen=True)
class ResultRow:
    place: Place
    subject: str
    value: str
    explanation: str = ""
    improvement: str = ""


@dataclass(frozen=True)
class SpendingRow:
    place: Place
    spent: str
    forecast: str
    note: str = ""


@dataclass(frozen=True)
class TextRow:
    place: Place
    section: SectionKind
    text: str


@dataclass(frozen=True)
class NumberRow:
    place: Place
    label: str
    value: str


@dataclass(frozen=True)
class BottleneckRow:
    place: Place
    text: str
    cause: str
    solution: str


@dataclass(frozen=True)
class ComplaintsRow:
    place: Place
    complaints: int
    incidents: int
    complaints_nature: str = ""
    incidents_nature: str = ""


@dataclass(frozen=True)
class RemarkRow:
    """What the municipality asks about the improvement of a subject."""

    place: Place
    subject: str
    text: str


@dataclass(frozen=True)
class AnswerRow:
    """The answer to a remark, with the improvement as the partner rewrote it."""

    place: Place
    subject: str
    text: str
    improvement: str


@dataclass(frozen=True)
class RoundRow:
    """Handed in, and then returned, accepted or neither yet."""

    place: Place
    submitted_on: datetime.date
    returned_on: datetime.date | None = None
    accepted_on: datetime.date | None = None
    note: str = ""
    remarks: list[RemarkRow] = field(default_factory=list)
    answers: list[AnswerRow] = field(default_factory=list)


@dataclass(frozen=True)
class ReportRow:
    place: Place
    filled_on: datetime.date
    results: list[ResultRow]
    spending: list[SpendingRow]
    texts: list[TextRow]
    numbers: list[NumberRow]
    bottlenecks: list[BottleneckRow]
    complaints: ComplaintsRow
    rounds: list[RoundRow]


@dataclass(frozen=True)
class MemberRow:
    """A coalition partner that writes its own part of the first report."""

    place: Place
    organisation: str
    part: str
    filled_on: datetime.date
    texts: list[TextRow]


@dataclass(frozen=True)
class ContractRow:
    place: Place
    partner: str
    title: str
    occasion: str
    funding: Funding
    funding_note: str
    themes: list[str]
    official_meetings: int
    executive_meetings: int
    meeting_note: str
    terms: list[TermRow]
    money: list[MoneyRow]
    targets: list[TargetsRow]
    report: ReportRow
    members: list[MemberRow] = field(default_factory=list)


@dataclass(frozen=True)
class ExceptRow:
    place: Place
    partner: str
    period: Period


@dataclass(frozen=True)
class ExtensionsRow:
    """``days`` counts from the day of loading."""

    place: Place
    days: int
    on: datetime.date
    reason: str
    except_for: ExceptRow


@dataclass(frozen=True)
class SupervisionAnswerRow:
    place: Place
    on: datetime.date
    text: str


@dataclass(frozen=True)
class FindingRow:
    """What the supervisor saw; the recommendation is for the municipality without a partner."""

    place: Place
    text: str
    advice: str
    partner: str = ""
    answers: list[SupervisionAnswerRow] = field(default_factory=list)


@dataclass(frozen=True)
class SupervisionRow:
    place: Place
    year: int
    title: str
    summary: str
    published_on: datetime.date
    findings: list[FindingRow]


@dataclass(frozen=True)
class ExampleFile:
    agenda_version: VersionRow
    starts_on: datetime.date
    ends_on: datetime.date
    prepared_on: datetime.date
    activated_on: datetime.date
    sections: list[SectionKind]
    due_days: int
    lock_days: int
    subjects: list[SubjectRow]
    contracts: list[ContractRow]
    extensions: ExtensionsRow
    supervision: list[SupervisionRow]
