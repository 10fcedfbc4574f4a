"""Numbers and amounts by product and provider, combinations, and rates by municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import django_filters as filters
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require_role
from contracts.budgets.sums import plain
from contracts.constants import ProductTableKind
from contracts.exchange_views import may_write
from contracts.manage_views import PER_PAGE, READERS
from contracts.models import ProductRow, ProductTable, Rate
from core.disclosure import Addition, left_out
from core.filters import ListFilter, WordFilter, is_chosen
from core.sheets import xlsx_response
from core.tables import CellValue, csv_response
from core.values import format_number

TOTAL = "total"


@dataclass(frozen=True)
class Shown:
    """A row with its share of the amounts; a small number of people is not shown."""

    row: ProductRow
    share: Decimal | None
    is_small: bool

    @property
    def number(self) -> int | None:
        return None if self.is_small else self.row.count

    @property
    def number_told(self) -> str:
        """The number as a reader writes it; nothing where there is none."""
        return "" if self.number is None else format_number(self.number)


@dataclass(frozen=True)
class TableStory:
    """A table with the sums of its rows held against what the source states. No query."""

    table: ProductTable
    rows: list[ProductRow]

    @property
    def number(self) -> int:
        return sum(row.count or 0 for row in self.rows)

    @property
    def number_told(self) -> str:
        return format_number(self.number)

    @property
    def amount(self) -> Decimal:
        return sum((row.amount or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def is_of_combinations(self) -> bool:
        return self.table.kind == ProductTableKind.COMBINATIONS

    @property
    def has_counts(self) -> bool:
        return any(row.count is not None for row in self.rows)

    @property
    def shown(self) -> list[Shown]:
        """The rows, with what is left out because the total would give a small number away
        (docs/regels/kleine-aantallen.md)."""
        counted = sorted((row.count, row.pk) for row in self.rows if row.count is not None)
        parts = tuple(str(pk) for _, pk in counted)
        cells = {str(pk): (Decimal(count),) for count, pk in counted} | {
            TOTAL: (Decimal(self.number),)
        }
        out = left_out(
            cells,
            [Addition(TOTAL, parts, tuple(str(pk) for count, pk in counted if count))],
            settings.SMALL_NUMBER_THRESHOLD,
            public=(TOTAL,),
        )
        total = self.amount
        return [
            Shown(
                row,
                row.amount * 100 / total if row.amount is not None and total else None,
                str(row.pk) in out,
            )
            for row in self.rows
        ]

    @property
    def has_amounts(self) -> bool:
        return any(row.amount is not None for row in self.rows)

    @property
    def providers(self) -> list[tuple[str, Decimal, Decimal]]:
        """The amount of each provider that rows name, and its share of all amounts in percent, the
        largest first; nothing where no row names one."""
        found: dict[str, Decimal] = {}
        for row in self.rows:
            if row.amount is not None:
                found[row.provider] = found.get(row.provider, Decimal(0)) + row.amount
        if not any(found) or not self.amount:
            return []
        held = [(name, amount, amount * 100 / self.amount) for name, amount in found.items()]
        return sorted(held, key=lambda each: (not each[0], -each[1], each[0]))

    @property
    def faults(self) -> list[str]:
        """In Dutch, each stated total that the rows do not add up to."""
        found = []
        stated = self.table.stated_count
        if stated is not None and stated != self.number:
            found.append(
                f"De bron noemt {format_number(stated)} als totaal aantal; de rijen zijn samen "
                f"{format_number(self.number)}."
            )
        money = self.table.stated_amount
        if money is not None and money != self.amount:
            found.append(
                f"De bron noemt € {format_number(money)} als totaal bedrag; de rijen zijn samen "
                f"€ {format_number(self.amount)}."
            )
        return found


def product_table_or_404(slug: str) -> TableStory:
    """A table with its rows. Raises ``Http404``. Two queries."""
    rows = ProductTable.objects.select_related("source").prefetch_related("rows")
    table = rows.filter(slug=slug).first()
    if table is None:
        raise Http404("Deze tabel is er niet.")
    return TableStory(table, list(table.rows.all()))


class ProductFilter(ListFilter):
    zoek = WordFilter("Woord", ("title", "period", "place"))
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ProductTableKind.choices, empty_label="alle"
    )
    jaar = filters.NumberFilter(
        label="Jaar",
        field_name="year",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    class Meta(ListFilter.Meta):
        model = ProductTable


@require_role(*READERS)
@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Every table, to search. Four queries at most."""
    tables = ProductTable.objects.select_related("source").prefetch_related("rows")
    chosen = ProductFilter(request.GET, queryset=tables, request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "chosen": is_chosen(chosen),
        "page": page,
        "stories": [TableStory(table, list(table.rows.all())) for table in page],
        "may_write": may_write(request),
        "year": timezone.localdate().year,
    }
    return render(request, "contracts/product_list.html", context)


