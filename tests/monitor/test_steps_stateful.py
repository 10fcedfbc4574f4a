"""An edition under any order of steps and edits: a step that is refused changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.constants import Role
from monitor.actions import (
    Closed,
    TransitionError,
    adopt,
    back_to_draft,
    delete_draft,
    mark_judged,
    publish,
    remove_bottleneck,
    set_bottleneck_state,
)
from monitor.constants import BottleneckState, MonitorStatus, Verdict
from monitor.forms import BottleneckForm, JudgementForm
from monitor.judging import judge, save_bottleneck
from monitor.models import Bottleneck, Judgement, Monitor
from monitor.snapshots import read
from tests.factories import UserFactory
from tests.monitor.making import agenda, draft, earlier

GOALS = 2
VERDICTS = st.sampled_from(Verdict.values)
AFTER = {
    MonitorStatus.DRAFT: MonitorStatus.JUDGED,
    MonitorStatus.JUDGED: MonitorStatus.ADOPTED,
    MonitorStatus.ADOPTED: MonitorStatus.PUBLISHED,
}


class Life(RuleBasedStateMachine):
    """One edition over 2019; the machine keeps beside it what must be true of it."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.officer = UserFactory.create(holds=[Role.POLICY_OFFICER])
        version = agenda(GOALS)
        earlier(version)
        self.monitor = draft(version, self.officer)
        self.stale = Monitor.objects.get(pk=self.monitor.pk)
        self.status: MonitorStatus = MonitorStatus.DRAFT
        self.verdicts: dict[str, str | None] = {f"doel-{n}": None for n in range(GOALS)}
        self.steps: list[tuple[str, str]] = []
        self.bottlenecks = 1
        self.written = 0
        self.adopted: list[Any] = []

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def contents(self) -> list[Any]:
        return [
            *Judgement.objects.filter(monitor=self.monitor).order_by("pk").values(),
            *Bottleneck.objects.filter(monitor=self.monitor).order_by("pk").values(),
        ]

    # -- writing -----------------------------------------------------------------------------------
    @rule(goal=st.integers(0, GOALS - 1), verdict=VERDICTS, with_reason=st.booleans())
    def give_a_verdict(self, goal: int, verdict: str, with_reason: bool) -> None:
        row = Judgement.objects.get(monitor=self.monitor, goal__slug=f"doel-{goal}")
        data = {"verdict": verdict, "explanation": "Zo is het.", "revision": str(row.revision)}
        if with_reason:
            data["reason"] = "other"
        form = JudgementForm(data, instance=row, suggested=None)
        differs = verdict != Verdict.GOOD  # every goal stood on good
        assert form.is_valid() == (with_reason or not differs)
        if not form.is_valid():
            return
        if self.status == MonitorStatus.DRAFT:
            assert judge(form, user=self.officer)
            self.verdicts[f"doel-{goal}"] = verdict
        else:
            with pytest.raises(Closed):
                judge(form, user=self.officer)

    @rule()
    def add_a_bottleneck(self) -> None:
        goal = Judgement.objects.filter(monitor=self.monitor).first()
        assert goal is not None
        row = Bottleneck(monitor=self.monitor, state=BottleneckState.OPEN)
        self.written += 1
        text = f"Traag, nummer {self.written}."
        form = BottleneckForm({"place": f"g{goal.goal_id}", "text": text}, instance=row)
        assert form.is_valid(), form.errors
        if self.status == MonitorStatus.DRAFT:
            assert save_bottleneck(form, user=self.officer)
            self.bottlenecks += 1
        else:
            with pytest.raises(Closed):
                save_bottleneck(form, user=self.officer)

    @rule(state=st.sampled_from(BottleneckState.values[1:]), take_out=st.booleans())
    def handle_a_bottleneck(self, state: str, take_out: bool) -> None:
        row = Bottleneck.objects.filter(monitor=self.monitor).order_by("-pk").first()
        if row is None:
            return
        try:
            if take_out:
                remove_bottleneck(row, user=self.officer)
                self.bottlenecks -= 1
            else:
                set_bottleneck_state(row, BottleneckState(state), user=self.officer)
        except Closed:
            assert self.status != MonitorStatus.DRAFT
        else:
            assert self.status == MonitorStatus.DRAFT

    @rule()
    def write_past_the_application(self) -> None:
        """The database itself refuses a change of what the college adopted."""
        if self.status not in (MonitorStatus.ADOPTED, MonitorStatus.PUBLISHED):
            return
        for rows in (
            Judgement.objects.filter(monitor=self.monitor),
            Bottleneck.objects.filter(monitor=self.monitor),
        ):
            if rows.exists():
                with pytest.raises(IntegrityError), transaction.atomic():
                    rows.update(revision=99)

    # -- steps -------------------------------------------------------------------------------------
    def takes(self, to: MonitorStatus, may: bool, step: Any, **fields: Any) -> None:
        """``step`` from a page that may be old; it succeeds exactly when it ``may``."""
        before = self.contents()
        if may:
            step(self.stale, user=self.officer, **fields)
            self.steps.append((self.status.value, to.value))
            self.status = to
        else:
            with pytest.raises(TransitionError):
                step(self.stale, user=self.officer, **fields)
        assert self.contents() == before

    @rule()
    def put_before_the_college(self) -> None:
        ready = self.status == MonitorStatus.DRAFT and None not in self.verdicts.values()
        self.takes(MonitorStatus.JUDGED, ready, mark_judged)

    @rule()
    def take_back(self) -> None:
        judged = self.status == MonitorStatus.JUDGED
        self.takes(MonitorStatus.DRAFT, judged, back_to_draft, note="Toch niet")

    @rule(read_the_newest=st.booleans())
    def let_the_college_adopt(self, read_the_newest: bool) -> None:
        newest = self.monitor.events.order_by("-pk").values_list("pk", flat=True).first() or 0
        seen = newest if read_the_newest else newest - 1
        may = self.status == MonitorStatus.JUDGED and read_the_newest
        self.takes(MonitorStatus.ADOPTED, may, adopt, last_event=seen)
        if may:
            self.adopted = self.contents()

    @rule()
    def offer_to_the_council(self) -> None:
        self.takes(MonitorStatus.PUBLISHED, self.status == MonitorStatus.ADOPTED, publish)

    @rule()
    def throw_away(self) -> None:
        """Never once something was judged or a step was taken."""
        if self.status == MonitorStatus.DRAFT and not any(self.verdicts.values()):
            return
        with pytest.raises(TransitionError):
            delete_draft(self.stale, user=self.officer)

    # -- what is always true -----------------------------------------------------------------------
    @invariant()
    def the_rows_say_what_happened(self) -> None:
        if not hasattr(self, "monitor"):
            return
        held = Monitor.objects.get(pk=self.monitor.pk)
        assert held.status == self.status
        rows = Judgement.objects.filter(monitor=held).values_list("goal__slug", "verdict")
        assert dict(rows) == self.verdicts
        assert held.bottlenecks.count() == self.bottlenecks
        events = held.events.order_by("pk").values_list("from_status", "to_status")
        assert list(events) == self.steps
        for before, after in self.steps:
            assert after == AFTER.get(MonitorStatus(before)) or (before, after) == (
                "judged",
                "draft",
            )

    @invariant()
    def what_was_adopted_stays_and_is_what_was_published(self) -> None:
        if not hasattr(self, "monitor"):
            return
        if self.adopted:
            assert self.contents() == self.adopted
        snapshots = list(self.monitor.snapshots.all())
        assert len(snapshots) == (self.status == MonitorStatus.PUBLISHED)
        for snapshot in snapshots:
            goals = {goal["slug"]: goal["verdict"] for goal in read(snapshot)["goals"]}
            assert goals == self.verdicts


@pytest.mark.django_db
def test_an_edition_keeps_its_rules_under_any_order_of_steps() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(max_examples=15, stateful_step_count=25, deadline=None),
    )
