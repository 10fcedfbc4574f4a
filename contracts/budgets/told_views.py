"""What can be told from the money: added up by something, beside what was agreed, the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require_role
from agenda.models import AgendaVersion
from contracts.budgets.access import year_or_404
from contracts.budgets.agreed import AGREED_HEADER, agreed_cells, agreed_rows
from contracts.budgets.chain import CHAIN_HEADER, Chain, chain_cells, chain_of
from contracts.budgets.reading import (
    BY,
    GROUP_HEADER,
    LINE_HEADER,
    group_cells,
    grouped,
    known_years,
    line_cells,
    lines_of,
    total_of,
)
from contracts.manage_views import READERS
from contracts.models import Allocation
from core.filters import whole_number
from core.sheets import xlsx_response
from core.tables import CellValue, csv_response

CHAIN, LINES = "keten", "posten"


@require_role(*READERS)
@require_safe
def budget_by(request: HttpRequest, year: int, by: str) -> HttpResponse:
    """The money of a year, added up by partner, theme, task field or origin."""
    year_or_404(year)
    if by not in BY:
        raise Http404("Zo tellen wij het geld niet op. Kies partner, thema, taakveld of herkomst.")
    lines = lines_of(Allocation.objects.all(), year)
    context = {
        "by": BY[by],
        "ways": BY.values(),
        "groups": grouped(lines, BY[by]),
        "total": total_of(lines),
        "year": year,
        "years": known_years(year),
    }
    return render(request, "contracts/budget_by.html", context)


def _versions() -> list[AgendaVersion]:
    rows = AgendaVersion.objects.readable().select_related("agenda")
    return list(rows.order_by("-agenda__year", "agenda_id", "-number"))


def _chain(request: HttpRequest, year: int) -> tuple[list[AgendaVersion], AgendaVersion, Chain]:
    """The chain of the agenda that was asked for, or else of the one that most money of the year
    names a goal of, or else of the newest. Raises ``Http404``."""
    versions = _versions()
    asked = whole_number(request.GET.get("agenda"))
    version = next((row for row in versions if row.pk == asked), None)
    if version is None:
        named = Allocation.objects.touching(year).filter(goal__isnull=False).order_by()
        most = Counter(named.values_list("goal__theme__version", flat=True)).most_common(1)
        version = next((row for row in versions if most and row.pk == most[0][0]), None)
    if version is None and versions:
        running = [row for row in versions if row.agenda.year <= year]
        version = (running or versions)[0]
    if version is None:
        raise Http404("Er is nog geen agenda, dus ook geen keten van doel naar geld.")
    return versions, version, chain_of(version, year)


@require_role(*READERS)
@require_safe
def budget_chain(request: HttpRequest, year: int) -> HttpResponse:
    """From goal to KPI to euro, with what is missing; ``?agenda=`` chooses the agenda."""
    year_or_404(year)
    if not _versions():
        context = {"year": year, "years": known_years(year), "versions": []}
        return render(request, "contracts/budget_chain.html", context)
    versions, version, chain = _chain(request, year)
    context = {
        "year": year,
        "years": known_years(year),
        "versions": versions,
        "version": version,
        "chain": chain,
    }
    return render(request, "contracts/budget_chain.html", context)


@require_role(*READERS)
@require_safe
def budget_agreed(request: HttpRequest) -> HttpResponse:
    """Budgeted and available beside agreed, by contract and year."""
    context = {"rows": agreed_rows(), "year": timezone.localdate().year}
    return render(request, "contracts/budget_agreed.html", context)


# -- as a file -------------------------------------------------------------------------------------
Table = tuple[str, Sequence[str], Iterable[Sequence[CellValue]]]


def _table(request: HttpRequest, year: int, what: str) -> Table:
    """The name, heading and rows of a table of ``year``. Raises ``Http404`` without one."""
    year_or_404(year)
    name = f"geld-{year}-{what}"
    if what == LINES:
        return name, LINE_HEADER, map(line_cells, lines_of(Allocation.objects.all(), year))
    if what == CHAIN:
        return name, CHAIN_HEADER, chain_cells(_chain(request, year)[2].links)
    if what not in BY:
        raise Http404("Deze tabel is er niet.")
    by = BY[what]
    groups = grouped(lines_of(Allocation.objects.all(), year), by)
    return name, [by.column, *GROUP_HEADER], (group_cells(group, by) for group in groups)


@require_role(*READERS)
@require_safe
def budget_csv(request: HttpRequest, year: int, by: str) -> HttpResponse:
    """A table of a year: the lines, the chain, or the sums by something."""
    name, header, rows = _table(request, year, by)
    return csv_response(f"{name}.csv", header, rows)


@require_role(*READERS)
@require_safe
def budget_xlsx(request: HttpRequest, year: int, by: str) -> HttpResponse:
    """The same as a workbook."""
    name, header, rows = _table(request, year, by)
    return xlsx_response(f"{name}.xlsx", f"Geld {year}", header, rows, [28] * len(header))


@require_role(*READERS)
@require_safe
def budget_agreed_csv(request: HttpRequest) -> HttpResponse:
    return csv_response(
        "beschikbaar-overeengekomen.csv", AGREED_HEADER, agreed_cells(agreed_rows())
    )


@require_role(*READERS)
@require_safe
def budget_agreed_xlsx(request: HttpRequest) -> HttpResponse:
    rows, widths = agreed_cells(agreed_rows()), [28] * len(AGREED_HEADER)
    return xlsx_response("beschikbaar-overeengekomen.xlsx", "Geld", AGREED_HEADER, rows, widths)
