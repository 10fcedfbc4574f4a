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
    "Expectation",
    "KPITarget",
    "Party",
    "ReportingAgreement",
    "ReportingSection",
    "SubAssignment",
    "Term",
]
