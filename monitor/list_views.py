"""Lists that span editions: bottlenecks, sources, words, and the verdicts on one goal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from agenda.constants import ContradictionTopic, Phase
from agenda.models import Goal
from agenda.story import Story, contradiction_stories, provenance, source_stories
from core.filters import refused_choice
from core.tables import CellValue, csv_response
from monitor.constants import MonitorKind
from monitor.edition_links import EditionLinks
from monitor.editions import EditionKey
from monitor.filters import FIRST_ORDER, BottleneckFilter
from monitor.glossary import TERMS, find_term, in_alphabet
from monitor.history import verdict_history
from monitor.models import Bottleneck

PAGE_SIZE = 20
BOTTLENECK_HEADER = [
    "monitor",
    "thema",
    "doel",
    "knelpunt",
    "actie",
    "wie",
    "klaar op",
    "voortgang",
    "bron",
]


def _filtered(request: HttpRequest) -> BottleneckFilter:
    # Without a chosen order the list has its own: the filter must be bound to order at all.
    asked = request.GET.copy()
    asked.setdefault("volgorde", FIRST_ORDER)
    rows = Bottleneck.objects.published().select_related("monitor", "theme", "goal", "source")
    return BottleneckFilter(asked, queryset=rows.order_by("-monitor__year", "pk"))


def _key(row: Bottleneck) -> EditionKey:
    return EditionKey(row.monitor.year, MonitorKind(row.monitor.kind))


@login_not_required
@require_safe
def bottleneck_list(request: HttpRequest) -> HttpResponse:
    """Bottlenecks of published editions, filtered, sorted and page by page."""
    found = _filtered(request)
    paginator: Paginator[Bottleneck] = Paginator(found.qs, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    links = EditionLinks()
    rows: list[dict[str, Any]] = [
        {
            "bottleneck": row,
            "key": _key(row),
            "place": row.goal.label if row.goal else row.theme.name,
            "url": links.place(_key(row), row.theme.slug, row.goal.slug if row.goal else ""),
            "source": provenance(row),
        }
        for row in page.object_list
    ]
    asked = request.GET.copy()
    asked.pop("page", None)
    return render(
        request,
        "monitor/bottleneck_list.html",
        {
            "form": found.form,
            "page": page,
            "total": paginator.count,
            "rows": rows,
            "filters": asked.urlencode(),
        },
    )


@login_not_required
@require_safe
def bottleneck_csv(request: HttpRequest) -> HttpResponse:
    """The same list, with the same filters, as a table; a choice that is none gives no table."""
    found = _filtered(request)
    if not found.is_valid():
        return refused_choice(request, found.form)
    rows: list[list[CellValue]] = [
        [
            str(_key(row)),
            row.theme.name,
            row.goal.label if row.goal else "",
            row.text,
            row.action or row.without_action,
            row.owner,
            row.due_on,
            row.get_state_display() if row.state else "",
            row.provenance,
        ]
        for row in found.qs
    ]
    return csv_response("knelpunten.csv", BOTTLENECK_HEADER, rows)


@login_not_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source under its phase of the policy cycle, and where sources contradict each other."""
    asked = request.GET.get("fase", "")
    chosen = asked if asked in Phase.values else ""
    sources = source_stories()
    contradictions = contradiction_stories()
    return render(
        request,
        "monitor/source_list.html",
        {
            "phases": [
                {
                    "code": phase.value,
                    "label": phase.label,
                    "sources": [row for row in sources if row["phase"] == phase],
                }
                for phase in Phase
            ],
            "chosen": chosen,
            "unknown": asked and not chosen,
            "any_source": bool(sources),
            "topics": _by_topic(contradictions),
        },
    )


def _by_topic(contradictions: list[Story]) -> list[dict[str, Any]]:
    topics = [
        {
            "label": topic.label,
            "contradictions": [row for row in contradictions if row["topic"] == topic],
        }
        for topic in ContradictionTopic
    ]
    return [topic for topic in topics if topic["contradictions"]]


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the social domain, from A to Z. No queries."""
    letters = [
        {
            "letter": letter,
            "terms": [
                {"term": term, "see": [find_term(word) for word in term.see]} for term in held
            ],
        }
        for letter, held in in_alphabet()
    ]
    return render(request, "monitor/glossary.html", {"letters": letters, "count": len(TERMS)})


@login_not_required
@require_safe
def goal_verdicts(request: HttpRequest, slug: str) -> HttpResponse:
    """The verdicts on a goal in published editions: a fragment for htmx, else a page of its own."""
    goal = (
        Goal.objects.readable().filter(slug=slug).select_related("theme__version__agenda").first()
    )
    if goal is None:
        raise Http404("Dit doel staat in geen agenda die openbaar is.")
    partial = bool(getattr(request, "htmx", False))
    response = render(
        request,
        "monitor/_goal_verdicts.html" if partial else "monitor/goal_verdicts.html",
        {"goal": goal, "rows": verdict_history(goal)},
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
