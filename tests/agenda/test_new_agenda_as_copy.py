"""A new agenda begins as a copy of the former one; the officer says what becomes of its goals."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda import actions
from agenda.constants import AgendaStatus, CopyPiece
from agenda.following import following
from agenda.models import Agenda, AgendaVersion, Goal, GoalSuccession, Measure
from tests.agenda.whole_agenda import whole_agenda
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory

pytestmark = pytest.mark.django_db
COPY = "/beheer/agenda/mag-2/1/kopie/"
ALL = [piece.value for piece in CopyPiece]


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def former() -> AgendaVersion:
    return whole_agenda(from_source=True)


def typed(former: AgendaVersion, **said: Any) -> dict[str, Any]:
    return {
        "name": "Maatschappelijke agenda 2023",
        "short_name": "MAG 3",
        "owner": former.agenda.owner_id,
        "year": 2023,
        "period": "2023/2026",
        "pieces": ALL,
        **said,
    }


def copied(desk: Client, former: AgendaVersion, **said: Any) -> AgendaVersion:
    answer = desk.post(COPY, typed(former, **said))
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == "/beheer/agenda/mag-3/1/overgenomen/"
    return AgendaVersion.objects.get(agenda__slug="mag-3")


def page(desk: Client, address: str) -> str:
    return desk.get(address).content.decode()


# -- making it -------------------------------------------------------------------------------------
def test_the_officer_chooses_a_former_agenda_and_finds_the_years_filled_in(
    desk: Client, former: AgendaVersion
) -> None:
    drafted = AgendaVersionFactory.create(agenda__short_name="Nog niets")
    html = page(desk, "/beheer/agenda/nieuw/")
    assert f'<a href="{COPY}">Kopie van MAG 2, versie 1</a>' in html
    assert f"Kopie van {drafted}" not in html, "only what was decided is followed"
    html = page(desk, COPY)
    assert "2 doelen in 2 thema’s, 2 metingen, 1 uitgangspunt, 1 ontwikkelopdracht" in html
    assert 'name="period" value="2023/2026"' in html
    assert 'name="year" value="2023"' in html
    assert "metingen, met nulmeting en streefwaarden (2)" in html


def test_the_copy_is_a_draft_that_follows_the_former_agenda(
    desk: Client, former: AgendaVersion
) -> None:
    version = copied(desk, former)
    assert (version.status, version.origin, version.number) == (AgendaStatus.DRAFT, "system", 1)
    assert version.agenda.predecessor == former.agenda
    assert version.copied_from == former
    assert desk.get("/agenda/mag-3/").status_code == 404
    html = page(desk, "/beheer/agenda/mag-3/1/")
    assert "Huizen" in html
    assert "Wat is overgenomen uit MAG 2, versie 1" in html


def test_what_did_not_come_over_is_listed_with_why(desk: Client, former: AgendaVersion) -> None:
    copied(desk, former)
    html = page(desk, "/beheer/agenda/mag-3/1/overgenomen/")
    why = "2020 valt buiten de nieuwe looptijd (2023 tot en met 2026)."
    assert f"Niet overgenomen, omdat: {why}" in html
    assert "van meting" in html
    assert "Naar de agenda" in html
    assert "2 dingen zijn niet overgenomen" in page(desk, "/beheer/agenda/mag-3/1/")
    change = Change.objects.get(part__startswith="agendaversion-")
    labels = {row["label"]: row["after"] for row in change.fields}
    assert labels["Overgenomen uit"] == "MAG 2, versie 1"
    assert "2 doelstellingen" in labels["Overgenomen"]
    assert "2020 valt buiten" in labels["Niet overgenomen"]


def test_only_what_was_chosen_comes_along(desk: Client, former: AgendaVersion) -> None:
    version = copied(desk, former, pieces=[])
    assert Goal.objects.filter(theme__version=version).count() == 2
    assert not Measure.objects.of_version(version.pk).exists()
    assert "Alles wat u koos, is overgenomen." in page(desk, "/beheer/agenda/mag-3/1/overgenomen/")


# -- the succession is proposed, and said by people ------------------------------------------------
def test_each_goal_is_proposed_as_continued_and_nothing_is_said_yet(
    desk: Client, former: AgendaVersion
) -> None:
    version = copied(desk, former)
    assert not GoalSuccession.objects.exists()
    held = following(version)
    assert len(held.same) == 2
    assert held.unsaid
    html = page(desk, "/beheer/agenda/mag-3/1/opvolging/")
    assert "Voorstel: 2 doelen komen woord voor woord terug" in html
    pairs = [f"{row.proposal.before}-{row.proposal.after}" for row in held.same if row.proposal]
    desk.post("/beheer/agenda/mag-3/1/opvolging/voorstellen/", {"voorstel": pairs})
    assert not following(version).unsaid
    assert set(GoalSuccession.objects.values_list("kind", flat=True)) == {"continued"}


def test_a_copy_that_was_rewritten_whole_is_still_proposed_for_the_goal_it_came_from(
    desk: Client, former: AgendaVersion
) -> None:
    version = copied(desk, former)
    goal = Goal.objects.get(theme__version=version, label="Huizen")
    Goal.objects.filter(pk=goal.pk).update(label="Q", text="Zzz.")
    (row,) = [row for row in following(version).old if row.goal.label == "Huizen"]
    assert row.proposal is not None
    assert (row.proposal.after, row.proposal.kind) == (goal.pk, "reworded")


def test_goals_without_text_are_each_proposed_for_their_own(desk: Client) -> None:
    former = AgendaVersionFactory.create(agenda__slug="mag-2", agenda__year=2019, adopted=True)
    theme = ThemeFactory.create(version=former)
    for number in ("i", "ii", "iii"):
        GoalFactory.create(theme=theme, number=number, label="niet genoemd in de bron", text="")
    version = copied(desk, former)
    AgendaVersion.objects.filter(pk=version.pk).update(status="consultation")
    for row in following(version).old:
        assert row.proposed is not None
        assert row.proposed.number == row.goal.number


# -- bad input -------------------------------------------------------------------------------------
def test_a_second_click_finds_the_draft_of_the_first(desk: Client, former: AgendaVersion) -> None:
    version = copied(desk, former)
    answer = desk.post(COPY, typed(former), follow=True)
    assert "Dit concept stond er al; er is geen tweede gemaakt." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/beheer/agenda/mag-3/1/overgenomen/"
    assert list(Agenda.objects.exclude(pk=former.agenda_id)) == [version.agenda]
    assert Goal.objects.filter(theme__version=version).count() == 2


def test_a_draft_cannot_be_copied(desk: Client, former: AgendaVersion) -> None:
    copied(desk, former)
    answer = desk.get("/beheer/agenda/mag-3/1/kopie/", follow=True)
    assert "Alleen wat is vastgesteld, kan worden overgenomen." in answer.content.decode()
    answer = desk.post("/beheer/agenda/mag-3/1/kopie/", typed(former, name="Nog een"), follow=True)
    assert "Alleen wat is vastgesteld" in answer.content.decode()
    assert Agenda.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"period": ""}, "Dit veld is verplicht."),
        ({"year": 2016}, "Kies een jaar daarna."),
        ({"pieces": ["alles"]}, "Selecteer een geldige keuze"),
        ({"period": "2022/2025"}, "In deze jaren loopt ook MAG 2 (2019 tot en met 2022)."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    desk: Client, former: AgendaVersion, said: dict[str, Any], told: str
) -> None:
    answer = desk.post(COPY, typed(former, **said)).content.decode()
    assert told in answer
    assert "Maatschappelijke agenda 2023" in answer
    assert Agenda.objects.count() == 1


def test_the_former_agenda_cannot_be_swapped_in_the_form(
    desk: Client, former: AgendaVersion
) -> None:
    other = AgendaVersionFactory.create(adopted=True, agenda__year=2012)
    version = copied(desk, former, predecessor=other.agenda_id)
    assert version.agenda.predecessor == former.agenda


# -- agendas that overlap --------------------------------------------------------------------------
def test_years_that_overlap_are_confirmed_once(desk: Client, former: AgendaVersion) -> None:
    said = {"name": "Jeugd", "short_name": "Jeugd", "year": 2021, "period": "2021/2024"}
    said = {**typed(former), **said}
    asked = desk.post("/beheer/agenda/nieuw/", said).content.decode()
    assert "Kies een andere looptijd, of vink aan dat het klopt." in asked
    assert 'name="overlap_is_meant"' in asked
    assert Agenda.objects.count() == 1
    answer = desk.post("/beheer/agenda/nieuw/", {**said, "overlap_is_meant": "on"})
    assert answer.status_code == 302
    youth = Agenda.objects.get(slug="jeugd")
    changed = {**said, "name": "Jeugdagenda", "revision": youth.revision}
    assert desk.post("/beheer/agenda/jeugd/1/gegevens/", changed).status_code == 302
    again = {**changed, "period": "2022/2024", "revision": youth.revision + 1}
    assert "In deze jaren loopt ook" in (
        desk.post("/beheer/agenda/jeugd/1/gegevens/", again).content.decode()
    )


def test_an_agenda_of_another_municipality_may_have_the_same_years(
    desk: Client, former: AgendaVersion
) -> None:
    other = AgendaVersionFactory.create().agenda.owner_id
    said = typed(former, owner=other, period="2020/2023", name="Van de buren")
    assert desk.post("/beheer/agenda/nieuw/", said).status_code == 302


# -- throwing it away ------------------------------------------------------------------------------
def test_a_copy_is_thrown_away_with_all_that_is_in_it(
    desk: Client, former: AgendaVersion, officer: User
) -> None:
    version = copied(desk, former)
    for row in following(version).same:
        assert row.proposal is not None
        actions.accept_same(version, {(row.proposal.before, row.proposal.after)}, user=officer)
    html = page(desk, "/beheer/agenda/mag-3/1/verwijderen/")
    assert "met alles wat erin staat: 2 doelen in 2 thema’s" in html
    desk.post("/beheer/agenda/mag-3/1/verwijderen/")
    assert list(Agenda.objects.all()) == [former.agenda]
    assert Goal.objects.count() == 2
    assert not GoalSuccession.objects.exists()
