"""A template in which numbers and names changed, one with several errors, and one with no news."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Change, User
from agenda.models import AgendaVersion, EditStep, Goal, Measure, TableImport
from agenda.tasks import sweep_imports
from tests.agenda.filled_in import Book, add, at, confirm, entered, problems, row_of
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    MeasureFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(agenda__slug="mag", agenda__year=2024)
    return made


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    theme = ThemeFactory.create(version=version, name="Meedoen", number="A")
    made: Goal = GoalFactory.create(theme=theme, number="1", label="Minder eenzaam", text="Oud.")
    return made


def test_numbers_that_move_up_one_place_do_not_collide(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    GoalFactory.create(theme=goal.theme, number="2", order=2)

    def fill(book: Book) -> None:
        first, second = row_of(book, "Doelen", Nummer="1"), row_of(book, "Doelen", Nummer="2")
        first["Nummer"].value, second["Nummer"].value = "2", "3"

    confirm(desk, entered(desk, version, fill))
    assert sorted(Goal.objects.values_list("number", flat=True)) == ["2", "3"]


def test_goals_that_change_numbers_keep_what_belongs_to_them_and_can_be_put_back(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    second = GoalFactory.create(theme=goal.theme, number="2", order=2, label="Sporten")
    measures = [MeasureFactory.create(theme=None, goal=each, number="1") for each in (goal, second)]
    task = DevelopmentTaskFactory.create(version=version, number=1)
    task.goals.add(goal)

    def fill(book: Book) -> None:
        first, other = row_of(book, "Doelen", Nummer="1"), row_of(book, "Doelen", Nummer="2")
        first["Nummer"].value, other["Nummer"].value = "2", "1"

    preview = entered(desk, version, fill)
    assert "Er veranderen 2 rijen" in preview.content.decode()
    confirm(desk, preview)
    numbers = dict(Goal.objects.values_list("label", "number"))
    assert numbers == {"Minder eenzaam": "2", "Sporten": "1"}
    assert [Measure.objects.get(pk=each.pk).goal_id for each in measures] == [goal.pk, second.pk]
    assert list(task.goals.all()) == [goal]
    told = {row.name: row.fields for row in Change.objects.all()}
    assert told == {
        "Minder eenzaam": [{"label": "Nummer", "before": "1", "after": "2"}],
        "Sporten": [{"label": "Nummer", "before": "2", "after": "1"}],
    }
    desk.post(at(version, "agenda_undo"), {"stap": EditStep.objects.get().pk})
    numbers = dict(Goal.objects.values_list("label", "number"))
    assert numbers == {"Minder eenzaam": "1", "Sporten": "2"}


def test_a_theme_gets_another_name_without_a_change_in_what_stands_under_it(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        row_of(book, "Thema’s", Naam="Meedoen")["Naam"].value = "Erbij horen"

    preview = entered(desk, version, fill)
    assert "Er verandert 1 rij" in preview.content.decode()
    confirm(desk, preview)
    goal.refresh_from_db()
    assert goal.theme.name == "Erbij horen"


def test_a_formula_hides_no_other_error_and_is_told_once(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        row_of(book, "Doelen", Nummer="1")["Doel"].value = "=A1"
        add(book, "Thema’s", {"Naam": "=B2"}, {"Naam": "Wonen", "Rol van de gemeente": "baas"})
        add(book, "Doelen", {"Thema": "Onleesbaar", "Nummer": 1, "Korte naam": "x", "Doel": "y"})
        add(book, "Doelen", {"Thema": "Meedoen", "Nummer": 3, "Korte naam": "x", "Niveau": "hoog"})

    answer = entered(desk, version, fill)
    assert [where for where, _ in problems(answer)] == [
        "Doelen, cel E2",
        "Doelen, cel F4",
        "Doelen, cel E4",
        "Thema’s, cel C3",
        "Thema’s, cel F4",
    ]
    assert Goal.objects.get().text == "Oud."


def test_a_file_that_changes_nothing_asks_for_no_confirmation(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    preview = entered(desk, version, lambda book: None)
    html = preview.content.decode()
    assert "Geen wijzigingen" in html
    assert "Neem over in de agenda" not in html
    assert f'<a class="btn btn-primary" href="{at(version, "agenda_manage")}">' in html


def test_a_file_that_only_lacks_rows_removes_none_without_a_tick(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        book["Doelen"].delete_rows(2)
        add(book, "Thema’s")

    preview = entered(desk, version, fill)
    assert "Neem over in de agenda" not in preview.content.decode()
    assert "Vink aan wat weg mag." in confirm(desk, preview).content.decode()
    answer = confirm(desk, preview, gone=[f"doel-{goal.pk}"])
    assert "0 nieuw, 0 gewijzigd, 1 verwijderd" in answer.content.decode()
    assert not Goal.objects.exists()


def test_what_nobody_confirms_is_let_go_after_a_day_and_what_was_taken_in_stays(
    desk: Client, version: AgendaVersion
) -> None:
    confirm(desk, entered(desk, version, lambda book: add(book, "Thema’s", {"Naam": "Wonen"})))
    entered(desk, version, lambda book: add(book, "Thema’s", {"Naam": "Sport"}))
    sweep_imports()
    assert TableImport.objects.count() == 2
    TableImport.objects.update(expires_at=timezone.now())
    sweep_imports()
    assert TableImport.objects.get().applied_at is not None
