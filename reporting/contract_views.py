"""The steps of a contract that change what its partner reports: activate, sign, end, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from accounts.constants import Role
from agenda.constants import Origin
from contracts.access import managed_amendment_or_404, managed_contract_or_404, party_or_404
from contracts.actions.joining import why_no_change
from contracts.forms.contract import EndForm, SignForm
from contracts.outline import desk_of, readiness
from reporting import actions
from reporting.access import draft_contract_or_404
from reporting.actions.withdrawing import why_not_withdraw, withdraw_party

METHODS = ["GET", "HEAD", "POST"]


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def contract_activate(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Activate a draft: shows which reports it will ask for, and asks."""
    contract = draft_contract_or_404(slug)
    if contract.is_active or contract.is_ended:
        # A second click, or a stale page: what it asks for was done.
        messages.info(request, f"Deze overeenkomst is al {contract.get_status_display()}.")
        return redirect("contract_manage", slug)
    context: dict[str, Any] = {"contract": contract}
    if request.method == "POST":
        try:
            made = actions.activate_contract(contract, user=signed_in(request))
        except ValidationError as error:
            context["problems"] = error.messages
        else:
            messages.success(
                request,
                f"De overeenkomst is actief. Er worden {len(made)} rapportages verwacht.",
            )
            return redirect(f"{reverse('report_inbox')}?overeenkomst={contract.slug}")
    context["expected"] = actions.expected_reports(contract)
    context["missing"] = readiness(desk_of(contract))["missing"]
    status = 409 if context.get("problems") else 200
    return render(request, "reporting/contract_activate.html", context, status=status)


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def contract_amendment_sign(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Sign: from its day on the amendment holds, and asks for its reports. Asks for the day."""
    contract = managed_contract_or_404(slug)
    amendment = managed_amendment_or_404(contract, number)
    form = SignForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.sign_amendment(amendment, **form.cleaned_data, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            more = f" Er worden {len(made)} rapportages meer verwacht." if made else ""
            messages.success(request, f"Het addendum is ondertekend en geldt vanaf zijn dag.{more}")
            return redirect("contract_amendment", slug, number)
    context = {"form": form, "contract": contract, "amendment": amendment}
    return render(request, "reporting/contract_amendment_sign.html", context)


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def contract_end(request: HttpRequest, slug: str) -> HttpResponseBase:
    """End an active contract: from which day, and why."""
    contract = managed_contract_or_404(slug)
    if not contract.is_active or contract.origin == Origin.SOURCE:
        messages.warning(request, "Alleen een actieve overeenkomst kan worden beëindigd.")
        return redirect("contract_manage", slug)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            gone = actions.end_contract(contract, **form.cleaned_data, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            less = f" {gone} rapportages worden niet meer verwacht." if gone else ""
            messages.success(request, f"De overeenkomst is beëindigd.{less}")
            return redirect("contract_manage", slug)
    return render(request, "reporting/contract_end.html", {"form": form, "contract": contract})


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def party_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A party that was added by mistake is taken back, after asking; not what did something."""
    contract = managed_contract_or_404(slug)
    party = party_or_404(contract, pk)
    why = why_no_change(contract)
    if not why and request.method == "POST":
        try:
            withdraw_party(party, user=signed_in(request))
        except ValidationError as error:
            why = error.messages[0]
        else:
            messages.success(request, f"{party.organisation} is ingetrokken.")
            return redirect("contract_manage", slug)
    if why := why or why_not_withdraw(party):
        messages.warning(request, why)
        return redirect("contract_manage", slug)
    return render(request, "reporting/party_withdraw.html", {"contract": contract, "party": party})
