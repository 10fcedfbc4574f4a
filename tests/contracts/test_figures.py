"""Forecasts and outcomes of budget lines, and why a year differs from the one before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Change, User
from contracts.models import Allocation, LineChange, LineFigure
from tests.contracts.drafts import text_of
from tests.eisen.reading import read
from tests.factories_money import (
    AllocationFactory,
    LineChangeFactory,
    LineFigureFactory,
    closed,
)

pytestmark = pytest.mark.django_db
BASE = "/beheer/geld/"
TYPED: dict[str, Any] = {
    "kind": "forecast",
    "amount": "80.000",
    "day": "2019-07-01",
    "explanation": "Er is later begonnen.",
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def figures(line: Allocation) -> str:
    return f"{BASE}posten/{line.pk}/cijfers/"


# -- forecasts and outcomes ------------------------------------------------------------------------
def test_the_newest_forecast_counts_and_the_former_stays(desk: Client, manager: User) -> None:
    line = AllocationFactory.create(label="Jongerenwerk")
    answer = desk.post(figures(line), TYPED)
    assert answer.headers["Location"] == f"{BASE}2019/besteed/"
    desk.post(figures(line), TYPED)  # a second click
    desk.post(figures(line), TYPED | {"amount": "120.000", "day": "2019-09-01"})
    assert [row.amount for row in LineFigure.objects.all()] == [80_000, 120_000]
    page = read(desk, f"{BASE}2019/besteed/")
    row = page.row("Jongerenwerk")
    assert "120.000" in row[3]
    assert "stand op 1 september 2019" in row[3]
    assert str(manager) in row[3]
    assert row[4] == "€ −20.000 begroot min de prognose"
    assert "80.000" in text_of(desk.get(figures(line)))
    with pytest.raises(IntegrityError), transaction.atomic():
        LineFigure.objects.update(amount=1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "een ton"}, "is geen bedrag"),
        ({"amount": "bijna 5"}, "precies bedrag"),
        ({"explanation": ""}, "verplicht"),
        ({"day": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"kind": "actual"}, "De uitkomst van 2019 is er pas als het jaar om is."),
    ],
)
def test_a_figure_that_may_mislead_is_refused(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    page = desk.post(figures(AllocationFactory.create()), TYPED | typed)
    assert told in text_of(page)
    assert not LineFigure.objects.exists()


def test_a_line_of_more_years_has_a_figure_for_each(desk: Client) -> None:
    line = AllocationFactory.create(first_year=2019, last_year=2021, per_year=True)
    assert 'value="2020"' in desk.get(f"{figures(line)}?jaar=2020").content.decode()
    page = desk.post(figures(line), TYPED | {"year": "2022"})
    assert "Deze post gaat over 2019 tot en met 2021." in text_of(page)
    desk.post(figures(line), TYPED | {"year": "2020"})
    assert LineFigure.objects.get().year == 2020


def test_a_closed_year_takes_no_figure_and_no_change_and_loses_no_text(desk: Client) -> None:
    line = AllocationFactory.create()
    change = LineChangeFactory.create(allocation=line)
    closed(2019)
    page = desk.post(figures(line), TYPED | {"explanation": "Toch later"})
    assert "Het jaar 2019 is afgesloten" in text_of(page)
    assert "Toch later" in page.content.decode()
    address = f"{BASE}posten/{line.pk}/verschil/?jaar=2019"
    page = desk.post(address, {"cut": "5", "cut_ground": "Een grond", "revision": 1})
    assert "Het jaar 2019 is afgesloten" in text_of(page)
    assert "Een grond" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        LineChange.objects.filter(pk=change.pk).update(cut=1)
    assert not LineFigure.objects.exists()
    assert "Prognose of uitkomst invullen" not in text_of(desk.get(f"{BASE}2019/besteed/"))


def test_a_line_with_a_figure_is_kept_and_its_change_goes_along_without(desk: Client) -> None:
    kept, gone = AllocationFactory.create_batch(2)
    LineFigureFactory.create(allocation=kept)
    LineChangeFactory.create(allocation=gone)
    page = desk.post(f"{BASE}posten/{kept.pk}/verwijderen/")
    assert "Die blijft bewaard" in text_of(page)
    desk.post(f"{BASE}posten/{gone.pk}/verwijderen/")
    assert Allocation.objects.get() == kept
    assert not LineChange.objects.exists()
    assert Change.objects.filter(kind="verandering", action="removed").count() == 1


# -- from one year to the next ---------------------------------------------------------------------
def test_f13_a_difference_is_split_in_cut_and_growth_and_adds_up(desk: Client) -> None:
    AllocationFactory.create(label="Jongerenwerk", first_year=2018, number=100_000)
    line = AllocationFactory.create(label="jongerenwerk", first_year=2019, number=95_000)
    told = text_of(desk.get(f"{BASE}2019/verschil/"))
    assert "De veranderingen tellen niet op." in told
    address = f"{BASE}posten/{line.pk}/verschil/?jaar=2019"
    assert "een verschil van" in text_of(desk.get(address))
    page = desk.post(address, {"cut": "8.000", "growth": "3.000", "growth_ground": "Lonen"})
    assert "Schrijf op waar het bedrag op rust." in text_of(page)
    typed = {
        "cut": "8.000",
        "cut_ground": "Besluit van de raad",
        "growth": "3.000",
        "growth_ground": "Lonen",
    }
    assert desk.post(address, typed | {"revision": 1}).status_code == 302
    shown = read(desk, f"{BASE}2019/verschil/")
    shown.holds("Taakstelling en groei tellen op tot het verschil.", "Besluit van de raad", "Lonen")
    assert Change.objects.get().whole == f"allocation-{line.pk}"
    late = desk.post(address, typed | {"growth": "-3.000", "revision": 0})
    assert "Iemand anders bewaarde dit" in text_of(late)
    desk.post(address, typed | {"growth": "-3.000", "revision": 1})
    assert LineChange.objects.get().growth == Decimal(-3_000)
    told = text_of(desk.get(f"{BASE}2019/verschil/"))
    assert "De veranderingen tellen niet op." in told


def test_differences_that_outweigh_each_other_are_told_all_the_same(desk: Client) -> None:
    for label, was, now in (("A", 100, 150), ("B", 150, 100)):
        AllocationFactory.create(label=label, first_year=2018, number=was)
        AllocationFactory.create(label=label, first_year=2019, number=now)
    assert "Bij 2 posten is een deel" in text_of(desk.get(f"{BASE}2019/verschil/"))


def test_a_line_that_is_new_stops_or_has_no_amount_is_told(desk: Client) -> None:
    old = AllocationFactory.create(label="Oud", first_year=2018)
    AllocationFactory.create(label="Nieuw", first_year=2019)
    AllocationFactory.create(label="Onbekend", first_year=2019, number=None, absence="not_yet")
    page = read(desk, f"{BASE}2019/verschil/")
    assert "gestopt" in page.row("Oud")[0]
    assert "nieuw" in page.row("Nieuw")[0]
    page.holds("Eén post telt niet mee")
    typed = {"cut": "100.000", "cut_ground": "Gestopt met het project"}
    assert desk.post(f"{BASE}posten/{old.pk}/verschil/?jaar=2019", typed).status_code == 302
    assert desk.get(f"{BASE}posten/{old.pk}/verschil/?jaar=2021").status_code == 404
    # It goes on after all: what was written down stays in sight.
    again = AllocationFactory.create(label="oud", first_year=2019, number=0)
    assert "Gestopt met het project" in read(desk, f"{BASE}2019/verschil/").row("oud")[4]
    typed |= {"cut_ground": "Bijna gestopt", "revision": "1"}
    desk.post(f"{BASE}posten/{again.pk}/verschil/?jaar=2019", typed)
    assert LineChange.objects.get().cut_ground == "Bijna gestopt"
