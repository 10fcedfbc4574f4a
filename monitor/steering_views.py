"""Who steers by what: the public page, and the pages where a policy officer writes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES, STAFF_ROLES, Role
from accounts.history_pages import history_context
from core.edits import RevisedForm
from core.filters import whole_number
from monitor.models import SteeringArrangement
from monitor.steering import by_level, past, replace_arrangement, save_arrangement
from monitor.steering_forms import ArrangementEndForm, ArrangementForm

METHODS = ["GET", "HEAD", "POST"]
READERS = tuple(sorted(STAFF_ROLES))
WRITER = Role.POLICY_OFFICER
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
@require_role(*READERS)
@require_safe
def steering_manage(request: HttpRequest) -> HttpResponse:
    """The same, to work on."""
    today = timezone.localdate()
    context = {
        "levels": by_level(today),
        "past": past(today),
        "may_write": WRITER in roles_of(request.user),
    }
    return render(request, "monitor/steering_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def steering_add(request: HttpRequest) -> HttpResponseBase:
    """A new arrangement; ``?vervangt=`` names the one that it comes in the place of."""
    replaced = _replaced_or_404(request.GET.get("vervangt"))
    row = SteeringArrangement(replaces=replaced)
    if replaced is not None:
        for name in TAKEN_OVER:
            setattr(row, name, getattr(replaced, name))
    form = ArrangementForm(request.POST or None, instance=row)
    if _saved(request, form, replaced):
        return redirect("steering_manage")
    return render(request, "monitor/steering_add.html", {"form": form, "replaced": replaced})


def _replaced_or_404(word: str | None) -> SteeringArrangement | None:
    """The arrangement that the address names, if it names one and nothing replaced it yet."""
    if word is None:
        return None
    number = whole_number(word)
    open_rows = SteeringArrangement.objects.filter(until__isnull=True, replaced_by__isnull=True)
    found = open_rows.filter(pk=number).first() if number is not None else None
    if found is None:
        raise Http404("Deze afspraak is er niet, of zij is al vervangen of beëindigd.")
    return found


def _arrangement_or_404(pk: int) -> SteeringArrangement:
    row = SteeringArrangement.objects.select_related("source").filter(pk=pk).first()
    if row is None:
        raise Http404("Deze afspraak is er niet.")
    return row


@require_role(WRITER)
@require_http_methods(METHODS)
def steering_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend what an arrangement says; what is agreed anew is an arrangement of its own."""
    row = _arrangement_or_404(pk)
    form = ArrangementForm(request.POST or None, instance=row)
    return _row_page(request, form, "monitor/steering_edit.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def steering_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The last day of an arrangement that nothing replaces."""
    row = _arrangement_or_404(pk)
    if SteeringArrangement.objects.filter(replaces=row).exists():
        raise Http404("Deze afspraak is vervangen; haar laatste dag staat vast.")
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
    try:
        with transaction.atomic():
            if replaced is not None:
                saved = replace_arrangement(form, replaced, user=user)
            else:
                saved = save_arrangement(form, user=user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    except IntegrityError:
        form.add_error(None, "Iemand anders verving deze afspraak net. Open de lijst opnieuw.")
        return False
    if saved:
        messages.success(request, "De afspraak is bewaard.")
    return saved


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def steering_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in an arrangement."""
    row = _arrangement_or_404(pk)
    may_manage = bool(roles_of(request.user) & STAFF_ROLES)
    context = history_context(request, row) | {"row": row, "may_manage": may_manage}
    return render(request, "monitor/steering_history.html", context)
