"""Municipalities and their characteristics: the public table, and the pages that write it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import history
from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from agenda.access import municipality_or_404
from agenda.changes import of_municipality
from agenda.filters import MunicipalityFilter
from agenda.manage_views import METHODS, PER_PAGE, READERS, WRITER, may_write
from agenda.models import Municipality
from agenda.municipalities import HEADER, story, table_rows
from agenda.municipality_forms import MunicipalityForm
from core.edits import RevisedForm, saved_or_told
from core.filters import is_chosen, refused_choice
from core.tables import csv_response

TWIN = "Deze gemeente staat er al. Wijzig die."


def _chosen(request: HttpRequest) -> MunicipalityFilter:
    rows = Municipality.objects.select_related("source")
    return MunicipalityFilter(request.GET, queryset=rows, request=request)


@login_not_required
@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """What municipalities are like, as context for a comparison. Two queries."""
    chosen = _chosen(request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": [story(row) for row in page],
        "chosen": is_chosen(chosen),
        "query": request.GET.urlencode(),
    }
    return render(request, "agenda/municipality_list.html", context)


@login_not_required
@require_safe
def municipality_csv(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet, with the same choice. One query."""
    chosen = _chosen(request)
    if not chosen.form.is_valid():
        return refused_choice(request, chosen.form)
    return csv_response("gemeenten.csv", HEADER, table_rows(chosen.qs))


# -- behind the sign-in ----------------------------------------------------------------------------
@require_role(*READERS)
@require_safe
def municipality_manage_list(request: HttpRequest) -> HttpResponse:
    """The same, to work on."""
    chosen = _chosen(request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": [story(row) for row in page],
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
    }
    return render(request, "agenda/municipality_manage_list.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def municipality_add(request: HttpRequest) -> HttpResponseBase:
    """A municipality that is not there yet."""
    form = MunicipalityForm(request.POST or None)
    return _form_page(request, form, "agenda/municipality_add.html")


@require_role(WRITER)
@require_http_methods(METHODS)
def municipality_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One that is there: its numbers change over the years, and the history keeps the old ones."""
    form = MunicipalityForm(request.POST or None, instance=municipality_or_404(pk))
    return _form_page(request, form, "agenda/municipality_edit.html")


def _form_page(request: HttpRequest, form: RevisedForm, page: str) -> HttpResponseBase:
    title = str(form.instance)
    user = signed_in(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved_or_told(form, lambda: history.save(form, of_municipality, user=user), twin=TWIN)
    ):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("municipality_manage_list")
    return render(request, page, {"form": form, "pk": form.instance.pk, "title": title})


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def municipality_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in the characteristics of a municipality."""
    row = municipality_or_404(pk)
    may_manage = bool(roles_of(request.user) & frozenset(READERS))
    context = history_context(request, row) | {"row": row, "may_manage": may_manage}
    return render(request, "agenda/municipality_history.html", context)
