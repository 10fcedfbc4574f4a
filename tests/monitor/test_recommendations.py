"""What becomes of recommendations: who sees to one, how far it is, and who reads that."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Change
from monitor.models import FollowUp, FollowUpUpdate, InvestigationPart
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_inquiries import (
    FollowUpFactory,
    FollowUpUpdateFactory,
    InvestigationPartFactory,
    public_advice,
)
from tests.factories_reporting import SupervisionAnswerFactory, SupervisionFindingFactory
from tests.reporting.supervised import published

pytestmark = pytest.mark.django_db
LIST, DESK, TABLE = "/aanbevelingen/", "/beheer/aanbevelingen/", "/aanbevelingen.csv"


def signed_in(*roles: Role, **fields: Any) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=list(roles), **fields))
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def at(part: InvestigationPart | None, more: str = "") -> str:
    assert part is not None
    return f"{DESK}onderzoek/{part.pk}/{more}"


TOLD = {
    "state": "done",
    "day": "2026-06-02",
    "text": "De wachttijd is nu 3 weken.",
    "evidence_url": "https://raad.voorbeeld.test/besluit",
}
ASSIGNED = {
    "norm": "14",
    "responsible": "het college",
    "role": "college",
    "due_on": "2026-09-01",
    "revision": "1",
}


def test_an_auditor_assigns_and_the_college_tells_and_everybody_reads_it(client: Client) -> None:
    (advice,) = public_advice()
    assert "nog niet toegewezen" in text_of(client.get(LIST))
    auditor, college = signed_in(Role.AUDITOR), signed_in(Role.COLLEGE)
    assert auditor.post(at(advice, "toewijzen/"), ASSIGNED).status_code == 302
    assert college.post(at(advice, "stand/"), TOLD).status_code == 302
    page = text_of(client.get(f"{LIST}onderzoek/{advice.pk}/"))
    for words in (
        *("Kort de wachttijd in stap 1.", "Stap 1 doen wij.", "Het college", "14 april 2026"),
        *("1 september 2026", "Norm 14: besluiten vastgelegd", "Uitgevoerd", "2 juni 2026"),
        *("De wachttijd is nu 3 weken.", "https://raad.voorbeeld.test/besluit"),
    ):
        assert words in page
    lines = text_of(college.get(at(advice, "geschiedenis/")))
    assert "Wie verantwoordelijk is" in lines
    assert "De wachttijd is nu 3 weken." in lines


def test_a_later_state_stands_above_the_earlier_one_and_neither_changes(client: Client) -> None:
    row = FollowUpFactory.create()
    told = FollowUpUpdateFactory.create(follow_up=row)
    keeper = signed_in(Role.COLLEGE)
    assert keeper.post(at(row.part, "stand/"), TOLD).status_code == 302
    page = text_of(client.get(f"{LIST}onderzoek/{row.part_id}/"))
    assert page.index("De wachttijd is nu 3 weken.") < page.index("Het team is gevormd.")
    assert "Uitgevoerd" in text_of(client.get(LIST))
    for change in (lambda: told.delete(), lambda: FollowUpUpdate.objects.update(text="Nee.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_second_click_tells_nothing_twice() -> None:
    row = FollowUpFactory.create()
    keeper = signed_in(Role.COLLEGE)
    keeper.post(at(row.part, "stand/"), TOLD)
    again = keeper.post(at(row.part, "stand/"), TOLD)
    assert "niet nog eens bewaard" in text_of(again)
    assert FollowUpUpdate.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"state": ""}, "Kies hoe ver het is."),
        ({"text": ""}, "Schrijf hoe het ervoor staat."),
        ({"day": "2999-01-01"}, "2999"),
        ({"evidence_url": "brief.pdf"}, "Begin met https:// of http://."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong: dict[str, str], words: str) -> None:
    row = FollowUpFactory.create()
    answer = text_of(signed_in(Role.COLLEGE).post(at(row.part, "stand/"), {**TOLD, **wrong}))
    assert words in answer
    assert wrong.get("text") == "" or TOLD["text"] in answer
    assert not FollowUpUpdate.objects.exists()


@pytest.mark.parametrize(
    "keepers",
    [{"role": ""}, {"role": "college", "organisation": "some"}],
    ids=["nobody", "two"],
)
def test_exactly_one_keeps_it(keepers: dict[str, str]) -> None:
    (advice,) = public_advice()
    if "organisation" in keepers:
        keepers = {**keepers, "organisation": str(OrganisationFactory.create().pk)}
    officer = signed_in(Role.POLICY_OFFICER)
    answer = officer.post(at(advice, "toewijzen/"), {**ASSIGNED, **keepers})
    assert "Kies één die de stand bijhoudt" in text_of(answer)
    assert not FollowUp.objects.exists()


def test_who_saves_after_somebody_else_sees_both_and_loses_nothing() -> None:
    row = FollowUpFactory.create()
    officer = signed_in(Role.POLICY_OFFICER)
    assert officer.post(at(row.part, "toewijzen/"), ASSIGNED).status_code == 302
    late = {**ASSIGNED, "responsible": "de griffie"}
    answer = text_of(officer.post(at(row.part, "toewijzen/"), late))
    assert "Iemand anders bewaarde dit" in answer
    assert "de griffie" in answer
    row.refresh_from_db()
    assert row.responsible == "het college"


def test_only_who_keeps_it_tells_how_far_it_is() -> None:
    person = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    partner = OrganisationFactory.create()
    of_role = FollowUpFactory.create(role="council_clerk")
    of_person = FollowUpFactory.create(role="", user=person)
    of_partner = FollowUpFactory.create(role="", organisation=partner)
    manager = Client()
    manager.force_login(person)
    reporter = signed_in(Role.REPORTER, of=partner)
    reader = signed_in(Role.READER, of=partner)
    other = signed_in(Role.REPORTER, of=OrganisationFactory.create())
    clerk = signed_in(Role.COUNCIL_CLERK)
    may = {of_role: [clerk], of_person: [manager], of_partner: [reporter]}
    for row, keepers in may.items():
        for client in (clerk, manager, reporter, reader, other, signed_in(Role.AUDITOR)):
            expected = 200 if client in keepers else 403
            assert client.get(at(row.part, "stand/")).status_code == expected
    told = reporter.post(at(of_partner.part, "stand/"), TOLD)
    assert told.headers["Location"] == f"{LIST}onderzoek/{of_partner.part_id}/"


def test_what_is_not_assigned_has_no_state_and_what_is_no_advice_is_not_there() -> None:
    (advice,) = public_advice()
    officer = signed_in(Role.POLICY_OFFICER)
    assert officer.get(at(advice, "stand/")).status_code == 404
    finding = InvestigationPartFactory.create(investigation__settled=True, kind="advice")
    assert Client().get(f"{LIST}onderzoek/{finding.pk}/").status_code == 404
    assert officer.get(at(finding)).status_code == 404
    assert Client().get(f"{LIST}iets-anders/{advice.pk}/").status_code == 404


def test_what_an_investigation_in_the_making_recommends_is_on_no_list(client: Client) -> None:
    for state in ({}, {"in_check": True}, {"reacted": True}):
        InvestigationPartFactory.create(
            kind="advice",
            text="Nog geheim.",
            **{f"investigation__{k}": v for k, v in state.items()},
        )
    assert "Er zijn nog geen aanbevelingen" in text_of(client.get(LIST))
    assert "Nog geheim." not in text_of(signed_in(Role.COLLEGE).get(DESK))


def test_the_supervisor_recommends_on_the_same_list(client: Client) -> None:
    report = published(year=2022)
    finding = report.findings.get()
    SupervisionAnswerFactory.create(finding=finding, text="Dat staat nu in de overeenkomst.")
    FollowUpFactory.create(part=None, finding=finding, responsible="de afdeling Inkoop")
    draft = SupervisionFindingFactory.create(advice="Nog een concept.")
    page = text_of(client.get(LIST))
    assert finding.advice in page
    assert "De afdeling Inkoop" in page
    assert draft.advice not in page
    shown = text_of(client.get(f"{LIST}toezicht/{finding.pk}/"))
    assert "Dat staat nu in de overeenkomst." in shown
    assert 'href="/toezicht/2022/#aanbeveling-1"' in shown
    assert f'href="{LIST}toezicht/{finding.pk}/"' in text_of(client.get("/toezicht/2022/"))
    assert client.get(f"{LIST}toezicht/{draft.pk}/").status_code == 404


def test_the_list_is_chosen_by_state_norm_and_who_is_responsible(client: Client) -> None:
    first, second, third = public_advice(3)
    done = FollowUpFactory.create(part=first, norm="14", due_on=datetime.date(2026, 1, 1))
    FollowUpUpdateFactory.create(follow_up=done, state="done")
    FollowUpFactory.create(
        part=second, norm="D", responsible="de griffie", due_on=datetime.date(2026, 1, 1)
    )
    expected = {
        "stand=done": [first],
        "stand=started": [],
        "stand=te-laat": [second],
        "stand=zonder-stand": [second],
        "stand=niet-toegewezen": [third],
        "norm=14": [first],
        "norm=D": [first, second],
        "norm=A": [],
        "wie=de griffie": [second],
    }
    for asked, rows in expected.items():
        page = text_of(client.get(f"{LIST}?{asked}"))
        found = [part for part in (first, second, third) if part.text in page]
        assert found == rows, asked
    assert "Geen aanbevelingen met deze keuze" in text_of(client.get(f"{LIST}?stand=started"))


def test_the_table_says_what_the_list_says_and_refuses_what_is_no_choice(client: Client) -> None:
    first, _ = public_advice(2)
    FollowUpUpdateFactory.create(follow_up__part=first, text="Klaar.")
    content = client.get(TABLE).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert [row["nummer"] for row in rows] == ["1", "2"]
    assert rows[0]["stand"] == "in uitvoering"
    assert rows[0]["stand op"] == "2026-06-01"
    assert rows[0]["reactie"] == "Stap 1 doen wij."
    assert rows[1]["stand"] == "nog niet toegewezen"
    chosen = client.get(f"{TABLE}?stand=started").content.decode()
    assert "stap 2" not in chosen
    assert client.get(f"{TABLE}?stand=kwijt").status_code == 400


def test_who_keeps_it_finds_it_at_work_when_it_is_due(client: Client) -> None:
    today = timezone.localdate()
    soon, later = public_advice(2)
    FollowUpFactory.create(part=soon, due_on=today + datetime.timedelta(days=5))
    told = FollowUpFactory.create(part=later, due_on=today + datetime.timedelta(days=90))
    college = signed_in(Role.COLLEGE)
    page = text_of(college.get("/werk/"))
    assert f'href="{DESK}onderzoek/{soon.pk}/stand/"' in page
    assert "Eén aanbeveling zonder stand" in page
    FollowUpUpdateFactory.create(follow_up=told)
    assert "zonder stand" not in text_of(college.get("/werk/"))
    assert "Hoe ver is deze aanbeveling?" not in text_of(
        signed_in(Role.COUNCIL_CLERK).get("/werk/")
    )
    FollowUpUpdateFactory.create(follow_up=FollowUp.objects.get(part=soon), state="done")
    assert "Hoe ver is deze aanbeveling?" not in text_of(college.get("/werk/"))


def test_an_officer_finds_what_nobody_sees_to() -> None:
    public_advice(2)
    page = text_of(signed_in(Role.POLICY_OFFICER).get("/werk/"))
    assert "2 aanbevelingen zonder verantwoordelijke" in page
    assert f"{DESK}?stand=niet-toegewezen" in page


def test_the_public_page_names_no_person(client: Client) -> None:
    person = UserFactory.create(name="Anja Geheim", holds=[Role.POLICY_OFFICER])
    row = FollowUpFactory.create(role="", user=person)
    FollowUpUpdateFactory.create(follow_up=row, actor=person)
    assert "Anja Geheim" not in text_of(client.get(f"{LIST}onderzoek/{row.part_id}/"))
    assert "Anja Geheim" in text_of(signed_in(Role.COLLEGE).get(at(row.part)))


def test_an_investigation_leads_to_what_became_of_its_recommendations(client: Client) -> None:
    (advice,) = public_advice()
    page = text_of(client.get(f"/onderzoeken/{advice.investigation_id}/"))
    assert f'href="{LIST}onderzoek/{advice.pk}/"' in page
    back = text_of(client.get(f"{LIST}onderzoek/{advice.pk}/"))
    assert f'href="/onderzoeken/{advice.investigation_id}/#advice-1"' in back
    assert 'id="advice-1"' in page


def test_the_list_takes_as_many_queries_for_one_as_for_many(client: Client) -> None:
    counts = []
    for number in (1, 4):
        for part in public_advice(number):
            FollowUpUpdateFactory.create(follow_up__part=part)
        finding = published(year=2021 + number).findings.get()
        SupervisionAnswerFactory.create(finding=finding)
        FollowUpUpdateFactory.create(follow_up=FollowUpFactory.create(part=None, finding=finding))
        for address in (LIST, TABLE):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 10


def test_each_change_of_who_sees_to_it_is_in_the_history() -> None:
    (advice,) = public_advice()
    officer = signed_in(Role.POLICY_OFFICER)
    officer.post(at(advice, "toewijzen/"), ASSIGNED)
    officer.post(at(advice, "toewijzen/"), {**ASSIGNED, "due_on": "2026-12-01"})
    change = Change.objects.order_by("-pk")[0]
    assert [field["label"] for field in change.fields] == ["Uitgevoerd uiterlijk op"]
    assert not change.is_private
