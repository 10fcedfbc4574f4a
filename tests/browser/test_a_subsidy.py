"""A subsidy on the real site, from its grant to its settlement, and the year closed after it.

Every page on the way is checked as ``Visitor`` does.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Opener
from tests.browser.pages import Visitor
from tests.browser.test_the_cycle import fill, follow, press

pytestmark = pytest.mark.browser
REFERENCE = "Z-2019-0999"


def grant(manager: Visitor) -> None:
    manager.visit("/beheer/subsidies/nieuw/")
    page = manager.page
    page.locator("[name=contract]").select_option(
        label="Voorbeeld: begeleiding bij psychische kwetsbaarheid"
    )
    fill(page, reference=REFERENCE, purpose="Samen wandelen", first_year="2019")
    fill(page, granted="twintigduizend", request_by="2020-04-01", settle_by="2020-07-01")
    press(manager, "Bewaar het concept")
    expect(page.locator("[name=granted]")).to_have_value("twintigduizend")
    fill(page, granted="20.000")
    press(manager, "Bewaar het concept")
    follow(manager, "Verlenen")
    fill(page, day="2018-12-20")
    press(manager, "Leg vast")
    follow(manager, "Voorschot vastleggen")
    fill(page, day="2019-01-15", amount="20.000")
    press(manager, "Leg vast")


def settle(manager: Visitor) -> None:
    page = manager.page
    follow(manager, "Aanvraag tot vaststelling vastleggen")
    fill(page, day="2020-03-20", amount="15.000")
    press(manager, "Leg vast")
    follow(manager, "Vaststellen")
    fill(page, day="2020-05-01", amount="15.000")
    press(manager, "Leg vast")
    expect(page.locator("main")).to_contain_text("Kies op welke grond")
    fill(page, ground="a", note="De groep begon later.")
    press(manager, "Leg vast")
    expect(page.get_by_text("5.000 te veel betaald")).to_be_visible()
    follow(manager, "Terugvorderen")
    fill(page, day="2020-05-02", repay_by="2020-07-01")
    press(manager, "Leg vast")
    follow(manager, "Terugbetaling vastleggen")
    fill(page, day="2020-06-01", amount="5.000")
    press(manager, "Leg vast")
    expect(page.locator(".kicker")).to_contain_text("terugbetaald")


def close(manager: Visitor) -> None:
    page = manager.page
    manager.visit("/beheer/geld/2031/afsluiten/")
    fill(page, reason="De jaarrekening is vastgesteld.")
    press(manager, "Sluit dit jaar af")
    expect(page.get_by_text("Dit jaar is afgesloten.")).to_be_visible()
    manager.visit("/beheer/geld/posten/nieuw/")
    fill(page, label="Te laat", first_year="2031", value="1.000")
    page.locator("[name=duration][value=structural]").check()
    page.locator("[name=origin][value=own]").check()
    press(manager, "Bewaar")
    expect(page.locator("main")).to_contain_text("Het jaar 2031 is afgesloten")
    expect(page.locator("[name=label]")).to_have_value("Te laat")


def test_a_subsidy_from_grant_to_settlement_and_a_closed_year(open_browser: Opener) -> None:
    manager = open_browser(WIDE, "manager")
    grant(manager)
    settle(manager)
    close(manager)
    reader = open_browser(NARROW, "manager")
    page = reader.visit("/beheer/subsidies/?zoek=wandelen")
    expect(page.locator("main table")).to_contain_text("Terugbetaald")
