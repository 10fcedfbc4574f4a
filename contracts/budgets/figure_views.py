"""What budget lines cost, and how a year differs from the one before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from contracts.actions import NotEditable
from contracts.actions import figures as actions
from contracts.budgets.access import allocation_or_404, year_or_404
from contracts.budgets.figure_forms import ChangeForm, FigureForm
from contracts.budgets.growth import GROWTH_HEADER, Growth, growth_cells, steps
from contracts.budgets.reading import known_years, lines_of
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.manage_views import READERS
from contracts.models import Allocation, LineChange
from core.sheets import xlsx_response
from core.tables import csv_response


def _asked_year(request: HttpRequest) -> int:
    """The year that ``?jaar=`` names; nought without one."""
    asked = request.GET.get("jaar", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_line_figures(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a line is expected to cost and did cost, with who said so; one more at the top."""
    line = allocation_or_404(pk)
    year = _asked_year(request)
    if not line.first_year <= year <= line.last_year:
        year = max(line.first_year, min(line.last_year, timezone.localdate().year))
    form = FigureForm(request.POST or None, line=line, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_figure(line, user=signed_in(request), **form.cleaned_data)
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Vastgelegd: {row.get_kind_display()} voor {row.year}.")
            return redirect("budget_spent", row.year)
    context = {
        "form": form,
        "row": line,
        "year": year,
        "figures": list(line.figures.select_related("actor").order_by("-pk")),
        "back": reverse("budget_spent", args=[year]),
    }
    return render(request, "contracts/budget_line_figures.html", context)


def _growth(year: int) -> Growth:
    """From the year before to ``year``. Three queries."""
    before = lines_of(Allocation.objects.all(), year - 1)
    now = lines_of(Allocation.objects.all(), year)
    return Growth(steps(before, now, LineChange.objects.filter(year=year)))


@require_role(*READERS)
@require_safe
def budget_growth(request: HttpRequest, year: int) -> HttpResponse:
    """A year beside the one before: cut, growth, and what nobody explained."""
    held = year_or_404(year)
    context = {
        "growth": _growth(year),
        "held": held,
        "year": year,
        "before": year - 1,
        "years": known_years(year),
        "may_write": may_write(request) and not held.is_closed,
    }
    return render(request, "contracts/budget_growth.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def budget_growth_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Why one line differs from the year before in ``?jaar=``, or else in its own first year."""
    line = allocation_or_404(pk)
    year = _asked_year(request) or line.first_year
    step = next((each for each in _growth(year).steps if each.line.row.pk == pk), None)
    if step is None:
        raise Http404("Deze budgetpost is er in dit jaar niet.")
    row = step.change or LineChange(year=year, allocation=line)
    form = ChangeForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_change(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, f"Bewaard: {line.label}.")
                return redirect("budget_growth", year)
    back = reverse("budget_growth", args=[year])
    context = {"form": form, "row": line, "step": step, "year": year, "back": back}
    return render(request, "contracts/budget_growth_edit.html", context | {"before": year - 1})


@require_role(*READERS)
@require_safe
def budget_growth_csv(request: HttpRequest, year: int) -> HttpResponse:
    year_or_404(year)
    return csv_response(
        f"geld-{year}-verschil.csv", GROWTH_HEADER, growth_cells(_growth(year).steps)
    )


@require_role(*READERS)
@require_safe
def budget_growth_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    year_or_404(year)
    rows, widths = growth_cells(_growth(year).steps), [28] * len(GROWTH_HEADER)
    return xlsx_response(f"geld-{year}-verschil.xlsx", "Verschil", GROWTH_HEADER, rows, widths)
