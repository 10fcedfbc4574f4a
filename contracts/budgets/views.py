"""The budget of the municipality: a year with its lines, and the lines themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from contracts.actions import NotEditable
from contracts.actions import money as actions
from contracts.budgets.access import allocation_or_404, listed, year_or_404
from contracts.budgets.filters import AllocationFilter
from contracts.budgets.forms import AllocationForm
from contracts.budgets.reading import Line, known_years, lines_of, year_story, years_with_lines
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import Allocation
from core.filters import is_chosen, whole_number
from core.periods import FIRST_YEAR, LAST_YEAR

#: What a line of another year says that the same line of this year may say too.
COPIED = (
    *("label", "duration", "earmark", "origin", "scheme", "account_for", "task_field"),
    *("theme_id", "goal_id", "contract_id", "sub_assignment_id"),
)


@require_role(*READERS)
@require_safe
def budget_home(request: HttpRequest) -> HttpResponseBase:
    """To the newest year up to this one that has money, or else to this year. One query."""
    today = timezone.localdate().year
    years = [year for year in years_with_lines() if year <= today]
    return redirect("budget_year", max(years, default=today))


@require_role(*READERS)
@require_safe
def budget_year(request: HttpRequest, year: int) -> HttpResponse:
    """One year: what it comes to, whether that adds up, and its lines to search."""
    held = year_or_404(year)
    rows = Allocation.objects.touching(year)
    chosen = AllocationFilter(request.GET, queryset=rows, request=request)
    page = Paginator(listed(chosen.qs), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "story": year_story(held, lines_of(rows, year)),
        "filter": chosen,
        "page": page,
        "lines": [Line(row, year) for row in page],
        "total": page.paginator.count,
        "chosen": is_chosen(chosen),
        "years": known_years(year),
        "events": held.events.select_related("actor") if held.pk else [],
        "may_write": may_write(request),
    }
    return render(request, "contracts/budget_year.html", context)


# -- the lines -------------------------------------------------------------------------------------
def _line_page(
    request: HttpRequest, form: AllocationForm, page: str, **more: Any
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_allocation(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, f"Bewaard: {form.instance.label}.")
                return redirect("budget_year", form.instance.first_year)
    return render(request, page, {"form": form, **more})


def _copied(number: str, year: int | None) -> Allocation:
    """A new line of ``year`` that says what line ``number`` says; an empty one without it.

    The day on which incidental money ends, and what a grant is accounted for, are of their own
    year. One query at most.
    """
    row = Allocation() if year is None else Allocation(first_year=year)
    named = number.isascii() and number.isdigit() and len(number) < 10
    former = Allocation.objects.filter(pk=int(number)).first() if named else None
    if former is not None:
        for name in COPIED:
            setattr(row, name, getattr(former, name))
    return row


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_line_add(request: HttpRequest) -> HttpResponseBase:
    """A new budget line; ``?jaar=`` fills in the year, ``?van=`` copies another line, and
    ``?bedrag=`` proposes an amount. Nothing is written before it is saved."""
    asked = request.GET.get("jaar", "")
    named = whole_number(asked)
    year = named if named and FIRST_YEAR <= named <= LAST_YEAR else None
    back = reverse("budget_year", args=[year]) if year else reverse("budget_home")
    row = _copied(request.GET.get("van", ""), year)
    amount = request.GET.get("bedrag", "")[:20]
    form = AllocationForm(
        request.POST or None, instance=row, initial={"value": amount} if amount else None
    )
    return _line_page(request, form, "contracts/budget_line_add.html", back=back)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_line_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A budget line that is there."""
    row = allocation_or_404(pk)
    context = {"row": row, "name": str(row), "year": row.first_year}
    context["back"] = reverse("budget_year", args=[row.first_year])
    form = AllocationForm(request.POST or None, instance=row)
    return _line_page(request, form, "contracts/budget_line_edit.html", **context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_line_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a budget line away, after asking."""
    row = allocation_or_404(pk)
    context: dict[str, Any] = {"row": row, "problems": []}
    if request.method == "POST":
        try:
            actions.remove_allocation(row, user=signed_in(request))
        except NotEditable as error:
            context["problems"] = error.messages
        else:
            messages.success(request, f"Verwijderd: {row}.")
            return redirect("budget_year", row.first_year)
    return render(request, "contracts/budget_line_delete.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def budget_line_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what in a budget line."""
    row = allocation_or_404(pk)
    context = history_context(request, row) | {"row": row}
    context["may_manage"] = bool(roles_of(request.user) & frozenset(READERS))
    context["may_write"] = may_write(request)
    return render(request, "contracts/budget_line_history.html", context)
