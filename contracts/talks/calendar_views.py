"""Talks in the calendar of a telephone or desk: one talk as a file, or all by a secret address."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import roles_of, signed_in
from accounts.constants import PARTNER_ROLES
from accounts.models import User
from contracts.actions import talks as actions
from contracts.models import CalendarFeed
from contracts.talks.access import NO_MEETING, READERS, feed_or_404, listed, meetings_for
from contracts.talks.calendars import CONTENT_TYPE, as_calendar
from contracts.talks.desk_views import METHODS

MAY = frozenset(READERS) | PARTNER_ROLES
#: Years back that a calendar is told of: what is older stands in the application.
YEARS_BACK = 2


def _refuse_others(request: HttpRequest) -> User:
    if not roles_of(request.user) & MAY:
        raise PermissionDenied("Deze bladzijde is voor wie overlegt.")
    return signed_in(request)


def _is_partner(user: User) -> bool:
    return not roles_of(user) & frozenset(READERS)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk, to put in a calendar."""
    user = _refuse_others(request)
    meeting = listed(meetings_for(user).filter(pk=pk)).first()
    if meeting is None:
        raise Http404(NO_MEETING)
    return _file(as_calendar([meeting], for_partner=_is_partner(user)), f"overleg-{pk}.ics")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The talks of whoever has this secret address; what this person may read today, no more."""
    user = feed_or_404(token)
    since = timezone.localdate().year - YEARS_BACK
    rows = listed(meetings_for(user).filter(day__year__gte=since).by_day())
    return _file(as_calendar(rows, for_partner=_is_partner(user)), "overleg.ics")


@require_http_methods(METHODS)
def calendar_address(request: HttpRequest) -> HttpResponseBase:
    """Make, renew or end one's own secret address. A new one is shown this once."""
    user = _refuse_others(request)
    address = ""
    if request.method == "POST":
        if "stop" in request.POST:
            actions.end_feed(user)
        else:
            token = actions.new_feed(user)
            address = f"{settings.BASE_URL}{reverse('calendar_feed', args=[token])}"
    context = {
        "feed": CalendarFeed.objects.filter(user=user).first(),
        "address": address,
        "is_partner": _is_partner(user),
    }
    return render(request, "contracts/calendar_address.html", context)
