"""Writing tables of products, their rows and rates: by hand, or from a file that is shown first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from accounts.history_pages import history_context
from accounts.models import User
from agenda.access import import_or_404
from agenda.constants import ImportKind
from agenda.models import TableImport
from agenda.sheets.importing import Reader, hand_in
from agenda.sheets.pages import confirmed, handed_in, posted
from contracts.actions import NotEditable
from contracts.actions import products as actions
from contracts.budgets.product_forms import (
    MoneyFileForm,
    ProductRowForm,
    ProductTableForm,
    RateForm,
)
from contracts.budgets.product_sheets import (
    RATE_READER,
    columns_of,
    rate_columns,
    rates_book,
    rows_book,
    rows_reader,
)
from contracts.exchange_views import METHODS, WRITERS
from contracts.models import ProductRow, ProductTable, Rate
from core.edits import RevisedForm
from core.sheets import book_response
from core.uploaded_tables.field import UploadedTable


def table_or_404(slug: str) -> ProductTable:
    """A table. Raises ``Http404``. One query."""
    table = ProductTable.objects.filter(slug=slug).first()
    if table is None:
        raise Http404("Deze tabel is er niet, of zij is verwijderd.")
    return table


def row_or_404(table: ProductTable, number: int) -> ProductRow:
    """A row of ``table``. Raises ``Http404``. One query."""
    row = table.rows.filter(pk=number).first()
    if row is None:
        raise Http404("Deze rij is er niet, of zij is verwijderd.")
    row.table = table
    return row


def rate_or_404(pk: int) -> Rate:
    """A rate. Raises ``Http404``. One query."""
    rate = Rate.objects.select_related("municipality", "source").filter(pk=pk).first()
    if rate is None:
        raise Http404("Dit tarief is er niet, of het is verwijderd.")
    return rate


def form_saved(request: HttpRequest, form: RevisedForm, save: Any) -> bool:
    """Whether the posted form was written; else it says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        return bool(save(form, user=signed_in(request)))
    except NotEditable as error:
        form.add_error(None, error.messages)
    return False


