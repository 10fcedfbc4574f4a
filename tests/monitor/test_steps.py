"""The pages on which an edition takes a step: what they show, ask and refuse."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.models import User
from agenda.models import Goal
from core.models import OutboxMail
from monitor.actions import TransitionError, adopt, back_to_draft, mark_judged, publish
from monitor.constants import MonitorStatus, Verdict
from monitor.models import Judgement, Monitor, MonitorEvent, Snapshot
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.factories_agenda import GoalFactory
from tests.factories_monitor import JudgementFactory, MonitorFactory, offer
from tests.monitor.making import agenda, draft, earlier, judge_all, judged

pytestmark = pytest.mark.django_db

HERE = "/beheer/monitor/2019/"


@pytest.fixture
def college(db: None) -> User:
    return UserFactory.create(name="Carla College", holds=[Role.COLLEGE])


def newest(monitor: Monitor) -> int:
    event = monitor.events.order_by("-pk").first()
    return event.pk if event else 0


def status(monitor: Monitor) -> str:
    monitor.refresh_from_db()
    return monitor.status


# -- where an edition stands -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "role", "words", "button"),
    [
        ("draft", Role.POLICY_OFFICER, "2 doelen wachten op een oordeel.", "Begin met beoordelen"),
        ("draft", Role.COLLEGE, "2 doelen wachten op een oordeel van de", ""),
        ("judged", Role.COLLEGE, "Het college stelt de monitor vast.", "Lees en stel vast"),
        ("judged", Role.POLICY_OFFICER, "wacht op het college", ""),
        ("adopted", Role.COUNCIL_CLERK, "biedt hem aan de raad aan.", "Bied aan de raad aan"),
        ("adopted", Role.COLLEGE, "De griffie is aan zet.", ""),
        ("published", Role.AUDITOR, "aangeboden aan de raad", "Bekijk de monitor"),
    ],
)
def test_the_one_who_is_to_act_gets_the_button(
    state: str, role: Role, words: str, button: str, client: Client, officer: User
) -> None:
    monitor = draft(agenda(), officer)
    if state != "draft":
        judge_all(monitor)
        offer(monitor, MonitorStatus(state))
    client.force_login(UserFactory.create(holds=[role]))
    html = client.get(HERE).content.decode()
    assert words in html
    assert html.count("btn-primary") == (1 if button else 0)
    assert button in html


def test_a_clerk_gets_an_edition_when_the_college_adopted_it(
    client: Client, clerk: User, officer: User
) -> None:
    monitor = judged(agenda(), officer)
    client.force_login(clerk)
    assert client.get(HERE).status_code == 403
    assert "2019" not in client.get("/beheer/monitor/").content.decode()
    offer(monitor, MonitorStatus.ADOPTED)
    assert client.get(HERE).status_code == 200
    assert "2019" in client.get("/beheer/monitor/").content.decode()


def test_an_edition_that_is_not_there_is_not_found(client: Client, officer: User) -> None:
    client.force_login(officer)
    answer = client.get("/beheer/monitor/2031/halfjaar/")
    assert answer.status_code == 404
    assert "Er is geen monitor over het eerste halfjaar van 2031." in answer.content.decode()


# -- draft -> judged -> draft ----------------------------------------------------------------------
def test_with_goals_open_the_page_names_them_with_a_link(client: Client, officer: User) -> None:
    monitor = draft(agenda(), officer)
    Judgement.objects.filter(goal__slug="doel-0").update(verdict="good")
    client.force_login(officer)
    answer = client.post(f"{HERE}beoordeeld/", follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(f"{HERE}beoordeeld/", 302)]
    assert "Nog niet alle doelen hebben een oordeel: 1 te gaan." in html
    assert f'href="{HERE}doel/doel-1/"' in html
    assert f'href="{HERE}doel/doel-0/"' not in html
    assert status(monitor) == MonitorStatus.DRAFT


def test_an_officer_puts_it_before_the_college_and_takes_it_back(
    client: Client, officer: User
) -> None:
    monitor = draft(agenda(), officer)
    judge_all(monitor)
    client.force_login(officer)
    assert "2 van de 2 doelen staan op goed" in client.get(f"{HERE}beoordeeld/").content.decode()
    client.post(f"{HERE}beoordeeld/")
    assert status(monitor) == MonitorStatus.JUDGED
    refused = client.post(f"{HERE}terug/", {"note": "  "}).content.decode()
    assert "Schrijf waarom de monitor terug moet." in refused
    assert status(monitor) == MonitorStatus.JUDGED
    client.post(f"{HERE}terug/", {"note": "Een cijfer klopt niet"})
    assert status(monitor) == MonitorStatus.DRAFT
    html = client.get(HERE).content.decode()
    assert "Een cijfer klopt niet" in html
    assert [(event.from_status, event.to_status) for event in monitor.events.all()] == [
        ("draft", "judged"),
        ("judged", "draft"),
    ]


@pytest.mark.parametrize("state", [MonitorStatus.DRAFT, MonitorStatus.ADOPTED])
def test_only_a_judged_edition_goes_back(state: MonitorStatus, officer: User) -> None:
    monitor = MonitorFactory.create(status=state)
    with pytest.raises(TransitionError, match="kan nu niet terug"):
        back_to_draft(monitor, user=officer, note="Toch niet")
    assert status(monitor) == state
    assert not MonitorEvent.objects.exists()


def test_going_back_without_a_reason_is_refused(officer: User) -> None:
    monitor = MonitorFactory.create(judged=True)
    with pytest.raises(TransitionError, match="Schrijf waarom"):
        back_to_draft(monitor, user=officer, note=" ")
    assert status(monitor) == MonitorStatus.JUDGED


# -- judged -> adopted -----------------------------------------------------------------------------
def test_the_college_reads_the_counts_and_what_changed_and_adopts(
    client: Client, officer: User, college: User
) -> None:
    version = agenda()
    earlier(version, verdict=Verdict.NEUTRAL)
    monitor = draft(version, officer)
    Judgement.objects.filter(monitor=monitor, goal__slug="doel-0").update(
        verdict="good", reason="performance", explanation="Er is gebouwd.", suggested="negative"
    )
    Judgement.objects.filter(monitor=monitor, goal__slug="doel-1").update(verdict="neutral")
    mark_judged(monitor, user=officer)
    client.force_login(college)
    html = client.get(f"{HERE}vaststellen/").content.decode()
    assert "Het gaat beter: 1 van de 2 doelen staat op goed." in html
    assert "van neutraal naar goed" in html
    assert "Reden: prestatie. Er is gebouwd." in html
    assert "voorstel negatief, oordeel goed" in html
    data = {"note": "Besluit 12", "last_event": newest(monitor)}
    answer = client.post(f"{HERE}vaststellen/", data, follow=True)
    assert "is vastgesteld. De griffie is nu aan zet." in answer.content.decode()
    assert status(monitor) == MonitorStatus.ADOPTED
    event = monitor.events.get(to_status="adopted")
    assert (event.actor, event.note) == (college, "Besluit 12")


def test_a_double_click_adopts_once(client: Client, officer: User, college: User) -> None:
    monitor = judged(agenda(), officer)
    client.force_login(college)
    data = {"last_event": newest(monitor)}
    client.post(f"{HERE}vaststellen/", data)
    answer = client.post(f"{HERE}vaststellen/", data, follow=True)
    assert "vaststellen kan één keer" in answer.content.decode()
    assert monitor.events.filter(to_status="adopted").count() == 1


def test_what_was_judged_again_is_read_again_before_it_is_adopted(
    client: Client, officer: User, college: User
) -> None:
    monitor = judged(agenda(), officer)
    seen = newest(monitor)
    back_to_draft(monitor, user=officer, note="Nog iets")
    mark_judged(monitor, user=officer)
    client.force_login(college)
    answer = client.post(f"{HERE}vaststellen/", {"last_event": seen}, follow=True)
    assert "opnieuw beoordeeld nadat u de bladzijde opende" in answer.content.decode()
    assert status(monitor) == MonitorStatus.JUDGED


def test_an_unjudged_edition_is_not_adopted(client: Client, officer: User, college: User) -> None:
    monitor = draft(agenda(), officer)
    client.force_login(college)
    for answer in (
        client.get(f"{HERE}vaststellen/", follow=True),
        client.post(f"{HERE}vaststellen/", {"last_event": 0}, follow=True),
    ):
        assert answer.redirect_chain == [(HERE, 302)]
        assert "message-warning" in answer.content.decode()
    assert status(monitor) == MonitorStatus.DRAFT


# -- adopted -> published --------------------------------------------------------------------------
def test_the_clerk_offers_it_and_sees_the_document_being_made(
    client: Client, officer: User, college: User, clerk: User
) -> None:
    monitor = judged(agenda(), officer)
    adopt(monitor, user=college)
    client.force_login(clerk)
    assert "Terugdraaien kan niet." in client.get(f"{HERE}aanbieden/").content.decode()
    answer = client.post(f"{HERE}aanbieden/", follow=True)
    assert answer.redirect_chain == [("/monitor/2019/document/", 302)]
    assert status(monitor) == MonitorStatus.PUBLISHED
    assert monitor.snapshots.get().documents.get().job is not None
    assert client.get("/monitor/2019/").status_code == 200


def test_a_double_click_offers_once(
    client: Client, officer: User, college: User, clerk: User
) -> None:
    monitor = judged(agenda(), officer)
    adopt(monitor, user=college)
    client.force_login(clerk)
    client.post(f"{HERE}aanbieden/")
    answer = client.post(f"{HERE}aanbieden/", follow=True)
    assert "aanbieden kan één keer" in answer.content.decode()
    assert Snapshot.objects.count() == 1
    assert OutboxMail.objects.filter(to=clerk.email).count() == 1


def test_council_and_clerk_hear_of_it_once_each_and_nobody_else(
    officer: User, college: User, clerk: User, councillor: User
) -> None:
    RoleAssignmentFactory.create(user=councillor, role=Role.COUNCIL_CLERK)
    gone = UserFactory.create(holds=[Role.COUNCIL_MEMBER], is_active=False)
    monitor = judged(agenda(), officer)
    adopt(monitor, user=college)
    assert not OutboxMail.objects.exists()
    publish(monitor, user=clerk)
    mails = OutboxMail.objects.all()
    assert sorted(mail.to for mail in mails) == sorted([clerk.email, councillor.email])
    assert gone.email not in {mail.to for mail in mails}
    assert {mail.subject for mail in mails} == {
        "Monitor Sociaal Domein 2019 is aangeboden aan de raad"
    }
    assert all("http://localhost:8000/monitor/2019/" in mail.text for mail in mails)


def test_history_from_a_source_is_published_without_mail(councillor: User) -> None:
    monitor = MonitorFactory.create(from_source=True, judges_goals=False)
    for step in (mark_judged, adopt, publish):
        step(monitor, user=None)
    assert not OutboxMail.objects.exists()


# -- the list --------------------------------------------------------------------------------------
def test_the_list_says_how_far_each_edition_is(client: Client, officer: User) -> None:
    draft(agenda(), officer)
    Judgement.objects.filter(goal__slug="doel-0").update(verdict="good")
    MonitorFactory.create(year=2016, published=True, judges_goals=False)
    client.force_login(officer)
    html = client.get("/beheer/monitor/").content.decode()
    assert html.index("Monitor Sociaal Domein 2019") < html.index("Monitor Sociaal Domein 2016")
    assert "1 van 2 doelen" in html
    assert "geen oordeel per doel" in html


def test_an_empty_list_offers_the_way_on(client: Client, officer: User, clerk: User) -> None:
    client.force_login(officer)
    assert "Begin een monitor" in client.get("/beheer/monitor/").content.decode()
    client.force_login(clerk)
    html = client.get("/beheer/monitor/").content.decode()
    assert "Er is voor u nog geen monitor" in html
    assert "Begin een monitor" not in html


# -- queries ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("page", "state", "role"),
    [
        ("", "draft", Role.POLICY_OFFICER),
        ("verwijderen/", "draft", Role.POLICY_OFFICER),
        ("beoordeeld/", "draft", Role.POLICY_OFFICER),
        ("knelpunt/", "draft", Role.POLICY_OFFICER),
        ("terug/", "judged", Role.POLICY_OFFICER),
        ("vaststellen/", "judged", Role.COLLEGE),
        ("aanbieden/", "adopted", Role.COUNCIL_CLERK),
    ],
)
def test_a_page_takes_as_many_queries_for_many_goals_as_for_two(
    page: str, state: str, role: Role, client: Client, officer: User
) -> None:
    counts = []
    for year, goals in ((2019, 2), (2021, 24)):
        version = agenda(goals=0)
        for number in range(goals):
            GoalFactory.create(theme=version.themes.get(), number=str(number))
        earlier(version, year - 1)
        monitor = draft(version, officer, year)
        if state != "draft":
            judge_all(monitor)
        for goal in Goal.objects.filter(theme__version=version):
            monitor.bottlenecks.create(theme=goal.theme, goal=goal, text="Traag.")
        offer(monitor, MonitorStatus(state))
        client.force_login(UserFactory.create(holds=[role]))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/beheer/monitor/{year}/{page}")
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_takes_as_many_queries_for_many_editions_as_for_one(
    client: Client, officer: User
) -> None:
    client.force_login(officer)
    counts = []
    for years in (range(2018, 2019), range(2000, 2018)):
        for year in years:
            JudgementFactory.create(monitor__year=year)
        with CaptureQueriesContext(connection) as queries:
            client.get("/beheer/monitor/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
