"""Two people, or one person twice, at the same moment: one wins, and the other hears how."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from core.models import OutboxMail
from core.values import Value
from reporting import actions
from reporting.access import writing_desk_or_404
from reporting.actions import RemarkText, ReportError, Saved, Typed, draft_of
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Report, Round
from tests.reporting.counted import handed_in, told
from tests.reporting.cycle import MOMENT, Cycle, cycle, fill, submit

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
    pytest.mark.django_db(transaction=True),
]
TIMES = 4


def together(*calls: Callable[[], object]) -> list[object]:
    """Each call on a thread and connection of its own, at one moment; what each gave or raised."""
    barrier = threading.Barrier(len(calls))
    answers: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            answers[place] = call()
        except ReportError as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def filled() -> Cycle:
    made = cycle(2)
    with transaction.atomic():
        fill(made)
    return made


def refusals(answers: list[object]) -> list[str]:
    return [str(answer) for answer in answers if isinstance(answer, ReportError)]


@pytest.mark.parametrize("time", range(TIMES))
def test_a_double_click_hands_in_once(time: int) -> None:
    made = filled()
    seen = draft_of(made.report).seen

    def hand_in() -> Round:
        return actions.submit(made.desk(), user=made.signatory, seen=seen, at=MOMENT)

    answers = together(hand_in, hand_in)
    [refusal] = refusals(answers)
    assert "al ingediend" in refusal
    assert "niets dubbel gebeurd" in refusal
    assert made.report.rounds.count() == 1
    assert made.report.events.filter(to_status=ReportStatus.SUBMITTED).count() == 1
    assert OutboxMail.objects.filter(to=made.signatory.email).count() == 1


@pytest.mark.parametrize("time", range(TIMES))
def test_of_accepting_and_sending_back_one_wins(time: int) -> None:
    made = filled()
    submit(made)

    def accept() -> str:
        actions.accept(made.report, user=made.manager, round_number=1, at=MOMENT)
        return ReportStatus.ACCEPTED.value

    def send_back() -> str:
        remarks = [RemarkText("goes_well-text", "Resultaten", "Waarom?")]
        report = Report.objects.get(pk=made.report.pk)
        actions.return_(report, user=made.manager, round_number=1, remarks=remarks, at=MOMENT)
        return ReportStatus.RETURNED.value

    answers = together(accept, send_back)
    [refusal] = refusals(answers)
    assert "is al" in refusal
    [won] = [answer for answer in answers if isinstance(answer, str)]
    held = Report.objects.get(pk=made.report.pk)
    assert held.status == won
    assert held.events.filter(from_status=ReportStatus.SUBMITTED).count() == 1
    remarks = held.rounds.get().remarks.count()
    assert remarks == (won == ReportStatus.RETURNED)


@pytest.mark.parametrize("time", range(TIMES))
def test_two_tabs_that_save_one_field_lose_no_text(time: int) -> None:
    made = cycle(1)

    def save(text: str) -> Callable[[], object]:
        def call() -> Saved:
            with transaction.atomic():
                desk = writing_desk_or_404(made.reporter, made.report.pk, lock=True)
                typed = [Typed("goes_well-text", text, 0)]
                return actions.save_answers(desk.report, typed, user=made.reporter)

        return call

    answers = together(save("De eerste tab."), save("De tweede tab."))
    outcomes = [answer for answer in answers if isinstance(answer, Saved)]
    assert len(outcomes) == 2
    [conflict] = [outcome.conflicts for outcome in outcomes if outcome.conflicts]
    held = made.report.answers.get(key="goes_well-text")
    assert conflict["goes_well-text"].text == held.text
    assert held.text in {"De eerste tab.", "De tweede tab."}
    assert held.revision == 1


@pytest.mark.parametrize("time", range(TIMES))
def test_typing_while_somebody_hands_in_is_in_the_round_or_told(time: int) -> None:
    made = filled()
    seen = draft_of(made.report).seen
    held = made.report.answers.get(key="goes_well-text")

    def hand_in() -> Round:
        return actions.submit(made.desk(), user=made.signatory, seen=seen, at=MOMENT)

    def save() -> Saved:
        with transaction.atomic():
            desk = writing_desk_or_404(made.reporter, made.report.pk, lock=True)
            typed = [Typed("goes_well-text", "Nog even dit.", held.revision)]
            return actions.save_answers(desk.report, typed, user=made.reporter)

    together(hand_in, save)
    text = made.report.answers.get(key="goes_well-text").text
    rounds = list(made.report.rounds.all())
    if text == "Nog even dit.":
        assert rounds == []  # what was read had changed, so nothing was handed in
    else:
        [handed_in] = rounds
        assert text in handed_in.payload


@pytest.mark.parametrize("time", range(TIMES))
def test_of_a_year_and_its_half_accepted_at_once_one_is_left_out(time: int) -> None:
    """H1 3 is left out; of H2 40 and the year 43 one has to be as well."""
    made = cycle(1)
    told(made, Value.count(3))
    reports = [
        handed_in(made, period, number) for period, number in (("2019-H2", 40), ("2019", 43))
    ]

    def accept(report: Report) -> Callable[[], str]:
        def run() -> str:
            actions.accept(report, user=made.manager, round_number=1)
            return "geaccepteerd"

        return run

    assert together(*map(accept, reports)) == ["geaccepteerd"] * 2
    later = KPIResult.objects.filter(round__report__in=reports)
    assert sorted(later.values_list("withheld", flat=True)) == [False, True]
