"""Handing in: a round that holds everything, once, by who may, in time."""

from __future__ import annotations

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied

from core.models import OutboxMail
from reporting import actions
from reporting.actions import NotReady, ReportError, draft_of
from reporting.constants import ReportStatus
from reporting.models import KPIResult, ReportEvent, Round
from reporting.payload import digest
from tests.factories_contracts import BudgetLineFactory
from tests.reporting.cycle import MOMENT, Cycle, cycle, fill, submit, submitted, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled() -> Cycle:
    made = cycle()
    fill(made)
    return made


def test_a_round_holds_what_was_typed_what_it_meant_and_the_terms(filled: Cycle) -> None:
    made = submit(filled)
    content = json.loads(made.payload)
    assert made.sha256 == digest(made.payload)
    assert (made.number, made.submitted_by, made.on_behalf_of) == (
        1,
        filled.signatory,
        filled.partner,
    )
    assert content["answers"]["trends-text"].startswith("Tekst bij")
    assert [kpi["target"] for kpi in content["terms"]["kpis"]] != [None] * 3
    assert [kpi["id"] for kpi in content["terms"]["kpis"]] == [kpi.pk for kpi in filled.kpis]
    told = [b["kpi"] for s in content["sections"] for b in s["blocks"] if "kpi" in b]
    assert [(kpi["achieved"], kpi["deviates"]) for kpi in told] == [(True, False)] * 3


def test_the_figures_stand_as_rows_and_the_step_in_the_log(filled: Cycle) -> None:
    made = submit(filled)
    assert [str(result.value) for result in KPIResult.objects.filter(round=made)] == [
        "60",
        "90%",
        "7,5",
    ]
    event = ReportEvent.objects.get()
    assert (event.from_status, event.to_status, event.actor, event.at) == (
        "open",
        "submitted",
        filled.signatory,
        MOMENT,
    )
    filled.report.refresh_from_db()
    assert filled.report.status == ReportStatus.SUBMITTED


def test_who_signed_gets_a_receipt_and_every_manager_a_notice_each_once(filled: Cycle) -> None:
    made = submit(filled)
    mails = {mail.to: mail for mail in OutboxMail.objects.all()}
    assert set(mails) == {filled.signatory.email, filled.manager.email}
    assert made.sha256 in mails[filled.signatory.email].text


def test_a_second_submission_does_nothing_and_says_so(filled: Cycle) -> None:
    seen = draft_of(filled.report).seen
    desk = filled.desk()
    actions.submit(desk, user=filled.signatory, seen=seen, at=MOMENT)
    with pytest.raises(ReportError, match="al ingediend op 1 augustus 2019"):
        actions.submit(desk, user=filled.signatory, seen=seen, at=MOMENT)
    assert (Round.objects.count(), ReportEvent.objects.count()) == (1, 1)
    assert OutboxMail.objects.count() == 2


@pytest.mark.parametrize("who", ["reporter", "reader"])
def test_who_may_not_sign_cannot_hand_in(filled: Cycle, who: str) -> None:
    desk = filled.desk(getattr(filled, who))
    with pytest.raises(PermissionDenied, match="tekenbevoegde"):
        actions.submit(desk, user=desk.user, seen=draft_of(filled.report).seen, at=MOMENT)
    assert not Round.objects.exists()


def test_a_draft_that_changed_since_it_was_read_is_to_be_read_again(filled: Cycle) -> None:
    seen = draft_of(filled.report).seen
    write(filled, {"trends-text": "Iets anders."})
    with pytest.raises(ReportError, match="gewijzigd sinds u ze las"):
        actions.submit(filled.desk(), user=filled.signatory, seen=seen, at=MOMENT)


def test_terms_that_changed_since_they_were_read_are_to_be_read_again(filled: Cycle) -> None:
    seen = draft_of(filled.report).seen
    BudgetLineFactory.create(
        contract=filled.contract,
        started_by=filled.contract.amendments.get(number=0),
        period="2019",
        number=500,
    )
    with pytest.raises(ReportError, match="gewijzigd sinds u ze las"):
        actions.submit(filled.desk(), user=filled.signatory, seen=seen, at=MOMENT)


def test_what_is_not_ready_is_not_handed_in(filled: Cycle) -> None:
    write(filled, {"trends-text": ""})
    with pytest.raises(NotReady) as refused:
        submit(filled)
    assert [finding.section for finding in refused.value.findings if finding.blocks] == ["trends"]
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("day", "allowed"),
    [("2019-08-25", True), ("2019-09-22", True), ("2019-09-23", False)],
    ids=["due", "late", "locked"],
)
def test_late_is_possible_until_the_lock(filled: Cycle, day: str, allowed: bool) -> None:
    at = datetime.datetime.combine(
        datetime.date.fromisoformat(day), datetime.time(12), tzinfo=datetime.UTC
    )
    if allowed:
        assert submit(filled, at=at).number == 1
        return
    with pytest.raises(ReportError, match="tot en met 22 september 2019 worden ingediend"):
        submit(filled, at=at)
    assert filled.report.answers.exists()


def test_an_extension_opens_a_report_again(filled: Cycle) -> None:
    at = datetime.datetime(2019, 10, 1, 12, tzinfo=datetime.UTC)
    until = datetime.date(2019, 10, 15)
    actions.extend(filled.report, user=filled.manager, until=until, reason="Ziekte.", at=MOMENT)
    assert submit(filled, at=at).number == 1


def test_a_returned_report_is_handed_in_as_a_second_round_and_the_first_stays() -> None:
    made = submitted()
    first = made.report.rounds.get()
    actions.return_(
        made.report, user=made.manager, round_number=1, remarks=[], note="Vul de trends aan."
    )
    write(made, {"trends-text": "Aangevuld."})
    second = submit(made)
    assert second.number == 2
    kept = made.report.rounds.get(number=1)
    assert (kept.payload, kept.sha256) == (first.payload, first.sha256)
    assert json.loads(second.payload)["answers"]["trends-text"] == "Aangevuld."


def test_a_period_that_still_runs_is_not_handed_in(filled: Cycle) -> None:
    last = datetime.datetime(2019, 6, 30, 12, tzinfo=datetime.UTC)
    with pytest.raises(ReportError, match="loopt tot en met 30 juni 2019"):
        submit(filled, at=last)
    submit(filled, at=last + datetime.timedelta(days=1))
    assert filled.report.rounds.count() == 1
