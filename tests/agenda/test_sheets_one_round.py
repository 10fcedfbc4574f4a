"""A template with many errors: all of them are told at once, and mending those is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agenda.models import AgendaVersion, Goal, Indicator, Measure
from agenda.sheets import entering
from tests.agenda.filled_in import Book, add, columns, entered, problems, row_of
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__year=2024, agenda__period="2024/2025"
    )
    return made


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    theme = ThemeFactory.create(version=version, name="Meedoen", number="A")
    made: Goal = GoalFactory.create(theme=theme, number="1", label="Minder eenzaam", text="Oud.")
    return made


@pytest.fixture
def sport() -> Indicator:
    made: Indicator = IndicatorFactory.create(name="Sport", value_type="count", highest=1000)
    return made


def told(desk: Client, version: AgendaVersion, fill: Callable[[Book], Any]) -> dict[str, str]:
    """What is said, by place; every place once."""
    found = problems(entered(desk, version, fill))
    assert len(dict(found)) == len(found), found
    return dict(found)


def heading(book: Book, sheet: str, old: str, new: str) -> None:
    book[sheet].cell(1, columns(book[sheet])[old]).value = new


def test_what_stands_under_a_wrong_row_is_looked_at_too(
    desk: Client, version: AgendaVersion, goal: Goal, sport: Indicator
) -> None:
    def fill(book: Book, *, mended: bool = False) -> None:
        def wrong(mistake: Any, right: Any) -> Any:
            return right if mended else mistake

        role = wrong("baas", "regisseur")
        add(book, "Thema’s", {"Naam": "Wonen", "Rol van de gemeente": role})
        add(
            book,
            "Doelen",
            {
                "Thema": "Wonen",
                "Nummer": 2,
                "Korte naam": "Thuis",
                "Doel": "Ja.",
                "Niveau": wrong("hoog", "impact"),
                "Doeldatum": wrong("31-13-2025", None),
                "Draagt bij aan": wrong("Nergens 4", None),
            },
        )
        add(
            book,
            "Metingen",
            {
                "Thema": "Wonen",
                "Doel": 2,
                "Nummer": wrong("een heel lang nummer", "1"),
                "Indicator": "Sport",
                "Zoals afgesproken": "Aantal",
                "Nulmeting 2023": wrong("veel", 10),
                "Streefwaarde 2025": wrong(2000, 20),
                "Streefwaarde 2040": wrong(30, None),
            },
            {"Thema": "Wonen", "Doel": 2, "Nummer": 2, "Indicator": wrong("Spurt", "Sport")},
        )
        page = book["Metingen"]
        page.cell(4, columns(page)["Zoals afgesproken"]).value = wrong(None, "Aantal sporters")
        if mended:
            page.delete_cols(columns(page)["Streefwaarde 2040"])
        add(book, "Ontwikkelopdrachten", {"Nummer": wrong("een", 1), "Onderwerp": "Leren"})
        day = wrong("morgen", "31-12-2025")
        step = {"Opdracht": wrong("een", 1), "Wat gebeurt er": "Plan", "Klaar uiterlijk op": day}
        add(book, "Stappen", step)

    assert set(told(desk, version, fill)) == {
        "Thema’s, cel F3",
        "Doelen, cel F3",
        "Doelen, cel H3",
        "Doelen, cel N3",
        "Metingen, cel D3",
        "Metingen, cel H3",
        "Metingen, cel J3",
        "Metingen, cel K3",
        "Metingen, cel E4",
        "Metingen, cel F4",
        "Ontwikkelopdrachten, cel B3",
        "Stappen, cel D3",
    }
    assert told(desk, version, lambda book: fill(book, mended=True)) == {}


def test_a_row_with_one_wrong_cell_is_judged_in_its_others(
    desk: Client, version: AgendaVersion, goal: Goal, sport: Indicator
) -> None:
    measure = MeasureFactory.create(theme=None, goal=goal, number="3", indicator=sport)
    TargetFactory.create(measure=measure, period="2025", number=50)

    def fill(book: Book) -> None:
        cells = row_of(book, "Metingen", Nummer="3")
        cells["Nummer"].value, cells["Streefwaarde 2025"].value = "x" * 50, "veel"
        moved = {"Thema": "Meedoen", "Nummer": "1", "Korte naam": "x" * 200, "Doel": "y"}
        add(book, "Doelen", {**moved, "Kenmerk": "doel-999999", "Niveau": "hoog"})
        add(
            book,
            "Indicatoren",
            {"Naam": "Nieuw", "Soort waarde": "getal", "Eenheid": "e" * 300, "Meet": "wat"},
        )

    assert set(told(desk, version, fill)) == {
        "Metingen, cel D2",
        "Metingen, cel J2",
        "Doelen, cel A3",
        "Doelen, cel F3",
        "Indicatoren, cel D3",
        "Indicatoren, cel E3",
        "Indicatoren, cel H3",
    }


def test_a_wrong_heading_hides_no_other_sheet_and_not_what_stands_under_it(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        heading(book, "Thema’s", "Naam", "Naaam")
        add(book, "Thema’s", {"Naaam": "Wonen", "Rol van de gemeente": "baas"})
        heading(book, "Doelen", "Korte naam", "Zomaar iets")
        row_of(book, "Doelen", Nummer="1")["Niveau"].value = "hoog"
        add(book, "Metingen", {"Thema": "Wonen", "Doel": 9, "Nummer": "1", "Indicator": "Spurt"})
        add(book, "Uitgangspunten", {"Soort": "iets", "Tekst": "Zelf"})

    found = told(desk, version, fill)
    assert set(found) == {
        "Thema’s, cel C1",
        "Thema’s, cel F3",
        "Doelen, cel D1",
        "Metingen, cel E3",
        "Metingen, cel F3",
        "Uitgangspunten, cel B3",
    }
    assert "Bedoelt u ‘Naam’?" in found["Thema’s, cel C1"]


def test_a_sheet_with_an_unknown_name_may_be_any_that_is_not_there(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        book["Doelen"].title = "Doelstellingen"
        add(book, "Metingen", {"Thema": "Meedoen", "Doel": 9, "Nummer": "1", "Indicator": "Spurt"})

    assert set(told(desk, version, fill)) == {
        "Doelstellingen",
        "Metingen, cel E3",
        "Metingen, cel F3",
    }


def test_a_year_that_cannot_be_is_told_once(
    desk: Client, version: AgendaVersion, goal: Goal, sport: Indicator
) -> None:
    for number in ("1", "2"):
        MeasureFactory.create(theme=None, goal=goal, number=number, indicator=sport)

    def fill(book: Book) -> None:
        page = book["Metingen"]
        page.cell(1, page.max_column + 1, "Streefwaarde 1850")
        page.cell(2, page.max_column, 4)
        page.cell(3, page.max_column, 4)

    assert set(told(desk, version, fill)) == {"Metingen, de kop ‘Streefwaarde 1850’"}
    assert Measure.objects.count() == 2


def test_no_more_rows_are_looked_at_than_the_room_there_is(
    desk: Client, version: AgendaVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(book: Book) -> None:
        add(book, "Thema’s", {"Naam": "Wonen", "Rol van de gemeente": "baas"})
        new = {"Thema": "Wonen", "Korte naam": "x", "Doel": "y", "Doeldatum": "morgen"}
        add(book, "Doelen", {**new, "Nummer": 1}, {**new, "Nummer": 2})

    rows = {"Thema’s, cel F3", "Doelen, cel H3", "Doelen, cel H4"}
    assert set(told(desk, version, fill)) == rows
    monkeypatch.setattr(entering, "MOST_LOOKED_AT", 2)
    assert set(told(desk, version, fill)) == rows - {"Doelen, cel H4"}
