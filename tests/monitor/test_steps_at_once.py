"""Two people at the same moment, on a database that lets them: one wins, and both hear how."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from accounts.constants import Role
from accounts.models import User
from core.models import OutboxMail
from monitor.actions import (
    Closed,
    EditionExists,
    TransitionError,
    adopt,
    back_to_draft,
    mark_judged,
    open_edition,
    publish,
)
from monitor.constants import MonitorKind, MonitorStatus
from monitor.forms import JudgementForm
from monitor.judging import judge
from monitor.models import Judgement, Monitor, Snapshot
from tests.factories import UserFactory
from tests.monitor.making import agenda, draft, judge_all, judged

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
    pytest.mark.django_db(transaction=True),
]
TIMES = 5
REFUSALS = (TransitionError, EditionExists, Closed)


@pytest.fixture
def person(transactional_db: None) -> User:
    return UserFactory.create(holds=[Role.POLICY_OFFICER])


def together(*calls: Callable[[], object]) -> list[object]:
    """Each call on a thread and connection of its own, at one moment; what each gave or raised."""
    barrier = threading.Barrier(len(calls))
    answers: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            answers[place] = call()
        except REFUSALS as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refused(answers: list[object]) -> int:
    return sum(isinstance(answer, REFUSALS) for answer in answers)


def again(monitor: Monitor) -> Monitor:
    return Monitor.objects.get(pk=monitor.pk)


def test_two_clerks_publish_once(person: User) -> None:
    UserFactory.create(holds=[Role.COUNCIL_MEMBER])
    monitor = judged(agenda(), person)
    adopt(monitor, user=person)
    answers = together(*[lambda: publish(again(monitor), user=person)] * 2)
    assert refused(answers) == 1
    assert Snapshot.objects.count() == 1
    assert OutboxMail.objects.count() == 1
    assert monitor.events.filter(to_status="published").count() == 1


def test_two_officers_open_one_edition(person: User) -> None:
    version = agenda()
    answers = together(
        *[lambda: open_edition(year=2019, kind=MonitorKind.ANNUAL, version=version, user=person)]
        * 2
    )
    assert refused(answers) == 1
    assert Judgement.objects.count() == 2


def test_a_verdict_is_in_before_the_edition_goes_to_the_college_or_is_refused(
    person: User,
) -> None:
    version = agenda()
    for year in range(2019, 2019 + TIMES):
        monitor = draft(version, person, year)
        judge_all(monitor)
        row = Judgement.objects.get(monitor=monitor, goal__slug="doel-0")
        data = {
            "verdict": "negative",
            "reason": "other",
            "explanation": "Toch niet.",
            "revision": str(row.revision),
        }
        form = JudgementForm(data, instance=row, suggested=None)
        assert form.is_valid()
        wrote, _ = together(
            lambda form=form: judge(form, user=person),  # type: ignore[misc]
            lambda monitor=monitor: mark_judged(again(monitor), user=person),  # type: ignore[misc]
        )
        row.refresh_from_db()
        monitor.refresh_from_db()
        assert monitor.status == MonitorStatus.JUDGED
        assert row.verdict == ("good" if isinstance(wrote, Closed) else "negative")


def test_what_the_college_adopts_is_not_taken_back_at_that_moment(person: User) -> None:
    version = agenda()
    for year in range(2019, 2019 + TIMES):
        monitor = judged(version, person, year)
        answers = together(
            lambda monitor=monitor: adopt(again(monitor), user=person),  # type: ignore[misc]
            lambda monitor=monitor: back_to_draft(  # type: ignore[misc]
                again(monitor), user=person, note="Toch niet"
            ),
        )
        assert refused(answers) == 1
        monitor.refresh_from_db()
        taken_back = isinstance(answers[0], TransitionError)
        assert monitor.status == (MonitorStatus.DRAFT if taken_back else MonitorStatus.ADOPTED)
        assert monitor.events.count() == 2
