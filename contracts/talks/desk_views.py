"""Talks behind the sign-in: the list, the file, planning, holding and laying down the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_role, roles_of, signed_in
from accounts.constants import OFFICER_ROLES
from accounts.history_pages import history_context
from contracts.actions import NotEditable
from contracts.actions import talks as actions
from contracts.changes import lines_of
from contracts.fingerprint import fingerprint
from contracts.models import ActionPoint, Attendance, Contract, Meeting, MeetingPoint
from contracts.talk_constants import MeetingKind
from contracts.talks.access import (
    READERS,
    WRITERS,
    listed,
    meeting_or_404,
    point_or_404,
    whole_meeting_or_404,
)
from contracts.talks.filters import MeetingFilter
from contracts.talks.forms import (
    ATTENDANCE,
    ATTENDANCE_FIELDS,
    CancelForm,
    MeetingForm,
    PointForm,
    RecordForm,
)
from contracts.talks.reading import context_of, meeting_page, meeting_rows
from core.edits import MEANWHILE
from core.filters import is_chosen

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25


def may_write(request: HttpRequest) -> bool:
    return bool(roles_of(request.user) & frozenset(WRITERS))


def at_meeting(meeting: Meeting) -> HttpResponseBase:
    return redirect("meeting_manage", meeting.pk)


def closed(request: HttpRequest, meeting: Meeting, why: str) -> HttpResponseBase:
    """Back to the file, with the reason why this cannot be done now."""
    messages.warning(request, why)
    return at_meeting(meeting)


@require_role(*READERS)
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Every talk, to search and to choose from, what is to come and what was last on top."""
    today = timezone.localdate()
    chosen = MeetingFilter(
        request.GET, queryset=Meeting.objects.order_by("-day", "-pk"), request=request
    )
    paginator = Paginator(listed(chosen.qs), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": meeting_rows(page, today),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
        "may_write": may_write(request),
        "overdue": ActionPoint.objects.overdue(today).count(),
    }
    return render(request, "contracts/meeting_list.html", context)


