"""Recommendations: for everybody, and the desk of who sees to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.history_pages import history_context
from core.edits import saved_or_told
from core.filters import is_chosen, refused_choice
from core.tables import CellValue, csv_response
from monitor.actions import recommendations as actions
from monitor.models import FollowUp
from monitor.recommendations import access
from monitor.recommendations.filters import RecommendationFilter
from monitor.recommendations.forms import FollowUpForm, UpdateForm
from monitor.recommendations.reading import INQUIRY, Recommendation, advised, supervised, told

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 20
WHY = (
    "Aan aanbevelingen werken de gemeente, de griffie en de auditor. Hoe ver ze zijn, leest "
    "iedereen bij Aanbevelingen."
)
TWIN = "Deze aanbeveling is net al toegewezen. Ga terug en kijk aan wie."
HEADER = [
    *("onderzoek", "van", "nummer", "aanbeveling", "reactie", "norm", "verantwoordelijk"),
    *("uiterlijk op", "stand", "stand op", "toelichting", "waaruit dat blijkt", "verzonnen"),
]


# -- everybody -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Every published recommendation, with the reaction and how far it is."""
    return render(request, "monitor/recommendation_list.html", _listed(request))


@login_not_required
@require_safe
def recommendation_csv(request: HttpRequest) -> HttpResponse:
    """The same list, with the same filters, as a table; a choice that is none gives no table."""
    parts, findings = _filters(request)
    if not parts.is_valid():
        return refused_choice(request, parts.form)
    rows = told(parts.qs, findings.qs)
    return csv_response("aanbevelingen.csv", HEADER, [_cells(row) for row in rows])


@login_not_required
@require_safe
def recommendation_detail(request: HttpRequest, origin: str, pk: int) -> HttpResponse:
    """One recommendation: what was said to it, who sees to it, and how it went."""
    row = access.published_or_404(origin, pk)
    context = {"row": row, "late": row.is_late(timezone.localdate())}
    return render(request, "monitor/recommendation_detail.html", context)


# -- the desk --------------------------------------------------------------------------------------
@require_role(*access.READERS, why=WHY)
@require_safe
def recommendation_manage_list(request: HttpRequest) -> HttpResponse:
    """The same list, to work on."""
    return render(request, "monitor/recommendation_manage_list.html", _listed(request))


@require_role(*access.READERS, why=WHY)
@require_safe
def recommendation_manage(request: HttpRequest, origin: str, pk: int) -> HttpResponse:
    """One recommendation with what one can do with it."""
    row = access.published_or_404(origin, pk)
    context = {
        "row": row,
        "late": row.is_late(timezone.localdate()),
        "assigns": bool(roles_of(request.user) & frozenset(access.ASSIGNS)),
        "tells": row.follow_up is not None and access.tells(request.user, row.follow_up),
    }
    return render(request, "monitor/recommendation_manage.html", context)


@require_role(*access.ASSIGNS, why=WHY)
@require_http_methods(METHODS)
def recommendation_assign(request: HttpRequest, origin: str, pk: int) -> HttpResponseBase:
    """Who is responsible, which norm it serves, and by when."""
    row = access.published_or_404(origin, pk)
    held = row.follow_up or FollowUp(
        part_id=pk if origin == INQUIRY else None, finding_id=None if origin == INQUIRY else pk
    )
    form = FollowUpForm(request.POST if request.method == "POST" else None, instance=held)
    user = signed_in(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved_or_told(form, lambda: actions.assign(form, user=user), twin=TWIN)
    ):
        messages.success(request, "Bewaard. Wie de stand bijhoudt, ziet het bij Mijn werk.")
        return redirect("recommendation_manage", origin, pk)
    return render(request, "monitor/recommendation_assign.html", {"row": row, "form": form})


@require_http_methods(METHODS)
def recommendation_update(request: HttpRequest, origin: str, pk: int) -> HttpResponseBase:
    """How far it is, told by who keeps it; that stands for good."""
    row = access.published_or_404(origin, pk)
    held = access.follow_up_to_tell(request.user, row)
    form = UpdateForm(
        request.POST if request.method == "POST" else None,
        initial={"day": timezone.localdate()},
    )
    reads_desk = bool(roles_of(request.user) & frozenset(access.READERS))
    back = "recommendation_manage" if reads_desk else "recommendation_detail"
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_update(held, user=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "De stand is openbaar.")
            return redirect(back, origin, pk)
    context = {"row": row, "form": form, "reads_desk": reads_desk}
    return render(request, "monitor/recommendation_update.html", context)


@require_role(*access.READERS, why=WHY)
@require_safe
def recommendation_history(request: HttpRequest, origin: str, pk: int) -> HttpResponse:
    """What changed in who sees to it, and by when."""
    row = access.published_or_404(origin, pk)
    if row.follow_up is None:
        raise Http404(access.UNASSIGNED)
    context = {"row": row, **history_context(request, row.follow_up)}
    return render(request, "monitor/recommendation_history.html", context)


# -- what these views share ------------------------------------------------------------------------
def _filters(request: HttpRequest) -> tuple[RecommendationFilter, RecommendationFilter]:
    return (
        RecommendationFilter(request.GET, queryset=advised(), request=request),
        RecommendationFilter(request.GET, queryset=supervised(), request=request),
    )


def _listed(request: HttpRequest) -> dict[str, Any]:
    parts, findings = _filters(request)
    paginator = Paginator(told(parts.qs, findings.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    today = timezone.localdate()
    asked = request.GET.copy()
    asked.pop("page", None)
    return {
        "filter": parts,
        "chosen": is_chosen(parts),
        "filters": asked.urlencode(),
        "page": page,
        "rows": [{"row": row, "late": row.is_late(today)} for row in page],
        "total": paginator.count,
    }


def _cells(row: Recommendation) -> list[CellValue]:
    held, told_last = row.follow_up, row.told_last
    return [
        row.title,
        row.by,
        row.number,
        row.text,
        " ".join(reaction.text for reaction in row.reactions),
        held.get_norm_display() if held is not None and held.norm else "",
        held.responsible if held is not None else "",
        row.due_on,
        row.state_label,
        told_last.day if told_last is not None else None,
        told_last.text if told_last is not None else "",
        told_last.evidence_url if told_last is not None else "",
        "ja" if row.is_example or (told_last is not None and told_last.is_example) else "nee",
    ]
