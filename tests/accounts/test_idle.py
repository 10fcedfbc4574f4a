"""A session in which a person does nothing ends, and leads back to where it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import idle
from accounts.constants import Role
from accounts.models import AuditEntry, Organisation, User
from tests.factories import PASSWORD, UserFactory
from tests.reporting.cycle import cycle
from tests.second_step import sign_in

pytestmark = pytest.mark.django_db
STATE = "/account/zitting/"
JSON = {"Accept": "application/json"}
MINUTE = 60
Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """``later(90)``: an hour and a half goes by, for what counts how long nothing happened."""
    moment = idle.now()

    def forward(minutes: float) -> None:
        nonlocal moment
        moment += int(minutes * MINUTE)
        monkeypatch.setattr(idle, "now", lambda: moment)

    forward(0)
    return forward


def test_staff_has_an_hour_from_the_last_act(client: Client, officer: User, later: Later) -> None:
    client.force_login(officer)
    for _time in range(3):
        later(59)
        assert client.get("/beheer/agenda/").status_code == 200
    later(60)
    answer = client.get("/beheer/agenda/?zoek=jeugd")
    assert answer.headers["Location"] == "/account/login/?next=/beheer/agenda/%3Fzoek%3Djeugd"
    assert "_auth_user_id" not in client.session


def test_it_says_why_and_comes_back_to_the_page(
    client: Client, officer: User, later: Later
) -> None:
    client.force_login(officer)
    later(61)
    page = client.get("/beheer/agenda/", follow=True)
    assert "U bent uitgelogd, omdat u 60 minuten niets deed." in page.content.decode()
    assert "niet bewaard" not in page.content.decode()
    [entry] = AuditEntry.objects.filter(action="session_ended")
    assert entry.actor == officer
    assert 'name="next" value="/beheer/agenda/"' in page.content.decode()


def test_a_form_that_came_too_late_says_so_and_leads_back_to_its_page(
    client: Client, officer: User, later: Later
) -> None:
    client.force_login(officer)
    later(61)
    here = {"Referer": "http://testserver/beheer/agenda/nieuw/?van=1#boven"}
    answer = client.post(reverse("agenda_add"), {}, headers=here)
    assert answer.headers["Location"] == "/account/login/?next=/beheer/agenda/nieuw/%3Fvan%3D1"
    html = client.get(answer.headers["Location"]).content.decode()
    assert "Wat u instuurde, is nog niet bewaard." in html


def test_a_form_of_who_signed_out_elsewhere_says_so_and_leads_back_to_its_page(
    client: Client,
) -> None:
    here = {"Referer": "http://testserver/beheer/agenda/nieuw/?van=1#boven"}
    answer = client.post(reverse("agenda_add"), {}, headers=here)
    assert answer.headers["Location"] == "/account/login/?next=/beheer/agenda/nieuw/%3Fvan%3D1"
    html = client.get(answer.headers["Location"]).content.decode()
    assert "U bent uitgelogd. Wat u instuurde, is nog niet bewaard." in html
    elsewhere = {"Referer": "https://elders.example/x"}
    answer = client.post(reverse("agenda_add"), {}, headers=elsewhere)
    assert answer.headers["Location"] == f"/account/login/?next={reverse('work_home')}"


@pytest.mark.parametrize("referer", ["https://elders.example/x", "javascript:alert(1)", ""])
def test_it_leads_to_no_other_site(
    client: Client, officer: User, later: Later, referer: str
) -> None:
    client.force_login(officer)
    later(61)
    answer = client.post(reverse("agenda_add"), {}, headers={"Referer": referer})
    assert answer.headers["Location"] == "/account/login/?next=/werk/"


@pytest.mark.parametrize(
    ("roles", "minutes"),
    [
        ([Role.REPORTER], 15),
        ([Role.POLICY_OFFICER], 60),
        ([], 60),
        ([Role.READER, Role.COUNCIL_MEMBER], 15),
    ],
)
def test_who_has_a_role_at_a_partner_gets_the_shorter_time(
    client: Client, partner: Organisation, later: Later, roles: list[Role], minutes: int
) -> None:
    client.force_login(UserFactory.create(holds=roles, of=partner))
    later(minutes - 1)
    assert client.get("/werk/").status_code == 200
    later(minutes)
    assert client.get("/werk/").status_code == 302


def test_the_settings_say_how_long(
    client: Client, officer: User, later: Later, settings: Settings
) -> None:
    settings.SESSION_MINUTES_STAFF = 5
    client.force_login(officer)
    later(5)
    assert client.get("/werk/").status_code == 302


def test_a_draft_that_saves_itself_is_no_act_and_says_nobody_is_signed_in_at_the_end(
    client: Client, later: Later
) -> None:
    made = cycle()
    client.force_login(made.reporter)
    address = reverse("report_autosave", args=[made.report.pk])
    for _time in range(2):
        later(7)
        assert client.post(address, {}, headers=JSON).status_code == 200
    later(1)
    assert client.post(address, {}, headers=JSON).status_code == 302
    assert "_auth_user_id" not in client.session


def test_asking_how_long_is_no_act_and_the_button_is(
    client: Client, officer: User, later: Later
) -> None:
    client.force_login(officer)
    later(58)
    told = client.get(STATE, headers=JSON).json()
    assert (told["left"], told["person"]) == (2 * MINUTE, str(officer.pk))
    assert client.post(STATE, headers=JSON).json()["left"] == 60 * MINUTE
    later(59)
    assert client.get(STATE, headers=JSON).json()["left"] == MINUTE
    later(1)
    assert client.get(STATE, headers=JSON).status_code == 302


def test_without_script_the_button_leads_on(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert client.post(STATE).headers["Location"] == "/werk/"


def test_a_page_says_how_long_it_has(client: Client, officer: User, later: Later) -> None:
    client.force_login(officer)
    html = client.get("/werk/").content.decode()
    assert f'data-left="{60 * MINUTE}"' in html
    assert html.count('role="alertdialog"') == 1
    assert 'role="alertdialog"' not in client.get("/agenda/").content.decode()


def test_not_every_page_writes(client: Client, officer: User, later: Later) -> None:
    client.force_login(officer)
    client.get("/werk/")
    [kept] = Session.objects.all()
    later(0.25)
    client.get("/werk/")
    assert Session.objects.get().session_data == kept.session_data
    later(1)
    client.get("/werk/")
    assert Session.objects.get().session_data != kept.session_data


def test_a_public_page_of_who_is_out_of_time_stays_public(
    client: Client, officer: User, later: Later
) -> None:
    client.force_login(officer)
    later(61)
    assert client.get("/agenda/").status_code == 200


def test_after_signing_in_again_the_time_begins_anew(
    client: Client, officer: User, later: Later
) -> None:
    client.force_login(officer)
    later(61)
    client.get("/werk/")
    sign_in(client, officer, PASSWORD)
    assert client.get("/werk/").status_code == 200
