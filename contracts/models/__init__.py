"""Contracts, what was agreed in them, and the money."""

from contracts.models.agreements import (
    KPI,
    Expectation,
    ReportingAgreement,
    ReportingSection,
    SubAssignment,
    Term,
)
from contracts.models.contracts import Amendment, Contract, ContractDate, ContractTheme, Party
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
    "ContractTheme",
    "Expectation",
    "Party",
    "ReportingAgreement",
    "ReportingSection",
    "SubAssignment",
    "Term",
]
