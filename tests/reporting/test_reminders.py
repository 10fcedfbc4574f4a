"""Reminders: each once, to who can do something about it, and never when there is nothing to do."""

from __future__ import annotations

import datetime

import pytest

from core.models import OutboxMail
from core.outbox import send_outbox
from reporting import actions
from reporting.models import Report
from tests.reporting.cycle import Cycle, cycle, fill, submit

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def made() -> Cycle:
    return cycle()


def due(made: Cycle) -> datetime.date:
    assert made.report.due_on is not None
    return made.report.due_on


def subjects(made: Cycle) -> list[str]:
    mails = OutboxMail.objects.filter(text__contains=f"/{made.report.pk}/").order_by("pk")
    return [f"{mail.to}: {mail.subject.split(':')[0]}" for mail in mails]


def both(made: Cycle, word: str) -> list[str]:
    return [f"{user.email}: {word}" for user in (made.reporter, made.signatory)]


def test_two_weeks_ahead_those_who_write_are_told_once(made: Cycle) -> None:
    actions.remind_due(due(made) - 20 * DAY)
    assert subjects(made) == []
    for day in (14, 13, 1, 0):
        actions.remind_due(due(made) - day * DAY)
    assert subjects(made) == both(made, "In te dienen")


def test_the_day_after_they_are_told_once_more_and_then_no_more(made: Cycle) -> None:
    actions.remind_due(due(made))
    for day in (1, 2, 30):
        actions.remind_due(due(made) + day * DAY)
    assert subjects(made) == both(made, "In te dienen") + both(made, "Te laat")


def test_what_was_handed_in_is_not_asked_for(made: Cycle) -> None:
    fill(made)
    submit(made)
    OutboxMail.objects.all().delete()
    actions.remind_due(due(made))
    actions.remind_due(due(made) + 5 * DAY)
    assert subjects(made) == []


def test_who_got_more_time_is_reminded_of_that_day(made: Cycle) -> None:
    assert made.report.locks_on is not None
    until = made.report.locks_on + 30 * DAY
    actions.extend(made.report, user=made.manager, until=until, reason="Ziekte.")
    assert subjects(made) == both(made, "Uitstel")
    actions.remind_due(due(made) + DAY)
    assert subjects(made) == both(made, "Uitstel")
    actions.remind_due(until - 3 * DAY)
    assert subjects(made) == both(made, "Uitstel") + both(made, "In te dienen")


def test_more_time_after_it_was_late_is_a_new_day_to_be_reminded_of(made: Cycle) -> None:
    actions.remind_due(due(made))
    actions.remind_due(due(made) + DAY)
    until = due(made) + 60 * DAY
    actions.extend(made.report, user=made.manager, until=until, reason="Ziekte.")
    before = len(subjects(made))
    actions.remind_due(until)
    actions.remind_due(until + DAY)
    actions.remind_due(until + DAY)
    assert subjects(made)[before:] == both(made, "In te dienen") + both(made, "Te laat")


def test_a_mail_server_that_is_away_loses_no_reminder(
    made: Cycle, settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    actions.remind_due(due(made))
    waiting = list(OutboxMail.objects.values_list("key", "state"))
    send_outbox()
    assert list(OutboxMail.objects.values_list("key", "state")) == waiting
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert send_outbox().sent == len(waiting)
    actions.remind_due(due(made) + DAY - DAY)
    assert OutboxMail.objects.count() == len(waiting)


def test_a_report_of_a_period_that_still_runs_is_not_asked_for(made: Cycle) -> None:
    later = Report.objects.filter(contract=made.contract).order_by("period").last()
    assert later is not None
    actions.remind_due(due(made))
    assert not OutboxMail.objects.filter(text__contains=f"/{later.pk}/").exists()
