"""What the council talked about when an agenda was before it, and what was promised then."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.history import key_of
from accounts.models import Change, User
from agenda.models import AgendaVersion, CouncilTalk, CouncilTalkPoint
from tests.factories import UserFactory
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, SourceFactory, ThemeFactory
from tests.factories_council import CouncilTalkFactory, CouncilTalkPointFactory

pytestmark = pytest.mark.django_db
DESK = "/beheer/raadsgesprekken/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def clerk(db: None) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=[Role.COUNCIL_CLERK]))
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def typed(about: AgendaVersion, **changes: Any) -> dict[str, Any]:
    return {
        "version": about.pk,
        "body": "committee",
        "held_on": "2026-03-03",
        "summary": "De commissie besprak het concept.",
        "url": "https://raad.voorbeeld.test/verslag",
        **changes,
    }


def point(**changes: Any) -> dict[str, Any]:
    return {"about_key": "", "kind": "discussed", "text": "De wachttijd is te lang.", **changes}


PROMISE = {"kind": "promise", "promised_by": "de wethouder zorg"}


def public(version: AgendaVersion) -> str:
    return f"/agenda/{version.agenda.slug}/raad/"


@pytest.mark.parametrize("role", [Role.POLICY_OFFICER, Role.COUNCIL_CLERK])
def test_a_talk_is_written_down_and_read_at_the_agenda_and_at_the_goal(role: Role) -> None:
    writer = Client()
    writer.force_login(UserFactory.create(holds=[role]))
    version = AgendaVersionFactory.create(adopted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Meedoen")
    assert writer.post(f"{DESK}nieuw/", typed(version)).status_code == 302
    talk = CouncilTalk.objects.get()
    page = f"{DESK}{talk.pk}/punt/"
    assert writer.post(page, point(about_key=key_of(goal))).status_code == 302
    promise = point(**PROMISE, text="Een plan.", due_on="2099-01-01")
    assert writer.post(page, promise).status_code == 302

    shown = text_of(Client().get(public(version)))
    for words in (
        *("Raadscommissie", "3 maart 2026", "De commissie besprak het concept."),
        *("De wachttijd is te lang.", f"Over: doel {goal.number} Meedoen", "toezegging"),
        *("Door: de wethouder zorg.", "Klaar voor 1 januari 2099.", "1 toezegging; 1 nog open"),
        "https://raad.voorbeeld.test/verslag",
    ):
        assert words in shown
    agenda = text_of(Client().get(f"/agenda/{version.agenda.slug}/"))
    assert "In de raad besproken" in agenda
    at_goal = text_of(Client().get(f"/agenda/{version.agenda.slug}/doel/{goal.slug}/"))
    assert "De wachttijd is te lang." in at_goal
    assert "Een plan." not in at_goal  # that one is about the whole agenda


def test_a_goal_that_was_not_spoken_of_says_nothing_of_it(client: Client) -> None:
    talk = CouncilTalkPointFactory.create().talk
    goal = GoalFactory.create(theme=ThemeFactory.create(version=talk.version))
    page = client.get(f"/agenda/{talk.version.agenda.slug}/doel/{goal.slug}/")
    assert "In de raad besproken" not in text_of(page)


def test_what_was_said_of_a_theme_stands_at_its_goals(client: Client) -> None:
    talk = CouncilTalkFactory.create()
    theme = ThemeFactory.create(version=talk.version)
    goal = GoalFactory.create(theme=theme)
    CouncilTalkPointFactory.create(talk=talk, about_key=key_of(theme), about="thema", text="Ja.")
    assert "Ja." in text_of(client.get(f"/agenda/{talk.version.agenda.slug}/doel/{goal.slug}/"))


def test_a_talk_about_a_draft_is_for_its_writers(clerk: Client, desk: Client) -> None:
    draft = AgendaVersionFactory.create()
    assert desk.post(f"{DESK}nieuw/", typed(draft, summary="Geheim.")).status_code == 302
    talk = CouncilTalk.objects.get()
    assert "Geheim." in text_of(desk.get(f"{DESK}{talk.pk}/"))
    assert clerk.get(f"{DESK}{talk.pk}/").status_code == 404
    assert str(draft) not in text_of(clerk.get(DESK))
    assert Client().get(public(draft)).status_code == 404
    refused = clerk.post(f"{DESK}nieuw/", typed(draft, held_on="2026-03-04"))
    assert "version" in refused.context["form"].errors
    AgendaVersion.objects.filter(pk=draft.pk).update(status="consultation")
    assert "Geheim." in text_of(Client().get(public(draft)))


def test_a_promise_is_open_late_and_kept(desk: Client) -> None:
    due = datetime.date(2026, 4, 1)
    row = CouncilTalkPointFactory.create(promised=True, due_on=due)
    version = row.talk.version
    assert "Had klaar moeten zijn op 1 april 2026." in text_of(Client().get(public(version)))
    page = f"{DESK}{row.talk.pk}/punt/{row.pk}/"
    kept = point(
        **PROMISE, revision=1, due_on="2026-04-01", done_on="2026-05-04", done_note="Per brief."
    )
    assert desk.post(page, kept).status_code == 302
    shown = text_of(Client().get(public(version)))
    assert "Nagekomen op 4 mei 2026." in shown
    assert "Per brief." in shown
    assert "Had klaar moeten zijn" not in shown
    told = Change.objects.get().fields
    assert {field["label"] for field in told} >= {"Nagekomen op", "Hoe nagekomen"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"text": ""}, "text"),
        ({"about_key": "goal-0"}, "about_key"),
        ({"kind": "promise"}, "promised_by"),
        ({"promised_by": "de wethouder"}, "promised_by"),
        ({"due_on": "2026-04-01"}, "due_on"),
        ({**PROMISE, "done_on": "2026-04-01"}, "done_note"),
        ({**PROMISE, "done_note": "Per brief."}, "done_on"),
        ({**PROMISE, "done_on": "2099-04-01", "done_note": "Per brief."}, "done_on"),
    ],
)
def test_a_point_that_cannot_be_is_refused_at_its_field(
    desk: Client, changes: dict[str, str], field: str
) -> None:
    talk = CouncilTalkFactory.create()
    answer = desk.post(f"{DESK}{talk.pk}/punt/", point(**changes))
    assert field in answer.context["form"].errors
    assert not CouncilTalkPoint.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": ""}, "version"),
        ({"held_on": ""}, "held_on"),
        ({"held_on": "2099-01-01"}, "held_on"),
        ({"summary": ""}, "summary"),
    ],
)
def test_a_talk_that_cannot_be_is_refused_at_its_field(
    desk: Client, changes: dict[str, str], field: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(AgendaVersionFactory.create(), **changes))
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("name", ["due_on", "done_on"])
def test_a_promise_is_not_kept_before_it_was_made(desk: Client, name: str) -> None:
    talk = CouncilTalkFactory.create(held_on="2026-05-01")
    days = {"due_on": "2026-06-01", "done_on": "2026-06-01", name: "2026-04-30"}
    sent = point(**PROMISE, done_note="Per brief.", **days)
    answer = desk.post(f"{DESK}{talk.pk}/punt/", sent)
    assert "Het gesprek was op 01-05-2026." in str(answer.context["form"].errors[name])


def test_a_second_click_writes_nothing_twice(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    assert desk.post(f"{DESK}nieuw/", typed(version)).status_code == 302
    assert "staat er al" in text_of(desk.post(f"{DESK}nieuw/", typed(version)))
    page = f"{DESK}{CouncilTalk.objects.get().pk}/punt/"
    for _ in range(2):
        assert desk.post(page, point()).status_code == 302
    assert CouncilTalkPoint.objects.count() == 1


def test_of_two_who_write_the_second_sees_both_texts(desk: Client, clerk: Client) -> None:
    row = CouncilTalkPointFactory.create()
    page = f"{DESK}{row.talk.pk}/punt/{row.pk}/"
    assert desk.post(page, point(text="Zeven.", revision=1)).status_code == 302
    answer = clerk.post(page, point(text="Negen.", revision=1))
    assert "Nu staat er: ‘Zeven.’" in text_of(answer)


def test_what_was_said_of_a_part_that_is_gone_stays_in_its_words(desk: Client) -> None:
    row = CouncilTalkPointFactory.create(about_key="goal-999999", about="doel 1 Meedoen")
    page = f"{DESK}{row.talk.pk}/punt/{row.pk}/"
    sent = point(about_key="goal-999999", text="Anders.", revision=1)
    assert desk.post(page, sent).status_code == 302
    row.refresh_from_db()
    assert row.about == "doel 1 Meedoen"


def test_a_talk_with_points_is_not_thrown_away(desk: Client) -> None:
    row = CouncilTalkPointFactory.create(promised=True)
    talk = row.talk
    assert "Haal die eerst weg" in text_of(desk.get(f"{DESK}{talk.pk}/verwijderen/"))
    desk.post(f"{DESK}{talk.pk}/verwijderen/")
    assert CouncilTalk.objects.exists()
    assert desk.post(f"{DESK}{talk.pk}/punt/{row.pk}/weghalen/").status_code == 302
    assert desk.post(f"{DESK}{talk.pk}/verwijderen/").status_code == 302
    assert not CouncilTalk.objects.exists()


def test_what_a_source_tells_has_its_place_and_no_day(client: Client) -> None:
    source = SourceFactory.create()
    talk = CouncilTalkFactory.create(source=source, locator="H2", held_on=None, when="begin 2020")
    shown = text_of(client.get(public(talk.version)))
    for words in ("Begin 2020", source.title, "H2"):
        assert words in shown


@pytest.mark.parametrize("where", ["public", "agenda", "goal", "list", "talk"])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, where: str) -> None:
    talk = CouncilTalkFactory.create()
    version = talk.version
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    pages = {
        "public": public(version),
        "agenda": f"/agenda/{version.agenda.slug}/",
        "goal": f"/agenda/{version.agenda.slug}/doel/{goal.slug}/",
        "list": DESK,
        "talk": f"{DESK}{talk.pk}/",
    }

    def more(day: int) -> int:
        held = CouncilTalkFactory.create(version=version, held_on=datetime.date(2026, 1, day))
        for each in (held, talk):
            CouncilTalkPointFactory.create(talk=each, about_key=key_of(goal), about="doel")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(pages[where]).status_code == 200
        return len(asked)

    more(1)  # the first time that somebody reads is noted
    counts = [more(2), more(3), more(4)]
    assert counts[0] == counts[1] == counts[2]
