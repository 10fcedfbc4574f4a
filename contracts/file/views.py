"""The file of a contract: pages over its rows, and the list of days to act before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history import key_of
from contracts import access
from contracts.actions import (
    NotEditable,
    check_term,
    remove_file_row,
    remove_part,
    save_file_row,
    save_part,
    tell_of_tender,
)
from contracts.actions.file import NOTHING_AGREED
from contracts.constants import ContractStatus
from contracts.file.due import deadlines, to_finish
from contracts.file.parts import FilePart, part_or_404
from contracts.forms.file import FileForm, NoticeForm, PartForm, TermCheckForm
from contracts.manage_views import PER_PAGE, READERS, WRITER, closed, may_write
from contracts.models import Contract, SubAssignment
from contracts.outline import desk_of
from contracts.privacy_views import tell_what_was_read
from core.downloads import download
from core.edits import saved_or_told

METHODS = ["GET", "HEAD", "POST"]
TWIN = "Dit staat er net al. Open de overeenkomst opnieuw en kijk wat er staat."


def back_to(contract: Contract, anchor: str) -> HttpResponseBase:
    response = redirect("contract_manage", contract.slug)
    response["Location"] += f"#{anchor}"
    return response


@require_role(*READERS)
@require_safe
def deadline_list(request: HttpRequest) -> HttpResponse:
    """Every day of a contract that asks for attention now, the nearest first; then, apart, the
    contracts whose term is over."""
    today = timezone.localdate()
    rows = deadlines(today)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "total": len(rows),
        "today": today,
        "over": to_finish(today),
        "may_write": may_write(request),
    }
    return render(request, "contracts/deadline_list.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def file_row_add(request: HttpRequest, slug: str, part: str) -> HttpResponseBase:
    """A new row in the file, whatever the status of the contract is."""
    contract = access.managed_contract_or_404(slug)
    kind = part_or_404(part)
    return _row_page(request, contract, kind, kind.new(), "contracts/file_row_add.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def file_row_edit(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponseBase:
    """A row that is in the file."""
    contract = access.managed_contract_or_404(slug)
    kind = part_or_404(part)
    row = access.file_row_or_404(kind.rows(contract), pk)
    return _row_page(request, contract, kind, row, "contracts/file_row_edit.html")


def _row_page(
    request: HttpRequest, contract: Contract, kind: FilePart, row: Any, page: str
) -> HttpResponseBase:
    sent = request.method == "POST"
    file_name = getattr(row, "file_name", "")
    key = key_of(row) if row.pk else ""
    form: FileForm = (
        kind.form(request.POST, request.FILES, instance=row, contract=contract)
        if sent
        else kind.form(instance=row, contract=contract)
    )
    if sent and form.is_valid() and _saved(request, form, contract):
        messages.success(request, f"Bewaard: {kind.name.lower()}.")
        tell_what_was_read(request, form.cleaned_data.get("upload"))
        return back_to(contract, kind.anchor)
    context = {
        "form": form,
        "contract": contract,
        "kind": kind,
        "row": row,
        "file_name": file_name,
        "key": key,
    }
    return render(request, page, context)


def _saved(request: HttpRequest, form: FileForm, contract: Contract) -> bool:
    typed = form.cleaned_data

    def save() -> bool:
        return save_file_row(
            form,
            contract,
            upload=typed.get("upload"),
            drop_file=typed.get("drop_file", False),
            user=signed_in(request),
        )

    return saved_or_told(form, save, twin=TWIN)


@require_role(WRITER)
@require_http_methods(METHODS)
def file_row_remove(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponseBase:
    """Take a row out of the file, after asking."""
    contract = access.managed_contract_or_404(slug)
    kind = part_or_404(part)
    row = access.file_row_or_404(kind.rows(contract), pk)
    if request.method == "POST":
        remove_file_row(row, contract, user=signed_in(request))
        messages.success(request, f"Weggehaald: {kind.name.lower()}.")
        return back_to(contract, kind.anchor)
    context = {"contract": contract, "kind": kind, "row": row}
    return render(request, "contracts/file_row_remove.html", context)


@require_role(*READERS)
@require_safe
def contract_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A document of the file, for who works at the municipality."""
    row = access.document_or_404(access.managed_contract_or_404(slug), pk)
    assert row.file is not None  # noqa: S101 - the door asked for it
    return download(row.file, row.file_name)


