"""The doors to the municipality's budget; ``require_role`` on the view says who may ask."""

from __future__ import annotations

from django.http import Http404

from agenda.models import MoneyYear
from contracts.models import Allocation
from contracts.querysets import AllocationQuerySet
from core.periods import FIRST_YEAR, LAST_YEAR


def listed(rows: AllocationQuerySet) -> AllocationQuerySet:
    """``rows`` with all that a list tells of them. One query."""
    return rows.select_related(
        "theme__version__agenda",
        "goal__theme__version__agenda",
        "contract__partner",
        "sub_assignment",
        "source",
    )


def allocation_or_404(pk: int) -> Allocation:
    """A budget line. Raises ``Http404``. One query."""
    row = listed(Allocation.objects.filter(pk=pk)).first()
    if row is None:
        raise Http404("Deze budgetpost is er niet, of zij is verwijderd.")
    return row


def year_or_404(year: int) -> MoneyYear:
    """The year, which may have no row yet. Raises ``Http404`` out of reach. One query."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("Kies een jaar van 1990 tot en met 2100.")
    return MoneyYear.objects.filter(year=year).first() or MoneyYear(year=year)
