"""A member of a coalition says that its part of the report is ready."""

from __future__ import annotations

import pytest

from core.models import OutboxMail
from reporting import actions
from reporting.access import desk_or_404
from reporting.actions import RemarkText, ReportError
from reporting.models import ReadyPart, Report
from tests.reporting.coalition import (
    began,
    fill_part,
    handed_in,
    ready,
    save,
    text_of,
)
from tests.reporting.cycle import Cycle, Member, fill, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Cycle:
    return began()


@pytest.fixture
def member(held: Cycle) -> Member:
    return held.members[0]


def test_a_member_says_that_its_part_is_ready_and_the_lead_knows(
    held: Cycle, member: Member
) -> None:
    fill_part(held, member)
    assert "Ons deel is klaar" in text_of(member.reporter, held, "report_check")
    assert "De penvoerder weet nu" in ready(member.reporter, held).content.decode()
    html = text_of(held.signatory, held, "report_check")
    assert f"{member.organisation.name}: klaar" in html
    assert f"{held.members[1].organisation.name}: nog bezig" in html
    mail = OutboxMail.objects.get(to=held.signatory.email, subject__startswith="Deel klaar")
    assert member.organisation.name in mail.text


def test_what_is_written_after_that_makes_it_a_draft_again(held: Cycle, member: Member) -> None:
    fill_part(held, member)
    ready(member.reporter, held)
    save(member.reporter, held, **{member.key("trends-text"): "Nog iets."})
    assert f"{member.organisation.name}: nog bezig" in text_of(held.signatory, held, "report_check")
    assert "Ons deel is klaar" in text_of(member.reporter, held, "report_check")
    ready(member.reporter, held)
    assert ReadyPart.objects.count() == 1
    assert f"{member.organisation.name}: klaar" in text_of(held.signatory, held, "report_check")


def test_a_part_with_something_to_mend_is_not_ready(held: Cycle, member: Member) -> None:
    assert "nog niet klaar" in ready(member.reporter, held).content.decode()
    assert not ReadyPart.objects.exists()


def test_the_whole_is_handed_in_and_not_said_ready(held: Cycle) -> None:
    desk = desk_or_404(held.signatory, held.report.pk)
    with pytest.raises(ReportError, match="dat dient een tekenbevoegde in"):
        actions.part_ready(desk, user=held.signatory)


def test_a_part_of_what_was_handed_in_is_not_said_ready(held: Cycle, member: Member) -> None:
    desk = desk_or_404(member.reporter, held.report.pk)
    handed_in(held)
    with pytest.raises(ReportError, match="intussen ingediend"):
        actions.part_ready(desk, user=member.reporter)


def test_who_is_ready_has_nothing_waiting_any_more(held: Cycle, member: Member) -> None:
    organisations = [member.organisation.pk]
    assert Report.objects.waiting_for(organisations).filter(pk=held.report.pk).exists()
    fill_part(held, member)
    ready(member.reporter, held)
    assert not Report.objects.waiting_for(organisations).filter(pk=held.report.pk).exists()
    assert Report.objects.waiting_for([held.partner.pk]).filter(pk=held.report.pk).exists()


def test_what_the_lead_mends_after_that_is_told(held: Cycle, member: Member) -> None:
    fill_part(held, member)
    ready(member.reporter, held)
    write(held, {member.key("results-text"): "Verbeterd."})
    assert "gewijzigd na de melding" in text_of(held.signatory, held, "report_check")


def test_a_second_click_tells_the_lead_nothing_new(held: Cycle, member: Member) -> None:
    fill_part(held, member)
    ready(member.reporter, held)
    ready(member.reporter, held)
    told_to = {"to": held.signatory.email, "subject__startswith": "Deel klaar"}
    assert OutboxMail.objects.filter(**told_to).count() == 1


def test_whoever_writes_on_has_it_waiting_again(held: Cycle, member: Member) -> None:
    fill_part(held, member)
    ready(member.reporter, held)
    save(member.reporter, held, **{member.key("trends-text"): "Nog iets."})
    waiting = Report.objects.waiting_for([member.organisation.pk])
    assert waiting.filter(pk=held.report.pk).exists()


def test_who_works_for_two_members_waits_for_both(held: Cycle, member: Member) -> None:
    fill_part(held, member)
    ready(member.reporter, held)
    both = [each.organisation.pk for each in held.members]
    assert Report.objects.waiting_for(both).filter(pk=held.report.pk).exists()
    with_lead = [member.organisation.pk, held.partner.pk]
    assert Report.objects.waiting_for(with_lead).filter(pk=held.report.pk).exists()


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_part_that_is_asked_something_is_not_ready_any_more(
    held: Cycle, member: Member, is_asked: bool
) -> None:
    fill(held)
    ready(member.reporter, held)
    made = submit(held)
    key = member.key("results-text") if is_asked else "results-text"
    remarks = [RemarkText(key, "Resultaten", "Hoeveel?")]
    actions.return_(
        held.report, user=held.manager, round_number=made.number, remarks=remarks, note=""
    )
    waiting = Report.objects.waiting_for([member.organisation.pk])
    assert waiting.filter(pk=held.report.pk).exists() is is_asked
    html = text_of(member.reporter, held, "report_check")
    assert ("stelde een vraag over uw deel" in html) is is_asked
    assert ("stelde geen vragen over uw deel" in html) is not is_asked
