"""The parts of a coalition's report: each member its own, and the lead all of it."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from accounts.models import RoleAssignment
from contracts.constants import PartyRole
from contracts.models import Party
from contracts.terms import terms_of
from core.models import OutboxMail
from core.values import Value
from reporting import actions
from reporting.access import desk_or_404
from reporting.actions import RemarkText, draft_of
from reporting.asked import answer_key
from reporting.former import former_values
from reporting.models import Answer, Attachment, KPIResult, Remark, Report
from reporting.reading import content_of
from reporting.told import told
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_contracts import PartyFactory
from tests.reporting.coalition import (
    LEADS,
    OTHERS,
    began,
    handed_in,
    page,
    save,
    text_of,
)
from tests.reporting.cycle import Cycle, Member, answers, fill, submit, typed_value, write
from tests.reporting.test_portal_pages import as_
from tests.uploaded import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Cycle:
    return began()


@pytest.fixture
def member(held: Cycle) -> Member:
    return held.members[0]


# -- seeing ----------------------------------------------------------------------------------------
def test_a_member_reads_its_own_part_and_nothing_of_anybody_else(
    held: Cycle, member: Member
) -> None:
    html = text_of(member.reporter, held, "report_edit", "resultaten")
    assert "Wat de eerste deed." in html
    assert LEADS not in html
    assert OTHERS not in html
    assert held.members[1].organisation.name not in html


def test_what_a_page_tells_the_script_is_of_the_own_part_alone(held: Cycle, member: Member) -> None:
    html = text_of(member.reporter, held, "report_edit", "resultaten")
    for name in ("revisions", "loaded"):
        (kept,) = re.findall(rf'name="{name}" value="([^"]*)"', html)
        assert set(json.loads(kept.replace("&quot;", '"'))) == {member.key("results-text")}


def test_the_lead_reads_all_of_it_and_by_whom(held: Cycle) -> None:
    html = text_of(held.reporter, held, "report_edit", "resultaten")
    assert all(each in html for each in (LEADS, OTHERS, "Wat de eerste deed."))
    assert f"Bijdrage van {held.members[0].organisation.name}" in html


def test_a_member_sees_the_kpi_that_it_reports_on_and_no_other(held: Cycle, member: Member) -> None:
    html = text_of(member.reporter, held, "report_edit", "prestatie-indicatoren")
    assert "Indicator 1" in html
    assert "Indicator 2" not in html
    assert "Indicator 3" not in html
    leads = text_of(held.reporter, held, "report_edit", "prestatie-indicatoren")
    assert all(f"Indicator {number}" in leads for number in range(1, 5))


@pytest.mark.parametrize("section", ["besteding", "klachten-en-incidenten", "clientervaring"])
def test_what_the_lead_answers_for_is_not_asked_of_a_member(
    held: Cycle, member: Member, section: str
) -> None:
    assert page(member.reporter, held, "report_edit", section).status_code == 404
    assert page(held.reporter, held, "report_edit", section).status_code == 200


def test_an_organisation_that_takes_part_but_does_not_write_sees_nothing(held: Cycle) -> None:
    silent = Party.objects.get(contract=held.contract, role=PartyRole.SUBCONTRACTOR)
    user = UserFactory.create(holds=[Role.REPORTER], of=silent.organisation)
    assert page(user, held, "report_check").status_code == 404
    assert held.report.title not in as_(user).get("/portaal/").content.decode()


def test_the_portal_says_that_it_is_a_part(held: Cycle, member: Member) -> None:
    html = as_(member.reporter).get("/portaal/").content.decode()
    assert "uw deel" in html
    assert "uw deel" not in as_(held.reporter).get("/portaal/").content.decode()


def test_who_works_for_the_lead_and_for_a_member_has_the_whole(held: Cycle, member: Member) -> None:
    both = UserFactory.create(holds=[Role.REPORTER], of=member.organisation)
    assert not desk_or_404(both, held.report.pk).part.is_whole
    RoleAssignment.objects.create(
        user=both,
        role=Role.REPORTER,
        organisation=held.partner,
        valid_from=datetime.date(2018, 1, 1),
    )
    assert desk_or_404(both, held.report.pk).part.is_whole


# -- writing ---------------------------------------------------------------------------------------
def test_a_member_saves_in_its_own_part(held: Cycle, member: Member) -> None:
    assert save(member.reporter, held, **{member.key("trends-text"): "Drukker."}).status_code == 200
    assert Answer.objects.get(key=member.key("trends-text")).text == "Drukker."


def test_a_member_writes_in_no_other_part(held: Cycle, member: Member) -> None:
    second = held.members[1]
    before = set(held.report.answers.values_list("key", "text"))
    for key in (
        "results-text",
        second.key("results-text"),
        f"kpi-{held.kpis[1].pk}-value_number",
        f"kpi-{held.kpis[3].pk}-explanation",
        "bsn-explanation",
        second.key("bsn-explanation"),
        "complaints-complaints",
        member.key("complaints-complaints"),
        "remark-1",
    ):
        answer = save(member.reporter, held, **{key: "Van een ander."})
        assert answer.status_code == 409, key
        assert "uw deel" in answer.json()["error"]
    assert set(held.report.answers.values_list("key", "text")) == before


def test_a_member_fills_in_its_own_kpi(held: Cycle, member: Member) -> None:
    typed = typed_value(f"kpi-{held.kpis[0].pk}", Value.count(60))
    assert save(member.reporter, held, **typed).status_code == 200


def test_a_member_adds_as_many_activities_as_it_has(held: Cycle, member: Member) -> None:
    for number in (1, 2):
        key = member.key(f"activity-{number}-heading")
        assert save(member.reporter, held, **{key: f"Inloop {number}"}).status_code == 200
    html = text_of(member.reporter, held, "report_edit", "activiteiten")
    assert "Inloop 2" in html
    assert member.key("activity-3-heading") in html


def test_a_reader_of_a_member_writes_nothing(held: Cycle, member: Member) -> None:
    answer = save(member.reader, held, **{member.key("trends-text"): "Nee."})
    assert answer.status_code == 403
    assert as_(member.reader).post(
        reverse("report_part_ready", args=[held.report.pk])
    ).status_code == (403)


@pytest.mark.parametrize("name", ["report_files", "report_file", "report_file_remove"])
def test_files_are_the_leads(held: Cycle, member: Member, name: str) -> None:
    as_(held.reporter).post(
        reverse("report_files", args=[held.report.pk]),
        {"file": SimpleUploadedFile("jaarplan.pdf", pdf())},
    )
    kept = Attachment.objects.get()
    args = [held.report.pk] if name == "report_files" else [held.report.pk, kept.pk]
    client = as_(member.reporter)
    ask = client.post if name == "report_file_remove" else client.get
    assert ask(reverse(name, args=args)).status_code == 404
    assert "jaarplan.pdf" not in text_of(member.reporter, held, "report_check")


def test_a_member_does_not_hand_in(held: Cycle, member: Member) -> None:
    signatory = UserFactory.create(holds=[Role.SIGNATORY], of=member.organisation)
    desk = desk_or_404(signatory, held.report.pk)
    assert desk.may_write
    assert not desk.may_sign
    fill(held)
    answer = as_(signatory).post(
        reverse("report_check", args=[held.report.pk]), {"seen": draft_of(held.report).seen}
    )
    assert answer.status_code == 403
    assert not held.report.rounds.exists()


def test_the_lead_may_mend_what_a_member_wrote(held: Cycle, member: Member) -> None:
    revision = Answer.objects.get(key=member.key("results-text")).revision
    answer = as_(held.reporter).post(
        reverse("report_autosave", args=[held.report.pk]),
        {
            member.key("results-text"): "Verbeterd.",
            "revisions": json.dumps({member.key("results-text"): revision}),
        },
    )
    assert answer.json()["conflicts"] == {}
    assert "Verbeterd." in text_of(member.reporter, held, "report_edit", "resultaten")


def test_the_lead_writes_in_no_part_that_nobody_has(held: Cycle) -> None:
    """Such as that of a coalition elsewhere: the form has no field for it."""
    elsewhere = f"m{OrganisationFactory.create().pk}-results-text"
    answer = as_(held.reporter).post(
        reverse("report_autosave", args=[held.report.pk]), {elsewhere: "x", "revisions": "{}"}
    )
    assert answer.status_code == 409
    assert not Answer.objects.filter(key=elsewhere).exists()


# -- checking --------------------------------------------------------------------------------------
def test_an_empty_part_holds_nobody_up(held: Cycle) -> None:
    empty = dict.fromkeys(held.report.answers.values_list("key", flat=True), "")
    leads = {key: text for key, text in answers(held).items() if not key.startswith("m")}
    write(held, empty | leads)
    assert draft_of(held.report).may_submit


def test_the_check_of_a_member_tells_its_own_points_alone(held: Cycle, member: Member) -> None:
    own = draft_of(held.report, desk_or_404(member.reporter, held.report.pk).part)
    assert [finding.label.split(":")[0] for finding in own.findings if finding.blocks] == [
        "Indicator 1"
    ]
    html = text_of(member.reporter, held, "report_check")
    assert "Eén punt voordat uw deel klaar is" in html
    assert "Indicator 2" not in html


def test_numbers_of_people_in_a_part_are_explained_there(held: Cycle, member: Member) -> None:
    write(held, {"bsn-explanation": "123456782 is een dossier van ons."})
    write(held, {member.key("trends-text"): "Nummer 111222333."}, member.reporter)
    html = text_of(member.reporter, held, "report_check")
    assert "111222333" in html
    assert "dossier van ons" not in html
    saved = as_(member.reporter).post(
        reverse("report_bsn", args=[held.report.pk]),
        {member.key("bsn-explanation"): "111222333 is ons project.", "revisions": "{}"},
    )
    assert saved.status_code == 302
    findings = [each for each in draft_of(held.report).findings if each.rule == 8]
    assert findings
    assert all(each.is_answered for each in findings)


def test_an_explanation_of_the_lead_holds_for_a_part_and_stays_unread(
    held: Cycle, member: Member
) -> None:
    write(held, {member.key("trends-text"): "Nummer 111222333."}, member.reporter)
    write(held, {"bsn-explanation": "111222333 is een project, en 123456782 een dossier."})
    own = draft_of(held.report, desk_or_404(member.reporter, held.report.pk).part)
    (found,) = [each for each in own.findings if each.rule == 8]
    assert found.is_answered
    assert found.text.endswith("Uitleg: De penvoerder legde uit wat 111222333 is.")


def test_an_explanation_that_names_no_number_is_told_so(held: Cycle, member: Member) -> None:
    write(held, {member.key("trends-text"): "Nummer 111222333."}, member.reporter)
    write(held, {member.key("bsn-explanation"): "Is een ordernummer."}, member.reporter)
    html = text_of(member.reporter, held, "report_check")
    assert "Noem dit nummer in de uitleg" in html


def test_who_works_for_two_members_explains_in_one_place(held: Cycle, member: Member) -> None:
    second = held.members[1]
    RoleAssignment.objects.create(
        user=member.reporter,
        role=Role.REPORTER,
        organisation=second.organisation,
        valid_from=datetime.date(2018, 1, 1),
    )
    write(held, {second.key("trends-text"): "Nummer 111222333."}, second.reporter)
    desk = desk_or_404(member.reporter, held.report.pk)
    write(held, {desk.bsn_key: "111222333 is ons project."}, member.reporter)
    found = [each for each in draft_of(held.report, desk.part).findings if each.rule == 8]
    assert [each.is_answered for each in found] == [True]


def test_the_key_of_the_lead_is_refused_and_told(held: Cycle, member: Member) -> None:
    answer = as_(member.reporter).post(
        reverse("report_bsn", args=[held.report.pk]),
        {"bsn-explanation": "Van een ander.", "revisions": "{}"},
        follow=True,
    )
    assert "Er is niets bewaard" in answer.content.decode()
    assert not Answer.objects.filter(key="bsn-explanation").exists()


def test_a_remark_on_a_part_is_for_that_member_to_answer(held: Cycle, member: Member) -> None:
    made = handed_in(held)
    actions.return_(
        held.report,
        user=held.manager,
        round_number=made.number,
        remarks=[
            RemarkText(member.key("results-text"), "Bijdrage", "Hoeveel mensen?"),
            RemarkText("results-text", "Wat is er bereikt?", "Waarom zo laat?"),
        ],
        note="Ook aan de penvoerder.",
    )
    asked = {each.key: each for each in Remark.objects.all()}
    html = text_of(member.reporter, held, "report_edit", "resultaten")
    assert "Hoeveel mensen?" in html
    assert "Waarom zo laat?" not in html
    assert "Ook aan de penvoerder." not in text_of(member.reporter, held, "report_check")
    own, leads = asked[member.key("results-text")], asked["results-text"]
    assert save(member.reporter, held, **{answer_key(own): "Twaalf."}).status_code == 200
    assert save(member.reporter, held, **{answer_key(leads): "Zo."}).status_code == 409
    mails = OutboxMail.objects.filter(to=member.reporter.email, subject__startswith="Teruggestuurd")
    assert "vragen over uw deel" in mails.get().text
    assert not OutboxMail.objects.filter(
        to=held.members[1].reporter.email, subject__startswith="Teruggestuurd"
    ).exists()


# -- what was handed in ----------------------------------------------------------------------------
def test_the_round_holds_all_parts_and_says_whose(held: Cycle, member: Member) -> None:
    made = handed_in(held)
    (results,) = [each for each in content_of(made)["sections"] if each["kind"] == "results"]
    assert [block.get("member", {}).get("name") for block in results["blocks"]] == [
        None,
        *(each.organisation.name for each in held.members),
    ]
    assert KPIResult.objects.filter(round=made).count() == 4


def test_a_member_reads_back_its_own_part(held: Cycle, member: Member) -> None:
    write(held, {"results-text": LEADS})
    fill(held)
    write(held, {"results-text": LEADS, held.members[1].key("results-text"): OTHERS})
    submit(held)
    html = text_of(member.reporter, held, "report_round", 1)
    assert f"U leest het deel van {member.organisation}" in html
    assert LEADS not in html
    assert OTHERS not in html
    assert "Indicator 1" in html
    assert "Indicator 2" not in html
    assert page(member.reporter, held, "report_submitted", 1).status_code == 404
    whole = text_of(held.reader, held, "report_round", 1)
    assert LEADS in whole
    assert OTHERS in whole


def test_what_is_told_says_which_member_told_it(held: Cycle, member: Member) -> None:
    story = told(held.report, handed_in(held))
    (results,) = [each for each in story["sections"] if each["code"] == "results"]
    assert [line["note"] for line in results["lines"]] == [
        "",
        *(f"Bijdrage van {each.organisation.name}." for each in held.members),
    ]


def test_who_reports_on_an_indicator_has_a_history_of_its_own(held: Cycle) -> None:
    handed_in(held)
    later = Report.objects.get(contract=held.contract, period="2019-H2")
    assert set(former_values(later)) == {(kpi.indicator_id, kpi.member_id) for kpi in held.kpis}


# -- what was agreed -------------------------------------------------------------------------------
def test_the_terms_say_who_contributes_and_who_reports_on_what(held: Cycle) -> None:
    terms = terms_of(held.contract, held.report.period)
    ids = [each.organisation.pk for each in held.members]
    assert [each.id for each in terms.members] == ids
    assert [kpi.member_id for kpi in terms.kpis] == [*ids, None, None]


def test_only_a_member_contributes() -> None:
    with pytest.raises(IntegrityError):
        PartyFactory.create(role=PartyRole.LEAD, contributes=True)


def test_a_running_contract_keeps_who_contributes(held: Cycle) -> None:
    with pytest.raises(DatabaseError):
        Party.objects.filter(contract=held.contract).update(contributes=False)


def test_everybody_who_writes_is_reminded(held: Cycle, member: Member) -> None:
    actions.remind_due(datetime.date(2019, 8, 20))
    told_to = set(OutboxMail.objects.filter(subject__contains=held.report.title).values_list("to"))
    assert {(member.reporter.email,), (held.reporter.email,)} <= told_to


def test_the_editor_of_a_part_asks_no_more_for_more_kpis(
    held: Cycle, member: Member, django_assert_max_num_queries: Any
) -> None:
    client: Client = as_(member.reporter)
    url = reverse("report_edit", args=[held.report.pk, "prestatie-indicatoren"])
    client.get(url)
    with django_assert_max_num_queries(22):
        client.get(url)
    typed = {"revisions": "{}", member.key("trends-text"): "Kort."}
    with django_assert_max_num_queries(20 + 2):  # the savepoint of the test's own transaction
        client.post(reverse("report_autosave", args=[held.report.pk]), typed)
