"""What pages tell of talks of the council, as plain data. Reads only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from accounts.history import key_of
from agenda.models import Agenda, CouncilTalk, CouncilTalkPoint, Goal
from agenda.story import Story, provenance


def point_story(point: CouncilTalkPoint, today: datetime.date) -> Story:
    """A point; a promise with how it stands on ``today``."""
    return {
        "pk": point.pk,
        "about": point.about,
        "is_promise": point.is_promise,
        "text": point.text,
        "promised_by": point.promised_by,
        "due_on": point.due_on,
        "done_on": point.done_on,
        "done_note": point.done_note,
        "is_late": point.is_late(today),
    }


def talk_story(
    talk: CouncilTalk, points: Iterable[CouncilTalkPoint], today: datetime.date
) -> Story:
    """A talk with ``points`` of it; needs its agenda and source."""
    told = [point_story(point, today) for point in points]
    return {
        "pk": talk.pk,
        "body": talk.get_body_display(),
        "held_on": talk.held_on,
        "when": talk.when,
        "version": talk.version.number,
        "agenda": talk.version.agenda.short_name,
        "slug": talk.version.agenda.slug,
        "summary": talk.summary,
        "url": talk.url,
        "is_example": talk.is_example,
        "source": provenance(talk),
        "points": told,
        "promises": sum(row["is_promise"] for row in told),
        "open": sum(row["is_promise"] and not row["done_on"] for row in told),
    }


def talks_about(agenda: Agenda, today: datetime.date) -> list[Story]:
    """The public talks about ``agenda``, newest first. Two queries."""
    rows = CouncilTalk.objects.readable().filter(version__agenda=agenda).with_agenda()
    return [talk_story(row, row.points.all(), today) for row in rows.prefetch_related("points")]


def talks_about_goal(goal: Goal, today: datetime.date) -> list[Story]:
    """The public talks in which ``goal``, its theme or the theme above was spoken of, with those
    points only. Two queries."""
    themes = [each for each in (goal.theme, goal.theme.parent) if each is not None]
    keys = {key_of(goal), *(key_of(each) for each in themes)}
    rows = CouncilTalk.objects.readable().filter(points__about_key__in=keys).distinct()
    found = rows.with_agenda().prefetch_related("points")
    return [
        talk_story(row, [each for each in row.points.all() if each.about_key in keys], today)
        for row in found
    ]
