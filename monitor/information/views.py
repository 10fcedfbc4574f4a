"""Which information each role needs: for everybody, and the desk of the policy officer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from core.edits import RevisedForm, saved_or_told
from monitor.access import STEERING_READERS, STEERING_WRITER, need_or_404, writes_steering
from monitor.actions.information import remove_need, save_need
from monitor.information.forms import NeedForm
from monitor.information.reading import picture_of, pictures, role_or_404
from monitor.models import InformationNeed

METHODS = ["GET", "HEAD", "POST"]
TWIN = "Dit staat er al bij deze rol. Ga terug naar de lijst."


@login_not_required
@require_safe
def information_list(request: HttpRequest) -> HttpResponse:
    """Every role with how much of what it needs is there. At most three queries."""
    return render(request, "monitor/information_list.html", {"pictures": pictures()})


@login_not_required
@require_safe
def information_role(request: HttpRequest, role: str) -> HttpResponse:
    """One role: what it wants to know, what tells it, and what is missing."""
    picture = picture_of(role_or_404(role), timezone.localdate())
    return render(request, "monitor/information_role.html", {"picture": picture})


@require_role(*STEERING_READERS)
@require_safe
def information_manage(request: HttpRequest) -> HttpResponse:
    """The inventory, to work on."""
    context = {"pictures": pictures(), "may_write": writes_steering(request.user)}
    return render(request, "monitor/information_manage.html", context)


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def information_need_add(request: HttpRequest) -> HttpResponseBase:
    """One more thing that a role needs to know."""
    form = NeedForm(request.POST or None, initial={"role": request.GET.get("rol", "")})
    if _saved(request, form):
        return redirect("information_manage")
    return render(request, "monitor/information_need_add.html", {"form": form})


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def information_need_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend what a role needs, or say which indicator tells it."""
    row = need_or_404(pk)
    form = NeedForm(request.POST or None, instance=row)
    if _saved(request, form):
        return redirect("information_manage")
    return render(request, "monitor/information_need_edit.html", {"form": form, "pk": pk})


@require_role(STEERING_WRITER)
@require_http_methods(METHODS)
def information_need_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take out what a role does not need any more, after asking."""
    row: InformationNeed = need_or_404(pk)
    if request.method == "POST":
        remove_need(row, user=signed_in(request))
        messages.success(request, "Het is weggehaald.")
        return redirect("information_manage")
    return render(request, "monitor/information_need_delete.html", {"row": row})


def _saved(request: HttpRequest, form: RevisedForm) -> Any:
    if request.method != "POST" or not form.is_valid():
        return False
    user = signed_in(request)
    saved = saved_or_told(form, lambda: save_need(form, user=user), twin=TWIN)
    if saved:
        messages.success(request, "Het is bewaard.")
    return saved
