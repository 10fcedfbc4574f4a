"""The norms on reporting, talks and decisions: for all contracts in a year, and for one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.access import require_role, roles_of
from accounts.constants import STAFF_ROLES
from contracts.access import managed_contract_or_404
from contracts.talks.access import READERS
from contracts.talks.follow_views import asked_year
from core.filters import is_chosen, whole_number
from monitor.filters import NormFilter
from monitor.norms import contracts_in, newest_year, norms_of

PER_PAGE = 25


@require_role(*READERS)
@require_safe
def norm_list(request: HttpRequest) -> HttpResponse:
    """Every contract that ran in a year, with whether it meets the norms and what shows it."""
    today = timezone.localdate()
    is_asked = whole_number(request.GET.get("jaar")) is not None
    year = asked_year(request) if is_asked else newest_year(today)
    chosen = NormFilter(request.GET, queryset=contracts_in(year), request=request, year=year)
    paginator = Paginator(chosen.qs, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filter": chosen,
        "chosen": is_chosen(chosen),
        "page": page,
        "rows": norms_of(page, year, today),
        "total": paginator.count,
        "year": year,
        "is_staff": bool(roles_of(request.user) & STAFF_ROLES),
    }
    return render(request, "monitor/norm_list.html", context)


@require_role(*READERS)
@require_safe
def contract_norms(request: HttpRequest, slug: str) -> HttpResponse:
    """The norms of one contract, this year and the years before it that it ran: a fragment for
    htmx, else a page of its own."""
    contract = managed_contract_or_404(slug)
    today = timezone.localdate()
    last = min(today.year, contract.ends_on.year) if contract.ends_on else today.year
    first = max(last - 2, contract.starts_on.year) if contract.starts_on else last
    rows = [
        row
        for year in range(last, first - 1, -1)
        for row in norms_of(contracts_in(year).filter(pk=contract.pk), year, today)
    ]
    partial = bool(getattr(request, "htmx", False))
    page = "monitor/_contract_norms.html" if partial else "monitor/contract_norms.html"
    is_staff = bool(roles_of(request.user) & STAFF_ROLES)
    context = {"contract": contract, "rows": rows, "is_staff": is_staff}
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
