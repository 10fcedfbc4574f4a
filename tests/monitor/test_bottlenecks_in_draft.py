"""What hampers a goal: added, changed, solved and taken out while an edition is a draft."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.edits import MEANWHILE
from monitor.constants import BottleneckState, MonitorStatus
from monitor.models import Bottleneck, Monitor
from tests.factories_agenda import GoalFactory
from tests.factories_monitor import BottleneckFactory, offer
from tests.monitor.making import agenda, draft

pytestmark = pytest.mark.django_db

HERE = "/beheer/monitor/2019/"


@pytest.fixture
def monitor(officer: User) -> Monitor:
    return draft(agenda(), officer)


@pytest.fixture
def row(monitor: Monitor) -> Bottleneck:
    theme = monitor.judgements.get(goal__slug="doel-0").goal.theme
    held: Bottleneck = BottleneckFactory.create(monitor=monitor, theme=theme, text="Wachttijd")
    return held


def typed(monitor: Monitor, **changes: Any) -> dict[str, Any]:
    goal = monitor.judgements.get(goal__slug="doel-1").goal
    return {
        "place": f"g{goal.pk}",
        "text": "Te weinig huizen.",
        "action": "Bouwen",
        "owner": "Wethouder wonen",
        "due_on": "2020-10-01",
        **changes,
    }


def test_a_bottleneck_has_a_goal_an_action_an_owner_and_a_term(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    answer = client.post(f"{HERE}knelpunt/", typed(monitor), follow=True)
    row = monitor.bottlenecks.get()
    assert (row.text, row.action, row.owner) == ("Te weinig huizen.", "Bouwen", "Wethouder wonen")
    assert row.due_on == datetime.date(2020, 10, 1)
    assert (row.goal.slug if row.goal else "", row.state) == ("doel-1", "open")
    html = answer.content.decode()
    assert "Het knelpunt is bewaard." in html
    assert "voor 1 oktober 2020" in html


def test_from_the_desk_the_goal_is_filled_in_and_the_way_leads_back(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    goal = monitor.judgements.get(goal__slug="doel-0").goal
    address = f"{HERE}knelpunt/?terug=doel-0"
    assert f'value="g{goal.pk}" selected' in client.get(address).content.decode()
    answer = client.post(address, typed(monitor))
    assert answer.headers["Location"] == f"{HERE}doel/doel-0/"


def test_it_may_be_about_a_whole_theme(client: Client, officer: User, monitor: Monitor) -> None:
    client.force_login(officer)
    theme = monitor.judgements.get(goal__slug="doel-0").goal.theme
    client.post(f"{HERE}knelpunt/", typed(monitor, place=f"t{theme.pk}"))
    row = monitor.bottlenecks.get()
    assert (row.theme, row.goal) == (theme, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Kies een thema of doel."),
        ({"text": ""}, "Beschrijf het knelpunt."),
        ({"due_on": "morgen"}, "Schrijf een datum"),
        ({"text": "x" * 200_000}, "200000"),
    ],
)
def test_what_cannot_be_keeps_what_was_typed(
    changes: dict[str, str], words: str, client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    html = client.post(f"{HERE}knelpunt/", typed(monitor, **changes)).content.decode()
    assert words in html
    assert "Bouwen</textarea>" in html
    assert not monitor.bottlenecks.exists()


def test_a_goal_of_another_agenda_is_no_place(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    data = typed(monitor, place=f"g{GoalFactory.create().pk}")
    html = client.post(f"{HERE}knelpunt/", data).content.decode()
    assert "Kies een thema of doel." in html
    assert not monitor.bottlenecks.exists()


def test_the_second_of_two_officers_sees_both_texts(
    client: Client, officer: User, monitor: Monitor, row: Bottleneck
) -> None:
    client.force_login(officer)
    address = f"{HERE}knelpunt/{row.pk}/"
    client.post(address, typed(monitor, text="Van de een.", revision=row.revision))
    html = client.post(
        address, typed(monitor, text="Van de ander.", revision=row.revision)
    ).content.decode()
    assert MEANWHILE in html
    assert "Nu staat er: ‘Van de een.’" in html
    row.refresh_from_db()
    assert row.text == "Van de een."
    assert row.goal is not None
    assert row.goal.slug == "doel-1"


@pytest.mark.parametrize("state", BottleneckState.values[1:])
def test_the_officer_says_how_far_it_is(
    state: str, client: Client, officer: User, row: Bottleneck
) -> None:
    client.force_login(officer)
    answer = client.post(f"{HERE}knelpunt/{row.pk}/{state}/?terug=doel-0")
    assert answer.headers["Location"] == f"{HERE}doel/doel-0/"
    row.refresh_from_db()
    assert (row.state, row.revision) == (state, 2)


def test_asking_for_it_changes_nothing(client: Client, officer: User, row: Bottleneck) -> None:
    client.force_login(officer)
    answer = client.get(f"{HERE}knelpunt/{row.pk}/solved/")
    assert answer.headers["Location"] == f"{HERE}#knelpunten"
    row.refresh_from_db()
    assert row.state == ""


@pytest.mark.parametrize("word", ["kwijt", ""])
def test_a_state_that_is_not_there_is_not_found(
    word: str, client: Client, officer: User, row: Bottleneck
) -> None:
    client.force_login(officer)
    assert client.post(f"{HERE}knelpunt/{row.pk}/{word or 'geen'}/").status_code == 404


def test_it_is_taken_out_after_a_question(client: Client, officer: User, row: Bottleneck) -> None:
    client.force_login(officer)
    address = f"{HERE}knelpunt/{row.pk}/weg/"
    assert "Dit knelpunt weghalen?" in client.get(address).content.decode()
    assert Bottleneck.objects.exists()
    answer = client.post(address, follow=True)
    assert "uit deze monitor gehaald" in answer.content.decode()
    assert not Bottleneck.objects.exists()
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("status", [MonitorStatus.JUDGED, MonitorStatus.ADOPTED])
def test_in_a_closed_edition_nothing_changes_and_the_text_stays(
    status: MonitorStatus, client: Client, officer: User, monitor: Monitor, row: Bottleneck
) -> None:
    offer(monitor, status)
    client.force_login(officer)
    for address in (f"{HERE}knelpunt/", f"{HERE}knelpunt/{row.pk}/"):
        html = client.post(address, typed(monitor, text="Te laat.", revision=1)).content.decode()
        assert "Uw tekst is niet bewaard, maar staat er nog." in html
        assert "Te laat.</textarea>" in html
        assert client.get(address).status_code == 302
    for step in ("solved", "weg"):
        answer = client.post(f"{HERE}knelpunt/{row.pk}/{step}/", follow=True)
        assert "message-warning" in answer.content.decode()
    row.refresh_from_db()
    assert (row.text, row.state, monitor.bottlenecks.count()) == ("Wachttijd", "", 1)
