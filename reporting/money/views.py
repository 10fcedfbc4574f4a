"""The budget of a year beside what was spent, and a proposal for a year from those before it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role
from contracts.budgets.access import year_or_404
from contracts.budgets.reading import known_years
from contracts.exchange_views import may_write
from contracts.manage_views import READERS
from core.sheets import xlsx_response
from core.tables import csv_response
from reporting.money.reading import (
    OUTLOOK_HEADER,
    YEARS_BEFORE,
    money_of,
    outlook_cells,
    proposals,
    together,
)
from reporting.money.spending import reported_years


@require_role(*READERS)
@require_safe
def budget_spent(request: HttpRequest, year: int) -> HttpResponse:
    """Budgeted, agreed, spent and expected, with what is missing."""
    held, money = year_or_404(year), money_of(year)
    context = {
        "held": held,
        "money": money,
        "ways": [
            (heading, together(money.outlooks, by))
            for by, heading in (("thema", "Thema"), ("taakveld", "Taakveld"))
        ],
        "year": year,
        "years": sorted({*known_years(year), *reported_years()}, reverse=True),
        "may_write": may_write(request) and not held.is_closed,
    }
    return render(request, "reporting/budget_spent.html", context)


@require_role(*READERS)
@require_safe
def budget_spent_csv(request: HttpRequest, year: int) -> HttpResponse:
    year_or_404(year)
    rows = outlook_cells(money_of(year).outlooks)
    return csv_response(f"geld-{year}-besteed.csv", OUTLOOK_HEADER, rows)


@require_role(*READERS)
@require_safe
def budget_spent_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    year_or_404(year)
    rows, widths = outlook_cells(money_of(year).outlooks), [24] * len(OUTLOOK_HEADER)
    return xlsx_response(f"geld-{year}-besteed.xlsx", "Besteed", OUTLOOK_HEADER, rows, widths)


@require_role(*READERS)
@require_safe
def budget_proposal(request: HttpRequest, year: int) -> HttpResponse:
    """What each line cost in the three years before, and the proposal that follows from it."""
    held = year_or_404(year)
    context = {
        "rows": proposals(year),
        "before": range(year - YEARS_BEFORE, year),
        "held": held,
        "year": year,
        "years": sorted({*known_years(year), year + 1}, reverse=True),
        "may_write": may_write(request) and not held.is_closed,
    }
    return render(request, "reporting/budget_proposal.html", context)
