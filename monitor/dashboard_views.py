"""The dashboard of the board: results, money, clients, verdicts and decisions of one year."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require_role
from contracts.talks.access import READERS
from contracts.talks.follow_views import asked_year
from core.filters import is_chosen, whole_number
from monitor.dashboard import by_contract, by_theme
from monitor.filters import DashboardFilter
from monitor.norms import contracts_in, newest_year
from reporting.models import Report

PER_PAGE = 20


@require_role(*READERS)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What the contracts of a year came to, by contract or by theme; ``?jaar=`` names the year,
    else it is the newest with an accepted report."""
    year = asked_year(request) if whole_number(request.GET.get("jaar")) is not None else _newest()
    chosen = DashboardFilter(request.GET, queryset=contracts_in(year), request=request, year=year)
    themes = request.GET.get("per") == "thema"
    board = (by_theme if themes else by_contract)(list(chosen.qs), year)
    page = Paginator(board.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "chosen": is_chosen(chosen),
        "board": board,
        "page": page,
        "year": year,
        "by_theme": themes,
    }
    return render(request, "monitor/dashboard.html", context)


def _newest() -> int:
    """The last year, this year at the latest, over which a report was accepted. Two queries."""
    today = timezone.localdate()
    latest = newest_year(today)
    years = {period.year for period in Report.objects.accepted().values_list("period", flat=True)}
    return max((year for year in years if year <= today.year), default=latest)
