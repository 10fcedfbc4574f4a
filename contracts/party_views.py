"""Who joins or leaves a contract that runs; and organisations, with all that they take part in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.constants import Role
from accounts.history_pages import history_context
from accounts.merging import merge
from contracts.access import managed_contract_or_404, organisation_or_404, party_or_404
from contracts.actions import NotEditable
from contracts.actions.joining import join, leave, why_no_change, why_not_leave
from contracts.filters import ManagedOrganisationFilter
from contracts.forms.party import JoinForm, LeaveForm, MergeForm
from contracts.manage_views import PER_PAGE, READERS, WRITER, closed, may_write
from contracts.organisations import counted, organisation_page
from core.filters import is_chosen

METHODS = ["GET", "HEAD", "POST"]


@require_role(WRITER)
@require_http_methods(METHODS)
def party_join(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Somebody takes part in a contract that runs, from a day on."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := why_no_change(contract)):
        return closed(request, contract, why)
    form = JoinForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        try:
            party = join(contract, **form.cleaned_data, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{party.organisation} doet mee.")
            return redirect("contract_manage", slug)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/party_join.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def party_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Somebody takes part in a contract that runs no longer, after a day."""
    contract = managed_contract_or_404(slug)
    party = party_or_404(contract, pk)
    if request.method != "POST" and (why := why_no_change(contract) or why_not_leave(party)):
        return closed(request, contract, why)
    form = LeaveForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        try:
            leave(party, **form.cleaned_data, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            day = form.cleaned_data["valid_until"]
            messages.success(request, f"{party.organisation} doet mee tot en met {day:%d-%m-%Y}.")
            return redirect("contract_manage", slug)
    context = {"form": form, "contract": contract, "party": party}
    return render(request, "contracts/party_leave.html", context)


# -- organisations ---------------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def organisation_manage_list(request: HttpRequest) -> HttpResponse:
    """Every organisation with the number of contracts that it is in, to search."""
    chosen = ManagedOrganisationFilter(request.GET, queryset=counted(), request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    context = {
        "filter": chosen,
        "page": paginator.get_page(request.GET.get("page")),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
    }
    return render(request, "contracts/organisation_manage_list.html", context)


@require_role(*READERS)
@require_safe
def organisation_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation with all its roles in all contracts, also of those that went on under it."""
    organisation = organisation_or_404(slug)
    context: dict[str, Any] = organisation_page(organisation, timezone.localdate())
    context["may_write"] = may_write(request)
    return render(request, "contracts/organisation_manage.html", context)


@require_role(*READERS)
@require_safe
def organisation_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed about an organisation."""
    organisation = organisation_or_404(slug)
    context = history_context(request, organisation) | {"organisation": organisation}
    return render(request, "contracts/organisation_history.html", context)


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def organisation_merge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An organisation goes on under another one: first what that means, then a confirmation."""
    organisation = organisation_or_404(slug)
    if organisation.merged_into_id is not None:
        messages.info(request, f"{organisation} is al opgegaan in een andere organisatie.")
        return redirect("organisation_manage", slug)
    form = MergeForm(
        request.POST or None,
        organisation=organisation,
        initial={"merged_on": timezone.localdate()},
    )
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if "zeker" not in request.POST:
            context |= organisation_page(organisation, timezone.localdate()) | {"typed": typed}
            context["merge_label"] = dict(form.fields["kind"].choices)[typed["kind"]]  # type: ignore[attr-defined]
            return render(request, "contracts/organisation_merge_ask.html", context)
        try:
            merge(
                organisation,
                **typed,
                page=reverse("organisation_history", args=[slug]),
                user=signed_in(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{organisation} gaat verder onder {typed['into']}.")
            return redirect("organisation_manage", typed["into"].slug)
    return render(request, "contracts/organisation_merge.html", context)
