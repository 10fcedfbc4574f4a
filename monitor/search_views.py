"""The search page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.access import published_editions
from monitor.search import Group, Item, Query, hit, search

FIRST_FEW = 5
PAGE_SIZE = 20


@login_not_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What was found, kind by kind; ``groep`` shows one kind in full, page by page."""
    query = Query.of(request.GET.get("zoek", ""))
    groups = [] if query.is_too_short else search(query)
    chosen = next((g for g in groups if g.code == request.GET.get("groep")), None)
    page = None
    if chosen:
        paginator: Paginator[Item] = Paginator(chosen.items, PAGE_SIZE)
        page = paginator.get_page(request.GET.get("page"))
    editions = [] if groups else published_editions()
    return render(
        request,
        "monitor/search.html",
        {
            "query": query,
            "total": sum(len(group.items) for group in groups),
            "groups": [_shown(group, query) for group in groups],
            "chosen": chosen,
            "chosen_total": len(chosen.items) if chosen else 0,
            "page": page,
            "hits": [hit(item, query) for item in page.object_list] if page else [],
            "newest": editions[-1] if editions else None,
        },
    )


def _shown(group: Group, query: Query) -> dict[str, object]:
    return {
        "code": group.code,
        "label": group.label,
        "total": len(group.items),
        "hits": [hit(item, query) for item in group.items[:FIRST_FEW]],
        "has_more": len(group.items) > FIRST_FEW,
    }
