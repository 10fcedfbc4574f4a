"""Who does what, and where contracts touch one another: one overview for everybody."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.story import Story
from contracts.constants import TermKind
from contracts.models import Contract, ContractTheme, Term
from contracts.story import term_in_words

#: What a contract says of who does what, in the order in which a reader wants it.
TOLD = (TermKind.DIVISION, TermKind.COOPERATION, TermKind.EXCLUDED)


@login_not_required
@require_safe
def task_division(request: HttpRequest) -> HttpResponse:
    """Themes that more contracts work on at once, and what each contract says of who does what.

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
    """Each theme that contracts work on or have to be connected to in the same time, by name.

    Where some follow on others, those that touch stand together: a theme can be there twice.
    """
    found: dict[int, dict[str, Any]] = {}
    for contract in contracts:
        for link in contract.themes.all():
            held = found.setdefault(link.theme_id, {"theme": link.theme, "links": []})
            held["links"].append(
                {
                    "contract": contract,
                    "works": link.is_open,
                    "note": link.note,
                    "term": term_in_words(contract),
                }
            )
    shared = [
        {"theme": row["theme"], "links": links}
        for row in found.values()
        for links in _at_once(row["links"])
    ]
    return sorted(
        shared, key=lambda row: (row["theme"].version.agenda.short_name, row["theme"].name)
    )


def _at_once(links: list[Any]) -> list[list[Any]]:
    """``links`` in groups of more than one of which the contracts run at once, the last time first.
    Of a contract of which nothing says when it runs, nobody can tell what it touches."""
    timed = [(days, link) for link in links if (days := runs(link["contract"])) is not None]
    timed.sort(key=lambda row: row[0])
    groups: list[list[Any]] = []
    until = datetime.date.min
    for (first, last), link in timed:
        if not groups or first > until:
            groups.append([])
        groups[-1].append(link)
        until = max(until, last)
    return [group for group in reversed(groups) if len(group) > 1]


def runs(contract: Contract) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of ``contract``; ``None`` where nothing says either. A day that is
    not known is as far away as can be."""
    term = contract.term
    first = contract.starts_on or (term.start if term else None)
    last = contract.ends_on or (term.end if term else None)
    if first is None and last is None:
        return None
    return first or datetime.date.min, last or datetime.date.max


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
