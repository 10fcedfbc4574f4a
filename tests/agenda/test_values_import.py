"""Values of indicators from csv and xlsx: shown first, then all of them or none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda.models import Indicator, Observation, TableImport
from agenda.sheets import values
from tests.agenda.filled_in import book_at, confirm, hand_in, lines, problems, saved
from tests.factories_agenda import (
    AreaFactory,
    GroupFactory,
    IndicatorFactory,
    ObservationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
ALL = "/beheer/indicatoren/inlezen/"
HEAD = ("Indicator", "Periode", "Gebied", "Waarde", "Status", "Bron", "Opmerking")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def sport() -> Indicator:
    return IndicatorFactory.create(
        name="Sport", slug="sport", value_type="count", unit="keer", counts_people=False
    )


@pytest.fixture
def lonely() -> Indicator:
    return IndicatorFactory.create(name="Eenzaam", value_type="percentage", counts_people=False)


def handed(desk: Client, content: bytes, address: str = ALL) -> Any:
    return hand_in(desk, address, content, "waarden.csv")


def test_values_of_more_indicators_come_in_at_once(
    desk: Client, sport: Indicator, lonely: Indicator
) -> None:
    area = AreaFactory.create(name="Leimuiden")
    source = SourceFactory.create(title="Gezondheidsmonitor")
    table = lines(
        HEAD,
        ("sport", "2025", "", "1.234", "definitief", "", "geteld"),
        ("Sport", "2025-H1", "leimuiden", "bijna 600", "voorlopig", "", ""),
        ("Eenzaam", 2024, "", "3 van 4", "Definitief", "Gezondheidsmonitor", ""),
        ("Eenzaam", 2025, "", "niet gemeten", "voorlopig", "", ""),
    )
    preview = handed(desk, table)
    assert problems(preview) == []
    assert "Er komen 4 rijen bij" in preview.content.decode()
    assert not Observation.objects.exists()
    confirm(desk, preview)
    told = {
        (row.indicator.name, str(row.period.code), row.area): row.value.typed()
        for row in Observation.objects.select_related("indicator", "area")
    }
    assert told == {
        ("Sport", "2025", None): "1.234",
        ("Sport", "2025-H1", area): "bijna 600",
        ("Eenzaam", "2024", None): "3 van 4",
        ("Eenzaam", "2025", None): "niet gemeten",
    }
    assert Observation.objects.get(source=source).certainty == "final"
    assert Change.objects.filter(whole=f"indicator-{sport.pk}", action="added").count() == 2
    assert "Geen wijzigingen" in handed(desk, table).content.decode()


def test_a_value_that_would_change_is_shown_and_needs_a_tick(
    desk: Client, sport: Indicator
) -> None:
    held = ObservationFactory.create(
        source=None,
        indicator=sport,
        period="2025",
        number=10,
        certainty="final",
        note="Zo was het.",
    )
    table = lines(("Periode", "Waarde", "Status"), (2025, "12,0", "definitief"))
    preview = handed(desk, table, "/beheer/indicatoren/sport/inlezen/")
    html = preview.content.decode()
    assert re.search(r"Nu\">10</td><td data-label=\"Wordt\"><b>12,0</b>", html)
    answer = confirm(desk, preview)
    assert "Er veranderen meetwaarden die er al zijn. Zet een vinkje." in answer.content.decode()
    held.refresh_from_db()
    assert held.number == 10
    confirm(desk, preview, overwrite="on")
    held.refresh_from_db()
    assert held.number == 12
    assert (held.certainty, held.note) == ("final", "Zo was het.")
    change = Change.objects.get(part=f"observation-{held.pk}")
    said = {each["label"]: (each["before"], each["after"]) for each in change.fields}
    assert said["Waarde"] == ("10", "12")


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        (("Zwemmen", 2025, "", 1, "definitief"), "regel 2, kolom 1", "geen indicator ‘Zwemmen’"),
        (("", 2025, "", 1, "definitief"), "regel 2, kolom 1", "Vul in over welke indicator"),
        (("Sport", "2025/26", "", 1, "definitief"), "regel 2, kolom 2", "Schrijf 2018, 2018-H1"),
        (("Sport", "", "", 1, "definitief"), "regel 2, kolom 2", "Vul de periode in"),
        (("Sport", 2025, "Atlantis", 1, "definitief"), "regel 2, kolom 3", "kennen wij niet"),
        (("Sport", 2025, "", "12%", "definitief"), "regel 2, kolom 4", "geen percentage"),
        (("Sport", 2025, "", "12,5", "definitief"), "regel 2, kolom 4", "heel getal"),
        (("Sport", 2025, "", "veel", "definitief"), "regel 2, kolom 4", "geen getal"),
        (("Sport", 2025, "", "", "definitief"), "regel 2, kolom 4", "Vul een waarde in"),
        (("Sport", 2025, "", 1, "misschien"), "regel 2, kolom 5", "Kies uit: voorlopig"),
        (("Sport", 2025, "", 1, ""), "regel 2, kolom 5", "verplicht"),
        (("Sport", 2025, "", 1, "definitief", "Roddels"), "regel 2, kolom 6", "kennen wij niet"),
        (("Sport", 2025, "", 1, "definitief", "", "", "uur"), "regel 2, kolom 8", "‘keer’"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    desk: Client, sport: Indicator, row: tuple[Any, ...], place: str, words: str
) -> None:
    answer = handed(desk, lines((*HEAD, "Eenheid"), row))
    found = problems(answer)
    assert any(where == place and words in text for where, text in found), found
    assert not TableImport.objects.exists()
    assert not Observation.objects.exists()


def test_one_wrong_row_keeps_all_of_them_out(desk: Client, sport: Indicator) -> None:
    good = [("Sport", year, "", 1, "definitief", "", "") for year in range(2015, 2025)]
    answer = handed(desk, lines(HEAD, *good, ("Sport", 2025, "", "x", "definitief", "", "")))
    assert [where for where, _ in problems(answer)] == ["regel 12, kolom 4"]
    assert not Observation.objects.exists()


def test_the_same_period_twice_in_one_file_is_told(desk: Client, sport: Indicator) -> None:
    row = ("Sport", 2025, "", 1, "definitief", "", "")
    found = problems(handed(desk, lines(HEAD, row, row)))
    assert found == [("regel 3, kolom 2", "Dit staat ook in rij 2. Haal er één weg.")]


def test_a_file_about_another_indicator_is_refused_on_the_page_of_one(
    desk: Client, sport: Indicator, lonely: Indicator
) -> None:
    table = lines(HEAD, ("Eenzaam", 2025, "", "5%", "definitief", "", ""))
    found = problems(handed(desk, table, "/beheer/indicatoren/sport/inlezen/"))
    assert "een andere indicator" in found[0][1]


def test_a_figure_of_another_status_comes_beside_the_one_that_it_replaces(
    desk: Client, sport: Indicator
) -> None:
    group = GroupFactory.create(name="65 jaar en ouder")
    first = ObservationFactory.create(
        source=None, indicator=sport, period="2025", number=10, group=group, certainty="provisional"
    )
    table = lines(
        ("Periode", "Groep", "Waarde", "Status"), (2025, "65 jaar en ouder", "12", "definitief")
    )
    confirm(desk, handed(desk, table, "/beheer/indicatoren/sport/inlezen/"))
    first.refresh_from_db()
    assert first.number == 10
    final = sport.observations.get(certainty="final")
    assert (final.number, final.group) == (Decimal(12), group)
    wrong = lines(("Periode", "Groep", "Waarde", "Status"), (2025, "ouderen", "12", "definitief"))
    [(_place, text)] = problems(handed(desk, wrong, "/beheer/indicatoren/sport/inlezen/"))
    assert "De groep ‘ouderen’ kennen wij niet" in text


def test_the_values_that_are_there_go_out_and_come_in_again_as_they_are(
    desk: Client, sport: Indicator
) -> None:
    ObservationFactory.create(
        source=None, indicator=sport, period="2024", number=1234, certainty="final"
    )
    ObservationFactory.create(
        source=None,
        indicator=sport,
        period="2025-H1",
        number=5,
        number_to=8,
        area=AreaFactory.create(),
    )
    book = book_at(desk, "/beheer/indicatoren/sport/meetwaarden.xlsx")
    page = book["Meetwaarden"]
    assert page["E2"].value == 1234
    again = hand_in(desk, "/beheer/indicatoren/sport/inlezen/", saved(book), "w.xlsx")
    assert problems(again) == []
    assert again.context["sheets"] == []
    assert "Geen wijzigingen" in again.content.decode()


def test_the_template_holds_an_example_that_is_not_read(desk: Client, sport: Indicator) -> None:
    book = book_at(desk, "/beheer/indicatoren/meetwaarden-sjabloon.xlsx")
    book["Meetwaarden"].append(["Sport", 2025, None, None, 7, "keer", "definitief"])
    preview = hand_in(desk, ALL, saved(book), "w.xlsx")
    assert problems(preview) == []
    confirm(desk, preview)
    assert Observation.objects.get().number == 7


def test_a_value_that_changed_meanwhile_asks_to_look_again(desk: Client, sport: Indicator) -> None:
    held = ObservationFactory.create(
        source=None, indicator=sport, period="2025", number=10, certainty="provisional"
    )
    table = lines(HEAD, ("Sport", 2025, "", 12, "voorlopig", "", ""))
    preview = handed(desk, table)
    Observation.objects.filter(pk=held.pk).update(number=11)
    answer = confirm(desk, preview, overwrite="on")
    assert "Intussen is er iets gewijzigd." in answer.content.decode()
    held.refresh_from_db()
    assert held.number == 11
    confirm(desk, preview, overwrite="on")
    held.refresh_from_db()
    assert held.number == 12


def test_an_indicator_without_a_type_is_told(desk: Client) -> None:
    IndicatorFactory.create(name="Onbekend", slug="onbekend", value_type="")
    answer = desk.get("/beheer/indicatoren/onbekend/inlezen/", follow=True)
    assert "Kies eerst welke soort waarde" in answer.content.decode()
    table = lines(HEAD, ("Onbekend", 2025, "", 1, "definitief", "", ""))
    assert "Kies dat eerst in het paspoort" in str(problems(handed(desk, table)))


def test_more_values_than_fit_in_one_go_are_refused(
    desk: Client, sport: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MOST_VALUES", 1)
    rows = [("Sport", year, "", 1, "definitief", "", "") for year in (2024, 2025)]
    assert "Deel het bestand op" in str(problems(handed(desk, lines(HEAD, *rows))))
