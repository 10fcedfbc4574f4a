"""Who does what, and where contracts touch one another: one overview for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.story import Story
from contracts.constants import TermKind
from contracts.models import Contract, ContractTheme, Term

#: What a contract says of who does what, in the order in which a reader wants it.
TOLD = (TermKind.DIVISION, TermKind.COOPERATION, TermKind.EXCLUDED)


@login_not_required
@require_safe
def task_division(request: HttpRequest) -> HttpResponse:
    """Themes that more contracts work on, and what each contract says of who does what.

    Six queries, however many contracts there are.
    """
    themes = ContractTheme.objects.select_related("theme__version__agenda").order_by("pk")
    contracts = list(
        Contract.objects.readable()
        .select_related("partner")
        .prefetch_related(
            Prefetch("themes", themes),
            Prefetch("terms", Term.objects.filter(kind__in=TOLD).order_by("order", "pk")),
        )
        .order_by("title", "pk")
    )
    context = {"shared": _shared(contracts), "rows": _divisions(contracts)}
    return render(request, "contracts/task_division.html", context)


def _shared(contracts: list[Contract]) -> list[Story]:
    """Each theme that more than one contract works on or has to be connected to, by name."""
    found: dict[int, dict[str, Any]] = {}
    for contract in contracts:
        for link in contract.themes.all():
            held = found.setdefault(link.theme_id, {"theme": link.theme, "links": []})
            held["links"].append({"contract": contract, "works": link.is_open, "note": link.note})
    shared = [row for row in found.values() if len(row["links"]) > 1]
    return sorted(
        shared, key=lambda row: (row["theme"].version.agenda.short_name, row["theme"].name)
    )


def _divisions(contracts: list[Contract]) -> list[Story]:
    """What each contract that says anything of it says of who does what."""
    found = []
    for contract in contracts:
        terms = list(contract.terms.all())
        parts = [
            {"label": str(kind.label).capitalize(), "texts": texts}
            for kind in TOLD
            if (texts := [row.text for row in terms if row.kind == kind])
        ]
        if parts:
            found.append({"contract": contract, "parts": parts})
    return found
