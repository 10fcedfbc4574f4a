"""Tables of products and rates by officers: by hand, and from a file that is shown first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.models import TableImport
from contracts.budgets import product_forms
from contracts.models import ProductRow, ProductTable, Rate
from core.values import Value, ValueType
from tests.agenda.filled_in import book_at, confirm, hand_in, lines, problems, saved
from tests.contracts.drafts import text_of
from tests.eisen.reading import read
from tests.factories_agenda import MunicipalityFactory, SourceFactory
from tests.factories_money import ProductRowFactory, ProductTableFactory, RateFactory

pytestmark = pytest.mark.django_db
BASE = "/beheer/geld/producten/"
RATES = "/beheer/geld/tarieven/"
HEAD = ("Product", "Aanbieder", "Aantal", "Bedrag", "Opmerking")


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def table() -> ProductTable:
    made: ProductTable = ProductTableFactory.create(title="Dagbesteding", slug="dagbesteding")
    return made


def at(table: ProductTable, rest: str = "") -> str:
    return f"{BASE}{table.slug}/{rest}"


# -- by hand ---------------------------------------------------------------------------------------
def test_a_table_is_made_filled_and_told_with_shares(desk: Client, manager: User) -> None:
    page = desk.post(
        f"{BASE}nieuw/",
        {
            "title": "Nieuw",
            "kind": "products",
            "place": "Kaag en Braassem",
            "year": "2025",
            "stated_count": "1.300",
        },
        follow=True,
    )
    table = ProductTable.objects.get()
    assert table.slug == "nieuw-2", "another page has the plain address"
    assert "Deze tabel heeft nog geen rijen" in text_of(page)
    for typed in (
        {"name": "Dagbesteding", "provider": "Gemiva", "count": "1.200", "amount": "300.000"},
        {"name": "Dagbesteding", "provider": "Kwintes", "amount": "0,1 miljoen"},
        {"name": "Vervoer", "provider": "Gemiva", "count": "101", "amount": "100.000"},
    ):
        assert desk.post(at(table, "rijen/nieuw/"), typed).status_code == 302
    shown = read(desk, at(table))
    shown.holds("De bron noemt 1.300 als totaal aantal; de rijen zijn samen 1.301.")
    assert shown.row("Gemiva")[1].endswith("400.000")
    assert shown.row("Gemiva")[2] == "80,0%"
    assert shown.row("Samen, nageteld")[1] == "1.301"
    row = ProductRow.objects.get(provider="Kwintes")
    changed = {"name": "Dagbesteding", "provider": "Kwintes", "amount": "50.000", "revision": 1}
    assert desk.post(at(table, f"rijen/{row.pk}/"), changed).status_code == 302
    late = desk.post(at(table, f"rijen/{row.pk}/"), changed | {"amount": "60.000"})
    assert "Iemand anders bewaarde dit" in text_of(late)
    row.refresh_from_db()
    assert row.amount == Decimal(50_000)
    said = Change.objects.filter(whole=f"producttable-{table.pk}", part=f"productrow-{row.pk}")
    assert [each.action for each in said.order_by("pk")] == ["added", "changed"]
    assert all(each.is_private for each in said), "a small number stands in no other list"
    assert "50.000" in text_of(desk.get(at(table, "geschiedenis/")))
    assert "Verwijder deze rij" in text_of(desk.get(at(table, f"rijen/{row.pk}/verwijderen/")))
    desk.post(at(table, f"rijen/{row.pk}/verwijderen/"))
    assert not ProductRow.objects.filter(pk=row.pk).exists()
    assert "met 2 rijen" in text_of(desk.get(at(table, "verwijderen/")))
    desk.post(at(table, "verwijderen/"))
    assert not ProductTable.objects.exists()
    assert Change.objects.filter(action="removed", actor=manager).count() == 4


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "twee ton"}, "is geen bedrag"),
        ({"amount": "750,000"}, "Bedoelt u 750.000?"),
        ({"amount": "bijna 5"}, "precies bedrag"),
        ({"count": "12,5"}, "heel getal"),
        ({"count": "-1"}, "Geef een getal van 0 of hoger."),
        ({}, "Vul een aantal of een bedrag in."),
        ({"amount": "9.999.999.999.999.999"}, "te groot"),
    ],
)
def test_a_row_that_may_mislead_is_refused_and_stays_on_the_page(
    desk: Client, table: ProductTable, typed: dict[str, str], told: str
) -> None:
    page = desk.post(at(table, "rijen/nieuw/"), {"name": "Vervoer", **typed})
    assert told in text_of(page)
    assert all(f'value="{each}"' in page.content.decode() for each in typed.values())
    assert not ProductRow.objects.exists()


def test_a_row_that_is_there_and_a_second_kind_of_table_are_refused(
    desk: Client, table: ProductTable
) -> None:
    ProductRowFactory.create(table=table, name="Vervoer")
    page = desk.post(at(table, "rijen/nieuw/"), {"name": "vervoer", "count": "5"})
    assert "Dit staat al in de tabel." in text_of(page)
    typed = {"title": "x", "kind": "combinations", "place": "y", "year": "2025", "revision": 1}
    page = desk.post(at(table, "wijzigen/"), typed)
    assert "haar soort kan niet meer veranderen" in text_of(page)


def test_combinations_are_shares_and_a_share_is_at_most_everybody(desk: Client) -> None:
    table = ProductTableFactory.create(kind="combinations")
    page = desk.post(at(table, "rijen/nieuw/"), {"name": "Eén vorm", "percentage": "101"})
    assert "Geef een getal van 100 of lager." in text_of(page)
    assert 'name="amount"' not in page.content.decode()
    desk.post(at(table, "rijen/nieuw/"), {"name": "Eén vorm", "percentage": "83,5"})
    assert "83,50%" in text_of(desk.get(at(table)))


def test_a_rate_is_an_amount_or_a_share(desk: Client) -> None:
    place = MunicipalityFactory.create(name="Harlingen")
    RateFactory.create(subject="Pgb dagdeel", order=4)
    typed = {"municipality": place.pk, "subject": "pgb dagdeel", "value": "95%"}
    assert desk.post(f"{RATES}nieuw/", typed).status_code == 302
    rate = Rate.objects.get(municipality=place)
    assert (rate.subject, rate.order, rate.value_type) == ("Pgb dagdeel", 4, ValueType.PERCENTAGE)
    page = desk.post(f"{RATES}nieuw/", typed)
    assert "staat er al" in text_of(page)
    assert "is geen bedrag" in text_of(desk.post(f"{RATES}nieuw/", typed | {"value": "veel"}))
    address = f"{RATES}{rate.pk}/"
    assert desk.post(address, typed | {"value": "16,64", "revision": 1}).status_code == 302
    rate.refresh_from_db()
    assert rate.value == Value.amount(Decimal("16.64"))
    assert "16,64" in text_of(desk.get(f"{address}geschiedenis/"))
    desk.post(f"{address}verwijderen/")
    assert not Rate.objects.filter(municipality=place).exists()


# -- from a file -----------------------------------------------------------------------------------
def test_rows_come_in_at_once_after_they_were_shown(desk: Client, table: ProductTable) -> None:
    old = ProductRowFactory.create(table=table, name="Vervoer", count=50, amount=None)
    gone = ProductRowFactory.create(table=table, name="Weg ermee")
    content = lines(
        HEAD,
        ("vervoer", "", "60", "€ 1.255.000", ""),
        ("Dagbesteding", "Gemiva", "1.200", "1,3 miljoen", "geteld"),
    )
    preview = hand_in(desk, at(table, "inlezen/"), content, "rijen.csv")
    assert problems(preview) == []
    said = text_of(preview)
    assert "Er komt 1 rij bij en verandert er 1" in said
    assert "Dit staat wel in de tabel" in said
    assert ProductRow.objects.count() == 2, "nothing is written before it is confirmed"
    asked = confirm(desk, preview)
    assert "Zet een vinkje" in text_of(asked)
    done = confirm(desk, preview, overwrite="on", gone=[str(gone.pk)])
    assert "is ingelezen: 1 nieuw, 1 gewijzigd, 1 verwijderd" in text_of(done)
    old.refresh_from_db()
    assert (old.count, old.amount, old.name) == (60, Decimal(1_255_000), "Vervoer")
    new = ProductRow.objects.get(provider="Gemiva")
    assert (new.count, new.amount) == (1200, Decimal(1_300_000))
    assert not ProductRow.objects.filter(pk=gone.pk).exists()
    assert "Geen wijzigingen" in text_of(hand_in(desk, at(table, "inlezen/"), content, "r.csv"))


def spoilt(change: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Rijen"
    sheet.append(HEAD)
    sheet.append(("Vervoer", "", 60, 1000, ""))
    sheet.append(("Dagbesteding", "Gemiva", 1200, 2000, ""))
    change(sheet)
    return saved(book)


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        (lambda sheet: sheet.cell(3, 4, "=D2*2"), "Rijen, cel D3", "Hier staat een formule"),
        (lambda sheet: sheet.cell(3, 4, "twee ton"), "Rijen, cel D3", "is geen bedrag"),
        (lambda sheet: sheet.cell(3, 3, 12.5), "Rijen, cel C3", "heel getal"),
        (lambda sheet: sheet.merge_cells("A2:A3"), "Rijen, cellen A2:A3", "samengevoegd"),
        (
            lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True),
            "Rijen, rij 3",
            "Deze rij is verborgen",
        ),
        (lambda sheet: sheet.cell(1, 6, "BSN"), "Rijen, cel F1", "De kop ‘BSN’ kennen wij niet"),
        (
            lambda sheet: setattr(sheet["A3"], "value", None),
            "Rijen, cel A3",
            "Dit veld is verplicht",
        ),
        (
            lambda sheet: sheet.append(("vervoer", "", 1, 1, "")),
            "Rijen, cel A4",
            "Dit staat ook in rij 2",
        ),
    ],
    ids=["formula", "words", "fraction", "merged", "hidden", "client", "nameless", "twice"],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place_and_nothing_is_kept(
    desk: Client, table: ProductTable, change: Any, place: str, told: str
) -> None:
    page = hand_in(desk, at(table, "inlezen/"), spoilt(change), "rijen.xlsx")
    found = problems(page)
    assert [each for each in found if each[0] == place and told in each[1]], found
    assert not TableImport.objects.exists()
    assert not ProductRow.objects.exists()


def test_a_change_between_preview_and_confirmation_is_shown_again(
    desk: Client, table: ProductTable
) -> None:
    row = ProductRowFactory.create(table=table, name="Vervoer", count=50, amount=None)
    preview = hand_in(
        desk, at(table, "inlezen/"), lines(HEAD, ("Vervoer", "", 60, "", "")), "r.csv"
    )
    changed = {"name": "Vervoer", "count": "55", "revision": 1}
    assert desk.post(at(table, f"rijen/{row.pk}/"), changed).status_code == 302
    page = confirm(desk, preview, overwrite="on")
    assert "Intussen is er iets gewijzigd." in text_of(page)
    row.refresh_from_db()
    assert row.count == 55
    confirm(desk, preview, overwrite="on")
    row.refresh_from_db()
    assert row.count == 60


def test_the_template_holds_what_is_there_and_changes_nothing(
    desk: Client, table: ProductTable
) -> None:
    ProductRowFactory.create(table=table, name="Vervoer", count=50, amount=Decimal("1000.50"))
    book = book_at(desk, at(table, "sjabloon.xlsx"))
    assert [cell.value for cell in book["Rijen"][2]][:4] == ["Vervoer", None, 50, 1000.5]
    assert "Geen wijzigingen" in text_of(
        hand_in(desk, at(table, "inlezen/"), saved(book), "rijen.xlsx")
    )


def test_shares_come_in_from_a_percentage(desk: Client) -> None:
    table = ProductTableFactory.create(kind="combinations")
    content = lines(("Combinatie", "Percentage"), ("Eén vorm", "83%"), ("Twee vormen", "17"))
    confirm(desk, hand_in(desk, at(table, "inlezen/"), content, "delen.csv"))
    assert list(table.rows.values_list("percentage", flat=True)) == [Decimal(83), Decimal(17)]


def test_another_file_of_rows_is_not_there(desk: Client, table: ProductTable) -> None:
    preview = hand_in(desk, at(table, "inlezen/"), lines(HEAD, ("A", "", 1, "", "")), "r.csv")
    pk = TableImport.objects.get().pk
    assert preview.redirect_chain[-1][0] == at(table, f"inlezen/{pk}/")
    other = ProductTableFactory.create()
    assert desk.get(at(other, f"inlezen/{pk}/")).status_code == 404
    assert desk.get(f"{RATES}inlezen/{pk}/").status_code == 404


def test_rates_come_in_at_once(desk: Client) -> None:
    MunicipalityFactory.create(name="Harlingen")
    SourceFactory.create(title="Rekenkamer")
    head = ("Gemeente", "Waarvoor", "Wanneer", "Tarief", "Bron")
    content = lines(
        head,
        ("harlingen", "Hulp", "HH1", "16,64", "rekenkamer"),
        ("Harlingen", "Pgb", "", "95%", ""),
    )
    preview = hand_in(desk, f"{RATES}inlezen/", content, "tarieven.csv")
    assert problems(preview) == []
    confirm(desk, preview)
    told = {row.subject: (str(row.value.typed()), row.provenance) for row in Rate.objects.all()}
    assert told == {"Hulp": ("16,64", "Rekenkamer"), "Pgb": ("95%", "")}
    book = book_at(desk, f"{RATES}sjabloon.xlsx")
    again = hand_in(desk, f"{RATES}inlezen/", saved(book), "tarieven.xlsx")
    assert "Geen wijzigingen" in text_of(again)
    wrong = lines(head, ("Nergenshuizen", "Hulp", "", "zestien", ""))
    found = problems(hand_in(desk, f"{RATES}inlezen/", wrong, "tarieven.csv"))
    assert [each[0] for each in found] == ["regel 2, kolom 1", "regel 2, kolom 4"]
    assert "kennen wij niet" in found[0][1]
    assert "is geen bedrag" in found[1][1]


def test_a_file_of_too_many_rows_is_refused(
    desk: Client, table: ProductTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contracts.budgets.product_sheets.MOST_ROWS", 1)
    assert product_forms.MOST_ROWS == 500
    content = lines(HEAD, ("A", "", 1, "", ""), ("B", "", 1, "", ""))
    found = problems(hand_in(desk, at(table, "inlezen/"), content, "r.csv"))
    assert found[0][1].startswith("Er passen 1 rijen in één keer.")


# -- lists -----------------------------------------------------------------------------------------
def test_the_list_is_searched_and_asks_as_many_queries_for_more(desk: Client) -> None:
    ProductRowFactory.create(table=ProductTableFactory.create(title="Dagbesteding", year=2025))
    desk.get(BASE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert "Dagbesteding" in text_of(desk.get(BASE))
    for number in range(5):
        table = ProductTableFactory.create(title=f"Vervoer {number}", year=2024)
        ProductRowFactory.create(table=table)
    with CaptureQueriesContext(connection) as many:
        desk.get(BASE)
    assert len(many) == len(few)
    found = text_of(desk.get(f"{BASE}?zoek=vervoer&jaar=2024"))
    assert "Vervoer 4" in found
    assert "Dagbesteding" not in found
    assert "Geen tabel past bij deze keuze" in text_of(desk.get(f"{BASE}?jaar=1999"))
