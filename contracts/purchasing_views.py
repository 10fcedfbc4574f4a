"""Ways of buying and of paying beside each other, and which contracts chose each."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.models import Contract
from contracts.purchasing import CONSIDERATIONS, MODELS, PAYMENTS


@login_not_required
@require_safe
def purchasing(request: HttpRequest) -> HttpResponse:
    """The comparison, for everybody. One query."""
    bought: dict[str, list[Any]] = defaultdict(list)
    paid: dict[str, list[Any]] = defaultdict(list)
    for contract in Contract.objects.readable().order_by("title"):
        bought[contract.purchasing].append(contract)
        paid[contract.funding].append(contract)
    context = {
        "models": [{"model": row, "contracts": bought[row.kind]} for row in MODELS],
        "payments": [{"payment": row, "contracts": paid[row.kind]} for row in PAYMENTS],
        "considerations": CONSIDERATIONS,
    }
    return render(request, "contracts/purchasing.html", context)
