"""The agenda sheet of a talk, and talks and decisions about a report."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from accounts.constants import Role
from accounts.models import AuditEntry, User
from contracts.models import Decision, Meeting
from contracts.talks.access import whole
from core import jobs
from core.constants import JobState
from core.files import store
from core.models import Job
from reporting.models import DecidedReport, SheetDocument, TalkedReport
from reporting.talks.documents import request_sheet, sheet_html
from reporting.talks.sheet import sheet
from tests.contracts.drafts import text_of
from tests.factories import UserFactory
from tests.factories_contracts import BudgetLineFactory, ContractFactory
from tests.factories_file import ExtensionOptionFactory, TransitionFactory
from tests.factories_reporting import ReportFactory
from tests.factories_talks import (
    ActionPointFactory,
    MeetingFactory,
    MeetingPointFactory,
    manager,
    recorded_meeting,
)
from tests.reporting.cycle import Cycle, submitted

DAY = datetime.date(2019, 9, 12)


@pytest.fixture
def user(db: None) -> User:
    return manager()


@pytest.fixture
def desk(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def held(db: None) -> Cycle:
    return submitted()


def talk_about(held: Cycle, **fields: Any) -> Meeting:
    made: Meeting = MeetingFactory.create(contracts=[held.report.contract], day=DAY, **fields)
    return made


def told(meeting: Meeting) -> dict[str, Any]:
    return sheet(whole(Meeting.objects.filter(pk=meeting.pk)).get())


@pytest.mark.django_db
def test_the_sheet_tells_what_is_open(desk: Client, held: Cycle) -> None:
    meeting = talk_about(held)
    contract = held.report.contract
    MeetingPointFactory.create(meeting=meeting, title="Schuldhulp", raised_by=contract.partner)
    ActionPointFactory.create(
        meeting=MeetingFactory.create(contracts=[contract]), text="Cijfers sturen", due_on=DAY
    )
    ActionPointFactory.create(text="Van een ander")
    page = text_of(desk.get(f"/beheer/overleg/{meeting.pk}/agendablad/"))
    assert "Schuldhulp" in page
    assert f"(van {contract.partner})" in page
    assert "Cijfers sturen" in page
    assert "Van een ander" not in page
    assert held.report.title in page
    assert "Ambtelijk overleg: 0 van 2 gehouden." in page


@pytest.mark.django_db
def test_figures_that_stay_behind_come_with_what_was_said_of_them(held: Cycle) -> None:
    (contract,) = told(talk_about(held))["contracts"]
    from reporting.reading import content_of

    made = held.report.rounds.get()
    behind = [
        block["title"]
        for section in content_of(made)["sections"]
        for block in section["blocks"]
        if block.get("kpi") and block["kpi"]["deviates"]
    ]
    assert [row["name"] for row in contract["deviations"]] == behind
    assert contract["round"]["number"] == made.number


@pytest.mark.django_db
def test_the_last_day_to_give_notice_is_told_until_it_is_decided(desk: Client, held: Cycle) -> None:
    meeting = talk_about(held)
    contract = held.report.contract
    option = ExtensionOptionFactory.create(
        contract=contract, notice_by=DAY - datetime.timedelta(days=1)
    )
    ExtensionOptionFactory.create(
        contract=contract,
        until=datetime.date(2035, 12, 31),
        notice_by=DAY + datetime.timedelta(days=400),
    )
    (row,) = told(meeting)["contracts"][0]["notices"]
    assert row["is_late"]
    page = text_of(desk.get(f"/beheer/overleg/{meeting.pk}/agendablad/"))
    assert "Opzeggen of verlengen tot en met 31 december 2021" in page
    assert "Die dag is voorbij." in page
    option.outcome, option.decided_on, option.reason = "used", DAY, "Het gaat goed."
    option.save()
    assert told(meeting)["contracts"][0]["notices"] == []


@pytest.mark.django_db
def test_the_end_of_a_contract_is_told_in_time(held: Cycle) -> None:
    contract = held.report.contract
    ends = contract.ends_on
    assert ends is not None
    early = MeetingFactory.create(contracts=[contract], day=ends - datetime.timedelta(days=400))
    late = MeetingFactory.create(contracts=[contract], day=ends - datetime.timedelta(days=100))
    assert told(early)["contracts"][0]["ends"] == ""
    assert str(ends.year) in told(late)["contracts"][0]["ends"]


@pytest.mark.django_db
def test_a_transition_that_ends_soon_is_told_until_it_is_finished(
    desk: Client, held: Cycle
) -> None:
    contract, meeting = held.report.contract, talk_about(held)
    row = TransitionFactory.create(
        contract=contract, group="lopende trajecten", ends_on=datetime.date(2020, 1, 31)
    )
    TransitionFactory.create(contract=contract, ends_on=DAY + datetime.timedelta(days=400))
    TransitionFactory.create(contract=contract, ends_on=None)
    TransitionFactory.create(ends_on=DAY)
    page = f"/beheer/overleg/{meeting.pk}/agendablad/"
    words = "De overgangsregeling voor lopende trajecten geldt tot en met 31 januari 2020."
    assert words in text_of(desk.get(page))
    (told_row,) = told(meeting)["contracts"][0]["transitions"]
    assert not told_row["is_over"]
    row.finished_on = DAY
    row.save()
    assert told(meeting)["contracts"][0]["transitions"] == []


@pytest.mark.django_db
def test_what_is_open_with_the_same_partner_elsewhere_is_told(desk: Client, held: Cycle) -> None:
    contract, meeting = held.report.contract, talk_about(held)
    other = ContractFactory.create(running=True, partner=contract.partner, title="Vervoer")
    talk = MeetingFactory.create(contracts=[other])
    ActionPointFactory.create(meeting=talk, text="Ritten tellen")
    ActionPointFactory.create(user=None, organisation=contract.partner, text="Folder maken")
    ActionPointFactory.create(meeting=talk, text="Al gedaan", status="done")
    both = MeetingFactory.create(contracts=[contract, other])
    ActionPointFactory.create(meeting=both, text="Van allebei")
    ActionPointFactory.create(text="Van een ander")
    sheet_of = told(meeting)
    assert [row["text"] for row in sheet_of["actions"]] == ["Van allebei"]
    found = {row["text"]: row["about"] for row in sheet_of["elsewhere"]}
    assert found == {"Ritten tellen": ["Vervoer"], "Folder maken": []}
    page = text_of(desk.get(f"/beheer/overleg/{meeting.pk}/agendablad/"))
    assert "Met dezelfde partner, uit ander overleg" in page
    assert "(Vervoer)" in page


@pytest.mark.django_db
def test_the_same_sheet_has_the_same_hash(held: Cycle) -> None:
    meeting = talk_about(held)
    rows = whole(Meeting.objects.filter(pk=meeting.pk))
    first = sheet_html(rows.get())
    assert sheet_html(rows.get()) == first
    MeetingPointFactory.create(meeting=meeting)
    assert sheet_html(rows.get())[1] != first[1]


@pytest.mark.django_db(transaction=True)
def test_the_sheet_is_made_as_a_pdf_once(desk: Client, held: Cycle) -> None:
    meeting = talk_about(held, title="Gesprek over het halfjaar")
    page = f"/beheer/overleg/{meeting.pk}/agendablad/"
    assert desk.get(f"{page}agendablad.pdf").status_code == 404
    for _ in range(2):
        desk.post(f"{page}maken/")
    job = Job.objects.get(kind="meeting_sheet")
    jobs.run(job.pk)
    document = SheetDocument.objects.get()
    assert document.pages
    content = desk.get(f"{page}agendablad.pdf").content
    first = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Gesprek over het halfjaar" in first
    assert "zegt hetzelfde" in text_of(desk.post(f"{page}maken/", follow=True))
    assert Job.objects.filter(kind="meeting_sheet").count() == 1


@pytest.mark.django_db
def test_a_sheet_that_reads_again_as_it_did_before_is_made_again(held: Cycle) -> None:
    meeting = talk_about(held)
    Meeting.objects.filter(pk=meeting.pk).update(place="B")
    SheetDocument.objects.create(
        meeting=meeting, file=store(b"%PDF-1.7", name="b.pdf", content_type="application/pdf"),
        pages=1, sha256=sheet_html(whole(Meeting.objects.all()).get())[1],
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(place="A")
    first = request_sheet(whole(Meeting.objects.all()).get())
    assert first.job is not None
    Job.objects.filter(pk=first.job.pk).update(state=JobState.DONE, finished_at=timezone.now())
    again = request_sheet(whole(Meeting.objects.all()).get())
    assert again.job is not None
    assert again.job.state == JobState.QUEUED


@pytest.mark.django_db
def test_who_opens_the_sheet_reads_figures_that_were_not_accepted_and_stands_in_the_trail(
    client: Client, held: Cycle
) -> None:
    meeting = talk_about(held)
    alderman = UserFactory.create(holds=[Role.COLLEGE])
    client.force_login(alderman)
    assert client.get(f"/beheer/overleg/{meeting.pk}/agendablad/").status_code == 200
    (row,) = AuditEntry.objects.filter(actor=alderman)
    assert row.action == "meeting_sheet"


@pytest.mark.django_db
def test_only_agreed_amounts_are_the_money_of_a_talk() -> None:
    contract = ContractFactory.create(running=True)
    line = BudgetLineFactory.create(contract=contract, amount_kind="available", period="2019")
    shared: dict[str, Any] = {"contract": contract, "started_by": line.started_by, "period": "2019"}
    BudgetLineFactory.create(**shared, label="Deel", is_earmarked=True)
    BudgetLineFactory.create(**shared, label="Afgesproken")
    (part,) = told(MeetingFactory.create(contracts=[contract], day=DAY))["contracts"]
    assert [row["label"] for row in part["money"]] == ["Afgesproken"]


# -- talks and decisions about a report ------------------------------------------------------------
@pytest.mark.django_db
def test_a_report_shows_the_talk_about_it_and_that_minutes_are_missing(
    desk: Client, held: Cycle
) -> None:
    meeting, report = talk_about(held, title="Rapportagegesprek"), held.report
    page = f"/beheer/overleg/{meeting.pk}/rapportages/"
    other = ReportFactory.create()
    wrong = desk.post(page, {"reports": [other.pk]})
    assert "reports" in wrong.context["form"].errors
    for _ in range(2):
        assert desk.post(page, {"reports": [report.pk]}).status_code == 302
    assert TalkedReport.objects.get().report == report
    desk.post(f"/beheer/overleg/{meeting.pk}/gehouden/")
    shown = text_of(desk.get(f"/beheer/rapportages/{report.pk}/"))
    assert "Rapportagegesprek" in shown
    assert "Het verslag is nog niet vastgesteld." in shown


@pytest.mark.django_db
def test_what_a_talk_was_about_stands_once_its_minutes_do(user: User, held: Cycle) -> None:
    meeting = recorded_meeting(user, contracts=[held.report.contract])
    client = Client()
    client.force_login(user)
    page = f"/beheer/overleg/{meeting.pk}/rapportages/"
    told = text_of(client.post(page, {"reports": [held.report.pk]}, follow=True))
    assert "Er verandert niets meer aan." in told
    with pytest.raises(IntegrityError), transaction.atomic():
        TalkedReport.objects.create(meeting=meeting, report=held.report)


@pytest.mark.django_db
def test_the_municipality_agrees_to_a_report_with_a_decision(desk: Client, held: Cycle) -> None:
    page = f"/beheer/rapportages/{held.report.pk}/besluit/"
    form = desk.get(page).context["form"]
    assert form.initial["title"] == f"Ambtelijk akkoord op {held.report.title}"
    typed = {
        "kind": "agreement",
        "title": form.initial["title"],
        "reason": "De cijfers kloppen.",
        "decided_on": "2019-10-01",
        "decided_by": "de accounthouder",
        "contracts": [held.report.contract.pk],
    }
    desk.post(page, typed)
    assert "al vastgelegd" in text_of(desk.post(page, typed))
    assert DecidedReport.objects.get().report == held.report
    assert Decision.objects.count() == 1
    assert form.initial["title"] in text_of(desk.get(f"/beheer/rapportages/{held.report.pk}/"))


@pytest.mark.django_db
def test_supervision_reads_a_report_without_the_talks_about_it(held: Cycle) -> None:
    TalkedReport.objects.create(meeting=talk_about(held, title="Onder ons"), report=held.report)
    client = Client()
    client.force_login(UserFactory.create(holds=[Role.SUPERVISOR]))
    assert "Onder ons" not in text_of(client.get(f"/beheer/rapportages/{held.report.pk}/"))


@pytest.mark.django_db
def test_the_sheet_costs_the_same_for_one_contract_and_for_many(desk: Client, held: Cycle) -> None:
    meeting = talk_about(held)
    contract = held.report.contract
    BudgetLineFactory.create(contract=contract, started_by=contract.amendments.get(number=0))
    ActionPointFactory.create(meeting=meeting)
    other = ContractFactory.create(running=True, partner=contract.partner)
    ActionPointFactory.create(meeting=MeetingFactory.create(contracts=[other]))
    page = f"/beheer/overleg/{meeting.pk}/agendablad/"

    def cost() -> int:
        desk.get(page)
        with CaptureQueriesContext(connection) as found:
            assert desk.get(page).status_code == 200
        return len(found)

    before = cost()
    for _ in range(3):
        contract = ContractFactory.create(running=True)
        meeting.contracts.add(contract)
        BudgetLineFactory.create(contract=contract)
        ActionPointFactory.create(meeting=meeting)
        other = ContractFactory.create(running=True, partner=contract.partner)
        ActionPointFactory.create(meeting=MeetingFactory.create(contracts=[other]))
        TransitionFactory.create(contract=contract)
        ReportFactory.create(contract=contract)
    assert cost() == before
