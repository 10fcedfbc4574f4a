"""A report under any order of steps by all who touch it; from each state all else is refused."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
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
    """One report over the first half of 2019; the machine keeps beside it what must be true.

    ``reached`` counts, over all lives, how often each step was taken and refused for which reason:
    a rule that the random orders never come to is a rule that is not tested.
    """

    reached: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.cycle = cycle(2)
        self.report = self.cycle.report
        self.now = MOMENT
        assert self.report.locks_on is not None
        self.locks_on: datetime.date = self.report.locks_on
        assert self.report.due_on is not None
        self.due: datetime.date = self.report.due_on
        self.until = self.locks_on
        self.status = ReportStatus.OPEN
        self._type("Het gaat goed.")
        self.filled = True
        self.unanswered = False
        self.rounds: list[tuple[int, str]] = []
        self.steps: list[tuple[str, str]] = []

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def refused(
        self,
        why: str,
        kind: type[Exception] | tuple[type[Exception], ...],
        call: Callable[[], object],
    ) -> None:
        with pytest.raises(kind), transaction.atomic():
            call()
        self.reached[f"refused: {why}"] += 1

    def moved(self, to: ReportStatus) -> None:
        self.steps.append((self.status.value, to.value))
        self.reached[f"{self.status.value} > {to.value}"] += 1
        self.status = to

    # -- the partner -------------------------------------------------------------------------------
    @precondition(lambda self: self.status in OPEN)
    @rule(text=st.sampled_from(["Het gaat goed.", "ca. 12", "=1+1", "é" * 400]))
    def type_something(self, text: str) -> None:
        self._type(text)
        self.filled, self.unanswered = True, False

    def _type(self, text: str) -> None:
        newest = self.report.rounds.order_by("-number").first()
        remarks = newest.remarks.all() if newest else []
        replies = {f"remark-{row.pk}": "Aangevuld." for row in remarks}
        write(self.cycle, {**answers(self.cycle), ASIDE: text} | replies)

    @precondition(lambda self: self.status in OPEN and self.filled)
    @rule()
    def empty_the_draft(self) -> None:
        write(self.cycle, dict.fromkeys(answers(self.cycle), ""))
        self.filled = False

    @precondition(lambda self: self.status in OPEN and not self.why_not())
    @rule()
    def hand_in(self) -> None:
        made = self._hand_in()
        self.moved(ReportStatus.SUBMITTED)
        self.rounds.append((made.number, made.sha256))

    def _hand_in(self, seen: str | None = None) -> Round:
        report = Report.objects.get(pk=self.report.pk)
        seen = draft_of(report).seen if seen is None else seen
        return actions.submit(self.cycle.desk(), user=self.cycle.signatory, seen=seen, at=self.now)

    def why_not(self) -> str:
        """What keeps an open draft from being handed in now; empty: nothing."""
        if self.status == ReportStatus.OPEN and self.now.date() > self.until:
            return "too late"
        if not self.filled:
            return "a gap"
        return "a remark without an answer" if self.unanswered else ""

    # -- the municipality --------------------------------------------------------------------------
    @precondition(lambda self: self.status == ReportStatus.SUBMITTED)
    @rule(on_a_field=st.booleans())
    def send_back(self, on_a_field: bool) -> None:
        self._send_back(len(self.rounds), on_a_field)
        self.moved(ReportStatus.RETURNED)
        self.unanswered = on_a_field

    def _send_back(self, number: int, on_a_field: bool = False, word: str = "Waarom?") -> None:
        actions.return_(
            self.report,
            user=self.cycle.manager,
            round_number=number,
            remarks=[RemarkText(ASIDE, "Resultaten", word)] if on_a_field else [],
            note="" if on_a_field else word,
            at=self.now,
        )

    @precondition(lambda self: self.status == ReportStatus.SUBMITTED)
    @rule()
    def accept(self) -> None:
        self._accept(len(self.rounds))
        self.moved(ReportStatus.ACCEPTED)

    def _accept(self, number: int) -> None:
        actions.accept(self.report, user=self.cycle.manager, round_number=number, at=self.now)

    @precondition(lambda self: self.status == ReportStatus.ACCEPTED)
    @rule()
    def open_again(self) -> None:
        self._open_again("Een cijfer bleek niet te kloppen.")
        self.moved(ReportStatus.RETURNED)
        self.unanswered = False

    def _open_again(self, reason: str) -> None:
        actions.reopen(self.report, user=self.cycle.manager, reason=reason, at=self.now)

    @precondition(lambda self: self.status == ReportStatus.OPEN)
    @rule(days=st.integers(1, 60))
    def give_more_time(self, days: int) -> None:
        self.due += days * DAY
        self._give_more_time(self.due)
        self.until = max(self.until, self.due)

    def _give_more_time(self, until: datetime.date) -> None:
        actions.extend(
            self.report, user=self.cycle.manager, until=until, reason="Ziekte.", at=self.now
        )

    @precondition(lambda self: self.status == ReportStatus.OPEN)
    @rule(days=st.sampled_from([1, 40, 90]))
    def let_time_pass(self, days: int) -> None:
        self.now += days * DAY

    # -- every other step, from every state --------------------------------------------------------
    @invariant()
    def everything_else_is_refused(self) -> None:
        newest = len(self.rounds)
        if self.status in OPEN:
            why = self.why_not()
            if why:
                self.refused(f"handing in: {why}", (ReportError, NotReady), self._hand_in)
            older = "an older text" if not why else f"an older text and {why}"
            self.refused(f"handing in: {older}", ReportError, lambda: self._hand_in("ouder"))
        else:
            self.refused("handing in again", ReportError, self._hand_in)
            self.refused("typing while it lies elsewhere", ReportError, lambda: self._type("Nog."))
        if self.status == ReportStatus.SUBMITTED:
            self.refused("accepting an older round", ReportError, lambda: self._accept(newest - 1))
            self.refused(
                "returning an older round", ReportError, lambda: self._send_back(newest - 1)
            )
        else:
            self.refused(f"accepting {self.status}", ReportError, lambda: self._accept(newest))
            self.refused(f"returning {self.status}", ReportError, lambda: self._send_back(newest))
        if self.status == ReportStatus.ACCEPTED:
            self.refused("opening without a reason", ReportError, lambda: self._open_again(" "))
        else:
            self.refused(
                f"opening again {self.status}", ReportError, lambda: self._open_again("Fout.")
            )
        self.refused(
            "returning without a word",
            ReportError,
            lambda: self._send_back(newest, on_a_field=True, word="  "),
        )
        self.refused(
            "no more time than there was", ReportError, lambda: self._give_more_time(self.due)
        )

    @invariant()
    def nobody_else_hands_in(self) -> None:
        seen = draft_of(Report.objects.get(pk=self.report.pk)).seen
        for user in (self.cycle.reporter, self.cycle.reader):
            step = partial(actions.submit, self.cycle.desk(user), user=user, seen=seen, at=self.now)
            self.refused("handing in without signing authority", PermissionDenied, step)

    @invariant()
    def the_database_itself_keeps_what_was_handed_in(self) -> None:
        if self.rounds:
            rounds, events = self.report.rounds, self.report.events
            self.refused("another round", IntegrityError, lambda: rounds.update(payload="{}"))
            self.refused("another event", IntegrityError, lambda: events.update(note="anders"))

    # -- what is always true -----------------------------------------------------------------------
    @invariant()
    def the_rows_say_what_happened(self) -> None:
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
        kpis = len(self.cycle.kpis)
        assert KPIResult.objects.filter(round__report=self.report).count() == kpis * len(
            self.rounds
        )
        receipts = OutboxMail.objects.filter(
            to=self.cycle.signatory.email, subject__icontains="ontvangen"
        )
        assert receipts.count() == len(self.rounds)


MUST_REACH = {
    "open > submitted",
    "submitted > returned",
    "submitted > accepted",
    "returned > submitted",
    "accepted > returned",
    "refused: handing in: too late",
    "refused: handing in: a gap",
    "refused: handing in: a remark without an answer",
    "refused: handing in: an older text",
}


@pytest.mark.django_db
def test_a_report_keeps_its_rules_under_any_order_of_steps() -> None:
    Life.reached.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(max_examples=15, stateful_step_count=15, deadline=None, derandomize=True),
    )
    assert MUST_REACH - Life.reached.keys() == set()
