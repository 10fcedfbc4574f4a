"""A year of money: its adopted total, closing it, and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from agenda.actions import NotEditable, close_year, reopen_year, save_year
from contracts.budgets.access import year_or_404
from contracts.budgets.forms import ReasonForm, YearForm
from contracts.budgets.reading import lines_of, year_story
from contracts.exchange_views import METHODS, WRITERS
from contracts.models import Allocation


def _back(request: HttpRequest, year: int, why: str) -> HttpResponseBase:
    messages.warning(request, why)
    return redirect("budget_year", year)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_year_total(request: HttpRequest, year: int) -> HttpResponseBase:
    """The total as it was adopted, to hold the lines against."""
    held = year_or_404(year)
    if held.is_closed and request.method != "POST":
        return _back(request, year, f"Het jaar {year} is afgesloten. Het totaal staat vast.")
    form = YearForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_year(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, f"Het totaal van {year} is bewaard.")
                return redirect("budget_year", year)
    return render(request, "contracts/budget_year_total.html", {"form": form, "year": year})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_year_close(request: HttpRequest, year: int) -> HttpResponseBase:
    """Close a year, with a reason, after seeing what it comes to."""
    held = year_or_404(year)
    if held.is_closed:
        return _back(request, year, f"Het jaar {year} is al afgesloten.")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_year(year, form.cleaned_data["reason"], user=signed_in(request))
        except NotEditable as error:
            return _back(request, year, error.messages[0])
        messages.success(request, f"Het jaar {year} is afgesloten.")
        return redirect("budget_year", year)
    story = year_story(held, lines_of(Allocation.objects.all(), year))
    context = {"form": form, "year": year, "story": story}
    return render(request, "contracts/budget_year_close.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_year_reopen(request: HttpRequest, year: int) -> HttpResponseBase:
    """Open a closed year again, with a reason."""
    held = year_or_404(year)
    if not held.is_closed:
        return _back(request, year, f"Het jaar {year} is open.")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_year(year, form.cleaned_data["reason"], user=signed_in(request))
        except NotEditable as error:
            return _back(request, year, error.messages[0])
        messages.success(request, f"Het jaar {year} is weer open.")
        return redirect("budget_year", year)
    return render(request, "contracts/budget_year_reopen.html", {"form": form, "year": year})
