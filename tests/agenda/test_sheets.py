"""A template that is filled in: what it would change, what is wrong with it, and confirming it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Change, User
from agenda.models import (
    AgendaVersion,
    EditStep,
    Goal,
    Measure,
    Principle,
    TableImport,
    Target,
    TaskStep,
    Theme,
)
from agenda.sheets import entering, importing
from tests.agenda.filled_in import (
    Book,
    add,
    at,
    book_at,
    confirm,
    entered,
    hand_in,
    problems,
    row_of,
)
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    PrincipleFactory,
    SourceFactory,
    TargetFactory,
    ThemeFactory,
)
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__period="2024/2025")


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    theme = ThemeFactory.create(version=version, name="Meedoen", number="A")
    return GoalFactory.create(theme=theme, number="1", label="Minder eenzaam", text="Oud.")


def all_kinds(book: Book) -> None:
    """A row on every sheet; each refers to what the file itself brings."""
    add(book, "Thema’s", {"Naam": "Wonen", "Rol van de gemeente": "Regisseur"})
    add(book, "Thema’s", {"Naam": "Thuis", "Valt onder": "Wonen"})
    add(book, "Doelen", {"Thema": "Thuis", "Nummer": "2a", "Korte naam": "Langer", "Doel": "Ja."})
    add(
        book,
        "Indicatoren",
        {
            "Naam": "Woont thuis",
            "Soort waarde": "percentage",
            "Richting": "hoger is beter",
            "Meet": "de gemeente als geheel",
            "Samennemen": "niet samen te nemen",
            "Telt mensen": "nee",
        },
    )
    add(
        book,
        "Metingen",
        {
            "Thema": "Thuis",
            "Doel": "2a",
            "Nummer": "1",
            "Indicator": "woont thuis",
            "Zoals afgesproken": "Aandeel dat thuis woont",
            "Nulmeting 2023": "3 van 4",
            "Streefwaarde 2025": 0.8,
        },
    )
    page = book["Metingen"]
    page.cell(page.max_row, page.max_column).number_format = "0%"
    add(
        book,
        "Uitgangspunten",
        {"Soort": "uitgangspunt", "Tekst": "Zelf", "Nieuw in deze agenda": "ja"},
    )
    add(
        book,
        "Beeld van de samenleving",
        {"Onderwerp": "Armoede", "Hoe het ervoor staat": "Eén op de tien.", "Bron": "atlas 2025"},
    )
    add(book, "Participatie", {"Wie": "Jongeren", "Hoe": "Enquête", "Aantal": 120, "Jaar": 2024})
    add(book, "Ontwikkelopdrachten", {"Nummer": 1, "Onderwerp": "Leren", "Doelen": "Thuis 2a"})
    add(
        book,
        "Stappen",
        {"Opdracht": 1, "Wat gebeurt er": "Plan", "Klaar uiterlijk op": "31-12-2025"},
    )
    add(book, "Ander beleid", {"Naam": "GALA", "Soort": "landelijk, verplicht"})


def test_every_kind_of_part_comes_in_at_once(desk: Client, version: AgendaVersion) -> None:
    source = SourceFactory.create(title="Atlas 2025")
    preview = entered(desk, version, all_kinds)
    assert problems(preview) == []
    assert not version.themes.exists()
    answer = confirm(desk, preview)
    assert "is ingelezen" in answer.content.decode()
    goal = Goal.objects.get(theme__version=version)
    assert (goal.theme.name, goal.theme.parent and goal.theme.parent.name) == ("Thuis", "Wonen")
    measure = Measure.objects.get(goal=goal)
    assert not measure.indicator.counts_people
    told = {(t.kind, str(t.period.code)): t.value.typed() for t in measure.targets.all()}
    assert told == {("baseline", "2023"): "3 van 4", ("target", "2025"): "80%"}
    assert list(version.tasks.get().goals.all()) == [goal]
    assert TaskStep.objects.get().due_on == datetime.date(2025, 12, 31)
    assert version.situation_facts.get().source == source
    assert Change.objects.filter(action="added", whole=f"agendaversion-{version.pk}").count() == 12
    again = entered(desk, version, lambda book: None)
    assert "Geen wijzigingen" in again.content.decode()


def test_a_change_is_shown_from_and_to_and_written_with_its_history(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        row_of(book, "Thema’s", Naam="Meedoen")["Naam"].value = "Samen doen"
        cells = row_of(book, "Doelen", Nummer="1")
        cells["Thema"].value, cells["Doel"].value = "Samen doen", "Nieuw."
        cells["Doelgroepen"].value = "jongeren, ouderen"

    preview = entered(desk, version, fill)
    html = preview.content.decode()
    assert "Er veranderen 2 rijen" in html
    assert "Oud." in html
    assert "<b>Nieuw.</b>" in html
    assert Goal.objects.get(pk=goal.pk).text == "Oud."
    confirm(desk, preview)
    goal.refresh_from_db()
    assert (goal.text, goal.theme.name) == ("Nieuw.", "Samen doen")
    assert goal.label == "Minder eenzaam", "a cell that was not changed is left alone"
    assert {group.name for group in goal.target_groups.all()} == {"jongeren", "ouderen"}
    change = Change.objects.get(part=f"goal-{goal.pk}")
    assert {
        "label": "Wat moet er bereikt zijn?",
        "before": "Oud.",
        "after": "Nieuw.",
    } in change.fields


def test_what_is_not_in_the_file_stays_unless_it_is_ticked(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    gone = PrincipleFactory.create(version=version, text="Weg ermee")
    kept = PrincipleFactory.create(version=version, text="Blijft", order=2)

    def fill(book: Book) -> None:
        book["Uitgangspunten"].delete_rows(2, 2)
        del book["Doelen"]

    preview = entered(desk, version, fill)
    html = preview.content.decode()
    assert "Het blijft staan, tenzij u het hieronder aanvinkt." in html
    assert "Minder eenzaam" not in html, "a sheet that is not there says nothing"
    confirm(desk, preview)
    assert set(Principle.objects.all()) == {gone, kept}
    again = entered(desk, version, fill)
    confirm(desk, again, gone=[f"uitgangspunt-{gone.pk}"])
    assert set(Principle.objects.all()) == {kept}
    step = EditStep.objects.get()
    desk.post(at(version, "agenda_undo"), {"stap": step.pk})
    assert set(Principle.objects.all()) == {gone, kept}


def test_removing_what_something_hangs_on_refuses_all_of_it(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    def fill(book: Book) -> None:
        book["Thema’s"].delete_rows(2)
        del book["Doelen"]
        add(book, "Uitgangspunten", {"Soort": "uitgangspunt", "Tekst": "Nieuw"})

    preview = entered(desk, version, fill)
    answer = confirm(desk, preview, gone=[f"thema-{goal.theme_id}"])
    assert "Hier hangt nog iets onder of aan" in answer.content.decode()
    assert Theme.objects.filter(pk=goal.theme_id).exists()
    assert not Principle.objects.exists()


def test_an_emptied_target_stays_unless_it_is_ticked(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    target = TargetFactory.create(
        measure=MeasureFactory.create(theme=None, goal=goal), period="2025"
    )

    def fill(book: Book) -> None:
        row_of(book, "Metingen", Doel="1")["Streefwaarde 2025"].value = None

    confirm(desk, entered(desk, version, fill))
    assert Target.objects.filter(pk=target.pk).exists()
    confirm(desk, entered(desk, version, fill), gone=[f"streefwaarde-{target.pk}"])
    assert not Target.objects.exists()


def wrong_choice(book: Book) -> None:
    row_of(book, "Doelen", Nummer="1")["Niveau"].value = "hoog"


def unknown_theme(book: Book) -> None:
    add(book, "Doelen", {"Thema": "Bestaat niet", "Nummer": 9, "Korte naam": "x", "Doel": "y"})


def double_number(book: Book) -> None:
    add(book, "Doelen", {"Thema": "Meedoen", "Nummer": 7, "Korte naam": "x", "Doel": "y"})
    add(book, "Doelen", {"Thema": "meedoen", "Nummer": 7, "Korte naam": "z", "Doel": "w"})


def half_a_date(book: Book) -> None:
    row_of(book, "Doelen", Nummer="1")["Doeldatum"].value = datetime.date(2025, 1, 1)


def in_a_circle(book: Book) -> None:
    cells = row_of(book, "Doelen", Nummer="1")
    cells["Niveau"].value, cells["Draagt bij aan"].value = "impact", "Meedoen 8"
    add(
        book,
        "Doelen",
        {
            "Thema": "Meedoen",
            "Nummer": 8,
            "Korte naam": "b",
            "Doel": "b",
            "Niveau": "effect (outcome)",
            "Draagt bij aan": "Meedoen 1",
        },
    )


def no_number(book: Book) -> None:
    add(
        book,
        "Metingen",
        {
            "Thema": "Meedoen",
            "Doel": 1,
            "Nummer": 4,
            "Indicator": "Sport",
            "Zoals afgesproken": "x",
            "Streefwaarde 2025": "veel",
        },
    )


def other_passport(book: Book) -> None:
    add(book, "Indicatoren", {"Naam": "Sport", "Eenheid": "uur"})


def other_agenda(book: Book) -> None:
    row_of(book, "Doelen", Nummer="1")["Kenmerk"].value = "doel-999999"


def a_move(book: Book) -> None:
    cells = row_of(book, "Metingen", Nummer="3")
    cells["Doel"].value = None


def no_year(book: Book) -> None:
    page = book["Metingen"]
    page.cell(1, page.max_column + 1, "Streefwaarde 1850")
    page.cell(2, page.max_column, 4)


@pytest.mark.parametrize(
    ("fill", "place", "words"),
    [
        (wrong_choice, "Doelen, cel F2", "‘hoog’ is geen keuze. Kies uit: impact"),
        (unknown_theme, "Doelen, cel B3", "‘Bestaat niet’ staat niet op het blad Thema’s"),
        (double_number, "Doelen, cel B4", "hetzelfde bij Thema en Nummer als rij 3"),
        (half_a_date, "Doelen, cel G2", "Kies of het doel op deze dag geldt"),
        (in_a_circle, "Doelen, cel N2", "hoger niveau"),
        (no_number, "Metingen, cel J3", "geen getal"),
        (other_passport, "Indicatoren, cel E3", "is er al"),
        (other_agenda, "Doelen, cel A2", "hoort bij niets in deze agenda"),
        (a_move, "Metingen, cel C2", "verhuist hier niet"),
        (no_year, "Metingen, de kop ‘Streefwaarde 1850’", "ligt niet tussen"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_kept(
    desk: Client,
    version: AgendaVersion,
    goal: Goal,
    fill: Callable[[Book], Any],
    place: str,
    words: str,
) -> None:
    sport = IndicatorFactory.create(name="Sport", value_type="count", unit="keer")
    MeasureFactory.create(theme=None, goal=goal, number="3", indicator=sport)
    answer = entered(desk, version, fill)
    found = problems(answer)
    assert any(where == place and words in text for where, text in found), found
    assert "Er is niets ingelezen." in answer.content.decode()
    assert not TableImport.objects.exists()
    assert Goal.objects.get() == goal


def test_a_knot_of_rows_that_wait_for_each_other_is_told(
    desk: Client, version: AgendaVersion
) -> None:
    def fill(book: Book) -> None:
        add(book, "Thema’s", {"Naam": "A", "Valt onder": "B"}, {"Naam": "B", "Valt onder": "A"})

    found = problems(entered(desk, version, fill))
    assert [where for where, _ in found] == ["Thema’s, rij 3", "Thema’s, rij 4"]


def test_more_than_fits_in_one_go_is_refused(
    desk: Client, version: AgendaVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "MOST_CHANGES", 1)

    def fill(book: Book) -> None:
        add(book, "Thema’s", {"Naam": "A"}, {"Naam": "B"})

    assert problems(entered(desk, version, fill)) == [("Het bestand", entering.TOO_MUCH)]
    assert not version.themes.exists()


# -- confirming ------------------------------------------------------------------------------------
def one_theme(book: Book) -> None:
    add(book, "Thema’s", {"Naam": "Wonen"})


def test_an_agenda_that_changed_meanwhile_asks_to_look_again_and_loses_nothing(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    preview = entered(desk, version, one_theme)
    Goal.objects.filter(pk=goal.pk).update(text="Van een collega.")
    answer = confirm(desk, preview)
    html = answer.content.decode()
    assert "Intussen is er iets gewijzigd." in html
    assert not version.themes.filter(name="Wonen").exists()
    assert "Van een collega." in html, "the file would now put the old text back: that is shown"
    confirm(desk, preview)
    assert version.themes.filter(name="Wonen").exists()


def test_a_second_click_takes_nothing_in_twice(desk: Client, version: AgendaVersion) -> None:
    preview = entered(desk, version, one_theme)
    confirm(desk, preview)
    answer = confirm(desk, preview)
    assert "is al ingelezen" in answer.content.decode()
    assert version.themes.count() == 1
    held = TableImport.objects.get()
    with pytest.raises(importing.AlreadyDone):
        importing.confirm(held, importing.AGENDA)
    assert (held.tables, held.preview) == ([], {"new": 1, "changed": 0})
    assert Change.objects.count() == 1


def test_a_preview_expires(desk: Client, version: AgendaVersion) -> None:
    preview = entered(desk, version, one_theme)
    TableImport.objects.update(expires_at=timezone.now())
    answer = confirm(desk, preview)
    assert "Dit voorstel is verlopen" in answer.content.decode()
    assert not version.themes.exists()
    entered(desk, version, one_theme)
    assert TableImport.objects.count() == 1, "what nobody confirmed is let go"


def test_an_adopted_agenda_takes_no_file(desk: Client, version: AgendaVersion) -> None:
    preview = entered(desk, version, one_theme)
    AgendaVersion.objects.filter(pk=version.pk).update(
        status="adopted", adopted_on="2024-01-01", adopted_by="gemeenteraad"
    )
    answer = confirm(desk, preview)
    assert "Van u is niets bewaard" in answer.content.decode()
    assert not version.themes.exists()
    assert "verandert niet meer" in desk.get(at(version), follow=True).content.decode()


def test_in_consultation_rows_are_added_and_none_goes(
    desk: Client, version: AgendaVersion, goal: Goal
) -> None:
    AgendaVersion.objects.filter(pk=version.pk).update(status="consultation")

    def fill(book: Book) -> None:
        one_theme(book)
        book["Doelen"].delete_rows(2)

    preview = entered(desk, version, fill)
    assert "Verwijderen kan alleen in een concept" in preview.content.decode()
    confirm(desk, preview, gone=[f"doel-{goal.pk}"])
    assert version.themes.filter(name="Wonen").exists()
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_a_number_that_may_be_of_a_citizen_is_refused_where_it_stands(
    desk: Client, version: AgendaVersion
) -> None:
    def fill(book: Book) -> None:
        add(book, "Thema’s", {"Naam": "Wonen", "Opmerking": f"bsn {NUMBER}"})

    [(place, text)] = problems(entered(desk, version, fill))
    assert place.startswith("Thema’s")
    assert NUMBER in text
    assert not version.themes.exists()


def test_the_preview_of_another_officer_is_not_there(
    desk: Client, version: AgendaVersion, client: Client
) -> None:
    preview = entered(desk, version, one_theme)
    address = preview.redirect_chain[-1][0]
    client.force_login(UserFactory.create(holds=["policy_officer"]))
    assert client.get(address).status_code == 404


def test_no_file_and_another_file_are_told(desk: Client, version: AgendaVersion) -> None:
    assert "Kies een bestand." in desk.post(at(version)).content.decode()
    answer = hand_in(desk, at(version), b"a;b\n1;2\n", "agenda.csv")
    assert "Kies een Excel-bestand (xlsx)." in answer.content.decode()


def test_the_page_of_a_preview_asks_the_database_as_often_however_long_it_is(
    desk: Client, version: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    def many(book: Book) -> None:
        add(book, "Thema’s", *({"Naam": f"Thema {number}"} for number in range(12)))

    counts = []
    for fill in (one_theme, many):
        address = entered(desk, version, fill).redirect_chain[-1][0]
        with django_assert_max_num_queries(100) as asked:
            assert desk.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_a_source_does_not_say_is_an_empty_cell_in_the_template(
    desk: Client, version: AgendaVersion
) -> None:
    quiet = IndicatorFactory.create(name="Rust", value_type="", direction="", rhythm="")
    MeasureFactory.create(theme=ThemeFactory.create(version=version), indicator=quiet)
    book = book_at(desk, at(version).replace("inlezen/", "sjabloon.xlsx"))
    cells = [cell.value for row in book["Indicatoren"].iter_rows() for cell in row]
    assert "Rust" in cells
