"""Planned investigations: for everybody, and the desk of who plans them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.history_pages import history_context
from core.edits import saved_or_told
from monitor.actions.planning import begin_planned, save_plan
from monitor.constants import InvestigationKind
from monitor.inquiries.access import HEARD, INVESTIGATOR, WORKS
from monitor.inquiries.forms import InvestigationForm
from monitor.models import Investigation, PlannedInvestigation
from monitor.planning.forms import PlanForm
from monitor.planning.reading import plan_years

METHODS = ["GET", "HEAD", "POST"]
PLANS = "Alleen een beleidsmedewerker of het college plant onderzoeken."
BEGINS = "Alleen de auditor begint een onderzoek."
WHY = "Aan de planning werken de auditor, een beleidsmedewerker en het college."
TWIN = "Dit onderwerp staat al in dit jaar. Ga terug naar de planning."


@login_not_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """What is planned, year by year, with whether each year is enough. One query."""
    years = plan_years(timezone.localdate())
    return render(request, "monitor/plan_list.html", {"years": years})


@require_role(*WORKS, why=WHY)
@require_safe
def plan_manage_list(request: HttpRequest) -> HttpResponse:
    """The same, to work on."""
    roles = roles_of(request.user)
    context = {
        "years": plan_years(timezone.localdate()),
        "plans": bool(roles & frozenset(HEARD)),
        "begins": INVESTIGATOR in roles,
    }
    return render(request, "monitor/plan_manage_list.html", context)


@require_role(*HEARD, why=PLANS)
@require_http_methods(METHODS)
def plan_add(request: HttpRequest) -> HttpResponseBase:
    """Plan one more investigation."""
    return _edited(request, PlannedInvestigation(), "plan_add")


@require_role(*HEARD, why=PLANS)
@require_http_methods(METHODS)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what is planned, link the investigation, or say why it does not go on."""
    return _edited(request, _plan_or_404(pk), "plan_edit")


@require_role(INVESTIGATOR, why=BEGINS)
@require_http_methods(METHODS)
def plan_begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin the investigation that was planned: a draft that nobody else reads."""
    plan = _plan_or_404(pk)
    if plan.investigation_id is not None or plan.dropped_because:
        messages.info(request, "Dit geplande onderzoek is al begonnen, of gaat niet door.")
        return redirect("plan_manage_list")
    form = InvestigationForm(
        request.POST if request.method == "POST" else None,
        instance=Investigation(),
        initial={
            "title": plan.subject,
            "kind": InvestigationKind.OF_THE_COLLEGE,
            "performed_by": plan.performed_by,
        },
    )
    user = signed_in(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved_or_told(form, lambda: begin_planned(form, plan, user=user), twin=TWIN)
    ):
        messages.success(request, "Het onderzoek is begonnen. Voeg nu uw bevindingen toe.")
        return redirect("investigation_manage", form.instance.pk)
    return render(request, "monitor/plan_begin.html", {"form": form, "plan": plan})


@require_role(*WORKS, why=WHY)
@require_safe
def plan_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in what was planned."""
    row = _plan_or_404(pk)
    context = {"row": row, **history_context(request, row)}
    return render(request, "monitor/plan_history.html", context)


def _plan_or_404(pk: int) -> PlannedInvestigation:
    found = PlannedInvestigation.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("Dit geplande onderzoek is er niet.")
    return found


def _edited(request: HttpRequest, row: PlannedInvestigation, name: str) -> HttpResponseBase:
    form = PlanForm(request.POST if request.method == "POST" else None, instance=row)
    user = signed_in(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved_or_told(form, lambda: save_plan(form, user=user), twin=TWIN)
    ):
        messages.success(request, "De planning is bewaard.")
        return redirect("plan_manage_list")
    return render(request, f"monitor/{name}.html", {"form": form, "pk": row.pk})