@require_role(*READERS)
@require_safe
def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A table: each row with its share, and whether it adds up."""
    context = {
        "story": product_table_or_404(slug),
        "threshold": settings.SMALL_NUMBER_THRESHOLD,
        "may_write": may_write(request),
    }
    return render(request, "contracts/product_detail.html", context)


PRODUCT_HEADER = [
    "Naam",
    "Aanbieder",
    "Aantal",
    "Bedrag",
    "Aandeel in het bedrag (%)",
    "Percentage",
    "Opmerking",
]


def product_cells(story: TableStory) -> Iterator[list[CellValue]]:
    """The rows under ``PRODUCT_HEADER``, small numbers left out; amounts in euros."""
    for each in story.shown:
        row = each.row
        share = None if each.share is None else round(each.share, 1)
        note = "te klein om te publiceren" if each.is_small else ""
        said = ". ".join(filter(None, [note, row.note]))
        yield [
            row.name,
            row.provider,
            each.number,
            plain(row.amount),
            share,
            plain(row.percentage),
            said,
        ]


@require_role(*READERS)
@require_safe
def product_csv(request: HttpRequest, slug: str) -> HttpResponse:
    story = product_table_or_404(slug)
    return csv_response(f"{slug}.csv", PRODUCT_HEADER, product_cells(story))


@require_role(*READERS)
@require_safe
def product_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    story = product_table_or_404(slug)
    return xlsx_response(
        f"{slug}.xlsx", "Producten", PRODUCT_HEADER, product_cells(story), [28] * 7
    )


# -- rates -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Compared:
    """What one municipality pays, by subject in the order of the page."""

    municipality: str
    cells: list[list[Rate]]


def rates() -> tuple[list[str], list[Compared], Rate | None]:
    """The subjects, what each municipality pays, and a rate to name the source by. One query."""
    held = list(
        Rate.objects.select_related("municipality", "source").order_by(
            "municipality__name", "order", "pk"
        )
    )
    subjects = list(dict.fromkeys(row.subject for row in sorted(held, key=lambda row: row.order)))
    found: dict[str, dict[str, list[Rate]]] = {}
    for row in held:
        found.setdefault(row.municipality.name, {}).setdefault(row.subject, []).append(row)
    compared = [
        Compared(name, [of.get(subject, []) for subject in subjects]) for name, of in found.items()
    ]
    return subjects, compared, held[0] if held else None


@require_role(*READERS)
@require_safe
def rate_list(request: HttpRequest) -> HttpResponse:
    """What municipalities pay for the same thing, beside each other."""
    subjects, rows, first = rates()
    context = {
        "subjects": subjects,
        "rows": [(row.municipality, list(zip(subjects, row.cells, strict=True))) for row in rows],
        "first": first,
        "may_write": may_write(request),
        "year": timezone.localdate().year,
    }
    return render(request, "contracts/rate_list.html", context)


RATE_HEADER = ["Gemeente", "Waarvoor", "Wanneer", "Tarief", "Bron"]


def rate_cells() -> Iterator[list[CellValue]]:
    for row in Rate.objects.select_related("municipality", "source"):
        said = str(row.value)
        yield [row.municipality.name, row.subject, row.condition, said, row.provenance]


@require_role(*READERS)
@require_safe
def rate_csv(request: HttpRequest) -> HttpResponse:
    return csv_response("tarieven.csv", RATE_HEADER, rate_cells())


@require_role(*READERS)
@require_safe
def rate_xlsx(request: HttpRequest) -> HttpResponse:
    return xlsx_response("tarieven.xlsx", "Tarieven", RATE_HEADER, rate_cells(), [28] * 5)
