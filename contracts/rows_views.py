"""Pages over rows that are edited together: parties, dates, themes, other terms and money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from contracts.access import managed_contract_or_404
from contracts.actions import NotEditable, add_organisation, add_party, replace_lines, replace_rows
from contracts.actions.agreed import earlier_lines, money_as_shown, own_lines
from contracts.fingerprint import fingerprint
from contracts.forms.contract import OrganisationForm
from contracts.forms.rows import (
    DateRow,
    LineRow,
    PartyFormSet,
    PartyRow,
    ThemeFormSet,
    ThemeRow,
    row_formset,
)
from contracts.manage_views import WRITER, closed
from contracts.models import Contract, ContractDate, ContractTheme, Party
from contracts.outline import desk_of
from core.edits import MEANWHILE
from core.filters import whole_number


@dataclass(frozen=True)
class Part:
    """A part of a draft that is edited as rows."""

    url_name: str
    model: type[models.Model]
    fields: tuple[str, ...]
    formset: Any
    saved: str
    takes_contract: bool = False

    def held(self, contract: Contract) -> Callable[[], list[dict[str, Any]]]:
        """Reads the rows as the page shows them. One query."""
        keys = [
            f.name for f in self.model._meta.concrete_fields
            if f.name in self.fields and f.is_relation
        ]  # fmt: skip

        def read() -> list[dict[str, Any]]:
            rows = self.model._base_manager.filter(contract=contract).select_related(*keys)
            ordered = rows.order_by(*(["order", "pk"] if _has_order(self.model) else ["pk"]))
            return [{name: getattr(row, name) for name in self.fields} for row in ordered]

        return read


def _has_order(model: type[models.Model]) -> bool:
    return any(field.name == "order" for field in model._meta.concrete_fields)


PARTIES = Part(
    "contract_parties",
    Party,
    ("organisation", "role", "part", "contributes", "valid_from", "valid_until", "note"),
    row_formset(PartyRow, PartyFormSet),
    "De partijen zijn bewaard.",
    takes_contract=True,
)
DATES = Part(
    "contract_dates",
    ContractDate,
    ("kind", "date", "text"),
    row_formset(DateRow),
    "De data zijn bewaard.",
)
THEMES = Part(
    "contract_themes",
    ContractTheme,
    ("theme", "is_open", "note"),
    row_formset(ThemeRow, ThemeFormSet),
    "De thema’s zijn bewaard.",
    takes_contract=True,
)


def _edit_rows(request: HttpRequest, slug: str, part: Part) -> HttpResponseBase:
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := desk_of(contract).closed):
        return closed(request, contract, why)
    held = part.held(contract)
    now = held()
    seen = request.POST.get("was", "") if request.method == "POST" else fingerprint(now)
    formset = part.formset(
        request.POST if request.method == "POST" else None,
        # What was posted is read as it is, not beside the rows that stand there by now.
        initial=None if request.method == "POST" else now,
        form_kwargs={"contract": contract} if part.takes_contract else {},
    )
    context: dict[str, Any] = {"formset": formset, "contract": contract, "problems": []}
    if request.method == "POST" and formset.is_valid():
        try:
            saved = replace_rows(
                contract,
                part.model,
                held=held,
                seen=seen,
                rows=formset.rows(),
                user=signed_in(request),
            )
        except NotEditable as error:
            context["problems"] = error.messages
        else:
            if saved:
                messages.success(request, part.saved)
                return redirect("contract_manage", slug)
            seen = fingerprint(held())
            context |= {"problems": [MEANWHILE], "theirs": [in_words(row) for row in held()]}
    context["was"] = seen
    return render(request, f"contracts/{part.url_name}.html", context)


def in_words(row: dict[str, Any]) -> str:
    """What stands there now, in one line."""
    told = [str(held) for held in row.values() if held not in (None, "", False, True)]
    return ", ".join(told)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_parties(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who takes part, and as what."""
    return _edit_rows(request, slug, PARTIES)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_dates(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The steps with a date: published, awarded, signed."""
    return _edit_rows(request, slug, DATES)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_themes(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The themes that are served, and those that nobody could bid for."""
    return _edit_rows(request, slug, THEMES)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_organisation_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An organisation that is not known here yet, and as what it takes part."""
    contract = managed_contract_or_404(slug)
    if request.method != "POST" and (why := desk_of(contract).closed):
        return closed(request, contract, why)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        role = typed.pop("role")
        try:
            with transaction.atomic():
                organisation = add_organisation(**typed, user=signed_in(request))
                add_party(contract, organisation, role, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{organisation} is toegevoegd.")
            return redirect("contract_parties", slug)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/contract_organisation_add.html", context)


LINES = row_formset(LineRow)


@require_role(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def contract_money(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The money: of a draft, or what the draft amendment ends and adds."""
    contract = managed_contract_or_404(slug)
    desk = desk_of(contract)
    posted = request.method == "POST"
    if desk.amendment is None and not posted:
        return closed(request, contract, desk.closed)
    amendment = desk.under
    earlier = earlier_lines(contract, amendment)
    own = own_lines(contract, amendment) if desk.amendment else []
    formset = LINES(
        request.POST if posted else None,
        initial=None if posted else own,
        form_kwargs={"contract": contract, "amendment": amendment},
    )
    context: dict[str, Any] = {
        "formset": formset,
        "contract": contract,
        "desk": desk,
        "earlier": earlier,
        "ended": {row.pk for row in earlier if row.ended_by_id},
        "was": fingerprint(money_as_shown(contract, amendment)) if desk.amendment else "",
        "problems": [],
    }
    if posted and _save_money(request, context):
        messages.success(request, "Het geld is bewaard.")
        return back_from(contract, amendment.number)
    return render(request, "contracts/contract_money.html", context)


def _save_money(request: HttpRequest, context: dict[str, Any]) -> bool:
    """Write what was posted; False with the problems, and all that was typed, in ``context``."""
    ticked = request.POST.getlist("ended")
    context["ended"] = {pk for word in ticked if (pk := whole_number(word)) is not None}
    seen = request.POST.get("was", "")
    formset, contract = context["formset"], context["contract"]
    if not formset.is_valid():
        context["was"] = seen
        return False
    try:
        if replace_lines(
            contract,
            seen=seen,
            rows=formset.rows(),
            ended=context["ended"],
            user=signed_in(request),
        ):
            return True
    except NotEditable as error:
        context["problems"] = error.messages
        return False
    theirs = own_lines(contract, context["desk"].amendment)
    context |= {"problems": [MEANWHILE], "theirs": [in_words(row) for row in theirs]}
    return False


def back_from(contract: Contract, number: int) -> HttpResponseBase:
    """To the page that the writer came from: the outline, or the draft amendment."""
    if number:
        return redirect("contract_amendment", contract.slug, number)
    return redirect("contract_manage", contract.slug)
