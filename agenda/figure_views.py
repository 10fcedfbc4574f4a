"""The public pages of figures: the framework with its progress, indicators, and downloads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agenda.access import indicator_or_404, version_or_404
from agenda.breakdowns import tables, years
from agenda.framework import VALUES_HEADER, VALUES_WIDTHS, framework, value_rows
from agenda.library_filters import IndicatorFilter
from agenda.models import Indicator
from agenda.pictures import indicator_picture
from agenda.reading import indicator_page, observation_stories
from agenda.story import Story, version_story
from agenda.tables import OBSERVATION_HEADER, OBSERVATION_WIDTHS, observation_rows
from agenda.uses import users
from core.filters import is_chosen
from core.sheets import xlsx_response
from core.tables import csv_response

PER_PAGE = 25


@login_not_required
@require_safe
def agenda_framework(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole framework with its progress on one page. Seven queries."""
    version = version_or_404(slug)
    return render(
        request,
        "agenda/agenda_framework.html",
        {"agenda": version_story(version), "framework": framework(version)},
    )


@login_not_required
@require_safe
def agenda_values_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """All values of an agenda as a spreadsheet. Five queries."""
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
    """All values of an agenda as text. Five queries."""
    rows = value_rows(version_or_404(slug))
    return csv_response(f"{slug}-meetwaarden.csv", VALUES_HEADER, rows)


@login_not_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators, to search and to choose from."""
    rows = Indicator.objects.readable().with_counts().order_by("name")
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
    """The passport of an indicator with every observation, by place and by group."""
    row = indicator_or_404(slug)
    indicator = indicator_page(row)
    versions = sorted(row.versions.all(), key=lambda held: -held.number)
    return render(
        request,
        "agenda/indicator_detail.html",
        {
            "indicator": indicator,
            "chart": indicator_picture(indicator),
            "versions": versions,
            "whole": [each for each in indicator["observations"] if not _is_part(each)],
            "parts": [each for each in indicator["observations"] if _is_part(each)],
            "tables": tables(row, indicator["observations"]),
            "years": years(row, indicator["observations"]),
            "uses": users().uses(row),
        },
    )


def _is_part(observation: Story) -> bool:
    return bool(observation["area"] or observation["group"])


@login_not_required
@require_safe
def indicator_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every observation of an indicator."""
    rows = observation_rows(observation_stories(indicator_or_404(slug)))
    return csv_response(f"{slug}.csv", OBSERVATION_HEADER, rows)


@login_not_required
@require_safe
def indicator_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """Every observation of an indicator as a spreadsheet."""
    indicator = indicator_or_404(slug)
    rows = observation_rows(observation_stories(indicator))
    return xlsx_response(
        f"{slug}.xlsx", indicator.name, OBSERVATION_HEADER, rows, OBSERVATION_WIDTHS
    )
