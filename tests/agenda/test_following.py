"""The officer says what becomes of the goals of the agenda before; adoption waits for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda import actions
from agenda.constants import AgendaStatus
from agenda.following import Fate, following
from agenda.models import AgendaVersion, AgendaVersionEvent, Goal, GoalSuccession
from core.edits import MEANWHILE
from tests.agenda.adopting import DAY, adopt, typed
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/mag-3/1/opvolging/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def former() -> AgendaVersion:
    return AgendaVersionFactory.create(
        agenda__slug="mag-2", agenda__short_name="MAG 2", agenda__year=2021, adopted=True
    )


@pytest.fixture
def version(former: AgendaVersion) -> AgendaVersion:
    return AgendaVersionFactory.create(
        agenda__slug="mag-3",
        agenda__short_name="MAG 3",
        agenda__year=2026,
        agenda__predecessor=former.agenda,
        consulted=True,
    )


def goals(version: AgendaVersion, *labels: str) -> list[Goal]:
    theme = ThemeFactory.create(version=version)
    return [
        GoalFactory.create(theme=theme, label=label, text=f"Over {label.lower()}.")
        for label in labels
    ]


def say(desk: Client, goal: Goal, kind: str, *after: Goal, seen: str = "", **typed: Any) -> str:
    """Post the form over ``goal`` as it was opened before anybody said anything."""
    answer = desk.post(
        f"{HOME}doel/{goal.pk}/",
        {
            "kind": kind,
            "after": [one.pk for one in after],
            "seen": seen or Fate().stamp,
            **typed,
        },
        follow=True,
    )
    return answer.content.decode()


def links(goal: Goal) -> list[tuple[str, str]]:
    rows = GoalSuccession.objects.filter(predecessor=goal).order_by("successor__order")
    return [(row.kind, row.successor.label if row.successor else "") for row in rows]


# -- saying it -------------------------------------------------------------------------------------
def test_the_page_counts_what_is_settled_and_names_what_is_open(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    first, second = goals(former, "Wonen", "Werken")
    (next_one,) = goals(version, "Huizen")
    html = desk.get(HOME).content.decode()
    assert "Wat wordt van de doelen van MAG 2, versie 1?" in html
    assert "<b>0 van 2</b> doelen hebben een bestemming" in html
    assert html.count("Heeft nog geen bestemming.") == 2
    assert "Komt uit geen ander doel, en er staat nog niet waarom het nieuw is." in html
    assert "Bewaard: de bestemming van ‘Wonen’." in say(desk, first, "extended", next_one)
    html = desk.get(HOME).content.decode()
    assert "<b>1 van 2</b> doelen hebben een bestemming" in html
    assert "<b>1 van 1</b> doelen van deze agenda hebben een herkomst" in html
    assert links(first) == [("extended", "Huizen")]
    assert links(second) == []


def test_a_split_and_a_merge_show_on_both_sides(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    whole, one, other = goals(former, "Heel", "Deel een", "Deel twee")
    left, right, both = goals(version, "Links", "Rechts", "Samen")
    say(desk, whole, "split", left, right)
    say(desk, one, "merged", both)
    assert "er gaat nog geen ander doel in op" in desk.get(HOME).content.decode()
    say(desk, other, "merged", both)
    held = following(version)
    assert not held.open
    assert links(whole) == [("split", "Links"), ("split", "Rechts")]
    assert [goal.label for goal, _kind in held.new[2].before] == ["Deel een", "Deel twee"]
    html = desk.get(HOME).content.decode()
    assert "<b>Samengevoegd</b>: uit" in html
    assert html.count("<b>Gesplitst</b>: uit") == 2


@pytest.mark.parametrize(
    ("kind", "count", "typed", "told"),
    [
        ("split", 1, {}, "Kies ten minste twee doelen waarin dit doel is gesplitst."),
        ("continued", 0, {}, "Kies het doel waarmee het verdergaat."),
        ("merged", 2, {}, "Kies één doel. Worden het er meer, kies dan ‘gesplitst’."),
        ("dropped", 1, {"reason": "x", "decision": "y"}, "gaat niet verder als een ander doel"),
        ("dropped", 0, {"decision": "y"}, "Schrijf waarom het doel vervalt."),
        ("dropped", 0, {"reason": "x"}, "Schrijf met welk besluit het doel vervalt."),
        ("", 1, {}, "Kies ook wat er van het doel wordt."),
        ("", 0, {"reason": "Vergeten tekst"}, "Vergeten tekst"),
        ("verzonnen", 1, {}, "Selecteer een geldige keuze"),
        ("continued", 1, {"reason": "x" * 10_001}, "er passen er 10000"),
    ],
)
def test_what_does_not_fit_is_told_and_stays_on_the_screen(
    desk: Client,
    former: AgendaVersion,
    version: AgendaVersion,
    kind: str,
    count: int,
    typed: dict[str, str],
    told: str,
) -> None:
    (goal,) = goals(former, "Wonen")
    after = goals(version, "Een", "Twee")[:count]
    assert told in say(desk, goal, kind, *after, **typed)
    assert links(goal) == []


def test_a_goal_of_another_agenda_is_no_choice_and_has_no_page(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    (goal,) = goals(former, "Wonen")
    stranger = GoalFactory.create()
    assert "geldige keuze" in say(desk, goal, "continued", stranger)
    assert desk.get(f"{HOME}doel/{stranger.pk}/").status_code == 404
    assert desk.get(f"{HOME}nieuw/{goal.pk}/").status_code == 404


def test_the_second_editor_sees_both_and_a_second_click_is_no_conflict(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    (goal,) = goals(former, "Wonen")
    first, second = goals(version, "Huizen", "Tuinen")
    say(desk, goal, "extended", first)
    assert "Bewaard" in say(desk, goal, "extended", first)
    html = say(desk, goal, "reworded", second, reason="Mijn reden")
    assert MEANWHILE in html
    assert "Nu staat er: ‘uitgebreid’." in html
    assert "Nu staat er: ‘Huizen’." in html
    assert "Mijn reden" in html
    assert links(goal) == [("extended", "Huizen")]
    stamp = following(version).old[0].fate.stamp
    assert f'value="{stamp}"' in html, "a next save overwrites"
    say(desk, goal, "reworded", second, seen=stamp)
    assert links(goal) == [("reworded", "Tuinen")]


def test_each_change_stands_in_the_history(
    desk: Client, former: AgendaVersion, version: AgendaVersion, officer: User
) -> None:
    (goal,) = goals(former, "Wonen")
    (after,) = goals(version, "Huizen")
    say(desk, goal, "extended", after)
    stamp = following(version).old[0].fate.stamp
    say(desk, goal, "dropped", seen=stamp, reason="Gehaald.", decision="Raadsbesluit 7")
    say(desk, goal, "", seen=following(version).old[0].fate.stamp)
    assert links(goal) == []
    told = [(row.action, row.name, row.actor) for row in Change.objects.order_by("pk")]
    assert told == [
        ("added", "Wonen", officer),
        ("changed", "Wonen", officer),
        ("removed", "Wonen", officer),
    ]
    html = desk.get("/beheer/agenda/mag-3/1/geschiedenis/").content.decode()
    assert "Raadsbesluit 7" in html
    assert "Gaat verder als" in html


def test_why_a_goal_is_new_is_asked_and_told(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    (old,) = goals(former, "Wonen")
    (fresh,) = goals(version, "Mantelzorg")
    page, empty = f"{HOME}nieuw/{fresh.pk}/", {"seen": Fate().stamp}
    assert "Schrijf waarom dit doel nieuw is." in desk.post(page, empty).content.decode()
    desk.post(page, {**empty, "reason": "De raad vroeg erom."})
    assert "<b>Nieuw</b>: De raad vroeg erom." in desk.get(HOME).content.decode()
    assert "‘Mantelzorg’ staat als nieuw te boek." in say(desk, old, "extended", fresh)
    assert MEANWHILE in desk.post(page, {**empty, "reason": "Anders."}).content.decode()
    stamp = Fate("new", (fresh.pk,), "De raad vroeg erom.").stamp
    desk.post(page, {"seen": stamp, "reason": ""})
    say(desk, old, "extended", fresh)
    refused = desk.post(page, {**empty, "reason": "Toch nieuw."}).content.decode()
    assert "Dit doel staat als voortzetting van een ander doel." in refused
    assert GoalSuccession.objects.get().kind == "extended"


# -- the same words --------------------------------------------------------------------------------
def test_a_goal_with_another_text_is_not_called_continued(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    (goal,) = goals(former, "Wonen")
    (after,) = goals(version, "Huizen")
    html = say(desk, goal, "continued", after)
    assert "‘Huizen’ heeft een andere tekst of een andere korte naam." in html
    assert links(goal) == []
    assert "Bewaard" in say(desk, goal, "reworded", after)


def test_a_goal_that_is_rewritten_after_it_was_called_continued_is_open_again(
    desk: Client, former: AgendaVersion, version: AgendaVersion, officer: User
) -> None:
    (goal,), (after,) = goals(former, "Wonen"), goals(version, "Wonen")
    assert "Bewaard" in say(desk, goal, "continued", after)
    assert not following(version).open
    Goal.objects.filter(pk=after.pk).update(text="Iedereen heeft werk.")
    assert "Staat als ongewijzigd, maar de tekst" in desk.get(HOME).content.decode()
    with pytest.raises(actions.TransitionError, match="Van het enige doel van"):
        adopt(version, officer)
    say(desk, goal, "reworded", after, seen=following(version).old[0].fate.stamp)
    adopt(version, officer)
    assert links(goal) == [("reworded", "Wonen")]


def test_a_long_goal_that_differs_at_its_end_is_not_proposed_as_the_same(
    former: AgendaVersion, version: AgendaVersion
) -> None:
    (goal,), (after,) = goals(former, "Wonen"), goals(version, "Wonen")
    long = "Iedereen doet mee. " * 30
    Goal.objects.filter(pk=goal.pk).update(text=f"{long}In 2025.")
    Goal.objects.filter(pk=after.pk).update(text=f"{long}In 2030.")
    (row,) = following(version).old
    assert row.proposal is not None
    assert row.proposal.kind == "reworded"


# -- proposals -------------------------------------------------------------------------------------
def test_a_proposal_is_shown_and_only_written_when_it_is_taken_over(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    same, alike = goals(former, "Wonen", "Werken")
    next_same, next_alike = goals(version, "Wonen", "Werken en leren")
    html = desk.get(HOME).content.decode()
    assert "voortgezet als ‘" in html
    assert "anders verwoord als ‘" in html
    assert not GoalSuccession.objects.exists()
    pair = f"{same.pk}-{next_same.pk}"
    assert f'name="voorstel" value="{pair}"' in html
    wrong = f"{alike.pk}-{next_alike.pk}"
    answer = desk.post(f"{HOME}voorstellen/", {"voorstel": [pair, wrong, "x-1"]}, follow=True)
    assert "Bewaard: Eén doel gaat ongewijzigd verder." in answer.content.decode()
    assert links(same) == [("continued", "Wonen")]
    assert links(alike) == []
    answer = desk.post(f"{HOME}voorstellen/", {"voorstel": [pair]}, follow=True)
    assert "0 doelen gaan" in answer.content.decode()


def test_saving_may_go_on_to_the_next_goal_that_is_open(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    first, second = goals(former, "Wonen", "Werken")
    (after, fresh) = goals(version, "Huizen", "Banen")
    typed = {"kind": "extended", "after": [after.pk], "seen": Fate().stamp, "verder": "1"}
    answer = desk.post(f"{HOME}doel/{first.pk}/", typed)
    assert answer.headers["Location"] == f"{HOME}doel/{second.pk}/"
    typed = {"kind": "dropped", "reason": "x", "decision": "y", "seen": Fate().stamp, "verder": "1"}
    answer = desk.post(f"{HOME}doel/{second.pk}/", typed)
    assert answer.headers["Location"] == f"{HOME}nieuw/{fresh.pk}/"


# -- which agenda is followed ----------------------------------------------------------------------
def test_an_agenda_that_follows_none_says_so(desk: Client) -> None:
    AgendaVersionFactory.create(agenda__slug="mag-3")
    assert "Deze agenda volgt geen andere agenda op" in desk.get(HOME).content.decode()


def test_the_former_version_of_the_same_agenda_comes_first_and_drafts_are_passed_over(
    former: AgendaVersion, version: AgendaVersion
) -> None:
    AgendaVersionFactory.create(agenda=former.agenda, number=2)
    assert following(version).former == former
    AgendaVersion.objects.filter(pk=version.pk).update(
        status="adopted", adopted_on=DAY, adopted_by="gemeenteraad"
    )
    second = AgendaVersionFactory.create(agenda=version.agenda, number=2)
    assert following(second).former == version


def test_two_drafts_that_follow_one_agenda_each_decide_for_themselves(
    desk: Client, former: AgendaVersion, version: AgendaVersion, officer: User
) -> None:
    (goal,) = goals(former, "Wonen")
    rival = AgendaVersionFactory.create(agenda__year=2026, agenda__predecessor=former.agenda)
    fate = Fate("dropped", (), "Gehaald.", "Raadsbesluit")
    for draft in (version, rival):
        actions.set_fate(draft, goal, fate, seen=Fate().stamp, user=officer)
    assert [following(draft).open.old for draft in (version, rival)] == [{}, {}]
    AgendaVersion.objects.filter(pk=rival.pk).update(status="draft")
    assert GoalSuccession.objects.readable().count() == 1, "what a draft drops is not public"


def test_the_agenda_before_stays_while_its_goals_have_a_fate(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    (goal,) = goals(former, "Wonen")
    say(desk, goal, "dropped", reason="Gehaald.", decision="Raadsbesluit")
    agenda = version.agenda
    typed = {"name": agenda.name, "short_name": "MAG 3", "owner": agenda.owner_id, "revision": 1}
    page = "/beheer/agenda/mag-3/1/gegevens/"
    html = desk.post(page, {**typed, "year": 2026, "predecessor": ""}).content.decode()
    assert "Haal dat eerst weg bij Opvolging." in html
    early = {**typed, "year": 2021, "predecessor": former.agenda_id}
    assert "MAG 2 is van 2021. Kies een jaar daarna." in desk.post(page, early).content.decode()


# -- adoption --------------------------------------------------------------------------------------
def test_adoption_waits_until_each_goal_has_its_place(
    desk: Client, former: AgendaVersion, version: AgendaVersion
) -> None:
    first, second = goals(former, "Wonen", "Werken")
    next_one, fresh = goals(version, "Huizen", "Mantelzorg")
    html = desk.post("/beheer/agenda/mag-3/1/vaststellen/", typed()).content.decode()
    assert "Van alle 2 doelen van MAG 2, versie 1 staat nog niet goed vast wat ervan wordt." in html
    assert "Van 2 doelen in deze agenda staat nog niet goed vast waar het vandaan komt." in html
    assert f'href="{HOME}"' in html
    assert not AgendaVersionEvent.objects.exists()
    say(desk, first, "extended", next_one)
    say(desk, second, "dropped", reason="Gehaald.", decision="Raadsbesluit")
    desk.post(f"{HOME}nieuw/{fresh.pk}/", {"seen": Fate().stamp, "reason": "De raad vroeg erom."})
    assert HOME not in desk.get("/beheer/agenda/mag-3/1/vaststellen/").content.decode()
    desk.post("/beheer/agenda/mag-3/1/vaststellen/", typed())
    for row in (former, version):
        row.refresh_from_db()
    assert (former.status, version.status) == (AgendaStatus.SUPERSEDED, AgendaStatus.ADOPTED)
    steps = AgendaVersionEvent.objects.order_by("pk").values_list("version", "to_status")
    assert list(steps) == [(version.pk, "adopted"), (former.pk, "superseded")]


def test_a_split_into_one_keeps_adoption_waiting(
    former: AgendaVersion, version: AgendaVersion, officer: User
) -> None:
    (goal,) = goals(former, "Wonen")
    (after,) = goals(version, "Huizen")
    GoalSuccession.objects.create(predecessor=goal, successor=after, kind="split")
    with pytest.raises(actions.TransitionError, match="Van het enige doel van"):
        adopt(version, officer)


def test_an_agenda_from_a_source_is_followed_and_not_superseded(
    version: AgendaVersion, former: AgendaVersion, officer: User
) -> None:
    AgendaVersion.objects.filter(pk=former.pk).update(origin="source", status=None)
    (goal,) = goals(former, "Wonen")
    (after,) = goals(version, "Huizen")
    with pytest.raises(actions.TransitionError):
        adopt(version, officer)
    GoalSuccession.objects.create(predecessor=goal, successor=after, kind="extended")
    adopt(version, officer)
    former.refresh_from_db()
    assert former.status is None


def test_what_was_adopted_is_said_for_good(
    desk: Client, former: AgendaVersion, version: AgendaVersion, officer: User
) -> None:
    (goal,) = goals(former, "Wonen")
    after, fresh = goals(version, "Huizen", "Tuinen")
    say(desk, goal, "extended", after)
    actions.call_new(version, fresh, "Nieuw.", seen=Fate().stamp, user=officer)
    adopt(version, officer)
    stamp = following(version).old[0].fate.stamp
    assert "vastgesteld en verandert niet meer" in say(desk, goal, "reworded", after, seen=stamp)
    with pytest.raises(actions.NotEditable):
        actions.call_new(version, fresh, "", seen="", user=officer)
    with pytest.raises(actions.NotEditable):
        actions.accept_same(version, set(), user=officer)
    html = desk.get(HOME).content.decode()
    assert "Niet te wijzigen." in html
    assert f"{HOME}doel/" not in html
    for page in (f"{HOME}doel/{goal.pk}/", f"{HOME}nieuw/{fresh.pk}/"):
        assert desk.get(page).headers["Location"].startswith(HOME)
    assert links(goal) == [("extended", "Huizen")]


def test_a_draft_that_drops_goals_can_be_thrown_away(
    desk: Client, former: AgendaVersion, officer: User
) -> None:
    draft = AgendaVersionFactory.create(
        agenda__slug="mag-3", agenda__year=2026, agenda__predecessor=former.agenda
    )
    (goal,) = goals(former, "Wonen")
    say(desk, goal, "dropped", reason="Gehaald.", decision="Raadsbesluit")
    actions.delete_draft(draft, user=officer)
    assert links(goal) == []


def test_many_goals_cost_as_many_queries_as_one(
    desk: Client,
    former: AgendaVersion,
    version: AgendaVersion,
    django_assert_max_num_queries: Any,
) -> None:
    def fill(times: int) -> None:
        for number in range(times):
            (before,), (after,) = goals(former, f"Oud {number}"), goals(version, f"Nieuw {number}")
            GoalSuccession.objects.create(predecessor=before, successor=after, kind="continued")
            goals(former, f"Doel {number}")
            goals(version, f"Doel {number}")

    fill(1)
    desk.get(HOME)  # that somebody reads it is noted the first time
    with django_assert_max_num_queries(12) as few:
        desk.get(HOME)
    fill(12)
    with django_assert_max_num_queries(len(few)) as many:
        desk.get(HOME)
    assert len(few) == len(many)
