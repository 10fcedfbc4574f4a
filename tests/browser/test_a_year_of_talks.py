"""A year of talks with one partner on the real site, until the norms of that year are met.

Every page on the way is checked as ``Visitor`` does.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Opener
from tests.browser.pages import Visitor
from tests.browser.test_the_cycle import fill, follow, press

pytestmark = pytest.mark.browser

CONTRACT = "Voorbeeld: begeleiding bij psychische kwetsbaarheid"
# In the past, so that the talks can be held; the contract of the demonstration runs in this year.
TALKS = (("official", "2020-03-12"), ("official", "2020-09-10"), ("executive", "2020-11-05"))


def plan(manager: Visitor, kind: str, day: str) -> None:
    manager.visit("/beheer/overleg/")
    follow(manager, "Overleg plannen")
    page = manager.page
    fill(page, kind=kind, title=f"Gesprek van {day}", day=day)
    page.locator("label.choice", has_text=CONTRACT).locator("input").check()
    press(manager, "Bewaar")
    expect(page.get_by_text("Het overleg is gepland.")).to_be_visible()


def hold(manager: Visitor) -> None:
    follow(manager, "Overleg is gehouden")
    press(manager, "Ja, het is gehouden")


def write_minutes(manager: Visitor) -> None:
    page = manager.page
    follow(manager, "Deelnemers bewerken")
    page.locator("[name=form-0-who]").fill("accounthouder")
    page.locator("[name=form-0-presence]").select_option("present")
    press(manager, "Bewaar")
    follow(manager, "Punt toevoegen")
    fill(page, title="Wachttijden", minutes="De wachttijd is gedaald.")
    press(manager, "Bewaar")
    follow(manager, "Verslag vaststellen")
    press(manager, "Stel het verslag vast")
    expect(page.get_by_text("Aan het verslag verandert niets meer.")).to_be_visible()


def decide(manager: Visitor) -> None:
    page = manager.page
    follow(manager, "Actiepunt toevoegen")
    fill(page, text="Cijfers per kwartaal sturen", due_on="2020-12-01", kind="action")
    page.locator("[name=organisation]").select_option(label="Kwintes")
    press(manager, "Bewaar")
    follow(manager, "Besluit vastleggen")
    fill(page, kind="approach", title="Kwintes belt wie wacht", reason="De wachttijd liep op.")
    fill(page, decided_by="de wethouder")
    press(manager, "Leg het besluit vast")
    expect(page.get_by_text("Het besluit is vastgelegd.")).to_be_visible()


def norms(reader: Visitor) -> str:
    """What the norms say of talks about the contract in 2020."""
    reader.visit("/beheer/normen/?jaar=2020")
    section = reader.page.locator("section.outline", has_text=CONTRACT)
    return section.locator("dd").nth(1).inner_text().strip()


def test_a_year_of_talks_meets_the_norm(open_browser: Opener) -> None:
    manager = open_browser(WIDE, "manager")
    for kind, day in TALKS:
        plan(manager, kind, day)
        hold(manager)
    write_minutes(manager)
    decide(manager)
    assert norms(manager).startswith("Gehaald.")
    college = open_browser(NARROW, "college")
    assert "Ambtelijk overleg: 2 van 2 gehouden." in norms(college)
    page = college.visit("/beheer/besluiten/")
    expect(page.get_by_text("Kwintes belt wie wacht")).to_be_visible()
