"""Reports at the municipality: inbox, reading, returning, accepting; and for the public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import Role
from agenda.constants import YearStatus
from agenda.models import MoneyYear
from contracts.talks.access import WRITERS
from core.downloads import download
from core.filters import is_chosen, whole_number
from core.forms import clean_text
from reporting import actions
from reporting.access import (
    accepted_or_404,
    review_or_404,
    round_file_or_404,
    round_or_404,
)
from reporting.actions import ReportError
from reporting.comparing import compared
from reporting.disclosure import published, withheld_of
from reporting.filters import InboxFilter
from reporting.forms import ExtensionForm, ReasonForm
from reporting.inbox import inbox_rows
from reporting.models import Report
from reporting.portal import deadline_now
from reporting.reading import content_of, round_page
from reporting.review import numbers_in, remarks_of, review_context
from reporting.talks.sheet import about_report

PAGE = 25
# Supervision of quality needs what was handed in, accepted or not, and never what a partner types.
READERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER, Role.SUPERVISOR)
METHODS = ["GET", "HEAD", "POST"]


@require_role(*READERS)
@require_safe
def report_inbox(request: HttpRequest) -> HttpResponse:
    """What came in and what is late. The number of queries does not depend on how much."""
    today = timezone.localdate()
    chosen = InboxFilter(request.GET, queryset=Report.objects.for_inbox(today), request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "chosen": is_chosen(chosen),
        "page": page,
        "rows": inbox_rows(page.object_list, today),
        "waiting": Report.objects.submitted().count(),
        "supervises": Role.SUPERVISOR in roles_of(request.user),
    }
    return render(request, "reporting/report_inbox.html", context)


def _around(report: Report) -> dict[str, Any]:
    """What the head of a page about a step of ``report`` shows. One query."""
    return {
        "report": report,
        "deadline": deadline_now(report, for_partner=False),
        "back": reverse("report_review", args=[report.pk]),
    }


@require_role(*READERS)
@require_safe
def report_review(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as handed in, deviations first."""
    return _review(request, review_or_404(pk))


def _review(
    request: HttpRequest, report: Report, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The page of a report; after an error with every remark that was typed."""
    wanted = whole_number(request.GET.get("ronde"))
    context = review_context(report, wanted, request.POST.dict())
    context |= {
        "error": error,
        "may_review": Role.CONTRACT_MANAGER in roles_of(request.user),
        "typed": request.POST,
    }
    if roles_of(request.user) & frozenset(WRITERS):
        context |= about_report(report)
    return render(request, "reporting/report_review.html", context, status=status)


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def report_return(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the report back with what was typed on its page."""
    report = review_or_404(pk)
    if request.method != "POST":
        return redirect("report_review", pk=pk)
    try:
        actions.return_(
            report,
            user=signed_in(request),
            round_number=_number(request),
            remarks=remarks_of(report, request.POST),
            note=clean_text(request.POST.get("note", "")),
        )
    except ReportError as error:
        return _review(request, report, error=str(error), status=409)
    messages.success(request, "De rapportage is teruggestuurd. De partner krijgt bericht.")
    return redirect("report_review", pk=pk)


def _number(request: HttpRequest) -> int:
    """The round that the page showed; 0, which is none, when it does not say."""
    return whole_number(request.POST.get("round")) or 0


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def report_accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept the round that was read; the page says what that means, and asks."""
    report = review_or_404(pk)
    newest = report.rounds.newest_first().first()
    if newest is None:
        return redirect("report_review", pk=pk)
    numbers = numbers_in(newest)
    note = clean_text(request.POST.get("note", ""))
    unseen = request.method == "POST" and bool(numbers) and "seen" not in request.POST
    if request.method == "POST" and not unseen:
        try:
            actions.accept(
                report, user=signed_in(request), round_number=_number(request), note=note
            )
        except ReportError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "De rapportage is geaccepteerd. De partner krijgt bericht.")
        return redirect("report_review", pk=pk)
    context = {"round": newest, "numbers": numbers, "unseen": unseen, "note": note}
    context["closed"] = MoneyYear.objects.filter(
        year=report.period.year, status=YearStatus.CLOSED
    ).first()
    return render(request, "reporting/report_accept.html", {**_around(report), **context})


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def report_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open an accepted report again, with a reason."""
    report = review_or_404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(report, user=signed_in(request), reason=form.cleaned_data["reason"])
        except ReportError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "De rapportage is weer open. De partner krijgt bericht.")
            return redirect("report_review", pk=pk)
    context = {**_around(report), "form": form}
    return render(request, "reporting/report_reopen.html", context)


@require_role(Role.CONTRACT_MANAGER)
@require_http_methods(METHODS)
def report_extend(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the partner more time: until when, and why."""
    report = review_or_404(pk)
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(report, user=signed_in(request), **form.cleaned_data)
        except ReportError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, "Het uitstel is vastgelegd.")
            return redirect("report_review", pk=pk)
    context = {**_around(report), "form": form}
    return render(request, "reporting/report_extend.html", context)


@require_role(*READERS)
@require_safe
def report_compare(request: HttpRequest, pk: int, first: int, second: int) -> HttpResponse:
    """Two rounds side by side, what differs first."""
    report = review_or_404(pk)
    before, after = round_or_404(report, first), round_or_404(report, second)
    context = {"report": report, "before": before, "after": after, "rows": compared(before, after)}
    return render(request, "reporting/report_compare.html", context)


@require_role(*READERS)
@require_safe
def round_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that was handed in, for the municipality."""
    kept = round_file_or_404(review_or_404(pk), file)
    return download(kept.file, kept.name)


# -- the public ------------------------------------------------------------------------------------
@login_not_required
@require_safe
def report_detail(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """A round that was accepted: what the partner told, without files and without names of people,
    and nothing of what was handed in and not accepted."""
    made = accepted_or_404(slug, pk, number)
    context = {
        "report": made.report,
        "page": round_page(made, content=published(content_of(made), withheld_of(made))),
        "stands": made.report.is_accepted
        and not made.report.rounds.filter(number__gt=number).exists(),
    }
    return render(request, "reporting/report_detail.html", context)
