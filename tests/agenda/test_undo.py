"""Taking back the last step in writing an agenda, without losing what a colleague wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from accounts.models import Change, User
from agenda import actions
from agenda.actions import NotEditable, last_step, undo
from agenda.actions.undoing import KEPT
from agenda.models import AgendaVersion, EditStep, Goal, Theme
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    PrincipleFactory,
    SituationFactFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return UserFactory.create(holds=[Role.POLICY_OFFICER])


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create()


@pytest.fixture
def theme(version: AgendaVersion) -> Theme:
    return ThemeFactory.create(version=version, name="Meedoen")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(version: AgendaVersion, name: str, *args: Any) -> str:
    return reverse(name, args=[version.agenda.slug, version.number, *args])


def edit(user: User, version: AgendaVersion, theme: Theme, **typed: Any) -> Any:
    held = Theme.objects.get(pk=theme.pk)
    typed = {"name": held.name, "number": held.number, "revision": held.revision, **typed}
    return as_(user).post(at(version, "agenda_part_edit", "thema", theme.pk), typed)


def undo_last(version: AgendaVersion, user: User) -> str:
    step = last_step(version, user)
    assert step is not None
    return undo(version, step.pk, user=user)


def test_a_change_is_taken_back_and_the_history_says_so(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    edit(officer, version, theme, name="Samen leven")
    assert undo_last(version, officer) == "Thema ‘Samen leven’ gewijzigd"
    theme.refresh_from_db()
    assert theme.name == "Meedoen"
    last = Change.objects.order_by("-pk")[0]
    assert last.fields == [{"label": "Naam", "before": "Samen leven", "after": "Meedoen"}]
    assert last_step(version, officer) is None


def test_a_page_that_was_open_meets_a_newer_revision(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    edit(officer, version, theme, name="Samen leven")
    undo_last(version, officer)
    theme.refresh_from_db()
    assert theme.revision == 3


def test_what_was_added_goes(officer: User, version: AgendaVersion, theme: Theme) -> None:
    typed = {"theme": theme.pk, "number": "i", "label": "Iedereen telt", "text": "Tekst."}
    as_(officer).post(at(version, "agenda_part_add", "doel") + f"?thema={theme.pk}", typed)
    assert Goal.objects.count() == 1
    undo_last(version, officer)
    assert not Goal.objects.exists()


def test_what_was_removed_comes_back_in_its_place(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    first, second = (GoalFactory.create(theme=theme, label=label) for label in ("Een", "Twee"))
    page = at(version, "agenda_part_delete", "doel", first.pk)
    asks = as_(officer).get(page).content.decode()
    assert "kunt u dat daarna ongedaan maken" in asks
    assert "Opvolging" not in asks.split("<h1")[1]
    as_(officer).post(page)
    assert "Maak ongedaan" in as_(officer).get(at(version, "agenda_manage")).content.decode()
    assert [each.label for each in theme.goals.order_by("order")] == ["Twee"]
    undo_last(version, officer)
    assert [each.pk for each in theme.goals.order_by("order")] == [first.pk, second.pk]


@pytest.mark.parametrize("make", [GoalFactory, PrincipleFactory, SituationFactFactory])
def test_a_move_is_taken_back(
    officer: User, version: AgendaVersion, theme: Theme, make: Any
) -> None:
    where = {"theme": theme} if make is GoalFactory else {"version": version}
    rows = [make.create(**where) for _ in range(4)]
    model = type(rows[0])

    def order() -> list[int]:
        return list(model.objects.order_by("order").values_list("pk", flat=True))

    before = order()
    actions.place_part(rows[3], version, before=rows[0].pk, user=officer)
    assert order() == [rows[3].pk, rows[0].pk, rows[1].pk, rows[2].pk]
    actions.place_part(model.objects.get(pk=rows[0].pk), version, before=None, user=officer)
    assert order() == [rows[3].pk, rows[1].pk, rows[2].pk, rows[0].pk]
    undo_last(version, officer)
    undo_last(version, officer)
    assert order() == before


def test_saves_that_follow_each_other_are_one_step(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    for name in ("Sa", "Samen", "Samen leven"):
        edit(officer, version, theme, name=name)
    assert EditStep.objects.count() == 1
    undo_last(version, officer)
    assert Theme.objects.get(pk=theme.pk).name == "Meedoen"


def test_a_second_click_takes_nothing_else_back(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    other = ThemeFactory.create(version=version, name="Wonen")
    edit(officer, version, other, name="Wonen en leven")
    edit(officer, version, theme, name="Samen leven")
    step = last_step(version, officer)
    assert step is not None
    undo(version, step.pk, user=officer)
    with pytest.raises(NotEditable, match="al ongedaan gemaakt"):
        undo(version, step.pk, user=officer)
    assert Theme.objects.get(pk=other.pk).name == "Wonen en leven"


def _a_colleague_writes(version: AgendaVersion, theme: Theme) -> None:
    edit(UserFactory.create(holds=[Role.POLICY_OFFICER]), version, theme, number="7")


def _something_hangs_on_it(version: AgendaVersion, theme: Theme) -> None:
    GoalFactory.create(theme=Theme.objects.latest("pk"))


def _it_is_gone(version: AgendaVersion, theme: Theme) -> None:
    theme.delete()


@pytest.mark.parametrize("meanwhile", [_a_colleague_writes, _it_is_gone])
def test_what_somebody_wrote_since_is_not_lost(
    officer: User,
    version: AgendaVersion,
    theme: Theme,
    meanwhile: Callable[[AgendaVersion, Theme], None],
) -> None:
    edit(officer, version, theme, name="Samen leven")
    meanwhile(version, theme)
    before = list(Theme.objects.values())
    with pytest.raises(NotEditable, match="niet meer ongedaan te maken"):
        undo_last(version, officer)
    assert list(Theme.objects.values()) == before


def test_what_was_added_stays_while_something_hangs_on_it(
    officer: User, version: AgendaVersion
) -> None:
    as_(officer).post(at(version, "agenda_part_add", "thema"), {"name": "Nieuw", "number": "1"})
    _something_hangs_on_it(version, Theme.objects.get())
    with pytest.raises(NotEditable, match="niet meer ongedaan te maken"):
        undo_last(version, officer)
    assert Theme.objects.count() == 1


def test_everybody_takes_back_the_own_steps_alone(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    edit(officer, version, theme, name="Samen leven")
    assert last_step(version, UserFactory.create(holds=[Role.POLICY_OFFICER])) is None


def test_nothing_is_taken_back_in_an_adopted_agenda(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    edit(officer, version, theme, name="Samen leven")
    AgendaVersion.objects.filter(pk=version.pk).update(
        status="adopted", adopted_on="2026-01-01", adopted_by="de raad"
    )
    with pytest.raises(NotEditable, match="vastgesteld"):
        undo_last(version, officer)


def test_so_many_steps_are_kept_and_no_more(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    rows = [ThemeFactory.create(version=version) for _ in range(2)]
    for number in range(KEPT + 3):
        edit(officer, version, rows[number % 2], name=f"Naam {number}")
    assert EditStep.objects.count() == KEPT


# -- the page --------------------------------------------------------------------------------------
INLINE = {"X-Requested-With": "fetch"}


def test_the_page_offers_to_take_back_and_does(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    client = as_(officer)
    page = at(version, "agenda_manage")
    assert re.search(r"<form [^>]*data-undo[^>]* hidden>", client.get(page).content.decode())
    edit(officer, version, theme, name="Samen leven")
    html = client.get(page).content.decode()
    assert "Thema ‘Samen leven’ gewijzigd" in html
    assert not re.search(r"<form [^>]*data-undo[^>]* hidden>", html)
    step = last_step(version, officer)
    assert step is not None
    answer = client.post(at(version, "agenda_undo"), {"stap": step.pk}, follow=True)
    assert "Ongedaan gemaakt: Thema ‘Samen leven’ gewijzigd." in answer.content.decode()


def test_a_part_opens_in_place_as_a_form_alone(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    answer = as_(officer).get(at(version, "agenda_part_edit", "thema", theme.pk), headers=INLINE)
    html = answer.content.decode()
    assert html.lstrip().startswith("<form")
    assert "<html" not in html


def test_saving_in_place_answers_with_the_new_revision(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    url = at(version, "agenda_part_edit", "thema", theme.pk)
    typed = {"name": "Samen leven", "number": theme.number, "revision": 1}
    answer = as_(officer).post(url, typed, headers=INLINE)
    assert answer.json()["revision"] == 2
    assert answer.json()["id"] == f"theme-{theme.pk}"
    step = last_step(version, officer)
    assert step is not None
    assert answer.json()["step"] == {"pk": step.pk, "label": "Thema ‘Samen leven’ gewijzigd"}


def test_a_step_that_another_followed_is_not_taken_back(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    edit(officer, version, theme, name="Samen doen")
    edit(officer, version, ThemeFactory.create(version=version), name="Samen leven")
    first = EditStep.objects.order_by("pk").first()
    assert first is not None
    answer = as_(officer).post(at(version, "agenda_undo"), {"stap": first.pk}, follow=True)
    assert "U wijzigde hierna nog iets." in answer.content.decode()
    theme.refresh_from_db()
    assert theme.name == "Samen doen"


def test_a_wrong_field_and_a_second_editor_keep_what_was_typed(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    url = at(version, "agenda_part_edit", "thema", theme.pk)
    wrong = as_(officer).post(url, {"name": "", "number": "9", "revision": 1}, headers=INLINE)
    assert wrong.status_code == 422
    assert 'value="9"' in wrong.content.decode()
    edit(UserFactory.create(holds=[Role.POLICY_OFFICER]), version, theme, name="Van een ander")
    late = as_(officer).post(url, {"name": "Van mij", "number": "", "revision": 1}, headers=INLINE)
    assert late.status_code == 409
    html = late.content.decode()
    assert 'value="Van mij"' in html
    assert "Van een ander" in html


def test_dropping_before_a_row_that_is_gone_says_so(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    goals = [GoalFactory.create(theme=theme) for _ in range(2)]
    url = at(version, "agenda_part_move", "doel", goals[0].pk)
    answer = as_(officer).post(url, {"voor": "999999"}, follow=True)
    assert "intussen veranderd" in answer.content.decode()
    assert as_(officer).post(url, {"voor": "hier"}).status_code == 404


def test_dropping_last_puts_it_last(officer: User, version: AgendaVersion, theme: Theme) -> None:
    goals = [GoalFactory.create(theme=theme) for _ in range(3)]
    as_(officer).post(at(version, "agenda_part_move", "doel", goals[0].pk), {"voor": ""})
    assert list(theme.goals.order_by("order").values_list("pk", flat=True)) == [
        goals[1].pk,
        goals[2].pk,
        goals[0].pk,
    ]


def test_what_a_goal_contributes_to_is_taken_back(
    officer: User, version: AgendaVersion, theme: Theme
) -> None:
    effect = GoalFactory.create(theme=theme, level="impact")
    goal = GoalFactory.create(theme=theme, level="outcome", number="2", order=2)
    address = at(version, "agenda_contributions", goal.pk)
    as_(officer).post(address, {"contributes_to": [effect.pk], "revision": 1})
    assert list(goal.contributes_to.all()) == [effect]
    undo_last(version, officer)
    assert not goal.contributes_to.exists()
    change = Change.objects.filter(part=f"goal-{goal.pk}").latest("pk")
    assert change.fields == [{"label": "Draagt bij aan", "before": str(effect), "after": ""}]
