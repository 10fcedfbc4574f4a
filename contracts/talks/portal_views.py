"""Talks in the portal of partners: what is shared with them, and their own action points."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contracts.actions import NotEditable
from contracts.actions import talks as actions
from contracts.models import ActionPoint, Decision, Meeting
from contracts.talk_constants import ActionStatus
from contracts.talks.access import (
    guest,
    listed,
    own_action_or_404,
    shared_meeting_or_404,
    told_actions,
    told_decisions,
    writing_for,
)
from contracts.talks.desk_views import METHODS, PER_PAGE
from contracts.talks.forms import ActionDoneForm, RaisedPointForm
from contracts.talks.reading import action_rows, decision_rows, meeting_page, meeting_rows


@require_safe
def portal_talks(request: HttpRequest) -> HttpResponse:
    """The talks that are shared with one's organisations, and the action points that are theirs."""
    who = guest(request.user)
    today = timezone.localdate()
    shared = Meeting.objects.shared_with(who.keys).order_by("-day", "-pk")
    page = Paginator(listed(shared), PER_PAGE).get_page(request.GET.get("page"))
    own = told_actions(ActionPoint.objects.owned_by(who.keys).by_term())
    context = {
        "organisations": who.organisations,
        "page": page,
        "rows": meeting_rows(page, today),
        "actions": action_rows(own.filter(status=ActionStatus.OPEN), today),
        "closed": action_rows(own.exclude(status=ActionStatus.OPEN)[:10], today),
        "decisions": decision_rows(
            told_decisions(Decision.objects.shared_with(who.keys).newest_first())[:10]
        ),
        "may_write": bool(who.writing),
        "own_keys": {row.pk for row in who.writing},
    }
    return render(request, "contracts/portal_talks.html", context)


@require_safe
def portal_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk: its agenda, minutes, action points and what was decided."""
    who = guest(request.user)
    meeting = shared_meeting_or_404(who, pk)
    context = meeting_page(meeting, timezone.localdate())
    shared = Decision.objects.shared_with(who.keys).filter(meeting=meeting)
    context["decisions"] = decision_rows(told_decisions(shared.newest_first()))
    context["own"] = {row.pk for row in who.writing}
    context["may_write"] = bool(who.writing)
    return render(request, "contracts/portal_talk.html", context)


@require_http_methods(METHODS)
def portal_point_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A point or a question of the partner, for a talk that is to come."""
    who = guest(request.user)
    meeting = shared_meeting_or_404(who, pk)
    organisation = writing_for(who, meeting)
    if request.method != "POST" and not meeting.is_planned:
        messages.warning(request, "Dit overleg is al geweest of vervallen.")
        return redirect("portal_talk", pk)
    form = RaisedPointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.raise_point(
                meeting, **form.cleaned_data, organisation=organisation, user=who.user
            )
        except NotEditable as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Uw punt staat op de agenda.")
            return redirect("portal_talk", pk)
    return render(request, "contracts/portal_point_add.html", {"form": form, "meeting": meeting})


@require_http_methods(METHODS)
def portal_action(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that an action point of one's own organisation is done."""
    who = guest(request.user)
    action = own_action_or_404(who, pk)
    if request.method != "POST" and not action.is_open:
        messages.warning(request, "Dit actiepunt is al afgerond.")
        return redirect("portal_talks")
    form = ActionDoneForm(request.POST or None, initial={"seen": action.status})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.move_action(
                action, ActionStatus.DONE, seen=typed["seen"], note=typed["note"], user=who.user
            )
        except NotEditable as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, "Het actiepunt is klaar. De gemeente ziet uw toelichting.")
        return redirect("portal_talks")
    return render(request, "contracts/portal_action.html", {"form": form, "action": action})
