"""An officer writes an agenda: from nothing, by dragging, in place, and from a column of Excel."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WIDE, Opener

pytestmark = pytest.mark.browser

GRID = "/beheer/indicatoren/voorbeeld-vervoer/meetwaarden/?van=2022&tot=2026"


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def row(page: Page, name: str) -> Locator:
    link = page.locator(".outline-goal a", has_text=name)
    return page.locator("li[data-group]").filter(has=link).last


def order(page: Page) -> Locator:
    return page.locator("li[data-group] > .outline-goal a")


def test_an_agenda_grows_by_hand_and_every_step_can_be_taken_back(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    page = officer.visit("/beheer/agenda/nieuw/")
    page.fill("[name=name]", "Agenda met de hand (proef)")
    page.fill("[name=short_name]", "Met de hand")
    page.select_option("[name=owner]", label="Gemeente Kaag en Braassem")
    page.fill("[name=year]", "2031")
    page.fill("[name=period]", "2031-2034")
    send(page)
    desk = page.url
    officer.visit(f"{desk}thema/nieuw/")
    page.fill("main [name=name]", "Meedoen")
    send(page)
    for number, name in enumerate(("Samen sporten", "Samen eten"), start=1):
        officer.visit(desk)
        page.get_by_role("link", name="Doel toevoegen bij Meedoen").click()
        # The form opens in place; a new part is added by its button.
        form = page.locator(".inline-panel form")
        form.locator("[name=number]").fill(str(number))
        form.locator("[name=label]").fill(name)
        form.locator("[name=text]").fill(f"Meer inwoners gaan {name.lower()}.")
        form.locator("button[type=submit]").click()
        expect(row(page, name)).to_be_visible()
    officer.visit(desk)
    expect(order(page)).to_have_text([re.compile("sporten"), re.compile("eten")])

    first, second = row(page, "Samen sporten"), row(page, "Samen eten")
    second.locator(".drag-handle").drag_to(first, target_position={"x": 40, "y": 2})
    expect(order(page)).to_have_text([re.compile("eten"), re.compile("sporten")])
    officer.check()
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(order(page)).to_have_text([re.compile("sporten"), re.compile("eten")])

    # In place it saves itself, and the bar offers to take back just that.
    row(page, "Samen eten").locator("a[data-inline]").first.click()
    page.locator(".inline-panel [name=label]").fill("Samen koken")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Bewaard om"))
    expect(page.locator(".editor-bar span.soft")).to_have_text(re.compile("Samen koken"))
    officer.check()
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(order(page)).to_have_text([re.compile("sporten"), re.compile("eten")])


PASTE = """(field, text) => {
  const held = new DataTransfer();
  held.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste",
    {clipboardData: held, bubbles: true, cancelable: true}));
}"""


def test_values_are_pasted_from_a_spreadsheet(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    page = officer.visit(GRID)
    cells = page.locator("main tbody input[type=text]")
    expect(cells).to_have_count(5)
    kept = cells.nth(3).input_value()
    assert kept
    cells.first.evaluate(PASTE, "150\t1.160\t170\t\tca. 190\t200\n")
    for place, value in enumerate(("150", "1.160", "170", kept, "ca. 190")):
        expect(cells.nth(place)).to_have_value(value)
    told = page.locator("[data-grid-status]")
    expect(told).to_contain_text("4 waarden geplakt, nog niet bewaard. 1 leeg vak overgeslagen")
    expect(told).to_contain_text("1 waarde past niet in deze tabel en is niet geplakt: 200.")
    officer.check()
    # One row: a column can only mean its periods.
    cells.nth(1).evaluate(PASTE, "31\n32\n33\n")
    for place, value in enumerate(("150", "31", "32", "33", "ca. 190")):
        expect(cells.nth(place)).to_have_value(value)
    expect(told).to_have_text("3 waarden geplakt, nog niet bewaard.")
