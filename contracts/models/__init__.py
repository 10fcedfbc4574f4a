"""Contracts, what was agreed in them, and the money."""

from contracts.models.agreements import (
    KPI,
    Expectation,
    KPITarget,
    Provision,
    ReportingAgreement,
    ReportingSection,
    SubAssignment,
    Term,
)
from contracts.models.allocations import Allocation
from contracts.models.contracts import (
    Amendment,
    Contract,
    ContractDate,
    ContractEvent,
    ContractTheme,
    Party,
)
from contracts.models.decisions import CalendarFeed, CollegeNote, Decision
from contracts.models.figures import LineChange, LineFigure
from contracts.models.file import (
    ContractDocument,
    Delivery,
    ExtensionOption,
    Supply,
    TenderNotice,
    TermCheck,
    Transition,
)
from contracts.models.framework import Remark, SignOff
from contracts.models.money import Budget, BudgetItem, BudgetLine, BudgetPost
from contracts.models.privacy import DataAgreement, Exchange, PersonalData
from contracts.models.products import ProductRow, ProductTable, Rate
from contracts.models.projects import (
    Project,
    ProjectEvaluation,
    ProjectEvent,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from contracts.models.subsidies import PassOn, PassOnFrame, Subsidy, SubsidyEvent
from contracts.models.talks import (
    ActionEvent,
    ActionPoint,
    Attendance,
    Meeting,
    MeetingEvent,
    MeetingPoint,
    MeetingRhythm,
)

__all__ = [
    "KPI",
    "ActionEvent",
    "ActionPoint",
    "Allocation",
    "Amendment",
    "Attendance",
    "Budget",
    "BudgetItem",
    "BudgetLine",
    "BudgetPost",
    "CalendarFeed",
    "CollegeNote",
    "Contract",
    "ContractDate",
    "ContractDocument",
    "ContractEvent",
    "ContractTheme",
    "DataAgreement",
    "Decision",
    "Delivery",
    "Exchange",
    "Expectation",
    "ExtensionOption",
    "KPITarget",
    "LineChange",
    "LineFigure",
    "Meeting",
    "MeetingEvent",
    "MeetingPoint",
    "MeetingRhythm",
    "Party",
    "PassOn",
    "PassOnFrame",
    "PersonalData",
    "ProductRow",
    "ProductTable",
    "Project",
    "ProjectEvaluation",
    "ProjectEvent",
    "ProjectPlan",
    "ProjectSpending",
    "ProjectStep",
    "ProjectUpdate",
    "Provision",
    "Rate",
    "Remark",
    "ReportingAgreement",
    "ReportingSection",
    "SignOff",
    "SubAssignment",
    "Subsidy",
    "SubsidyEvent",
    "Supply",
    "TenderNotice",
    "Term",
    "TermCheck",
    "Transition",
]
