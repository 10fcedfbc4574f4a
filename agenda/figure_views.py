"""The public pages of figures: the framework with its progress, indicators, and downloads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.access import indicator_or_404, version_or_404
from agenda.filters import IndicatorFilter
from agenda.framework import VALUES_HEADER, VALUES_WIDTHS, framework, value_rows
from agenda.models import Indicator
from agenda.pictures import indicator_picture
from agenda.reading import indicator_page, observation_stories
from agenda.story import version_story
from agenda.tables import OBSERVATION_HEADER, observation_rows
from core.filters import is_chosen
from core.sheets import xlsx_response
from core.tables import csv_response

PER_PAGE = 25


@login_not_required
@require_safe
def agenda_framework(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole framework with its progress on one page. Six queries."""
    version = version_or_404(slug)
    return render(
        request,
        "agenda/agenda_framework.html",
        {"agenda": version_story(version), "framework": framework(version)},
    )


@login_not_required
@require_safe
def agenda_values_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """All values of an agenda as a spreadsheet. Four queries."""
    version = version_or_404(slug)
    return xlsx_response(
        f"{slug}-meetwaarden.xlsx",
        f"Meetwaarden {version.agenda.short_name}",
        VALUES_HEADER,
        value_rows(version),
        VALUES_WIDTHS,
    )


@login_not_required
@require_safe
def agenda_values_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All values of an agenda as text. Four queries."""
    rows = value_rows(version_or_404(slug))
    return csv_response(f"{slug}-meetwaarden.csv", VALUES_HEADER, rows)


@login_not_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators, to search and to choose from."""
    rows = (
        Indicator.objects.readable()
        .annotate(values_held=Count("observations", distinct=True))
        .order_by("name")
    )
    chosen = IndicatorFilter(request.GET, queryset=rows, request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    return render(
        request,
        "agenda/indicator_list.html",
        {
            "filter": chosen,
            "page": paginator.get_page(request.GET.get("page")),
            "total": paginator.count,
            "chosen": is_chosen(chosen),
        },
    )


@login_not_required
@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The passport of an indicator with every observation."""
    indicator = indicator_page(indicator_or_404(slug))
    return render(
        request,
        "agenda/indicator_detail.html",
        {"indicator": indicator, "chart": indicator_picture(indicator)},
    )


@login_not_required
@require_safe
def indicator_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every observation of an indicator."""
    rows = observation_rows(observation_stories(indicator_or_404(slug)))
    return csv_response(f"{slug}.csv", OBSERVATION_HEADER, rows)