@require_role(*READERS)
@require_safe
def meeting_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a talk: each part with what may be done with it."""
    meeting = whole_meeting_or_404(pk)
    today = timezone.localdate()
    context = meeting_page(meeting, today)
    writes = may_write(request)
    context |= {
        "writes": writes,
        "edits": writes and not meeting.is_settled,
        "may_hold": writes and meeting.is_planned and meeting.day <= today,
        "reads_history": bool(roles_of(request.user) & OFFICER_ROLES),
    }
    return render(request, "contracts/meeting_manage.html", context)


@require_role(*sorted(OFFICER_ROLES))
@require_safe
def meeting_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in a talk; ``?deel=`` names one part of it."""
    meeting = meeting_or_404(pk)
    context = history_context(request, meeting) | context_of(meeting)
    return render(request, "contracts/meeting_history.html", context)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_add(request: HttpRequest) -> HttpResponseBase:
    """A new talk; ``?overeenkomst=`` is what it is about, ``?soort=`` who meet."""
    initial: dict[str, Any] = {}
    if slug := request.GET.get("overeenkomst"):
        initial["contracts"] = list(Contract.objects.readable().filter(slug=slug))
    if request.GET.get("soort") in MeetingKind.values:
        initial["kind"] = request.GET["soort"]
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.create_meeting(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het overleg is gepland.")
            return at_meeting(meeting)
    return render(request, "contracts/meeting_add.html", {"form": form})


def _no_editing(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return "Dit overleg is vervallen en verandert niet meer."
    return "Het verslag is vastgesteld. Er verandert niets meer aan." if meeting.is_settled else ""


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """When, where, about what and with whom."""
    meeting = meeting_or_404(pk)
    title = meeting.title
    if request.method != "POST" and (why := _no_editing(meeting)):
        return closed(request, meeting, why)
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_meeting(form, user=signed_in(request))
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            if saved:
                messages.success(request, "De gegevens zijn bewaard.")
                return at_meeting(meeting)
    return render(
        request, "contracts/meeting_edit.html", context_of(meeting, form=form, title=title)
    )


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_hold(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that a talk took place, after asking."""
    meeting = meeting_or_404(pk)
    if request.method == "POST":
        try:
            actions.hold(meeting, user=signed_in(request))
        except NotEditable as error:
            return closed(request, meeting, error.messages[0])
        messages.success(request, "Het overleg is gehouden. Schrijf nu het verslag.")
        return at_meeting(meeting)
    if not meeting.is_planned:
        return closed(request, meeting, actions.NOT_PLANNED)
    return render(request, "contracts/meeting_hold.html", context_of(meeting))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Call a talk off, with the reason; also one that was said to be held by mistake."""
    meeting = meeting_or_404(pk)
    if why := _no_editing(meeting):
        return closed(request, meeting, why)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(meeting, reason=form.cleaned_data["reason"], user=signed_in(request))
        except NotEditable as error:
            return closed(request, meeting, error.messages[0])
        messages.success(request, "Het overleg is vervallen.")
        return at_meeting(meeting)
    return render(request, "contracts/meeting_cancel.html", context_of(meeting, form=form))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lay the minutes down, after reading them once more."""
    meeting = whole_meeting_or_404(pk)
    if not meeting.is_held:
        why = _no_editing(meeting) or actions.NOT_HELD
        return closed(request, meeting, why)
    initial = {"seen": actions.mark_of(meeting)}
    form = RecordForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(meeting, seen=form.cleaned_data["seen"], user=signed_in(request))
        except NotEditable as error:
            return closed(request, meeting, " ".join(error.messages))
        messages.success(request, "Het verslag is vastgesteld.")
        return at_meeting(meeting)
    story = meeting_page(meeting, timezone.localdate())
    context = story | {"form": form, "missing": actions.not_ready(meeting)}
    return render(request, "contracts/meeting_record.html", context)


# -- agenda and minutes ----------------------------------------------------------------------------
@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_point_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new point on the agenda."""
    return _point(request, meeting_or_404(pk), None)


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_point_edit(request: HttpRequest, pk: int, point: int) -> HttpResponseBase:
    """A point that is there, and its minutes."""
    meeting = meeting_or_404(pk)
    return _point(request, meeting, point_or_404(meeting, point))


def _point(request: HttpRequest, meeting: Meeting, row: MeetingPoint | None) -> HttpResponseBase:
    if request.method != "POST" and (why := _no_editing(meeting)):
        return closed(request, meeting, why)
    name = row.title if row else ""
    form = PointForm(request.POST or None, instance=row or MeetingPoint(meeting=meeting))
    if meeting.is_planned:
        del form.fields["minutes"]  # there is nothing to tell yet
    if request.method == "POST" and form.is_valid():
        try:
            if actions.save_point(form, meeting, user=signed_in(request)):
                messages.success(request, "Het agendapunt is bewaard.")
                return at_meeting(meeting)
        except NotEditable as error:
            form.add_error(None, error.messages)
    page = "contracts/meeting_point_edit.html" if row else "contracts/meeting_point_add.html"
    return render(request, page, context_of(meeting, form=form, point=row, name=name))


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_point_delete(request: HttpRequest, pk: int, point: int) -> HttpResponseBase:
    """Take a point away, after asking."""
    meeting = meeting_or_404(pk)
    row = point_or_404(meeting, point)
    if why := _no_editing(meeting):
        return closed(request, meeting, why)
    if request.method == "POST":
        try:
            actions.remove_point(row, meeting, user=signed_in(request))
        except NotEditable as error:
            return closed(request, meeting, error.messages[0])
        messages.success(request, f"Verwijderd: {row.title}.")
        return at_meeting(meeting)
    return render(request, "contracts/meeting_point_delete.html", context_of(meeting, point=row))


def _attendance(meeting: Meeting) -> list[dict[str, Any]]:
    """Who is on the list, as the page shows them. One query."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("organisation")
    return [
        {name: getattr(row, name) for name in ATTENDANCE_FIELDS} for row in rows.order_by("order")
    ]


@require_role(*WRITERS)
@require_http_methods(METHODS)
def meeting_attendance(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who was invited, who was there, who was not and who was not involved."""
    meeting = meeting_or_404(pk)
    posted = request.method == "POST"
    if not posted and (why := _no_editing(meeting)):
        return closed(request, meeting, why)
    now = _attendance(meeting)
    seen = request.POST.get("was", "") if posted else fingerprint(now)
    held = {row["organisation"].pk for row in now if row["organisation"]}
    formset = ATTENDANCE(
        request.POST if posted else None,
        initial=None if posted else now,
        form_kwargs={"held": held},
    )
    context = context_of(meeting, formset=formset, problems=[])
    if posted and formset.is_valid():
        try:
            saved = actions.replace_attendance(
                meeting,
                held=lambda: _attendance(meeting),
                seen=seen,
                rows=formset.rows(),
                user=signed_in(request),
            )
        except NotEditable as error:
            context["problems"] = error.messages
        else:
            if saved:
                messages.success(request, "Bewaard wie erbij was.")
                return at_meeting(meeting)
            theirs = _attendance(meeting)
            seen = fingerprint(theirs)
            lines = lines_of(Attendance, theirs)["Regels"].splitlines()
            context |= {"problems": [MEANWHILE], "theirs": lines}
    context["was"] = seen
    return render(request, "contracts/meeting_attendance.html", context)
