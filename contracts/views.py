"""The public pages of contracts and their amendments."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.constants import Origin
from agenda.story import contradictions_about
from contracts.access import amendment_or_404, contract_or_404
from contracts.file.assignments import assignments_beside
from contracts.filters import ContractFilter
from contracts.models import Amendment, BudgetLine, Contract, Project
from contracts.pages import amendment_page, contract_page, contract_rows
from contracts.privacy import privacy_story
from contracts.projects.access import listed
from contracts.projects.reading import project_rows
from core.filters import is_chosen

PER_PAGE = 25


@login_not_required
@require_safe
def contract_list(request: HttpRequest) -> HttpResponse:
    """Every contract, to search and to choose from."""
    rows = (
        Contract.objects.readable()
        .select_related("partner")
        .prefetch_related(
            "agenda_versions__agenda",
            Prefetch("budget_lines", BudgetLine.objects.signed().select_related("source")),
            Prefetch("amendments", Amendment.objects.signed()),
        )
    )
    chosen = ContractFilter(request.GET, queryset=rows, request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "contracts/contract_list.html",
        {
            "filter": chosen,
            "page": page,
            "rows": contract_rows(page),
            "total": paginator.count,
            "chosen": is_chosen(chosen),
        },
    )


@login_not_required
@require_safe
def contract_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One contract with all that was agreed."""
    contract = contract_or_404(slug)
    context = {
        "contract": contract_page(contract),
        "privacy": privacy_story(contract),
        "exchanges": list(contract.exchanges.all()),
        "assignments": assignments_beside(contract, drafts=False),
        "projects": project_rows(
            listed(Project.objects.readable().filter(contracts=contract)), timezone.localdate()
        ),
        # What was agreed in this system is not what the sources contradict each other about.
        "contradictions": (
            contradictions_about(contract.partner)
            if contract.partner and contract.origin == Origin.SOURCE
            else []
        ),
    }
    return render(request, "contracts/contract_detail.html", context)


@login_not_required
@require_safe
def amendment_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What one amendment changed."""
    contract = contract_or_404(slug)
    amendment = amendment_page(contract, amendment_or_404(contract, number))
    return render(request, "contracts/amendment_detail.html", {"amendment": amendment})
