"""The history of a contract and of an exchange, for who works on it and who audits it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require_role, roles_of
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from contracts.access import managed_contract_or_404, managed_exchange_or_404
from contracts.manage_views import READERS


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def contract_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a contract; ``?deel=`` names one part of it."""
    contract = managed_contract_or_404(slug)
    context = history_context(request, contract)
    # An auditor reads the history, and has no pages where contracts are managed.
    may_manage = bool(roles_of(request.user) & frozenset(READERS))
    context |= {"contract": contract, "may_manage": may_manage}
    return render(request, "contracts/contract_history.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def exchange_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in an exchange of the register: every test that was written down."""
    row = managed_exchange_or_404(pk)
    may_manage = bool(roles_of(request.user) & frozenset(READERS))
    context = history_context(request, row) | {"exchange": row, "may_manage": may_manage}
    return render(request, "contracts/exchange_history.html", context)
