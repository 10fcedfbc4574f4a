"""The register of information exchange: for everybody to read, and for officers to write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from agenda.story import Story, provenance
from contracts.access import exchange_or_404, managed_exchange_or_404, told_exchanges
from contracts.actions import save_exchange
from contracts.filters import ExchangeFilter
from contracts.forms.exchange import ExchangeForm
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import Exchange
from core.edits import saved_or_told
from core.filters import is_chosen

METHODS = ["GET", "HEAD", "POST"]
TWIN = "Deze uitwisseling staat net al in het register. Ga naar de lijst."
WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)


def _listed(request: HttpRequest) -> dict[str, Any]:
    """The register as a list. Six queries at most, and those of the choices."""
    chosen = ExchangeFilter(request.GET, queryset=told_exchanges(), request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    today = timezone.localdate()
    return {
        "filter": chosen,
        "page": page,
        "rows": [_row(row, is_overdue=row.is_overdue(today)) for row in page],
        "total": paginator.count,
        "chosen": is_chosen(chosen),
    }


def _row(row: Exchange, *, is_overdue: bool) -> Story:
    """An exchange with its parties by name, read already."""
    return {
        "exchange": row,
        "givers": [each.name for each in row.givers.all()],
        "receivers": [each.name for each in row.receivers.all()],
        "contracts": list(row.contracts.all()),
        "is_overdue": is_overdue,
        "source": provenance(row),
    }


@login_not_required
@require_safe
def exchange_list(request: HttpRequest) -> HttpResponse:
    """Which personal data partners give each other, for what, and whether that may."""
    return render(request, "contracts/exchange_list.html", _listed(request))


@login_not_required
@require_safe
def exchange_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One exchange with the test of it. No names of people."""
    row = exchange_or_404(pk)
    context = _row(row, is_overdue=row.is_overdue(timezone.localdate()))
    return render(request, "contracts/exchange_detail.html", context)


# -- behind the sign-in ----------------------------------------------------------------------------
def may_write(request: HttpRequest) -> bool:
    return bool(roles_of(request.user) & frozenset(WRITERS))


@require_role(*READERS)
@require_safe
def exchange_manage_list(request: HttpRequest) -> HttpResponse:
    """The register, to work on."""
    context = _listed(request) | {"may_write": may_write(request)}
    return render(request, "contracts/exchange_manage_list.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def exchange_add(request: HttpRequest) -> HttpResponseBase:
    """A new exchange in the register."""
    form = ExchangeForm(request.POST or None)
    if _saved(request, form):
        return redirect("exchange_manage_list")
    return render(request, "contracts/exchange_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def exchange_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An exchange that is there: tested, tested again, or stopped."""
    row = managed_exchange_or_404(pk)
    title = row.purpose
    form = ExchangeForm(request.POST or None, instance=row)
    if _saved(request, form):
        return redirect("exchange_manage_list")
    context = {"form": form, "exchange": row, "title": title}
    return render(request, "contracts/exchange_edit.html", context)


def _saved(request: HttpRequest, form: ExchangeForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    saved = saved_or_told(form, lambda: save_exchange(form, user=signed_in(request)), twin=TWIN)
    if saved:
        messages.success(request, f"Bewaard in het register: {form.instance}.")
    return saved
