"""Subsidies from grant to settlement: the list, the file, the draft, and each step."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import partner_roles, require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES, PARTNER_ROLES
from accounts.history_pages import history_context
from contracts.actions import NotEditable
from contracts.actions import subsidies as actions
from contracts.budgets.subsidies import (
    DO,
    EXPLAIN,
    NEXT,
    SubsidyStory,
    of_partners,
    stories,
    subsidy_or_404,
    told,
)
from contracts.budgets.subsidy_forms import STEP_FORMS, SubsidyForm
from contracts.constants import SubsidyStatus, SubsidyStep
from contracts.exchange_views import METHODS, WRITERS, may_write
from contracts.filters import managed_partners
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import Subsidy
from core.filters import ListFilter, WordFilter, is_chosen

ACTIONS = {
    SubsidyStep.GRANT: actions.grant,
    SubsidyStep.ADVANCE: actions.pay_advance,
    SubsidyStep.INTERIM: actions.account_interim,
    SubsidyStep.REQUEST: actions.receive_request,
    SubsidyStep.SETTLE: actions.settle,
    SubsidyStep.PAY: actions.pay_the_rest,
    SubsidyStep.RECLAIM: actions.reclaim,
    SubsidyStep.REPAY: actions.receive_repayment,
    SubsidyStep.REVISE: actions.revise,
    SubsidyStep.WITHDRAW: actions.withdraw,
}


class SubsidyFilter(ListFilter):
    zoek = WordFilter("Woord", ("reference", "purpose", "contract__title"))
    stand = filters.ChoiceFilter(
        label="Stand", field_name="status", choices=SubsidyStatus.choices, empty_label="alle"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner", field_name="contract__partner", queryset=managed_partners,
        empty_label="alle",
    )  # fmt: skip

    class Meta(ListFilter.Meta):
        model = Subsidy


@require_role(*READERS)
@require_safe
def subsidy_list(request: HttpRequest) -> HttpResponse:
    """Every subsidy, drafts too, to search."""
    chosen = SubsidyFilter(request.GET, queryset=Subsidy.objects.all(), request=request)
    page = Paginator(told(chosen.qs), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": stories(page, timezone.localdate()),
        "total": page.paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
        "year": timezone.localdate().year,
    }
    return render(request, "contracts/subsidy_list.html", context)


@require_role(*READERS)
@require_safe
def subsidy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One subsidy: what was decided, what is due, and its log."""
    story = SubsidyStory(subsidy_or_404(pk), timezone.localdate())
    context = {"story": story, "row": story.row, "may_write": may_write(request)}
    return render(request, "contracts/subsidy_detail.html", context)


def _saved(request: HttpRequest, form: SubsidyForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        return actions.save_draft_subsidy(form, user=signed_in(request))
    except NotEditable as error:
        form.add_error(None, error.messages)
    return False


@require_role(*WRITERS)
@require_http_methods(METHODS)
def subsidy_add(request: HttpRequest) -> HttpResponseBase:
    """A new subsidy, as a draft."""
    form = SubsidyForm(request.POST or None)
    if _saved(request, form):
        messages.success(request, "Het concept is bewaard. Verleen als het besluit er is.")
        return redirect("subsidy_detail", form.instance.pk)
    return render(request, "contracts/subsidy_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def subsidy_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A draft that is there."""
    row = subsidy_or_404(pk)
    if request.method != "POST" and not row.is_draft:
        messages.warning(request, "Deze subsidie is verleend: het besluit verandert niet meer.")
        return redirect("subsidy_detail", pk)
    name = str(row)
    form = SubsidyForm(request.POST or None, instance=row)
    if _saved(request, form):
        messages.success(request, "Het concept is bewaard.")
        return redirect("subsidy_detail", pk)
    return render(request, "contracts/subsidy_edit.html", {"form": form, "row": row, "name": name})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def subsidy_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    row = subsidy_or_404(pk)
    if not row.is_draft:
        messages.warning(request, "Een subsidie die is verleend, blijft bewaard.")
        return redirect("subsidy_detail", pk)
    if request.method == "POST":
        try:
            actions.delete_draft_subsidy(row, user=signed_in(request))
        except NotEditable as error:
            messages.warning(request, error.messages[0])
            return redirect("subsidy_detail", pk)
        messages.success(request, f"Verwijderd: {row}.")
        return redirect("subsidy_list")
    return render(request, "contracts/subsidy_delete.html", {"row": row})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def subsidy_step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The next step of a subsidy, which ``?stap=`` names, with its day, amount and ground."""
    row, move = subsidy_or_404(pk), request.GET.get("stap", SubsidyStep.GRANT.value)
    if move not in SubsidyStep.values:
        raise Http404("Deze stap bestaat niet.")
    step = SubsidyStep(move)
    if step not in NEXT[SubsidyStatus(row.status)] and request.method != "POST":
        messages.warning(request, "Dat kan nu niet. Kijk eerst hoe de subsidie ervoor staat.")
        return redirect("subsidy_detail", pk)
    form = STEP_FORMS[step](request.POST or None, subsidy=row)
    if request.method == "POST" and form.is_valid():
        try:
            act: Any = ACTIONS[step]
            act(row, user=signed_in(request), **form.cleaned_data)
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Vastgelegd: {step.label}.")
            return redirect("subsidy_detail", pk)
    context = {
        "form": form,
        "row": row,
        "story": SubsidyStory(row, timezone.localdate()),
        "title": DO[step],
        "explanation": EXPLAIN[step],
    }
    return render(request, "contracts/subsidy_step.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def subsidy_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what in a subsidy while it was a draft."""
    row = subsidy_or_404(pk)
    context = history_context(request, row) | {"row": row}
    context["may_manage"] = bool(roles_of(request.user) & frozenset(READERS))
    return render(request, "contracts/subsidy_history.html", context)


@require_role(*sorted(PARTNER_ROLES))
@require_safe
def subsidy_portal(request: HttpRequest) -> HttpResponse:
    """What a partner was granted, what it owes an account of, and by when. Three queries, and
    one for each step of organisations that went on under another."""
    rows = stories(of_partners(partner_roles(request.user)), timezone.localdate())
    return render(request, "contracts/subsidy_portal.html", {"rows": rows})
