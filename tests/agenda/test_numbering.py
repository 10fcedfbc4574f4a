"""A new goal or theme is proposed the number that comes next, as its agenda numbers."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from agenda.edit_forms import GoalForm, ThemeForm
from agenda.models import AgendaVersion, Theme
from agenda.numbering import next_goal, next_number
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1", "2"),
        ("1 2 4", "5"),
        ("9", "10"),
        ("i ii iii", "iv"),
        ("viii", "ix"),
        ("i", "ii"),
        ("I II", "III"),
        ("a b", "c"),
        ("h i", "j"),
        ("A B", "C"),
        ("2.1 2.2", "2.3"),
        ("2a 2b", "2c"),
        ("D-1 D-2", "D-3"),
        ("2.1 3.1", ""),
        ("1 ii", ""),
        ("z", ""),
        ("1e eerste", ""),
        ("§", ""),
        ("01", ""),
        ("", ""),
    ],
)
def test_the_next_number_follows_how_the_others_are_counted(numbers: str, expected: str) -> None:
    assert next_number(numbers.split()) == expected


@pytest.mark.parametrize(
    ("theme", "others", "expected"),
    [
        (("1", ""), [], "1"),
        (("1", "1 2"), [], "3"),
        (("2", ""), [("1", "1 2 3")], "1"),
        (("2", ""), [("1", "i ii")], "i"),
        (("2", "1"), [("1", "1 2 3")], "2"),
        (("2", "4"), [("1", "1 2 3")], "5"),
        (("1", "1 2 3"), [("2", "4")], "5"),
        (("3", ""), [("1", "1 2"), ("2", "3")], "4"),
        (None, [("1", "1 2"), ("2", "3")], "4"),
        (None, [("1", "1 2"), ("2", "1")], ""),
        (None, [("1", "1 2")], ""),
        (("2", "2.1"), [("1", "1.1 1.2")], "2.2"),
        (("3", ""), [("1", "1.1 1.2"), ("2", "2.1")], "3.1"),
        (("", ""), [("1", "1.1 1.2")], ""),
        (("2", ""), [("1", "eerste tweede")], ""),
    ],
)
def test_a_goal_counts_in_its_theme_or_through_the_agenda(
    theme: tuple[str, str] | None, others: list[tuple[str, str]], expected: str
) -> None:
    own = (theme[0], theme[1].split()) if theme else None
    assert next_goal(own, [(number, goals.split()) for number, goals in others]) == expected


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__slug="mag-3")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def proposed(desk: Client, word: str, theme: Theme | None = None) -> str:
    under = f"?thema={theme.pk}" if theme else ""
    html = desk.get(f"/beheer/agenda/mag-3/1/{word}/nieuw/{under}").content.decode()
    field = re.search(r'<input[^>]*name="number"[^>]*>', html)
    assert field is not None
    found = re.search(r'value="([^"]*)"', field[0])
    return found[1] if found else ""


@pytest.mark.django_db
def test_the_form_of_a_new_goal_proposes_its_number(desk: Client, version: AgendaVersion) -> None:
    theme, empty = ThemeFactory.create_batch(2, version=version)
    GoalFactory.create(theme=theme, number="i")
    GoalFactory.create(theme=theme, number="ii")
    assert proposed(desk, "doel", theme) == "iii"
    assert proposed(desk, "doel", empty) == "i"
    assert proposed(desk, "doel") == ""
    GoalFactory.create(theme=theme, number="drie")
    assert proposed(desk, "doel", theme) == ""


@pytest.mark.django_db
def test_what_was_typed_stays_and_a_number_may_be_another(
    desk: Client, version: AgendaVersion
) -> None:
    theme = ThemeFactory.create(version=version)
    address = f"/beheer/agenda/mag-3/1/doel/nieuw/?thema={theme.pk}"
    answer = desk.post(address, {"theme": theme.pk, "number": "", "label": "Fit", "text": "Fit"})
    assert 'value="1"' not in answer.content.decode().split('name="number"')[1].split(">")[0]
    answer = desk.post(address, {"theme": theme.pk, "number": "7", "label": "Fit", "text": "Fit"})
    assert answer.status_code == 302
    assert theme.goals.get().number == "7"


@pytest.mark.django_db
def test_the_form_of_a_new_theme_proposes_its_number(desk: Client, version: AgendaVersion) -> None:
    assert proposed(desk, "thema") == ""
    main = ThemeFactory.create(version=version, number="1")
    ThemeFactory.create(version=version, number="2", parent=main)
    ThemeFactory.create(version=version, number="")
    assert proposed(desk, "thema") == "3"
    ThemeFactory.create(version=version, number="1.1", parent=main)
    assert proposed(desk, "thema") == "2"
    ThemeFactory.create(version=version, number="Slot")
    assert proposed(desk, "thema") == ""


@pytest.mark.django_db
def test_many_goals_cost_as_many_queries_as_one(
    desk: Client, version: AgendaVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    theme = ThemeFactory.create(version=version)
    with django_assert_max_num_queries(50) as few:
        proposed(desk, "doel", theme)
    for each in ThemeFactory.create_batch(3, version=version):
        GoalFactory.create_batch(4, theme=each)
    with django_assert_max_num_queries(len(few)):
        proposed(desk, "doel", theme)


@pytest.mark.django_db
def test_only_the_page_proposes_and_a_file_is_read_as_it_stands(version: AgendaVersion) -> None:
    theme = ThemeFactory.create(version=version, number="1")
    for form in (ThemeForm(version=version), GoalForm(version=version, parent=theme)):
        assert not form["number"].value()
