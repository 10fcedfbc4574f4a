"""Managing contracts: the list, the outline, and the pages over the contract itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import STAFF_ROLES, Role
from contracts.access import managed_contract_or_404
from contracts.actions import (
    NotEditable,
    create_contract,
    delete_draft,
    save_draft,
)
from contracts.filters import ManagedContractFilter
from contracts.forms.contract import ContractForm, MeetingsForm
from contracts.models import Contract, Project
from contracts.outline import desk_of, outline
from contracts.projects.access import listed
from contracts.projects.reading import project_rows
from core.filters import is_chosen

PER_PAGE = 25
READERS = tuple(sorted(STAFF_ROLES))
WRITER = Role.CONTRACT_MANAGER


def may_write(request: HttpRequest) -> bool:
    return WRITER in roles_of(request.user)


def closed(request: HttpRequest, contract: Contract, why: str) -> HttpResponseBase:
    """Back to the outline, with the reason why there is nothing to edit."""
    messages.warning(request, why)
    return redirect("contract_manage", contract.slug)


@require_role(*READERS)
@require_safe
def contract_manage_list(request: HttpRequest) -> HttpResponse:
    """Every contract, drafts too, to search and to choose from."""
    rows = Contract.objects.newest_first().select_related("partner")
    chosen = ManagedContractFilter(request.GET, queryset=rows, request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    context = {
        "filter": chosen,
        "page": paginator.get_page(request.GET.get("page")),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "contracts/contract_manage_list.html", context)


@require_role(*READERS)
@require_safe
def contract_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The contract as an outline, each part with its page."""
    contract = managed_contract_or_404(slug)
    context = outline(desk_of(contract))
    context["may_write"] = may_write(request)
    projects = listed(Project.objects.filter(contracts=contract))
    context["projects"] = project_rows(projects, timezone.localdate())
    return render(request, "contracts/contract_manage.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_add(request: HttpRequest) -> HttpResponseBase:
    """A new contract, as a draft; its partner may be new as well."""
    form = ContractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contract = create_contract(form, user=signed_in(request), new_partner=form.new_partner)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het concept is gemaakt. Vul nu de onderdelen in.")
            return redirect("contract_manage", contract.slug)
    return render(request, "contracts/contract_add.html", {"form": form})


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The particulars of a draft."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := desk_of(contract).closed):
        return closed(request, contract, why)
    form = ContractForm(request.POST or None, instance=contract)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_draft(form, user=signed_in(request), new_partner=form.new_partner)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "De gegevens zijn bewaard.")
                return redirect("contract_manage", slug)
    return render(request, "contracts/contract_edit.html", {"form": form, "contract": contract})


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_meetings(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How often is met."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := desk_of(contract).closed):
        return closed(request, contract, why)
    form = MeetingsForm(request.POST or None, instance=contract)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_draft(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "Het overleg is bewaard.")
                return redirect("contract_manage", slug)
    return render(request, "contracts/contract_meetings.html", {"form": form, "contract": contract})


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    contract = managed_contract_or_404(slug)
    if why := desk_of(contract).closed:
        return closed(request, contract, why)
    if request.method == "POST":
        try:
            delete_draft(contract, user=signed_in(request))
        except NotEditable as error:
            return closed(request, contract, error.messages[0])
        messages.success(request, f"Het concept ‘{contract.title}’ is verwijderd.")
        return redirect("contract_manage_list")
    return render(request, "contracts/contract_delete.html", {"contract": contract})
