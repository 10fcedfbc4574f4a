"""Agendas and values as a file: the template, handing in, the preview, confirming it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.models import User
from agenda.access import import_or_404, managed_indicator_or_404, managed_version_or_404
from agenda.manage_views import METHODS, WRITER, at_part, closed
from agenda.models import Indicator, TableImport
from agenda.sheets import importing
from agenda.sheets.forms import AgendaFileForm, ValuesFileForm
from agenda.sheets.importing import AGENDA, VALUES
from agenda.sheets.pages import confirmed, handed_in, posted
from agenda.sheets.values import values_book
from agenda.sheets.workbook import agenda_book
from core.sheets import book_response
from core.uploaded_tables.field import UploadedTable


# -- an agenda -------------------------------------------------------------------------------------
@require_role(WRITER)
@require_safe
def agenda_template(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The workbook to fill in; with ``?leeg`` without what the version says."""
    version = managed_version_or_404(slug, number)
    content = agenda_book(version, filled="leeg" not in request.GET)
    return book_response(f"{slug}-sjabloon.xlsx", content)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_import(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Hand in a filled-in template; what it would change comes next."""
    version = managed_version_or_404(slug, number)
    if not version.is_editable:
        messages.info(request, closed(version))
        return at_part(version)

    def hand_in(table: UploadedTable, user: User) -> TableImport:
        return importing.hand_in_agenda(version, table, user=user)

    context: dict[str, Any] = {
        "form": AgendaFileForm(*posted(request)),
        "version": version,
        "back": reverse("agenda_manage", args=[slug, number]),
    }
    held = handed_in(request, hand_in, context)
    if held is not None:
        return redirect("agenda_import_preview", slug, number, held.pk)
    return render(request, "agenda/agenda_import.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def agenda_import_preview(
    request: HttpRequest, slug: str, number: int, pk: int
) -> HttpResponseBase:
    """What a template would change; confirming takes it in."""
    version = managed_version_or_404(slug, number)
    held = import_or_404(pk, signed_in(request), version=version)
    upload = reverse("agenda_import", args=[slug, number])
    back = reverse("agenda_manage", args=[slug, number])
    context = {"version": version, "upload": upload, "back": back}
    if confirmed(request, held, context, AGENDA, can_delete=version.is_draft):
        return at_part(version)
    if not held.is_waiting:
        return redirect("agenda_import", slug, number)
    return render(request, "agenda/agenda_import_preview.html", context)


# -- values ----------------------------------------------------------------------------------------
@require_role(WRITER)
@require_safe
def values_template(request: HttpRequest) -> HttpResponse:
    """A workbook for values of more indicators."""
    return book_response("meetwaarden-sjabloon.xlsx", values_book(None))


@require_role(WRITER)
@require_safe
def indicator_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The values of one indicator as a workbook to fill in further."""
    indicator = managed_indicator_or_404(slug)
    return book_response(f"{slug}-meetwaarden.xlsx", values_book(indicator))


@require_role(WRITER)
@require_http_methods(METHODS)
def values_import(request: HttpRequest) -> HttpResponseBase:
    """Hand in values of any indicators."""
    return _values_page(request, None, reverse("indicator_manage_list"), reverse("values_template"))


@require_role(WRITER)
@require_http_methods(METHODS)
def indicator_import(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand in values of one indicator."""
    indicator = managed_indicator_or_404(slug)
    back = reverse("indicator_manage", args=[slug])
    if not indicator.value_type:
        messages.warning(request, "Kies eerst welke soort waarde deze indicator heeft.")
        return redirect("indicator_edit", slug)
    return _values_page(request, indicator, back, reverse("indicator_template", args=[slug]))


def _values_page(
    request: HttpRequest, indicator: Indicator | None, back: str, template: str
) -> HttpResponseBase:
    def hand_in(table: UploadedTable, user: User) -> TableImport:
        return importing.hand_in_values(indicator, table, user=user)

    context: dict[str, Any] = {
        "form": ValuesFileForm(*posted(request)),
        "indicator": indicator,
        "back": back,
        "template": template,
    }
    held = handed_in(request, hand_in, context)
    if held is not None:
        return redirect("values_preview", held.pk)
    name = "indicator_import" if indicator else "values_import"
    return render(request, f"agenda/{name}.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def values_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which values a file would write; confirming takes it in."""
    held = import_or_404(pk, signed_in(request))
    indicator = held.indicator
    if indicator is None:
        upload, back = reverse("values_import"), reverse("indicator_manage_list")
    else:
        upload = reverse("indicator_import", args=[indicator.slug])
        back = reverse("indicator_manage", args=[indicator.slug])
    context = {"indicator": indicator, "upload": upload, "back": back}
    if confirmed(request, held, context, VALUES):
        return redirect(back)
    if not held.is_waiting:
        return redirect(upload)
    return render(request, "agenda/values_preview.html", context)
