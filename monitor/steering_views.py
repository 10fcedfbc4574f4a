"""Who steers by what: the public page, and the pages where a policy officer writes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from core.edits import RevisedForm, saved_or_told
from monitor.access import (
    STEERING_READERS,
    STEERING_WRITER,
    arrangement_or_404,
    reads_steering,
    replaced_or_404,
    unreplaced_or_404,
    writes_steering,
)
from monitor.actions import replace_arrangement, save_arrangement
from monitor.models import SteeringArrangement
from monitor.steering import by_level, past
from monitor.steering_forms import ArrangementEndForm, ArrangementForm

METHODS = ["GET", "HEAD", "POST"]
TWIN = (
    "Een collega bewaarde net dezelfde afspraak. Van u is niets bewaard. Kijk in de lijst wat er "
    "nu staat."
)
TAKEN_OVER = (*("level", "manner", "who", "product", "product_name", "frequency", "decides"),)


@login_not_required
@require_safe
def steering(request: HttpRequest) -> HttpResponse:
    """Who gets which information at which level, and decides what by it. Three queries."""
    today = timezone.localdate()
    return render(
        request, "monitor/steering.html", {"levels": by_level(today), "past": past(today)}
    )


# -- behind the sign-in ----------------------------------------------------------------------------
@require_role(*STEERING_READERS)
@require_safe
def steering_manage(request: HttpRequest) -> HttpResponse:
    """The same, to work on."""
    today = timezone.localdate()
    context = {
        "levels": by_level(today),
        "past": past(today),
        "may_write": writes_steering(request.user),
    }
    return render(request, "monitor/steering_manage.html", context)


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def steering_add(request: HttpRequest) -> HttpResponseBase:
    """A new arrangement; ``?vervangt=`` names the one that it comes in the place of."""
    replaced = replaced_or_404(request.GET.get("vervangt"), sent=request.method == "POST")
    row = SteeringArrangement(replaces=replaced)
    if replaced is not None:
        for name in TAKEN_OVER:
            setattr(row, name, getattr(replaced, name))
    form = ArrangementForm(request.POST or None, instance=row)
    if _saved(request, form, replaced):
        return redirect("steering_manage")
    return render(request, "monitor/steering_add.html", {"form": form, "replaced": replaced})


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def steering_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend what an arrangement says; what is agreed anew is an arrangement of its own."""
    row = arrangement_or_404(pk)
    form = ArrangementForm(request.POST or None, instance=row)
    return _row_page(request, form, "monitor/steering_edit.html")


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def steering_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The last day of an arrangement that nothing replaces."""
    row = unreplaced_or_404(pk)
    form = ArrangementEndForm(request.POST or None, instance=row)
    return _row_page(request, form, "monitor/steering_end.html")


def _row_page(request: HttpRequest, form: RevisedForm, page: str) -> HttpResponseBase:
    title = str(form.instance)
    if _saved(request, form):
        return redirect("steering_manage")
    context: dict[str, Any] = {"form": form, "pk": form.instance.pk, "title": title}
    return render(request, page, context)


def _saved(
    request: HttpRequest, form: RevisedForm, replaced: SteeringArrangement | None = None
) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    user = signed_in(request)
    if replaced is not None:
        saved = saved_or_told(
            form, lambda: replace_arrangement(form, replaced, user=user), twin=TWIN
        )
    else:
        saved = saved_or_told(form, lambda: save_arrangement(form, user=user), twin=TWIN)
    if saved:
        messages.success(request, "De afspraak is bewaard.")
    return saved


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def steering_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in an arrangement."""
    row = arrangement_or_404(pk)
    may_manage = reads_steering(request.user)
    context = history_context(request, row) | {"row": row, "may_manage": may_manage}
    return render(request, "monitor/steering_history.html", context)
