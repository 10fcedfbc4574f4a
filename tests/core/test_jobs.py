"""Jobs: asked for once, done once, stopped when asked, taken back when their worker died."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from core import jobs
from core.constants import JobState
from core.jobs import JobCancelled, JobFailed, JobRun, UnknownKind
from core.models import Job, LeaseLost, OutboxMail, WrongState

pytestmark = pytest.mark.django_db


class Holder:
    handler: Callable[[JobRun], dict[str, Any]]


def handle(run: JobRun) -> dict[str, Any]:
    return Holder.handler(run)


@pytest.fixture(autouse=True)
def _handlers(settings: Settings) -> None:
    settings.JOB_HANDLERS = {"probe": "tests.core.test_jobs.handle"}
    Holder.handler = lambda run: {"seen": run.payload}


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr("core.jobs.wake", lambda *call: calls.append(call))
    return calls


def _expire(job: Job) -> None:
    past = timezone.now() - datetime.timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past)
    job.refresh_from_db()


# -- asking ----------------------------------------------------------------------------------------
def test_asking_twice_for_the_same_work_gives_the_same_job() -> None:
    first = jobs.enqueue("probe", "a", {"n": 1})
    assert jobs.enqueue("probe", "a", {"n": 2}) == first
    assert jobs.enqueue("probe", "b", {"n": 1}) != first


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.DONE])
def test_a_running_or_done_job_is_returned_again(state: JobState) -> None:
    job = jobs.enqueue("probe", "a", {})
    token = job.claim()
    if state is JobState.DONE:
        job.finish(token, {"x": 1})
    assert jobs.enqueue("probe", "a", {}) == job


def test_after_a_failed_job_the_same_work_gets_a_new_job() -> None:
    job = jobs.enqueue("probe", "a", {})
    job.fail(job.claim(), "Het ging mis.")
    assert jobs.enqueue("probe", "a", {}) != job


def test_asking_for_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        jobs.enqueue("nonsense", "a", {})
    assert not Job.objects.exists()


def test_workers_hear_of_a_job_when_the_transaction_commits(
    woken: list[tuple[Any, ...]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("probe", "a", {})
        jobs.enqueue("probe", "a", {})
        assert woken == []
    assert woken == [("core.run_job", job.pk)]


def test_two_processes_that_ask_at_once_get_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    winner = jobs.enqueue("probe", "a", {})
    queryset = type(Job.objects.all())
    look = queryset.holding_key
    looks: list[int] = []

    def too_early(self: Any) -> Any:
        looks.append(1)
        return self.none() if len(looks) == 1 else look(self)

    monkeypatch.setattr(queryset, "holding_key", too_early)
    assert jobs.enqueue("probe", "a", {}) == winner
    assert len(looks) == 2
    assert Job.objects.count() == 1


def test_the_database_refuses_a_second_live_job_with_the_same_key() -> None:
    Job.objects.create(kind="probe", key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="probe", key="a")


@pytest.mark.parametrize(
    "wrong",
    [
        {"progress": 101},
        {"state": "nonsense"},
        {"attempts": 4, "max_attempts": 3},
        {"max_attempts": 0},
        {"state": "running"},
        {"lease_token": "x"},
        {"state": "done"},
        {"finished_at": timezone.now()},
        {"state": "failed", "finished_at": timezone.now(), "error": ""},
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="probe", key="a", **wrong)


# -- doing -----------------------------------------------------------------------------------------
def test_a_job_runs_its_handler_and_keeps_the_result() -> None:
    job = jobs.enqueue("probe", "a", {"n": 1})
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.progress, job.attempts) == (
        "done",
        {"seen": {"n": 1}},
        100,
        1,
    )
    assert job.started_at
    assert job.finished_at


def test_a_second_message_for_the_same_job_does_nothing() -> None:
    runs: list[int] = []
    job = jobs.enqueue("probe", "a", {})

    def handler(run: JobRun) -> dict[str, Any]:
        runs.append(1)
        jobs.run(job.pk)  # another worker gets the same message meanwhile
        return {}

    Holder.handler = handler
    jobs.run(job.pk)
    jobs.run(job.pk)
    jobs.run(999_999)
    assert len(runs) == 1


def test_of_two_workers_that_claim_at_once_one_wins() -> None:
    job = jobs.enqueue("probe", "a", {})
    same = Job.objects.get(pk=job.pk)
    job.claim()
    with pytest.raises(WrongState):
        same.claim()


def test_a_handler_shows_its_progress() -> None:
    job = jobs.enqueue("probe", "a", {})
    shown: list[Any] = []

    def handler(run: JobRun) -> dict[str, Any]:
        run.progress(40, "Hoofdstuk 2")
        shown.extend(Job.objects.values_list("progress", "progress_text"))
        run.progress(250)
        shown.extend(Job.objects.values_list("progress", "progress_text"))
        return {}

    Holder.handler = handler
    jobs.run(job.pk)
    assert shown == [(40, "Hoofdstuk 2"), (100, "")]


def test_progress_extends_the_lease(settings: Settings) -> None:
    job = jobs.enqueue("probe", "a", {})
    token = job.claim()
    _expire(job)
    JobRun(job, token).progress(10)
    job.refresh_from_db()
    assert job.lease_until
    assert job.lease_until > timezone.now()


def test_a_worker_that_lost_its_lease_cannot_finish_the_job() -> None:
    job = jobs.enqueue("probe", "a", {})

    def handler(run: JobRun) -> dict[str, Any]:
        if run.job.attempts == 1:
            _expire(Job.objects.get(pk=job.pk))
            jobs.sweep()
            jobs.run(job.pk)  # the other worker, from start to end
            return {"by": "the first"}
        return {"by": "the second"}

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", {"by": "the second"}, 2)


def test_what_a_job_writes_while_finishing_is_written_once() -> None:
    job = jobs.enqueue("probe", "a", {})
    keys = iter(range(100))

    def handler(run: JobRun) -> dict[str, Any]:
        if run.job.attempts == 1:
            _expire(Job.objects.get(pk=job.pk))
            jobs.sweep()
            jobs.run(job.pk)
        with run.finishing() as result:
            mail = OutboxMail.objects.create(key=str(next(keys)), to="a@example.org", subject="x")
            result["mail"] = mail.pk
        return result

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert OutboxMail.objects.count() == 1
    assert job.result == {"mail": OutboxMail.objects.get().pk}


def test_what_a_job_writes_is_undone_when_finishing_fails() -> None:
    job = jobs.enqueue("probe", "a", {}, max_attempts=1)

    def handler(run: JobRun) -> dict[str, Any]:
        with run.finishing():
            OutboxMail.objects.create(key="x", to="a@example.org", subject="x")
            raise JobFailed("Toch niet.")

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.progress) == ("failed", "Toch niet.", 0)
    assert not OutboxMail.objects.exists()


def test_a_handler_that_gives_up_says_why_to_the_user() -> None:
    job = jobs.enqueue("probe", "a", {})

    def handler(run: JobRun) -> dict[str, Any]:
        raise JobFailed("Dit jaar heeft geen monitor.")

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "Dit jaar heeft geen monitor.", 1)


def test_an_unexpected_error_is_tried_again_until_the_attempts_are_used_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = jobs.enqueue("probe", "a", {}, max_attempts=2)

    def handler(run: JobRun) -> dict[str, Any]:
        raise ZeroDivisionError

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("queued", "")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 2)
    assert job.error == jobs.WENT_WRONG.format(attempts=2)
    assert "ZeroDivisionError" in caplog.text


def test_a_job_that_takes_too_long_fails_in_plain_dutch() -> None:
    job = jobs.enqueue("probe", "a", {})

    def handler(run: JobRun) -> dict[str, Any]:
        raise SoftTimeLimitExceeded

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", jobs.TOOK_TOO_LONG)


def test_a_heartbeat_for_a_lost_lease_is_refused() -> None:
    job = jobs.enqueue("probe", "a", {})
    token = job.claim()
    job.give_back(token)
    with pytest.raises(LeaseLost):
        job.beat(token)


# -- stopping and again ----------------------------------------------------------------------------
def test_cancelling_a_waiting_job_stops_it_at_once() -> None:
    job = jobs.enqueue("probe", "a", {})
    jobs.cancel(job)
    assert job.state == "cancelled"
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("cancelled", 0)


def test_cancelling_a_running_job_stops_it_at_its_next_step() -> None:
    job = jobs.enqueue("probe", "a", {})
    reached: list[bool] = []

    def handler(run: JobRun) -> dict[str, Any]:
        reached.append(run.cancelled)
        jobs.cancel(Job.objects.get(pk=job.pk))
        reached.append(run.cancelled)
        run.progress(50)
        reached.append(run.cancelled)
        return {}

    Holder.handler = handler
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert reached == [False, True]


def test_cancelling_a_finished_job_changes_nothing() -> None:
    job = jobs.enqueue("probe", "a", {})
    jobs.run(job.pk)
    jobs.cancel(job)
    assert job.state == "done"


@pytest.mark.parametrize("outcome", ["done", "failed", "cancelled"])
def test_a_finished_job_can_be_done_again(outcome: str, woken: list[Any]) -> None:
    job = jobs.enqueue("probe", "a", {})
    token = job.claim()
    {
        "done": lambda: job.finish(token, {"old": 1}),
        "failed": lambda: job.fail(token, "Mis."),
        "cancelled": lambda: job.stop(token),
    }[outcome]()
    assert jobs.rebuild(job) == job
    assert (job.state, job.attempts, job.result, job.error) == ("queued", 0, {}, "")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done"


def test_doing_again_what_another_job_does_by_now_gives_that_one() -> None:
    failed = jobs.enqueue("probe", "a", {})
    failed.fail(failed.claim(), "Mis.")
    live = jobs.enqueue("probe", "a", {})
    assert jobs.rebuild(failed) == live
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_a_live_job_is_not_done_again() -> None:
    job = jobs.enqueue("probe", "a", {})
    with pytest.raises(WrongState):
        jobs.rebuild(job)


def test_the_queue_says_who_is_next(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second, third = (jobs.enqueue("probe", key, {}) for key in "abc")
    with django_assert_num_queries(3):
        assert [jobs.queue_position(job) for job in (first, second, third)] == [1, 2, 3]
    first.claim()
    assert [jobs.queue_position(job) for job in (first, second, third)] == [None, 1, 2]


# -- taking back -----------------------------------------------------------------------------------
def test_the_sweep_takes_back_what_lost_its_lease(woken: list[tuple[Any, ...]]) -> None:
    job = jobs.enqueue("probe", "a", {})
    job.claim()
    assert jobs.sweep() == jobs.Swept()
    _expire(job)
    assert jobs.sweep() == jobs.Swept(requeued=1)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
    assert woken == [("core.run_job", job.pk)]


def test_the_sweep_leaves_a_job_that_shows_life_meanwhile() -> None:
    job = jobs.enqueue("probe", "a", {})
    token = job.claim()
    _expire(job)
    seen_by_the_sweep = Job.objects.lease_expired(timezone.now()).get()
    job.beat(token)
    with pytest.raises(LeaseLost):
        seen_by_the_sweep.give_back(token, expired=timezone.now())
    job.refresh_from_db()
    assert job.state == "running"


def test_a_job_that_is_interrupted_too_often_fails_in_plain_dutch() -> None:
    job = jobs.enqueue("probe", "a", {}, max_attempts=2)
    for expected in ("queued", "failed"):
        job.claim()
        _expire(job)
        jobs.sweep()
        job.refresh_from_db()
        assert job.state == expected
    assert job.error == jobs.INTERRUPTED.format(attempts=2)


def test_a_job_that_was_to_stop_when_its_worker_died_is_stopped_by_the_sweep() -> None:
    job = jobs.enqueue("probe", "a", {})
    job.claim()
    jobs.cancel(job)
    _expire(job)
    assert jobs.sweep() == jobs.Swept(cancelled=1)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_the_sweep_calls_again_for_a_job_whose_message_got_lost(
    woken: list[tuple[Any, ...]],
) -> None:
    job = jobs.enqueue("probe", "a", {})
    assert jobs.sweep() == jobs.Swept()
    Job.objects.update(woken_at=timezone.now() - datetime.timedelta(hours=1))
    assert jobs.sweep() == jobs.Swept(woken=1)
    assert woken == [("core.run_job", job.pk)]
    assert jobs.sweep() == jobs.Swept()


@examples(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(
                ["claim", "beat", "finish", "fail", "expire", "sweep", "cancel", "check", "rebuild"]
            ),
        ),
        max_size=25,
    )
)
def test_whatever_two_workers_do_a_job_is_finished_once_per_round(
    steps: list[tuple[int, str]],
) -> None:
    """Any interleaving of two workers, sweeps and people keeps every rule of the table."""
    mark = transaction.savepoint()
    try:
        job = jobs.enqueue("probe", "a", {}, max_attempts=3)
        tokens: dict[int, str] = {}
        holder: str | None = None
        for worker, verb in steps:
            mine = Job.objects.get(pk=job.pk)
            before = mine.state
            token = tokens.get(worker, "none")
            try:
                if verb == "claim":
                    tokens[worker] = holder = mine.claim()
                    assert before == "queued"
                elif verb == "beat":
                    mine.beat(token, progress=50)
                    assert token == holder
                elif verb == "finish":
                    mine.finish(token, {"by": token})
                    assert token == holder
                    assert before == "running"
                elif verb == "fail":
                    mine.fail(token, "Mis.")
                    assert token == holder
                elif verb == "expire":
                    if before == "running":
                        _expire(mine)
                elif verb == "sweep":
                    jobs.sweep()
                elif verb == "cancel":
                    jobs.cancel(mine)
                elif verb == "check":
                    JobRun(mine, token).check()
                    assert token == holder
                else:
                    jobs.rebuild(mine)
                    assert before in {"done", "failed", "cancelled"}
            except (WrongState, JobCancelled):
                pass
            mine.refresh_from_db()
            holder = mine.lease_token or None
            assert mine.attempts <= mine.max_attempts
            assert mine.state != "done" or mine.result["by"] in tokens.values()
            connection.check_constraints()
    finally:
        transaction.savepoint_rollback(mark)
