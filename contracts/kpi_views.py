"""Pages over the KPIs of a contract, the grid of their targets, and the reporting agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from contracts.access import kpi_or_404, managed_contract_or_404
from contracts.actions import (
    NotEditable,
    agree_reporting,
    keep_kpi,
    remove_kpi,
    save_kpi,
    save_targets,
)
from contracts.actions.agreed import AGREED_BEFORE, agreement_as_shown, agreement_under
from contracts.constants import ReportFrequency
from contracts.fingerprint import fingerprint
from contracts.forms.kpi import KPIForm, ReportingForm
from contracts.grid import grid_of, posted_kpis
from contracts.manage_views import PER_PAGE, READERS, WRITER, closed, may_write
from contracts.models import KPI
from contracts.outline import desk_of, ended_kpis, kpi_rows
from contracts.rows_views import back_from
from core.edits import MEANWHILE
from core.filters import whole_number


@require_role(*READERS)
@require_safe
def contract_kpi_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All KPIs; in a draft amendment those that it ends as well."""
    contract = managed_contract_or_404(slug)
    desk = desk_of(contract)
    paginator = Paginator(kpi_rows(contract, desk.number), PER_PAGE)
    context = {
        "contract": contract,
        "desk": desk,
        "page": paginator.get_page(request.GET.get("page")),
        "total": paginator.count,
        "ended": ended_kpis(contract, desk.amendment) if desk.amendment else [],
        "may_write": may_write(request),
    }
    return render(request, "contracts/contract_kpi_list.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_kpi_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new KPI; ``?na=`` names the one that it takes the place of in an amendment."""
    contract = managed_contract_or_404(slug)
    desk = desk_of(contract)
    if desk.amendment is None and request.method != "POST":
        return closed(request, contract, desk.closed)
    amendment = desk.under
    form = KPIForm(
        request.POST or None,
        contract=contract,
        amendment=amendment,
        initial=_suggested(request, contract, desk.number),
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_kpi(form, contract, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"‘{form.instance.name}’ is toegevoegd.")
            if "nog_een" in request.POST:
                return redirect("contract_kpi_add", slug)
            return redirect("contract_kpi_list", slug)
    return render(request, "contracts/contract_kpi_add.html", {"form": form, "contract": contract})


def _suggested(request: HttpRequest, contract: Any, number: int) -> dict[str, Any]:
    """What a new KPI starts with: the next free number, or the words of the one it follows."""
    pk = whole_number(request.GET.get("na"))
    old = contract.kpis.filter(pk=pk).first() if pk is not None else None
    if old is not None:
        return {
            "indicator": old.indicator_id,
            "number": old.number,
            "name": old.name,
            "goals": list(old.goals.values_list("pk", flat=True)),
            "aspect": old.aspect,
            "obligation": old.obligation,
            "band": old.band,
            "rationale": old.rationale,
            "note": old.note,
        }
    held = contract.kpis.as_amended_by(number).values_list("number", flat=True)
    taken = [whole_number(word) or 0 for word in held]
    return {"number": str(max(taken, default=0) + 1)}


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_kpi_edit(request: HttpRequest, slug: str, kpi: int) -> HttpResponseBase:
    """A KPI that is drafted still; one that was agreed before is ended, not rewritten."""
    contract = managed_contract_or_404(slug)
    desk, row = desk_of(contract), kpi_or_404(contract, kpi)
    if request.method != "POST":
        if desk.amendment is None:
            return closed(request, contract, desk.closed)
        if row.started_by_id != desk.amendment.pk:
            return closed(request, contract, AGREED_BEFORE)
    amendment = desk.amendment or row.started_by
    form = KPIForm(request.POST or None, instance=row, contract=contract, amendment=amendment)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_kpi(form, contract, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, f"‘{form.cleaned_data['name']}’ is bewaard.")
                return redirect("contract_kpi_list", slug)
    context = {"form": form, "contract": contract, "kpi": row}
    return render(request, "contracts/contract_kpi_edit.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_kpi_remove(request: HttpRequest, slug: str, kpi: int) -> HttpResponseBase:
    """Remove a drafted KPI, or end one that was agreed before; asks first."""
    contract = managed_contract_or_404(slug)
    desk, row = desk_of(contract), kpi_or_404(contract, kpi)
    if desk.amendment is None:
        return closed(request, contract, desk.closed)
    if request.method == "POST":
        try:
            gone = remove_kpi(row, user=signed_in(request))
        except NotEditable as error:
            return closed(request, contract, error.messages[0])
        words = "is verwijderd" if gone else "vervalt met dit addendum"
        messages.success(request, f"‘{row.name}’ {words}.")
        if "opnieuw" in request.POST and not gone:
            address = redirect("contract_kpi_add", slug)
            address["Location"] += f"?na={row.pk}"
            return address
        return redirect("contract_kpi_list", slug)
    context = {"contract": contract, "kpi": row, "desk": desk, "targets": row.targets.count()}
    return render(request, "contracts/contract_kpi_remove.html", context)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_kpi_keep(request: HttpRequest, slug: str, kpi: int) -> HttpResponseBase:
    """Undo, in the same draft amendment, that a KPI ends."""
    contract = managed_contract_or_404(slug)
    row = kpi_or_404(contract, kpi)
    if request.method == "POST":
        try:
            keep_kpi(row, user=signed_in(request))
        except NotEditable as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"‘{row.name}’ blijft gelden.")
    return redirect("contract_kpi_list", slug)


# -- targets ---------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_targets(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The grid of targets, some KPIs a page; everything on a page is one form."""
    contract = managed_contract_or_404(slug)
    desk, posted = desk_of(contract), request.method == "POST"
    if desk.amendment is None and not posted:
        return closed(request, contract, desk.closed)
    amendment = desk.under
    agreement = agreement_under(contract, amendment)
    yearly = agreement is not None and agreement.frequency == ReportFrequency.YEARLY
    per = request.GET.get("per") or ("jaar" if yearly else "halfjaar")
    held = KPI.objects.filter(contract=contract).as_amended_by(desk.number)
    rows = held.select_related("indicator").order_by("order", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    # What was posted is about the rows of the page as it was: rows may have come and gone since.
    shown = list(rows.filter(pk__in=posted_kpis(request.POST))) if posted else list(page)
    grid = grid_of(contract, amendment, shown, half_years=per != "jaar")
    if posted:
        grid.read_cells(request.POST)
        if not grid.errors and not grid.problem:
            try:
                conflicts = save_targets(contract, grid.changes(), user=signed_in(request))
            except NotEditable as error:
                grid.problem = error.messages[0]
            else:
                if not conflicts:
                    messages.success(request, "De streefwaarden zijn bewaard.")
                    return redirect(request.get_full_path())
                grid.show_conflicts(conflicts)
    context = {"contract": contract, "desk": desk, "grid": grid, "page": page, "per": per}
    return render(request, "contracts/contract_targets.html", context)


# -- reporting -------------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_reporting(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How often the partner reports, and on what; in an amendment the new agreement."""
    contract = managed_contract_or_404(slug)
    desk, posted = desk_of(contract), request.method == "POST"
    if desk.amendment is None and not posted:
        return closed(request, contract, desk.closed)
    held = agreement_under(contract, desk.under)
    shown = agreement_as_shown(held)
    initial = shown or {"due_days": 56, "lock_days": 28}
    form = ReportingForm(request.POST if posted else None, initial=initial)
    was = request.POST.get("was", "") if posted else fingerprint([shown])
    if posted and form.is_valid():
        try:
            saved = agree_reporting(
                contract, seen=was, agreed=form.cleaned_data, user=signed_in(request)
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "De rapportageafspraak is bewaard.")
                return back_from(contract, desk.number if not desk.is_draft else 0)
            form.add_error(None, MEANWHILE)
            for name, value in shown.items():
                if form.fields[name].has_changed(value, form[name].data):
                    form.add_error(name, f"Nu staat er: ‘{_shown(form, name, value)}’.")
            was = fingerprint([shown])
    context = {"form": form, "contract": contract, "desk": desk, "was": was}
    return render(request, "contracts/contract_reporting.html", context)


def _shown(form: ReportingForm, name: str, value: Any) -> str:
    labels = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(str(labels.get(one, one)) for one in value) or "(leeg)"
    return str(labels.get(value, value)) or "(leeg)"