# -- tables and their rows -------------------------------------------------------------------------
@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_table_add(request: HttpRequest) -> HttpResponseBase:
    """A new table, without rows yet."""
    form = ProductTableForm(request.POST or None)
    if form_saved(request, form, actions.save_table):
        messages.success(request, "De tabel is gemaakt. Vul haar rijen in, of lees ze in.")
        return redirect("product_detail", form.instance.slug)
    return render(request, "contracts/product_table_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_table_edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a table is about."""
    table = table_or_404(slug)
    name = table.title
    form = ProductTableForm(request.POST or None, instance=table)
    if form_saved(request, form, actions.save_table):
        messages.success(request, "De tabel is bewaard.")
        return redirect("product_detail", slug)
    context = {"form": form, "table": table, "name": name}
    return render(request, "contracts/product_table_edit.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_table_delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take a table away with its rows, after asking."""
    table = table_or_404(slug)
    if request.method == "POST":
        actions.remove_table(table, user=signed_in(request))
        messages.success(request, f"Verwijderd: {table}.")
        return redirect("product_list")
    context = {"table": table, "number": table.rows.count()}
    return render(request, "contracts/product_table_delete.html", context)


@require_role(*WRITERS)
@require_safe
def product_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what in a table; for who writes, as it tells small numbers too."""
    table = table_or_404(slug)
    context = history_context(request, table) | {"table": table}
    return render(request, "contracts/product_history.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_row_add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One more row."""
    table = table_or_404(slug)
    form = ProductRowForm(request.POST or None, table=table)
    if form_saved(request, form, actions.save_row):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("product_detail", slug)
    return render(request, "contracts/product_row_add.html", {"form": form, "table": table})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_row_edit(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A row that is there."""
    table = table_or_404(slug)
    row = row_or_404(table, number)
    name = str(row)
    form = ProductRowForm(request.POST or None, instance=row, table=table)
    if form_saved(request, form, actions.save_row):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("product_detail", slug)
    context = {"form": form, "table": table, "row": row, "name": name}
    return render(request, "contracts/product_row_edit.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_row_delete(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Take a row away, after asking."""
    table = table_or_404(slug)
    row = row_or_404(table, number)
    if request.method == "POST":
        actions.remove_row(row, user=signed_in(request))
        messages.success(request, f"Verwijderd: {row}.")
        return redirect("product_detail", slug)
    return render(request, "contracts/product_row_delete.html", {"table": table, "row": row})


# -- rates -----------------------------------------------------------------------------------------
@require_role(*WRITERS)
@require_http_methods(METHODS)
def rate_add(request: HttpRequest) -> HttpResponseBase:
    """A new rate."""
    form = RateForm(request.POST or None)
    if form_saved(request, form, actions.save_rate):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("rate_list")
    return render(request, "contracts/rate_add.html", {"form": form})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def rate_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A rate that is there."""
    rate = rate_or_404(pk)
    name = str(rate)
    form = RateForm(request.POST or None, instance=rate)
    if form_saved(request, form, actions.save_rate):
        messages.success(request, f"Bewaard: {form.instance}.")
        return redirect("rate_list")
    return render(request, "contracts/rate_edit.html", {"form": form, "rate": rate, "name": name})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def rate_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a rate away, after asking."""
    rate = rate_or_404(pk)
    if request.method == "POST":
        actions.remove_rate(rate, user=signed_in(request))
        messages.success(request, f"Verwijderd: {rate}.")
        return redirect("rate_list")
    return render(request, "contracts/rate_delete.html", {"rate": rate})


@require_role(*WRITERS)
@require_safe
def rate_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what in a rate."""
    rate = rate_or_404(pk)
    context = history_context(request, rate) | {"rate": rate}
    return render(request, "contracts/rate_history.html", context)


# -- files -----------------------------------------------------------------------------------------
def _upload(
    request: HttpRequest, held: TableImport, reader: Reader, context: dict[str, Any]
) -> TableImport | None:
    """The kept file, or None with the form and what is wrong in ``context``."""

    def take(table: UploadedTable, user: User) -> TableImport:
        held.actor = user
        return hand_in(held, table, reader)

    context["form"] = MoneyFileForm(*posted(request))
    return handed_in(request, take, context)


@require_role(*WRITERS)
@require_safe
def product_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows of a table as a workbook to fill in further."""
    return book_response(f"{slug}-rijen.xlsx", rows_book(table_or_404(slug)))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_import(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand in rows of a table; what they would change comes next."""
    table = table_or_404(slug)
    context: dict[str, Any] = {
        "table": table,
        "headings": [each.heading for each in columns_of(table)],
        "back": reverse("product_detail", args=[slug]),
    }
    held = TableImport(kind=ImportKind.PRODUCTS, about=str(table.pk))
    kept = _upload(request, held, rows_reader(table), context)
    if kept is not None:
        return redirect("product_preview", slug, kept.pk)
    return render(request, "contracts/product_import.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def product_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """What a file would change in a table; confirming takes it in."""
    table = table_or_404(slug)
    held = import_or_404(pk, signed_in(request), kind=ImportKind.PRODUCTS, about=str(table.pk))
    upload, back = (
        reverse("product_import", args=[slug]),
        reverse("product_detail", args=[slug]),
    )
    context: dict[str, Any] = {"table": table, "upload": upload, "back": back}
    if confirmed(request, held, context, rows_reader(table), can_delete=True):
        return redirect(back)
    if not held.is_waiting:
        return redirect(upload)
    return render(request, "contracts/product_preview.html", context)


@require_role(*WRITERS)
@require_safe
def rate_template(request: HttpRequest) -> HttpResponse:
    """The rates as a workbook to fill in further."""
    return book_response("tarieven-sjabloon.xlsx", rates_book())


@require_role(*WRITERS)
@require_http_methods(METHODS)
def rate_import(request: HttpRequest) -> HttpResponseBase:
    """Hand in rates; what they would change comes next."""
    context: dict[str, Any] = {
        "headings": [each.heading for each in rate_columns()],
        "back": reverse("rate_list"),
    }
    kept = _upload(request, TableImport(kind=ImportKind.RATES), RATE_READER, context)
    if kept is not None:
        return redirect("rate_preview", kept.pk)
    return render(request, "contracts/rate_import.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def rate_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which rates a file would write; confirming takes it in."""
    held = import_or_404(pk, signed_in(request), kind=ImportKind.RATES)
    upload, back = reverse("rate_import"), reverse("rate_list")
    context: dict[str, Any] = {"upload": upload, "back": back}
    if confirmed(request, held, context, RATE_READER):
        return redirect(back)
    if not held.is_waiting:
        return redirect(upload)
    return render(request, "contracts/rate_preview.html", context)
