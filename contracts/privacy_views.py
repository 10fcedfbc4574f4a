"""What is agreed about personal data: per contract, and over all of them for privacy officers."""

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
from contracts.access import data_agreement_or_404, managed_contract_or_404
from contracts.actions import save_data_agreement, save_personal_data
from contracts.forms.privacy import DataAgreementForm, PersonalDataForm, PrivacyListForm
from contracts.manage_views import PER_PAGE, READERS, WRITER
from contracts.models import Contract, DataAgreement, PersonalData
from contracts.privacy import privacy_rows
from core.downloads import download
from core.edits import saved_or_told
from core.uploads.field import Upload

METHODS = ["GET", "HEAD", "POST"]
MEANWHILE = "Iemand anders legde dit net vast. Open de bladzijde opnieuw en kijk wat er staat."


@require_role(*READERS)
@require_safe
def privacy_list(request: HttpRequest) -> HttpResponse:
    """The contracts whose agreements about personal data are missing, or end too early."""
    rows = privacy_rows(timezone.localdate())
    form = PrivacyListForm(request.GET)
    shown = [row for row in rows if form.shows(row.state)]
    context = {
        "form": form,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "total": len(shown),
        "held": len(rows),
        "chosen": form.is_chosen,
    }
    return render(request, "contracts/privacy_list.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def contract_privacy(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Whether a contract needs personal data; also of one that runs or came from a source."""
    contract = managed_contract_or_404(slug)
    said = PersonalData.objects.filter(contract=contract).first()
    row = said or PersonalData(contract=contract)
    form = PersonalDataForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        user = signed_in(request)
        if saved_or_told(form, lambda: save_personal_data(form, user=user), twin=MEANWHILE):
            messages.success(request, "Bewaard: persoonsgegevens bij deze overeenkomst.")
            return _back(contract)
    context = {"form": form, "contract": contract, "key": key_of(row) if said else ""}
    return render(request, "contracts/contract_privacy.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def data_agreement_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new agreement with a party."""
    contract = managed_contract_or_404(slug)
    row = DataAgreement(contract=contract)
    return _agreement_page(request, contract, row, "contracts/data_agreement_add.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def data_agreement_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """An agreement that is there."""
    contract = managed_contract_or_404(slug)
    row = data_agreement_or_404(contract, pk)
    return _agreement_page(request, contract, row, "contracts/data_agreement_edit.html")


def _agreement_page(
    request: HttpRequest, contract: Contract, row: DataAgreement, page: str
) -> HttpResponseBase:
    sent = request.method == "POST"
    name = row.file_name
    key = key_of(row) if row.pk else ""
    form = (
        DataAgreementForm(request.POST, request.FILES, instance=row)
        if sent
        else DataAgreementForm(instance=row)
    )
    if sent and form.is_valid() and _saved(request, form):
        messages.success(request, "De afspraak is bewaard.")
        tell_what_was_read(request, form.cleaned_data["upload"])
        return _back(contract)
    context: dict[str, Any] = {"form": form, "contract": contract, "row": row, "file_name": name}
    return render(request, page, context | {"key": key})


def _saved(request: HttpRequest, form: DataAgreementForm) -> bool:
    typed = form.cleaned_data

    def save() -> bool:
        return save_data_agreement(
            form,
            upload=typed["upload"],
            drop_file=typed.get("drop_file", False),
            user=signed_in(request),
        )

    return saved_or_told(form, save, twin=MEANWHILE)


def tell_what_was_read(request: HttpRequest, upload: Upload | None) -> None:
    """The document was kept; say what in it may be about a person, or could not be read."""
    if upload is None:
        return
    if upload.read.numbers:
        places = ", ".join(dict.fromkeys(each.place for each in upload.read.numbers))
        messages.warning(
            request,
            "In het bestand staat een nummer dat een burgerservicenummer kan zijn "
            f"({places}). Is het dat? Vervang het bestand dan door een zonder dat nummer.",
        )
    if upload.read.unread:
        messages.warning(request, upload.read.unread)


def _back(contract: Contract) -> HttpResponseBase:
    response = redirect("contract_manage", contract.slug)
    response["Location"] += "#persoonsgegevens"
    return response


@require_role(*READERS)
@require_safe
def data_agreement_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The document of an agreement, for who manages contracts."""
    row = data_agreement_or_404(managed_contract_or_404(slug), pk, with_file=True)
    assert row.file is not None  # noqa: S101 - the door asked for it
    return download(row.file, row.file_name)
