"""What the contract manager does with a report, action by action, and what is refused."""

from __future__ import annotations

import datetime

import pytest

from core.models import OutboxMail
from reporting import actions
from reporting.actions import RemarkText, ReportError
from reporting.constants import ReportStatus
from reporting.models import Extension, Remark, Report
from tests.reporting.cycle import Cycle, cycle, submitted

pytestmark = pytest.mark.django_db
FIELD = RemarkText("goes_well-text", "Resultaten", "  Waarom lukte dit niet?  ")


@pytest.fixture
def handed_in() -> Cycle:
    made = submitted()
    OutboxMail.objects.all().delete()
    return made


def send_back(made: Cycle, *remarks: RemarkText, note: str = "", number: int = 1) -> None:
    actions.return_(made.report, user=made.manager, round_number=number, remarks=remarks, note=note)


def test_sending_back_keeps_the_remarks_and_tells_the_partner(handed_in: Cycle) -> None:
    send_back(
        handed_in, FIELD, RemarkText("budget-1-note", "Geld", " "), note="Graag voor vrijdag."
    )
    assert handed_in.report.status == ReportStatus.RETURNED
    [remark] = Remark.objects.all()
    assert (remark.key, remark.text) == ("goes_well-text", "Waarom lukte dit niet?")
    assert remark.author == handed_in.manager
    told = {mail.to: mail.text for mail in OutboxMail.objects.all()}
    assert set(told) == {handed_in.reporter.email, handed_in.signatory.email}
    assert "Graag voor vrijdag." in told[handed_in.reporter.email]


@pytest.mark.parametrize(
    ("remarks", "note", "number", "words"),
    [
        ((), "", 1, "Schrijf bij ten minste één veld"),
        ((RemarkText("goes_well-text", "Resultaten", "\n "),), " ", 1, "ten minste één veld"),
        ((FIELD,), "", 2, "intussen een ronde 1"),
    ],
)
def test_what_cannot_be_sent_back_stays_as_it_is(
    handed_in: Cycle, remarks: tuple[RemarkText, ...], note: str, number: int, words: str
) -> None:
    with pytest.raises(ReportError, match=words):
        send_back(handed_in, *remarks, note=note, number=number)
    assert Report.objects.get(pk=handed_in.report.pk).status == ReportStatus.SUBMITTED
    assert not Remark.objects.exists()
    assert not OutboxMail.objects.exists()


def test_a_report_that_was_sent_back_is_not_accepted(handed_in: Cycle) -> None:
    stale = Report.objects.get(pk=handed_in.report.pk)
    send_back(handed_in, FIELD)
    with pytest.raises(ReportError, match="is al teruggestuurd"):
        actions.accept(stale, user=handed_in.manager, round_number=1)
    assert Report.objects.get(pk=handed_in.report.pk).status == ReportStatus.RETURNED


def test_accepting_twice_tells_once(handed_in: Cycle) -> None:
    actions.accept(handed_in.report, user=handed_in.manager, round_number=1)
    with pytest.raises(ReportError, match="is al geaccepteerd"):
        actions.accept(handed_in.report, user=handed_in.manager, round_number=1)
    subjects = OutboxMail.objects.filter(to=handed_in.reporter.email)
    assert [mail.subject.split(":")[0] for mail in subjects] == ["Geaccepteerd"]


def test_what_was_never_handed_in_is_not_accepted() -> None:
    made = cycle()
    with pytest.raises(ReportError, match="is nog niet ingediend"):
        actions.accept(made.report, user=made.manager, round_number=0)


def test_opening_again_needs_a_reason_and_tells_it(handed_in: Cycle) -> None:
    with pytest.raises(ReportError, match="is intussen opnieuw ingediend"):
        actions.reopen(handed_in.report, user=handed_in.manager, reason="Een fout.")
    actions.accept(handed_in.report, user=handed_in.manager, round_number=1)
    with pytest.raises(ReportError, match="Schrijf waarom"):
        actions.reopen(handed_in.report, user=handed_in.manager, reason="  ")
    actions.reopen(handed_in.report, user=handed_in.manager, reason="Een cijfer klopte niet.")
    assert handed_in.report.status == ReportStatus.RETURNED
    event = handed_in.report.events.order_by("-pk").first()
    assert event is not None
    assert event.note == "Een cijfer klopte niet."
    mail = OutboxMail.objects.get(to=handed_in.reporter.email, subject__startswith="Terug")
    assert "Een cijfer klopte niet." in mail.text


@pytest.mark.parametrize(("days", "reason"), [(0, "Ziekte."), (-3, "Ziekte."), (10, " ")])
def test_more_time_ends_later_and_has_a_reason(days: int, reason: str) -> None:
    made = cycle()
    assert made.report.due_on is not None
    until = made.report.due_on + datetime.timedelta(days=days)
    with pytest.raises(ReportError, match=r"Schrijf waarom|Kies een dag"):
        actions.extend(made.report, user=made.manager, until=until, reason=reason)
    assert not Extension.objects.exists()


def test_more_time_may_end_before_the_report_locks_but_not_before_time_that_was_given() -> None:
    made = cycle()
    assert made.report.due_on is not None
    five, three = (made.report.due_on + datetime.timedelta(days=days) for days in (5, 3))
    actions.extend(made.report, user=made.manager, until=five, reason="Ziekte.")
    with pytest.raises(ReportError, match="Kies een dag na"):
        actions.extend(made.report, user=made.manager, until=three, reason="Vergissing.")
    assert Extension.objects.count() == 1


def test_what_was_handed_in_gets_no_more_time(handed_in: Cycle) -> None:
    assert handed_in.report.locks_on is not None
    until = handed_in.report.locks_on + datetime.timedelta(days=9)
    with pytest.raises(ReportError, match="al ingediend"):
        actions.extend(handed_in.report, user=handed_in.manager, until=until, reason="Ziekte.")
    assert not Extension.objects.exists()
