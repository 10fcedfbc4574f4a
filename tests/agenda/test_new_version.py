"""An agenda that was adopted changes by a new version, with a reason; its goals stay themselves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Change, User
from agenda import actions
from agenda.constants import AgendaStatus
from agenda.fates import CHANGED, NO_FATE
from agenda.following import Fate, following
from agenda.models import (
    AgendaVersion,
    Goal,
    GoalSuccession,
    TaskStep,
    TaskUpdate,
    ThemeSuccession,
)
from core.edits import MEANWHILE
from tests.agenda import adopting
from tests.agenda.whole_agenda import whole_agenda
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    PrincipleFactory,
    TaskUpdateFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = "/beheer/agenda/mag-2/1/", "/beheer/agenda/mag-2/2/"
WHY = "Motie 12: wonen krijgt voorrang."
DAY = datetime.date(2026, 10, 8)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def first() -> AgendaVersion:
    return whole_agenda()


@pytest.fixture
def second(first: AgendaVersion, officer: User) -> AgendaVersion:
    version, _is_made = actions.amend(first, WHY, user=officer)
    return version


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def goal_of(version: AgendaVersion, label: str) -> Goal:
    return Goal.objects.get(theme__version=version, label=label)


def consult(version: AgendaVersion, officer: User) -> None:
    actions.submit_for_consultation(version, user=officer)


def adopt(version: AgendaVersion, officer: User) -> None:
    consult(version, officer)
    adopting.adopt(version, officer, DAY)


# -- making it -------------------------------------------------------------------------------------
def test_the_officer_makes_a_new_version_with_the_reason(
    desk: Client, first: AgendaVersion
) -> None:
    assert f'href="{FIRST}nieuwe-versie/">Nieuwe versie maken</a>' in page(desk, FIRST)
    html = page(desk, f"{FIRST}nieuwe-versie/")
    assert "2 doelen in 2 thema’s" in html
    answer = desk.post(f"{FIRST}nieuwe-versie/", {"reason": WHY})
    assert answer.headers["Location"] == SECOND
    version = AgendaVersion.objects.get(number=2)
    assert (version.status, version.reason) == (AgendaStatus.DRAFT, WHY)
    assert version.copied_from == first
    html = page(desk, SECOND)
    assert WHY in html
    assert "Huizen" in html
    assert version.left_out == []
    assert page(desk, "/agenda/mag-2/versie/2/") == page(desk, "/agenda/mag-2/versie/7/").replace(
        "versie/7", "versie/2"
    ), "nobody else reads the draft"
    change = Change.objects.get(whole=f"agendaversion-{version.pk}")
    assert {row["label"]: row["after"] for row in change.fields}["Waarom deze versie"] == WHY


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2_001])
def test_without_a_reason_there_is_no_new_version(
    desk: Client, first: AgendaVersion, reason: str
) -> None:
    answer = desk.post(f"{FIRST}nieuwe-versie/", {"reason": reason})
    assert answer.status_code == 200
    assert "Maak de nieuwe versie" in answer.content.decode()
    assert AgendaVersion.objects.count() == 1


def test_there_is_one_at_a_time(desk: Client, second: AgendaVersion) -> None:
    answer = desk.post(f"{FIRST}nieuwe-versie/", {"reason": "Nog een keer."}, follow=True)
    assert "Versie 2 is al in de maak; er is geen tweede gemaakt." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == SECOND
    assert AgendaVersion.objects.count() == 2
    second.refresh_from_db()
    assert second.reason == WHY
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaVersion.objects.create(agenda=second.agenda, number=3, status="draft", reason="x")


def test_only_what_holds_gets_a_new_version(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    assert "Deze versie is zelf nog in de maak." in page(desk, f"{SECOND}nieuwe-versie/")
    adopt(second, officer)
    assert "Versie 2 is de nieuwste." in page(desk, f"{FIRST}nieuwe-versie/")
    assert "Versie 2 is de nieuwste. Neem die over." in page(desk, f"{FIRST}kopie/")
    assert "Nieuwe versie maken" not in page(desk, FIRST)
    AgendaVersionFactory.create(
        agenda__short_name="MAG 3",
        agenda__year=2027,
        agenda__predecessor=first.agenda,
        adopted=True,
    )
    assert "Deze agenda is opgevolgd door MAG 3." in page(desk, f"{SECOND}nieuwe-versie/")
    answer = desk.post(f"{SECOND}nieuwe-versie/", {"reason": "Toch."}).content.decode()
    assert "Deze agenda is opgevolgd door MAG 3." in answer
    assert "Toch." in answer, "what was typed stays"
    assert AgendaVersion.objects.filter(agenda=first.agenda).count() == 2


def test_the_reason_is_written_until_it_is_adopted_and_two_officers_see_both(
    desk: Client, second: AgendaVersion, officer: User
) -> None:
    address = f"{SECOND}reden/"
    assert WHY in page(desk, address)
    assert desk.post(address, {"reason": "Motie 13.", "revision": 1}).status_code == 302
    late = desk.post(address, {"reason": "Motie 14.", "revision": 1}).content.decode()
    assert MEANWHILE in late
    assert "Nu staat er: ‘Motie 13.’." in late
    assert "Motie 14." in late
    assert desk.post(address, {"reason": "", "revision": 2}).status_code == 200
    second.refresh_from_db()
    assert second.reason == "Motie 13."
    adopt(second, officer)
    assert "vastgesteld en verandert niet meer" in page(desk, address)
    answer = desk.post(address, {"reason": "Achteraf.", "revision": 2}).content.decode()
    assert "vastgesteld en verandert niet meer" in answer
    assert desk.get(f"{FIRST}reden/").status_code == 404


def test_what_all_versions_share_is_not_changed_by_a_new_one(
    desk: Client, second: AgendaVersion
) -> None:
    assert "Gegevens bewerken" not in page(desk, SECOND)
    assert "zijn al vastgesteld" in page(desk, f"{SECOND}gegevens/")
    agenda = second.agenda
    said = {"name": "Anders", "short_name": "X", "owner": agenda.owner_id, "year": 2016}
    said |= {"period": agenda.period or ""}
    answer = desk.post(f"{SECOND}gegevens/", {**said, "revision": agenda.revision})
    assert "zijn al vastgesteld" in answer.content.decode()
    agenda.refresh_from_db()
    assert agenda.name != "Anders"


def test_a_draft_of_a_new_version_goes_and_the_agenda_stays(
    desk: Client, first: AgendaVersion, second: AgendaVersion
) -> None:
    assert "U verwijdert het concept van MAG 2, versie 2" in page(desk, f"{SECOND}verwijderen/")
    desk.post(f"{SECOND}verwijderen/")
    assert list(AgendaVersion.objects.all()) == [first]
    assert Goal.objects.count() == 2
    assert "Nieuwe versie maken" in page(desk, FIRST)


def test_a_draft_that_was_asked_advice_on_is_not_thrown_away(
    desk: Client, second: AgendaVersion, officer: User
) -> None:
    consult(second, officer)
    actions.take_back(second, user=officer, note="Nog niet rijp.")
    assert "wordt niet meer verwijderd" in desk.post(f"{SECOND}verwijderen/").content.decode()
    assert Goal.objects.filter(theme__version=second).count() == 2


# -- goals stay themselves -------------------------------------------------------------------------
def test_each_goal_goes_on_as_itself_without_being_asked(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    assert not following(second).open
    ties = GoalSuccession.objects.into(second.pk)
    assert {(tie.kind, tie.predecessor.label) for tie in ties if tie.predecessor} == {
        ("continued", "Thuis"),
        ("continued", "Huizen"),
    }
    adopt(second, officer)
    first.refresh_from_db()
    assert first.status == AgendaStatus.SUPERSEDED
    themes = ThemeSuccession.objects.filter(successor__version=second)
    assert {(tie.kind, str(tie.predecessor)) for tie in themes} == {
        ("continued", "Leven"),
        ("continued", "Wonen"),
    }


def test_a_goal_that_is_reworded_is_not_called_unchanged(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    goal, old = goal_of(second, "Huizen"), goal_of(first, "Huizen")
    Goal.objects.filter(pk=goal.pk).update(text="Meer huizen, en sneller.")
    assert following(second).open.old == {old.pk: CHANGED}
    assert CHANGED in page(desk, f"{SECOND}opvolging/").replace("&#x27;", "'")
    with pytest.raises(actions.TransitionError, match="Opvolging"):
        adopt(second, officer)
    held = Fate("continued", (goal.pk,))
    fate = Fate("reworded", (goal.pk,), "Motie 12")
    second.refresh_from_db()
    assert actions.set_fate(second, old, fate, seen=held.stamp, user=officer) is None
    assert not following(second).open


def test_a_goal_that_is_dropped_has_its_fate_said_first(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    goal, old = goal_of(second, "Huizen"), goal_of(first, "Huizen")
    html = desk.post(f"{SECOND}doel/{goal.pk}/verwijderen/", follow=True).content.decode()
    assert "Hier hangt nog iets onder of aan" not in html
    assert not Goal.objects.filter(pk=goal.pk).exists()
    assert following(second).open.old == {old.pk: NO_FATE}
    with pytest.raises(actions.TransitionError, match="Opvolging"):
        adopt(second, officer)
    second.refresh_from_db()
    fate = Fate("dropped", (), "Gehaald.", "Raadsbesluit 7")
    actions.set_fate(second, old, fate, seen=Fate().stamp, user=officer)
    adopting.adopt(second, officer, DAY)
    html = page(desk, f"/agenda/mag-2/doel/{old.slug}/")
    assert "Daarin komt het niet terug" in html
    assert "Dit doel is vervallen." in html


def test_a_goal_that_an_officer_tied_himself_is_not_untied_by_throwing_away(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    goal, old = goal_of(second, "Huizen"), goal_of(first, "Huizen")
    fate = Fate("extended", (goal.pk,), "Ook voor starters.")
    held = Fate("continued", (goal.pk,))
    actions.set_fate(second, old, fate, seen=held.stamp, user=officer)
    html = desk.post(f"{SECOND}doel/{goal.pk}/verwijderen/").content.decode()
    assert "Hier hangt nog iets onder of aan" in html
    assert GoalSuccession.objects.get(successor=goal).kind == "extended"


def test_a_goal_that_came_back_by_undoing_is_proposed_again(
    desk: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    goal = goal_of(second, "Huizen")
    desk.post(f"{SECOND}doel/{goal.pk}/verwijderen/")
    step = actions.last_step(second, officer)
    assert step is not None
    desk.post(f"{SECOND}ongedaan/", {"stap": step.pk})
    (row,) = following(second).same
    assert row.goal == goal_of(first, "Huizen")


# -- what readers find -----------------------------------------------------------------------------
def test_until_it_is_adopted_the_former_version_holds(
    client: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    PrincipleFactory.create(version=second, text="Alleen in versie twee", order=9)
    consult(second, officer)
    html = page(client, "/agenda/mag-2/")
    assert "Alleen in versie twee" not in html
    assert "Versie 2 ligt ter inspraak." in html
    html = page(client, "/agenda/mag-2/versie/2/")
    assert "Alleen in versie twee" in html
    assert "Deze versie is nog niet vastgesteld." in html
    assert WHY in html
    assert page(client, "/agenda/doelen/").count("Huizen</a>") == 1
    assert "vastgesteld" in page(client, "/agenda/")
    assert AgendaVersion.objects.newest().get() == first


def test_an_old_version_stays_readable_and_says_what_took_its_place(
    client: Client, first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    adopt(second, officer)
    html = page(client, "/agenda/mag-2/versie/1/")
    assert "Zij is vervangen door versie 2, vastgesteld op 8 oktober 2026." in html
    html = page(client, "/agenda/mag-2/")
    assert "Dit is een oude versie." not in html
    assert WHY in html
    old, new = goal_of(first, "Huizen"), goal_of(second, "Huizen")
    html = page(client, f"/agenda/mag-2/doel/{old.slug}/")
    assert "Zo stond dit doel in een oude versie." in html
    assert f'Daarin heet het <a href="/agenda/mag-2/doel/{new.slug}/">Huizen</a>.' in html
    assert "oude versie" not in page(client, f"/agenda/mag-2/doel/{new.slug}/")
    assert AgendaVersion.objects.newest().get() == second


def test_an_agenda_that_was_followed_by_another_says_by_which(
    client: Client, first: AgendaVersion
) -> None:
    AgendaVersionFactory.create(
        agenda__slug="mag-3",
        agenda__short_name="MAG 3",
        agenda__year=2027,
        agenda__predecessor=first.agenda,
        adopted=True,
        adopted_on=DAY,
    )
    html = page(client, "/agenda/mag-2/")
    assert "Deze agenda is opgevolgd door MAG 3</b>, vastgesteld op 8 oktober 2026." in html


# -- at adoption -----------------------------------------------------------------------------------
def test_what_happened_to_a_task_meanwhile_comes_along_at_adoption(
    first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    task, copy = first.tasks.get(), second.tasks.get()
    assert (copy.result, copy.steps.get().done_on) == ("partly", datetime.date(2026, 5, 1))
    TaskUpdateFactory.create(task=task, day=DAY, text="De eerste paal staat.", actor=officer)
    first.tasks.update(result="yes", evaluation="Gehaald.")
    second.tasks.update(result="", evaluation="", evaluated_on=None)
    TaskStep.objects.filter(task=copy).update(done_on=None)
    adopt(second, officer)
    copy.refresh_from_db()
    assert {row.text for row in copy.updates.all()} == {
        "Er is een projectleider.",
        "De eerste paal staat.",
    }
    assert TaskUpdate.objects.get(task=copy, day=DAY).actor == officer
    assert (copy.result, copy.evaluation) == ("yes", "Gehaald.")
    assert copy.steps.get().done_on == datetime.date(2026, 5, 1)


def test_a_step_that_was_done_is_found_by_what_it_was_copied_from_and_not_by_its_words(
    first: AgendaVersion, officer: User
) -> None:
    task = first.tasks.get()
    task.steps.all().delete()
    one, other = (
        TaskStep.objects.create(task=task, text="Overleg", order=order) for order in (1, 2)
    )
    second, _is_made = actions.amend(first, WHY, user=officer)
    TaskStep.objects.filter(copied_from=other).update(text="Overleg met de raad")
    for step in (one, other):
        TaskStep.objects.filter(pk=step.pk).update(done_on=DAY if step == other else None)
    adopt(second, officer)
    done = second.tasks.get().steps.order_by("order").values_list("text", "done_on")
    assert list(done) == [("Overleg", None), ("Overleg met de raad", DAY)]


def test_what_a_next_agenda_said_about_a_goal_goes_over_to_the_new_version(
    first: AgendaVersion, second: AgendaVersion, officer: User
) -> None:
    draft = AgendaVersionFactory.create(agenda__year=2027, agenda__predecessor=first.agenda)
    later = GoalFactory.create(theme=ThemeFactory.create(version=draft), label="Straks")
    for label, fate in (
        ("Huizen", Fate("extended", (later.pk,))),
        ("Thuis", Fate("dropped", (), "Gehaald.", "Besluit")),
    ):
        actions.set_fate(draft, goal_of(first, label), fate, seen=Fate().stamp, user=officer)
    assert not following(draft).open.old
    adopt(second, officer)
    held = following(draft)
    assert held.former == second
    assert not held.open.old
    assert {row.fate.kind for row in held.old} == {"extended", "dropped"}


def test_the_page_of_a_copy_is_there_for_copies_only(desk: Client, first: AgendaVersion) -> None:
    assert desk.get(f"{FIRST}overgenomen/").status_code == 404


def many(version: AgendaVersion) -> None:
    for _ in range(12):
        GoalFactory.create(theme=ThemeFactory.create(version=version))


@pytest.mark.parametrize("part", ["nieuwe-versie/", "kopie/"])
def test_the_pages_before_a_copy_cost_as_many_queries_with_much(
    desk: Client, first: AgendaVersion, part: str, django_assert_max_num_queries: Any
) -> None:
    page(desk, FIRST + part)
    with django_assert_max_num_queries(40) as few:
        desk.get(FIRST + part)
    many(first)
    with django_assert_max_num_queries(len(few)) as much:
        desk.get(FIRST + part)
    assert len(few) == len(much)


def test_what_came_over_costs_as_many_queries_with_much(
    desk: Client, first: AgendaVersion, second: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    address = f"{SECOND}overgenomen/"
    page(desk, address)
    with django_assert_max_num_queries(40) as few:
        desk.get(address)
    many(second)
    with django_assert_max_num_queries(len(few)) as much:
        desk.get(address)
    assert len(few) == len(much)


def test_a_version_of_an_agenda_that_was_followed_meanwhile_comes_too_late(
    second: AgendaVersion, officer: User
) -> None:
    consult(second, officer)
    AgendaVersionFactory.create(
        agenda__predecessor=second.agenda, agenda__short_name="De volgende", adopted=True
    )
    with pytest.raises(actions.TransitionError, match="opgevolgd door De volgende"):
        adopting.adopt(second, officer)
    second.refresh_from_db()
    assert second.status == "consultation"
