"""The norm framework of a year, and the verdict of the auditor on a norm."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, signed_in
from contracts.talks.access import READERS
from contracts.talks.follow_views import asked_year
from monitor.actions.norms import judge_norm
from monitor.framework.forms import NormVerdictForm
from monitor.framework.reading import framework
from monitor.inquiries.access import INVESTIGATOR, investigates
from monitor.models import NormVerdict
from monitor.normlist import NORMS

METHODS = ["GET", "HEAD", "POST"]
JUDGES = "Alleen de auditor oordeelt over een norm."


@require_role(*READERS)
@require_safe
def norm_framework(request: HttpRequest) -> HttpResponse:
    """The fourteen norms in a year: what is recorded, what was judged, on which ground and when."""
    year, today = asked_year(request), timezone.localdate()
    judges = investigates(request.user)
    rows = NormVerdict.objects.all()
    context = {
        "framework": framework(year, today, rows if judges else rows.presented()),
        "year": year,
        "earlier": year - 1,
        "later": year + 1 if year < today.year else None,
        "judges": judges,
    }
    return render(request, "monitor/norm_framework.html", context)


@require_role(INVESTIGATOR, why=JUDGES)
@require_http_methods(METHODS)
def norm_judge(request: HttpRequest, number: int) -> HttpResponseBase:
    """The verdict of the auditor on one norm; an earlier one stays beside it."""
    norm = NORMS.get(number)
    if norm is None:
        raise Http404("Er zijn veertien normen.")
    year = asked_year(request)
    form = NormVerdictForm(
        request.POST if request.method == "POST" else None,
        initial={"year": year, "judged_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = judge_norm(number, user=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Het oordeel over norm {number} is bewaard.")
            return redirect(f"{reverse('norm_framework')}?jaar={made.year}")
    shown = getattr(form, "cleaned_data", {}).get("year") or year
    told = framework(shown, timezone.localdate(), NormVerdict.objects.all()).find(number)
    context = {"form": form, "norm": norm, "year": shown, "told": told}
    return render(request, "monitor/norm_judge.html", context)
