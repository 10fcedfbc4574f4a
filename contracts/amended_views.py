"""Pages over rows that are agreed together, in a draft or in an amendment: terms, provisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from contracts.access import managed_contract_or_404
from contracts.actions import NotEditable, replace_amended
from contracts.actions.together import earlier_rows, own_rows, rows_as_shown
from contracts.fingerprint import fingerprint
from contracts.forms.rows import ProvisionFormSet, ProvisionRow, TermRow, row_formset
from contracts.manage_views import WRITER, closed
from contracts.models import Provision, Term
from contracts.outline import desk_of
from contracts.rows_views import back_from, in_words
from core.edits import MEANWHILE
from core.filters import whole_number


@dataclass(frozen=True)
class AmendedPart:
    """A kind of rows that an amendment starts and ends together."""

    url_name: str
    model: type[Any]
    formset: Any
    saved: str


TERMS = AmendedPart("contract_terms", Term, row_formset(TermRow), "De afspraken zijn bewaard.")
PROVISIONS = AmendedPart(
    "contract_provisions",
    Provision,
    row_formset(ProvisionRow, ProvisionFormSet),
    "De voorzieningen zijn bewaard.",
)


def _edit(request: HttpRequest, slug: str, part: AmendedPart) -> HttpResponseBase:
    contract = managed_contract_or_404(slug)
    desk, posted = desk_of(contract), request.method == "POST"
    if desk.amendment is None and not posted:
        return closed(request, contract, desk.closed)
    amendment = desk.under
    earlier = earlier_rows(contract, amendment, part.model)
    own = own_rows(contract, amendment, part.model) if desk.amendment else []
    formset = part.formset(request.POST if posted else None, initial=None if posted else own)
    context: dict[str, Any] = {
        "formset": formset,
        "contract": contract,
        "desk": desk,
        "earlier": earlier,
        "ended": {row.pk for row in earlier if row.ended_by_id},
        "was": fingerprint(rows_as_shown(contract, amendment, part.model)),
        "problems": [],
    }
    if posted and _save(request, context, part):
        messages.success(request, part.saved)
        return back_from(contract, amendment.number)
    return render(request, f"contracts/{part.url_name}.html", context)


def _save(request: HttpRequest, context: dict[str, Any], part: AmendedPart) -> bool:
    """Write what was posted; False with the problems, and all that was typed, in ``context``."""
    ticked = request.POST.getlist("ended")
    context["ended"] = {pk for word in ticked if (pk := whole_number(word)) is not None}
    seen = request.POST.get("was", "")
    formset, contract = context["formset"], context["contract"]
    if not formset.is_valid():
        context["was"] = seen
        return False
    try:
        if replace_amended(
            contract,
            part.model,
            seen=seen,
            rows=formset.rows(),
            ended=context["ended"],
            user=signed_in(request),
        ):
            return True
    except NotEditable as error:
        context["problems"] = error.messages
        return False
    theirs = own_rows(contract, context["desk"].under, part.model)
    context |= {"problems": [MEANWHILE], "theirs": [in_words(row) for row in theirs]}
    return False


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_terms(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is agreed and is neither money nor a KPI."""
    return _edit(request, slug, TERMS)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_provisions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Which provisions are part of the assignment, which stay outside, and how each is paid now."""
    return _edit(request, slug, PROVISIONS)
