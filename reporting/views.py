"""The public pages of partners: coalition, agreements, results."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agenda.story import contradictions_about
from core.tables import csv_response
from reporting.access import organisation_or_404
from reporting.forms import PartnerSearch
from reporting.partners import FIGURES_HEADER, figure_rows, partner_page, partner_rows


@login_not_required
@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    """Every partner with its coalition, contracts and number of reports."""
    form = PartnerSearch(request.GET)
    return render(
        request,
        "reporting/partner_list.html",
        {"form": form, "words": form.words, "partners": partner_rows(form.words)},
    )


@login_not_required
@require_safe
def partner_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One partner, or one member of coalitions. What went on under another name is there."""
    organisation = organisation_or_404(slug)
    if organisation.merged_into is not None:
        return redirect("partner_detail", organisation.merged_into.slug)
    context = {
        "partner": partner_page(organisation),
        "contradictions": contradictions_about(organisation),
    }
    return render(request, "reporting/partner_detail.html", context)


@login_not_required
@require_safe
def partner_figures_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures that a partner reported."""
    partner = partner_page(organisation_or_404(slug))
    return csv_response(f"{slug}-cijfers.csv", FIGURES_HEADER, figure_rows(partner))
