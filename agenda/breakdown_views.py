"""Managing breakdowns: the ways in which figures are told by group."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from agenda import actions
from agenda.access import breakdown_or_404
from agenda.breakdown_forms import BreakdownForm
from agenda.manage_views import METHODS, READERS, WRITER, may_write
from agenda.models import Breakdown
from core.edits import saved_or_told


@require_role(*READERS)
@require_safe
def breakdown_list(request: HttpRequest) -> HttpResponse:
    """Every breakdown with its groups. There are few: one page."""
    rows = [
        (row, ", ".join(group.name for group in row.groups.all()))
        for row in Breakdown.objects.prefetch_related("groups")
    ]
    context = {"rows": rows, "may_write": may_write(request)}
    return render(request, "agenda/breakdown_list.html", context)


TWIN = "Deze uitsplitsing staat er al. Wijzig die."


@require_role(WRITER)
@require_http_methods(METHODS)
def breakdown_add(request: HttpRequest) -> HttpResponseBase:
    """A new breakdown."""
    return _form_page(request, BreakdownForm(request.POST or None), "agenda/breakdown_add.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def breakdown_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A breakdown that is there."""
    form = BreakdownForm(request.POST or None, instance=breakdown_or_404(pk))
    return _form_page(request, form, "agenda/breakdown_edit.html")


def _form_page(request: HttpRequest, form: BreakdownForm, page: str) -> HttpResponseBase:
    user = signed_in(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved_or_told(form, lambda: actions.save_breakdown(form, user=user), twin=TWIN)
    ):
        messages.success(request, f"Bewaard: uitsplitsing ‘{form.instance}’.")
        return redirect("breakdown_list")
    return render(request, page, {"form": form, "back": reverse("breakdown_list")})
