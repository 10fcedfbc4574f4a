"""Where somebody who signs in starts: the roles held and what can be done with them."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import assignments_of
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import User
from monitor.constants import MonitorKind, MonitorStatus
from monitor.documents import request_document
from monitor.waiting import everything_waiting
from tests.eisen.reading import read
from tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory
from tests.factories_agenda import AgendaVersionFactory
from tests.factories_monitor import SnapshotFactory, offer
from tests.factories_projects import ProjectStepFactory, started_project
from tests.factories_reporting import ReportFactory
from tests.monitor.making import agenda, draft
from tests.reporting.cycle import cycle, submitted

pytestmark = pytest.mark.django_db


def page(client: Client, *roles: Role, **fields: object) -> str:
    client.force_login(UserFactory.create(name="Anja", holds=roles, **fields))
    return client.get("/werk/").content.decode()


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    assert client.get("/werk/").headers["Location"] == "/account/login/?next=/werk/"


def test_who_holds_no_role_reads_who_gives_one(client: Client) -> None:
    html = page(client)
    assert "Goedendag Anja" in html
    assert "U hebt nog geen rol" in html
    assert "Raadsdocumenten" not in html


def test_a_role_is_named_with_its_organisation_and_first_day(client: Client) -> None:
    partner = OrganisationFactory.create(name="Stichting Haven")
    html = page(client, Role.REPORTER, of=partner)
    assert "Rapporteur van een partner</b> bij Stichting Haven" in html
    assert "Sinds 1 januari 2015" in html
    assert "Stijlgids" not in html


@pytest.mark.parametrize("role", [Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER])
def test_who_makes_documents_finds_those_of_every_edition(client: Client, role: Role) -> None:
    request_document(SnapshotFactory.create(monitor__year=2018))
    SnapshotFactory.create(monitor__year=2018, monitor__kind=MonitorKind.HALF_YEAR)
    html = page(client, role)
    assert 'href="/monitor/2018/document/beheer/"' in html
    assert 'href="/monitor/2018/halfjaar/document/beheer/"' in html
    assert "in de wachtrij." in html
    assert "Nog niet gevraagd." in html


def test_the_documents_of_an_older_version_are_not_shown(client: Client) -> None:
    first = SnapshotFactory.create(monitor__year=2018)
    request_document(first)
    SnapshotFactory.create(monitor=first.monitor, version=2)
    assert "in de wachtrij" not in page(client, Role.POLICY_OFFICER)


def test_the_page_takes_as_many_queries_for_one_edition_as_for_many(client: Client) -> None:
    client.force_login(UserFactory.create(holds=[Role.POLICY_OFFICER]))
    counts = []
    for years in (range(2018, 2019), range(2010, 2018)):
        for year in years:
            request_document(SnapshotFactory.create(monitor__year=year))
        with CaptureQueriesContext(connection) as queries:
            client.get("/werk/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("role", "state", "words"),
    [
        (Role.POLICY_OFFICER, MonitorStatus.DRAFT, "0 van 2 doelen beoordeeld."),
        (Role.COLLEGE, MonitorStatus.JUDGED, "Wacht op vaststelling door het college."),
        (Role.COUNCIL_CLERK, MonitorStatus.ADOPTED, "wacht op aanbieding aan de raad."),
    ],
)
def test_who_is_to_act_on_an_edition_finds_it_and_nobody_else(
    role: Role, state: MonitorStatus, words: str, client: Client, officer: User
) -> None:
    offer(draft(agenda(), officer), state)
    for other in Role:
        html = (
            page(client, other, of=OrganisationFactory.create())
            if other in PARTNER_ROLES
            else (page(client, other))
        )
        assert (words in html) == (other == role), other
        assert ('href="/beheer/monitor/2019/"' in html) == (other == role), other


def test_a_partner_finds_the_reports_that_are_due_first(client: Client) -> None:
    held = cycle()
    client.force_login(held.reporter)
    html = client.get("/werk/").content.decode()
    assert "4 rapportages om in te vullen" in html
    assert "De eerste: Halfjaarrapportage eerste halfjaar 2019" in html
    assert html.index("Wat op u wacht") < html.index("Uw rollen")


def replacing(person: User, stand_in: User) -> None:
    held = person.role_assignments.get()
    RoleAssignmentFactory.create(
        user=stand_in,
        role=held.role,
        organisation=held.organisation,
        replaces=person,
        authority=held.authority,
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + datetime.timedelta(days=9),
    )


def test_a_stand_in_reads_for_whom_the_work_is(client: Client) -> None:
    held = submitted()
    manager = UserFactory.create(name="Anna Afwezig", holds=[Role.CONTRACT_MANAGER])
    officer = UserFactory.create(name="Otto Officier", holds=[Role.POLICY_OFFICER])
    AgendaVersionFactory.create()
    draft(agenda(), officer)
    stand_in = UserFactory.create(name="Vera", holds=[Role.POLICY_OFFICER])
    replacing(manager, stand_in)
    replacing(officer, stand_in)
    client.force_login(stand_in)
    page = read(client, "/werk/")
    page.holds(
        "Lezen, en accepteren of terugsturen. Namens Anna Afwezig.",
        "Nog niet vastgesteld. Ook namens Otto Officier.",  # and of her own
        "0 van 2 doelen beoordeeld. Ook namens Otto Officier.",
        "Accounthouder, namens Anna Afwezig",
    )
    replacing(held.reporter, reporter := UserFactory.create())
    client.force_login(reporter)
    read(client, "/werk/").holds(f"Namens {held.reporter}.")
    client.force_login(manager)
    assert "amens Anna" not in read(client, "/werk/").text


def test_a_manager_finds_what_came_in_and_what_did_not(client: Client) -> None:
    held = submitted()
    client.force_login(held.manager)
    html = client.get("/werk/").content.decode()
    assert "Eén ingediende rapportage" in html
    assert "3 rapportages te laat" in html
    assert 'href="/beheer/rapportages/?stand=submitted"' in html


def test_an_officer_finds_the_agendas_in_the_making(client: Client) -> None:
    AgendaVersionFactory.create()
    assert "Eén agenda in de maak" in page(client, Role.POLICY_OFFICER)


def test_the_home_costs_the_same_with_many_reports(client: Client) -> None:
    held = submitted()
    client.force_login(held.manager)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/werk/")
        counts.append(len(queries))
        for _ in range(20):
            ReportFactory.create(submitted=True)
    assert counts[0] == counts[1]


def test_what_is_due_in_projects_waits_for_who_keeps_them(client: Client) -> None:
    step = ProjectStepFactory.create(due_on=datetime.date(2020, 3, 1))
    html = page(client, Role.CONTRACT_MANAGER)
    assert "Eén stap van een project die klaar moet" in html
    assert f'href="/beheer/projecten/{step.project.slug}/"' in html
    ProjectStepFactory.create(project=step.project, due_on=datetime.date(2020, 4, 1))
    far = timezone.localdate() + datetime.timedelta(days=60)
    ProjectStepFactory.create(project=step.project, due_on=far)
    assert "2 stappen van projecten die klaar moeten" in page(client, Role.POLICY_OFFICER)
    assert "klaar moeten" not in page(client, Role.COLLEGE)
    step.project.steps.update(done_on=datetime.date(2020, 4, 1))
    assert "klaar moeten" not in page(client, Role.CONTRACT_MANAGER)


def test_a_project_past_its_days_is_to_be_evaluated() -> None:
    plan = started_project().plans.get()
    assert plan.ends_on is not None
    assert plan.decide_by is not None
    keeper = UserFactory.create(holds=[Role.CONTRACT_MANAGER])

    def titles(day: datetime.date) -> dict[str, str]:
        return {one.title: one.url for one in everything_waiting(list(assignments_of(keeper)), day)}

    evaluate, over = "Eén project om te evalueren", "Eén project over de tijd"
    before = titles(min(plan.ends_on, plan.decide_by))
    assert not {evaluate, over} & set(before)
    after = titles(max(plan.ends_on, plan.decide_by) + datetime.timedelta(days=1))
    assert after[evaluate] == "/beheer/projecten/?besluit=on"
    assert after[over] == "/beheer/projecten/?tijd=on"
