"""The agenda sheet of a talk, the reports that it is about, and decisions on a report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import STAFF_ROLES
from contracts.actions import NotEditable
from contracts.actions import talks as talk_actions
from contracts.models import Meeting
from contracts.talk_constants import DecisionKind
from contracts.talks.access import READERS, WRITERS, meeting_or_404, whole_meeting_or_404
from contracts.talks.desk_views import METHODS, may_write
from contracts.talks.forms import DecisionForm
from core.downloads import inline_pdf
from core.status import job_context
from reporting.access import review_or_404
from reporting.actions.talking import hang_on_report, set_talked_reports
from reporting.models import SheetDocument
from reporting.talks.documents import file_name, request_sheet
from reporting.talks.forms import TalkedReportsForm
from reporting.talks.sheet import reports_of, sheet


def _document(meeting: Meeting, *, may_make: bool) -> dict[str, Any]:
    """How far the PDF of the sheet is. Two queries at most."""
    rows = SheetDocument.objects.filter(meeting=meeting).select_related("job", "file")
    document = rows.first()
    shown: dict[str, Any] = {"document": document}
    if document is None:
        return shown
    url = reverse("meeting_sheet_pdf", args=[meeting.pk]) if document.file_id else ""
    shown["document_url"] = url
    if document.job is not None:
        shown |= job_context(
            document.job,
            status_url=reverse("meeting_sheet_job", args=[meeting.pk]),
            rebuild_url=reverse("meeting_sheet_make", args=[meeting.pk]) if may_make else "",
            result_url=url,
            result_label="Open het agendablad (pdf)",
        )
    return shown


@require_role(*READERS)
@require_safe
def meeting_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda sheet, made of what is known."""
    meeting = whole_meeting_or_404(pk)
    makes = may_write(request)
    context: dict[str, Any] = {"meeting": meeting, "sheet": sheet(meeting), "may_write": makes}
    context["reads_reports"] = bool(roles_of(request.user) & STAFF_ROLES)
    context |= {"reports": reports_of(meeting)} | _document(meeting, may_make=makes)
    return render(request, "reporting/meeting_sheet.html", context)


@require_role(*READERS)
@require_safe
def meeting_sheet_job(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that asks for itself every second while the PDF is being made."""
    shown = _document(meeting_or_404(pk), may_make=may_write(request))
    if "job" not in shown:
        raise Http404("Dit agendablad is nog niet als pdf gevraagd.")
    return render(request, "core/_job.html", shown)


@require_role(*WRITERS)
@require_POST
def meeting_sheet_make(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask for the PDF; what is there and still tells the same is not made again."""
    meeting = whole_meeting_or_404(pk)
    document = request_sheet(meeting, requested_by=str(request.user))
    if document.job is not None and document.job.is_live:
        messages.success(request, "Het agendablad wordt gemaakt. U kunt doorwerken.")
    else:
        messages.success(request, "De pdf is er al, en zegt hetzelfde als deze bladzijde.")
    return redirect("meeting_sheet", pk)


@require_role(*READERS)
@require_safe
def meeting_sheet_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF as it was made last."""
    meeting = meeting_or_404(pk)
    document = SheetDocument.objects.filter(meeting=meeting).select_related("file").first()
    if document is None or document.file is None:
        raise Http404("Van dit agendablad is nog geen pdf gemaakt.")
    return inline_pdf(request, document.file, file_name(meeting), is_public=False)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_reports(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which reports the talk is about."""
    meeting = whole_meeting_or_404(pk)
    keys = [row.pk for row in meeting.contracts.all()]
    initial = {"reports": reports_of(meeting)}
    form = TalkedReportsForm(request.POST or None, initial=initial, contracts=keys)
    if request.method == "POST":
        form = TalkedReportsForm(request.POST, contracts=keys)
        if form.is_valid():
            try:
                set_talked_reports(meeting, form.cleaned_data["reports"])
            except NotEditable as error:
                messages.warning(request, error.messages[0])
            else:
                messages.success(request, "Bewaard welke rapportages u bespreekt.")
            return redirect("meeting_sheet", pk)
    return render(request, "reporting/meeting_reports.html", {"form": form, "meeting": meeting})


@require_role(*WRITERS)
@require_http_methods(METHODS)
def report_decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lay a decision on a report down, such as that the municipality agrees to it."""
    report = review_or_404(pk)
    initial = {
        "kind": DecisionKind.AGREEMENT,
        "title": f"Ambtelijk akkoord op {report.title}"[:200],
        "decided_on": timezone.localdate(),
        "contracts": [report.contract],
    }
    form = DecisionForm(request.POST or None, initial=initial, about=[report.contract])
    if request.method == "POST" and form.is_valid():
        try:
            talk_actions.decide(
                form, user=signed_in(request), after=lambda made: _hang(made, report)
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het besluit is vastgelegd bij deze rapportage.")
            return redirect("report_review", pk)
    return render(request, "reporting/report_decide.html", {"form": form, "report": report})


def _hang(made: Any, report: Any) -> None:
    hang_on_report(made, report)
