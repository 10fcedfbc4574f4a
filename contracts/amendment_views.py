"""Amendments behind the sign-in: making one, the difference it makes, signing, throwing away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from contracts.access import managed_amendment_or_404, managed_contract_or_404, whole_contract
from contracts.actions import (
    NotEditable,
    amendment_problems,
    delete_amendment,
    save_amendment,
    start_amendment,
    why_no_amendment,
)
from contracts.forms.contract import AmendmentForm
from contracts.manage_views import READERS, WRITER, closed, may_write
from contracts.models import Amendment
from contracts.pages import amendment_page

SIGNED = "Dit addendum is ondertekend. Het verandert niet meer."


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_amend(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Start an amendment of an active contract, as a draft."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := why_no_amendment(contract)):
        return closed(request, contract, why)
    form = AmendmentForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        try:
            amendment = start_amendment(form, contract, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het addendum is gemaakt, als concept.")
            return redirect("contract_amendment", slug, amendment.number)
    return render(request, "contracts/contract_amend.html", {"form": form, "contract": contract})


@require_role(*READERS)
@require_safe
def contract_amendment(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What an amendment changes, and while it is a draft the ways to change more."""
    contract = managed_contract_or_404(slug)
    amendment = managed_amendment_or_404(contract, number)
    context = {
        "contract": contract,
        "amendment": amendment,
        "story": amendment_page(whole_contract(contract.pk, drafts=True), amendment),
        "problems": amendment_problems(amendment, contract) if amendment.is_draft else [],
        "documents": list(amendment.documents.all()),
        "may_write": may_write(request),
    }
    return render(request, "contracts/contract_amendment.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_amendment_edit(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The title, reason and dates of a draft amendment."""
    contract = managed_contract_or_404(slug)
    amendment = managed_amendment_or_404(contract, number)
    if request.method != "POST" and not amendment.is_draft:
        return closed(request, contract, SIGNED)
    form = AmendmentForm(request.POST or None, instance=amendment, contract=contract)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_amendment(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "De gegevens van het addendum zijn bewaard.")
                return redirect("contract_amendment", slug, number)
    context = {"form": form, "contract": contract, "amendment": amendment}
    return render(request, "contracts/contract_amendment_edit.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_amendment_delete(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Throw a draft amendment away, after asking."""
    contract = managed_contract_or_404(slug)
    amendment: Amendment = managed_amendment_or_404(contract, number)
    if not amendment.is_draft:
        return closed(request, contract, SIGNED)
    if request.method == "POST":
        try:
            delete_amendment(amendment, user=signed_in(request))
        except NotEditable as error:
            return closed(request, contract, error.messages[0])
        messages.success(request, f"Addendum ‘{amendment.title}’ is verwijderd.")
        return redirect("contract_manage", slug)
    context = {"contract": contract, "amendment": amendment}
    return render(request, "contracts/contract_amendment_delete.html", context)
