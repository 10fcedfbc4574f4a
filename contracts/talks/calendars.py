"""Talks as a calendar (RFC 5545), for a calendar on a telephone or desk.

It holds what, when, where and with which organisations; no names of people and no minutes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from contracts.models import Meeting
from contracts.talks.reading import partners_of

CONTENT_TYPE = "text/calendar; charset=utf-8"
LENGTH = datetime.timedelta(hours=1)  # nobody says how long a talk takes
PRODUCT = "-//Monitor Sociaal Domein//overleg//NL"


def as_calendar(meetings: Iterable[Meeting], *, for_partner: bool) -> bytes:
    """``meetings``, read with ``access.listed``, as an iCalendar file. No query."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Overleg sociaal domein")
    for meeting in meetings:
        calendar.add_component(_event(meeting, for_partner=for_partner))
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Meeting, *, for_partner: bool) -> Event:
    name = "portal_talk" if for_partner else "meeting_manage"
    event = Event()
    event.add("uid", f"overleg-{meeting.pk}@{settings.BASE_URL.split('//')[-1]}")
    # The same talk gives the same bytes until it is changed: its day and revision tell it.
    event.add("dtstamp", datetime.datetime.combine(meeting.day, datetime.time(), datetime.UTC))
    event.add("sequence", meeting.revision)
    partners = ", ".join(partners_of(meeting))
    kind = str(meeting.get_kind_display()).capitalize()
    event.add("summary", f"{kind}: {partners}" if partners else kind)
    event.add("description", meeting.title)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.starts_at is None:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + datetime.timedelta(days=1))
    else:
        zone = timezone.get_default_timezone()
        start = datetime.datetime.combine(meeting.day, meeting.starts_at, zone)
        event.add("dtstart", start.astimezone(datetime.UTC))
        event.add("dtend", (start + LENGTH).astimezone(datetime.UTC))
    event.add("status", "CONFIRMED")  # what was called off is not told at all
    event.add("url", f"{settings.BASE_URL}{reverse(name, args=[meeting.pk])}")
    return event
