"""A report under any order of steps by all who touch it: what is refused changes nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
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

from core.models import OutboxMail
from reporting import actions
from reporting.actions import NotReady, RemarkText, ReportError, draft_of
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Report, Round
from tests.reporting.cycle import MOMENT, answers, cycle, write

OPEN = {ReportStatus.OPEN, ReportStatus.RETURNED}
DAY = datetime.timedelta(days=1)
ASIDE = "goes_well-text"


class Life(RuleBasedStateMachine):
    """One report over the first half of 2019; the machine keeps beside it what must be true."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.cycle = cycle(2)
        self.report = self.cycle.report
        self.now = MOMENT
        assert self.report.locks_on is not None
        self.locks_on: datetime.date = self.report.locks_on
        self.until = self.locks_on
        self.status = ReportStatus.OPEN
        self.filled = False
        self.unanswered = False
        self.rounds: list[tuple[int, str]] = []
        self.steps: list[tuple[str, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def contents(self) -> list[Any]:
        return [
            *Report.objects.filter(pk=self.report.pk).values_list("status"),
            *self.report.rounds.order_by("number").values_list("number", "sha256"),
            *self.report.events.order_by("pk").values_list("pk"),
            *self.report.answers.order_by("key").values_list("key", "text", "revision"),
            *OutboxMail.objects.order_by("pk").values_list("key"),
        ]

    def refused(self, kind: type[Exception] | tuple[type[Exception], ...], call: Any) -> None:
        before = self.contents()
        with pytest.raises(kind), transaction.atomic():
            call()
        assert self.contents() == before

    def moved(self, to: ReportStatus) -> None:
        self.steps.append((self.status.value, to.value))
        self.status = to

    # -- the partner -------------------------------------------------------------------------------
    @rule(text=st.sampled_from(["Het gaat goed.", "ca. 12", "=1+1", "é" * 400]))
    def type_something(self, text: str) -> None:
        typed = {**answers(self.cycle), ASIDE: text}
        typed |= {f"remark-{row.pk}": "Aangevuld." for row in self._remarks()}
        if self.status in OPEN:
            write(self.cycle, typed)
            self.filled, self.unanswered = True, False
        else:
            self.refused(ReportError, lambda: write(self.cycle, typed))

    @rule()
    def empty_the_draft(self) -> None:
        if self.status in OPEN:
            write(self.cycle, dict.fromkeys(answers(self.cycle), ""))
            self.filled = False

    def _remarks(self) -> list[Any]:
        newest = self.report.rounds.order_by("-number").first()
        return list(newest.remarks.all()) if newest else []

    def _hand_in(self, seen: str | None = None) -> Round:
        report = Report.objects.get(pk=self.report.pk)
        seen = draft_of(report).seen if seen is None else seen
        return actions.submit(self.cycle.desk(), user=self.cycle.signatory, seen=seen, at=self.now)

    @rule(read_the_newest=st.booleans())
    def hand_in(self, read_the_newest: bool) -> None:
        seen = None if read_the_newest else "iets ouders"
        locked = self.status == ReportStatus.OPEN and self.now.date() > self.until
        if self.status not in OPEN or locked or not read_the_newest:
            self.refused(ReportError, lambda: self._hand_in(seen))
        elif not self.filled or self.unanswered:
            self.refused(NotReady, self._hand_in)
        else:
            made = self._hand_in()
            self.moved(ReportStatus.SUBMITTED)
            self.rounds.append((made.number, made.sha256))

    @rule(who=st.sampled_from(["reporter", "reader"]))
    def let_somebody_hand_in_who_may_not_sign(self, who: str) -> None:
        desk = self.cycle.desk(getattr(self.cycle, who))
        seen = draft_of(Report.objects.get(pk=self.report.pk)).seen
        user = getattr(self.cycle, who)
        self.refused(
            PermissionDenied, lambda: actions.submit(desk, user=user, seen=seen, at=self.now)
        )

    # -- the municipality --------------------------------------------------------------------------
    def _read(self, newest: bool) -> int:
        return len(self.rounds) if newest else len(self.rounds) - 1

    @rule(newest=st.booleans(), on_a_field=st.booleans())
    def send_back(self, newest: bool, on_a_field: bool) -> None:
        asked = [RemarkText(ASIDE, "Resultaten", "Waarom?")] if on_a_field else []

        def step() -> None:
            actions.return_(
                self.report,
                user=self.cycle.manager,
                round_number=self._read(newest),
                remarks=asked,
                note="" if on_a_field else "Kijk er nog eens naar.",
                at=self.now,
            )

        if self.status == ReportStatus.SUBMITTED and newest:
            step()
            self.moved(ReportStatus.RETURNED)
            self.unanswered = on_a_field
        else:
            self.refused(ReportError, step)

    @rule()
    def send_back_without_a_word(self) -> None:
        self.refused(
            ReportError,
            lambda: actions.return_(
                self.report,
                user=self.cycle.manager,
                round_number=len(self.rounds),
                remarks=[RemarkText(ASIDE, "Resultaten", "  ")],
            ),
        )

    @rule(newest=st.booleans())
    def accept(self, newest: bool) -> None:
        def step() -> None:
            actions.accept(
                self.report,
                user=self.cycle.manager,
                round_number=self._read(newest),
                at=self.now,
            )

        if self.status == ReportStatus.SUBMITTED and newest:
            step()
            self.moved(ReportStatus.ACCEPTED)
        else:
            self.refused(ReportError, step)

    @rule(reason=st.sampled_from(["", "Een cijfer bleek niet te kloppen."]))
    def open_again(self, reason: str) -> None:
        def step() -> None:
            actions.reopen(self.report, user=self.cycle.manager, reason=reason, at=self.now)

        if self.status == ReportStatus.ACCEPTED and reason:
            step()
            self.moved(ReportStatus.RETURNED)
            self.unanswered = False
        else:
            self.refused(ReportError, step)

    @rule(days=st.integers(-5, 60))
    def give_more_time(self, days: int) -> None:
        until = self.locks_on + days * DAY

        def step() -> None:
            actions.extend(
                self.report,
                user=self.cycle.manager,
                until=until,
                reason="Ziekte.",
                at=self.now,
            )

        if days > 0:
            step()
            self.until = max(self.until, until)
        else:
            self.refused(ReportError, step)

    @rule(days=st.integers(1, 40))
    def let_time_pass(self, days: int) -> None:
        self.now += days * DAY

    @rule()
    def write_past_the_application(self) -> None:
        """The database itself refuses a change of what was handed in."""
        if self.rounds:
            self.refused(IntegrityError, lambda: self.report.rounds.update(payload="{}"))
            self.refused(IntegrityError, lambda: self.report.events.update(note="anders"))

    # -- what is always true -----------------------------------------------------------------------
    @invariant()
    def the_rows_say_what_happened(self) -> None:
        if not hasattr(self, "report"):
            return
        held = Report.objects.get(pk=self.report.pk)
        assert held.status == self.status
        rounds = list(held.rounds.order_by("number").values_list("number", "sha256"))
        assert rounds == self.rounds
        assert [number for number, _ in rounds] == list(range(1, len(rounds) + 1))
        events = held.events.filter(from_status__gt="").order_by("pk")
        moves = [row for row in events.values_list("from_status", "to_status") if row[0] != row[1]]
        assert moves == self.steps

    @invariant()
    def each_round_has_its_results_and_its_one_receipt(self) -> None:
        if not hasattr(self, "report"):
            return
        kpis = len(self.cycle.kpis)
        assert KPIResult.objects.filter(round__report=self.report).count() == kpis * len(
            self.rounds
        )
        receipts = OutboxMail.objects.filter(
            to=self.cycle.signatory.email, subject__icontains="ontvangen"
        )
        assert receipts.count() == len(self.rounds)


@pytest.mark.django_db
def test_a_report_keeps_its_rules_under_any_order_of_steps() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(max_examples=15, stateful_step_count=25, deadline=None),
    )
