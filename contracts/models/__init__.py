"""Contracts, what was agreed in them, and the money."""

from contracts.models.agreements import (
    KPI,
    Expectation,
    KPITarget,
    ReportingAgreement,
    ReportingSection,
    SubAssignment,
    Term,
)
from contracts.models.contracts import (
    Amendment,
    Contract,
    ContractDate,
    ContractEvent,
    ContractTheme,
    Party,
)
from contracts.models.money import Budget, BudgetItem, BudgetLine, BudgetPost
from contracts.models.privacy import DataAgreement, Exchange, PersonalData

__all__ = [
    "KPI",
    "Amendment",
    "Budget",
    "BudgetItem",
    "BudgetLine",
    "BudgetPost",
    "Contract",
    "ContractDate",
    "ContractEvent",
    "ContractTheme",
    "DataAgreement",
    "Exchange",
    "Expectation",
    "KPITarget",
    "Party",
    "PersonalData",
    "ReportingAgreement",
    "ReportingSection",
    "SubAssignment",
    "Term",
]
