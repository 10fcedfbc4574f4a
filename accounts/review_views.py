"""Who has what since when, last used when; and that somebody looked at it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import reviewing
from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from accounts.filters import AccessFilter
from accounts.forms import ReviewForm
from accounts.models import AccessReview, RoleAssignment
from core.filters import is_chosen
from core.tables import csv_response

READERS = (Role.FUNCTIONAL_MANAGER, Role.AUDITOR)
PER_PAGE = 50
EARLIER = 10


@require_role(*READERS)
@require_safe
def access_review(request: HttpRequest) -> HttpResponse:
    """Every role that somebody holds. Eight queries, however many."""
    chosen = AccessFilter(request.GET, queryset=reviewing.access(), request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "chosen": is_chosen(chosen),
        "page": page,
        "total": page.paginator.count,
        "dues": reviewing.dues(timezone.localdate()),
        "clashing": RoleAssignment.objects.held_now().clashing().people(),
        "earlier": AccessReview.objects.select_related("reviewer")[:EARLIER],
        "manages": Role.FUNCTIONAL_MANAGER in roles_of(request.user),
        "long_ago": timezone.now() - reviewing.LONG_UNUSED,
    }
    return render(request, "accounts/access_review.html", context)


@require_role(*READERS)
@require_safe
def access_csv(request: HttpRequest) -> HttpResponse:
    """All of it as a table."""
    name = f"toegang-{timezone.localdate()}.csv"
    return csv_response(name, reviewing.HEADER, reviewing.rows())


@require_role(Role.FUNCTIONAL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def access_review_add(request: HttpRequest) -> HttpResponseBase:
    """Write down that the access was looked at, and what came of it."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.record_review(**form.cleaned_data, user=signed_in(request))
        except reviewing.AlreadyRecorded as error:
            messages.info(request, error.messages[0])
            return redirect("access_review")
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De controle is vastgelegd.")
            return redirect("access_review")
    return render(request, "accounts/access_review_add.html", {"form": form})
