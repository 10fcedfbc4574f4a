"""Result agreements of a year: the page of the contract manager, and that of the partner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import partner_roles, require_role, signed_in
from accounts.models import Organisation
from contracts.access import managed_amendment_or_404, managed_contract_or_404, whole_contract
from contracts.actions import NotEditable, amendment_problems, why_no_amendment
from contracts.actions import framework as actions
from contracts.framework.access import seat_or_404, shared_with
from contracts.framework.content import agreed_on, content_of
from contracts.framework.forms import RemarkForm, ReplyForm, SignOffForm, YearForm
from contracts.manage_views import PER_PAGE, READERS, WRITER, closed, may_write
from contracts.models import KPI, Amendment, Contract
from contracts.pages import amendment_page
from core.filters import whole_number

METHODS = ["GET", "HEAD", "POST"]
NO_YEAR = "Dit addendum gaat niet over resultaatafspraken."


def framework_page(contract: Contract, amendment: Amendment) -> dict[str, Any]:
    """All that both sides see: the agreements, what changed, what was said, and who agrees."""
    content = content_of(contract, amendment)
    remarks = list(
        amendment.remarks.select_related("organisation", "user", "reply_to").order_by("pk")
    )
    answers = {row.reply_to_id: row for row in remarks if row.outcome}
    threads: dict[int | None, list[dict[str, Any]]] = {}
    known = {kpi["pk"] for kpi in content.kpis}
    for row in remarks:
        if row.reply_to_id is None:
            place = row.kpi_id if row.kpi_id in known else None
            threads.setdefault(place, []).append({"row": row, "answer": answers.get(row.pk)})
    story = amendment_page(whole_contract(contract.pk, drafts=True), amendment)
    return {
        "contract": contract,
        "amendment": amendment,
        "kpis": [{**kpi, "threads": threads.get(kpi["pk"], [])} for kpi in content.kpis],
        "threads": threads.get(None, []),
        "reporting": content.reporting,
        "sha256": content.sha256,
        "agreed": agreed_on(
            amendment.sign_offs.select_related("organisation", "user"), content.sha256
        ),
        "open_count": len(actions.unanswered(remarks)),
        "story": story,
        "differs": any(
            change["ended"] or change["started"] or change.get("again")
            for change in story["changes"]
        ),
    }


# -- the contract manager --------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def framework_start(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Begin the result agreements of a year."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := why_no_amendment(contract)):
        return closed(request, contract, why)
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            amendment = actions.start_framework(
                contract, form.cleaned_data["year"], user=signed_in(request)
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De resultaatafspraken zijn begonnen, als concept.")
            return redirect("framework_manage", slug, amendment.number)
    return render(request, "contracts/framework_start.html", {"form": form, "contract": contract})


def _framework_or_404(slug: str, number: int) -> tuple[Contract, Amendment]:
    contract = managed_contract_or_404(slug)
    amendment = managed_amendment_or_404(contract, number)
    if amendment.year is None:
        raise Http404(NO_YEAR)
    return contract, amendment


@require_role(*READERS)
@require_safe
def framework_manage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The agreements with what the partner says, and who agrees."""
    contract, amendment = _framework_or_404(slug, number)
    context = framework_page(contract, amendment)
    context["may_write"] = may_write(request)
    context["problems"] = amendment_problems(amendment, contract) if amendment.is_draft else []
    return render(request, "contracts/framework_manage.html", context)


@require_role(WRITER)
@require_POST
def framework_share(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Open the draft for the partner, who gets a mail."""
    _, amendment = _framework_or_404(slug, number)
    try:
        told = actions.share(amendment, user=signed_in(request))
    except NotEditable as error:
        messages.error(request, error.messages[0])
    else:
        _tell_shared(request, told)
    return redirect("framework_manage", slug, number)


def _tell_shared(request: HttpRequest, told: int | None) -> None:
    if told is None:
        messages.warning(request, "Deze afspraken waren al gedeeld. Er gaat geen mail uit.")
    elif not told:
        messages.warning(
            request,
            "De partner kan nu lezen en reageren. Er gaat geen mail uit: bij deze partner heeft "
            "nog niemand een account als rapporteur of tekenbevoegde.",
        )
    else:
        people = "1 persoon krijgt" if told == 1 else f"{told} mensen krijgen"
        messages.success(request, f"De partner kan nu lezen en reageren; {people} een mail.")


@require_role(WRITER)
@require_http_methods(METHODS)
def framework_reply(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Answer a remark of the partner; a proposal that is adopted becomes the target."""
    contract, amendment = _framework_or_404(slug, number)
    row = amendment.remarks.select_related("organisation", "user", "kpi__indicator").filter(
        pk=pk, reply_to__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise Http404("Deze opmerking is er niet.")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(row, **form.cleaned_data, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Uw antwoord is bewaard. De partner leest het.")
            return redirect("framework_manage", slug, number)
    context = {"form": form, "contract": contract, "amendment": amendment, "remark": row}
    return render(request, "contracts/framework_reply.html", context)


@require_role(WRITER)
@require_POST
def framework_sign(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The municipality agrees with what the page showed."""
    _, amendment = _framework_or_404(slug, number)
    _sign(request, amendment, None)
    return redirect("framework_manage", slug, number)


def _sign(request: HttpRequest, amendment: Amendment, organisation: Organisation | None) -> None:
    form = SignOffForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    user = signed_in(request)
    try:
        actions.sign_off(amendment, seen=seen, organisation=organisation, user=user)
    except NotEditable as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Uw akkoord is vastgelegd.")


# -- the partner -----------------------------------------------------------------------------------
@require_safe
def framework_list(request: HttpRequest) -> HttpResponse:
    """The result agreements that were shared with the organisations of this user."""
    held = partner_roles(request.user)
    rows = shared_with(list(held)).select_related("contract__partner")
    paginator = Paginator(rows.order_by("-is_draft", "-year", "-pk"), PER_PAGE)
    context = {
        "organisations": [organisation for organisation, _ in held.values()],
        "page": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "contracts/framework_list.html", context)


@require_http_methods(METHODS)
def framework_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The agreements as the partner reads them; a POST is a remark or a proposal."""
    seat = seat_or_404(request.user, pk)
    amendment, contract = seat.amendment, seat.amendment.contract
    kpis = KPI.objects.filter(contract=contract).as_amended_by(amendment.number)
    form = RemarkForm(
        request.POST or None,
        kpis=kpis.select_related("indicator").order_by("order", "pk"),
        initial={"kpi": whole_number(request.GET.get("over"))},
    )
    if request.method == "POST":
        if not seat.may_write:
            raise PermissionDenied("U leest mee. Reageren doet wie rapporteert of tekent.")
        if form.is_valid():
            try:
                actions.remark(
                    amendment,
                    **form.cleaned_data,
                    organisation=seat.organisation,
                    user=signed_in(request),
                )
            except NotEditable as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, "Uw reactie is bewaard. De gemeente krijgt bericht.")
                return redirect("framework_detail", pk)
    context = framework_page(contract, amendment) | {"seat": seat, "form": form}
    return render(request, "contracts/framework_detail.html", context)


@require_POST
def framework_sign_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The partner agrees with what the page showed."""
    seat = seat_or_404(request.user, pk)
    if not seat.may_sign:
        raise PermissionDenied("Akkoord geven doet de tekenbevoegde van de partner.")
    _sign(request, seat.amendment, seat.organisation)
    return redirect("framework_detail", pk)
