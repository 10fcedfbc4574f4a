"""An addendum and the result agreements of a year on the real site, as both sides walk them.

Every page on the way is checked as ``Visitor`` does.
"""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDE, Opener
from tests.browser.pages import Visitor
from tests.browser.test_the_cycle import fill, follow, option, press

pytestmark = pytest.mark.browser

YEAR = datetime.date.today().year + 1  # noqa: DTZ011 - any day of this year has the same next one
TITLE = "Samen bewegen"


def agree(manager: Visitor) -> str:
    """An active contract with one KPI, a sub-assignment and a scope; the address of its page."""
    manager.visit("/beheer/overeenkomsten/nieuw/")
    page = manager.page
    fill(page, title=TITLE, kind="service", partner=option(page, "partner", "Stichting De Brug"))
    fill(page, starts_on=f"{YEAR}-01-01", ends_on=f"{YEAR + 1}-12-31")
    fill(page, purchasing="dialogue", purchasing_note="Wij willen samen vernieuwen.")
    press(manager, page.locator("main form button[type=submit]").first.inner_text())
    outline = page.url
    follow(manager, "Deelopdracht toevoegen")
    fill(page, number="1", name="Bewegen in de wijk", results="Meer ouderen bewegen")
    press(manager, "Bewaar")
    follow(manager, "Voorzieningen bewerken")
    for row, (name, inside) in enumerate((("Beweeggroepen", "True"), ("Fysiotherapie", "False"))):
        fill(page, **{f"form-{row}-is_inside": inside, f"form-{row}-name": name})
    press(manager, "Bewaar")
    manager.visit(f"{outline}indicatoren/nieuw/")
    fill(page, indicator=option(page, "indicator", "(aantal)"), number="1", name="Deelnemers")
    fill(page, aspect="quantity", obligation="result", rationale="Wie meedoet, beweegt.")
    press(manager, "Bewaar")
    manager.visit(f"{outline}streefwaarden/?per=jaar")
    page.get_by_label(re.compile(f"Deelnemers.*{YEAR}")).last.fill("50")
    press(manager, "Bewaar deze bladzijde")
    manager.visit(f"{outline}rapportage/")
    fill(page, frequency="half_yearly", sections="kpi_scores")
    press(manager, "Bewaar")
    manager.visit(outline)
    follow(manager, "Activeren")
    press(manager, "Activeer de overeenkomst")
    return outline


def change(manager: Visitor, outline: str) -> None:
    """An addendum that adds an agreement: its page shows the difference."""
    page = manager.page
    manager.visit(outline)
    follow(manager, "Addendum maken")
    fill(page, title="Samen met de huisarts", reason="Huisartsen vragen erom.")
    fill(page, holds_from=f"{YEAR}-07-01")
    press(manager, page.locator("main form button[type=submit]").first.inner_text())
    follow(manager, "Andere afspraken")
    fill(page, **{"form-0-kind": "cooperation", "form-0-text": "Elke maand overleg met huisartsen"})
    press(manager, "Bewaar")
    expect(page.get_by_text("Elke maand overleg met huisartsen")).to_be_visible()
    follow(manager, "Ondertekenen")
    fill(page, signed_on=f"{YEAR - 1}-12-01")
    press(manager, "Leg de ondertekening vast")
    manager.visit(outline)
    check = page.get_by_role("link", name=re.compile("Nagaan.*huisartsen")).get_attribute("href")
    assert check is not None
    manager.visit(check)
    fill(page, outcome="kept")
    press(manager, "Bewaar")
    expect(page.get_by_text("1 van 1 nagekomen")).to_be_visible()


def test_an_addendum_and_result_agreements_from_both_sides(open_browser: Opener) -> None:
    manager, signatory = open_browser(WIDE, "manager"), open_browser(WIDE, "signatory")
    page, portal = manager.page, signatory.page
    outline = agree(manager)
    change(manager, outline)
    manager.visit(outline)
    follow(manager, "Resultaatafspraken maken")
    fill(page, year=str(YEAR + 1))
    press(manager, "Begin")
    negotiation = page.url
    press(manager, "Deel met de partner")
    signatory.visit("/portaal/")
    follow(signatory, "Resultaatafspraken met de gemeente")
    follow(signatory, f"Resultaatafspraken {YEAR + 1}")
    fill(portal, kpi=option(portal, "kpi", "Deelnemers"), text="Er is minder ruimte.")
    fill(portal, period=str(YEAR + 1), proposed="45")
    press(signatory, "Verstuur uw reactie")
    manager.visit(negotiation)
    follow(manager, "Antwoord")
    fill(page, outcome="adopted", text="Daar hebt u gelijk in.")
    press(manager, "Antwoord")
    press(manager, "Akkoord namens de gemeente")
    signatory.visit(portal.url)
    expect(portal.get_by_text("Daar hebt u gelijk in.")).to_be_visible()
    press(signatory, "Akkoord namens Stichting De Brug")
    manager.visit(negotiation)
    follow(manager, "Leg vast")
    press(manager, "Leg de ondertekening vast")
    signatory.visit(portal.url)
    expect(portal.locator("main")).to_contain_text("Deze afspraken liggen vast")