# -- sub-assignments -------------------------------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def sub_assignment_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new sub-assignment of a draft."""
    contract = access.managed_contract_or_404(slug)
    return _part_page(request, contract, SubAssignment(contract=contract))


@require_role(WRITER)
@require_http_methods(METHODS)
def sub_assignment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A sub-assignment of a draft, with its results."""
    contract = access.managed_contract_or_404(slug)
    return _part_page(request, contract, access.part_or_404(contract, pk))


def _part_page(request: HttpRequest, contract: Contract, row: SubAssignment) -> HttpResponseBase:
    if request.method != "POST" and (why := desk_of(contract).closed):
        return closed(request, contract, why)
    page = "sub_assignment_edit" if row.pk else "sub_assignment_add"
    key = key_of(row) if row.pk else ""
    form = PartForm(request.POST or None, instance=row, contract=contract)
    if request.method == "POST" and form.is_valid():

        def save() -> bool:
            results = form.cleaned_data["results"]
            return save_part(form, results=results, user=signed_in(request))

        if saved_or_told(form, save, twin=TWIN):
            messages.success(request, "De deelopdracht is bewaard.")
            return back_to(contract, "deelopdrachten")
    context = {"form": form, "contract": contract, "row": row, "key": key}
    return render(request, f"contracts/{page}.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def sub_assignment_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Take a sub-assignment out of a draft, after asking."""
    contract = access.managed_contract_or_404(slug)
    row = access.part_or_404(contract, pk)
    if why := desk_of(contract).closed:
        return closed(request, contract, why)
    if request.method == "POST":
        try:
            remove_part(row, user=signed_in(request))
        except NotEditable as error:
            return closed(request, contract, error.messages[0])
        messages.success(request, f"Deelopdracht ‘{row.name}’ is weggehaald.")
        return back_to(contract, "deelopdrachten")
    context = {"contract": contract, "row": row}
    return render(request, "contracts/sub_assignment_remove.html", context)


# -- agreements that are kept, and notices ---------------------------------------------------------
@require_role(WRITER)
@require_http_methods(METHODS)
def term_check(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Note whether an agreement is kept; what was noted before stays."""
    contract = access.managed_contract_or_404(slug)
    term = access.term_or_404(contract, pk)
    if contract.status == ContractStatus.DRAFT:
        return closed(request, contract, NOTHING_AGREED)
    form = TermCheckForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():

        def save() -> bool:
            check_term(form.check_of(term), user=signed_in(request))
            return True

        if saved_or_told(form, save, twin="Dit is van deze dag al vastgelegd."):
            messages.success(request, "Vastgelegd.")
            return back_to(contract, "afspraken")
    context = {
        "form": form,
        "contract": contract,
        "term": term,
        "checks": list(term.checks.select_related("user")),
    }
    return render(request, "contracts/term_check.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def tender_notice_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Tell partners of a new tender: it is kept, and mailed to all their people."""
    contract = access.managed_contract_or_404(slug)
    form = NoticeForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        told: list[int] = []

        def save() -> bool:
            chosen = form.cleaned_data["organisations"]
            told.append(tell_of_tender(form.notice(), chosen, user=signed_in(request)))
            return True

        if saved_or_told(form, save, twin="Dit bericht is vandaag al verstuurd."):
            people = "1 persoon" if told[0] == 1 else f"{told[0]} mensen"
            messages.success(request, f"Het bericht is bewaard en gaat naar {people}.")
            return back_to(contract, "aanbesteding")
    context = {"form": form, "contract": contract}
    return render(request, "contracts/tender_notice_add.html", context)
