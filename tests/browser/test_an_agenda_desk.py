"""The desk of agendas as an officer sees it, and the advisory council that is asked for advice.

Every page is checked as ``Visitor`` does at a desk, and fits a phone.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Opener
from tests.browser.pages import Visitor

pytestmark = pytest.mark.browser

AGENDA = "/beheer/agenda/voorbeeldagenda/1/"
INDICATORS = "/beheer/indicatoren/"
INDICATOR = f"{INDICATORS}voorbeeld-buren-kennen/"
SURVEYS = "/beheer/clientervaring/"
SURVEY = f"{SURVEYS}jongeren-en-ouders-2025/"
PAGES = [
    "/beheer/agenda/",
    "/beheer/agenda/nieuw/",
    *(
        f"{AGENDA}{page}"
        for page in (
            *("", "gegevens/", "streefwaarden/", "doelenboom/", "meetbaarheid/", "inlezen/"),
            *("verschil/", "geschiedenis/", "vaststellen/", "adviesrondes/"),
            *("adviesrondes/nieuw/", "thema/nieuw/", "doel/nieuw/", "opdracht/nieuw/"),
        )
    ),
    INDICATORS,
    f"{INDICATORS}nieuw/",
    f"{INDICATORS}inlezen/",
    f"{INDICATORS}uitsplitsingen/",
    f"{INDICATORS}sets/",
    f"{INDICATORS}sets/ceo-wmo/",
    *(
        f"{INDICATOR}{page}"
        for page in (
            *("", "paspoort/", "meetwaarden/", "meetwaarden/nieuw/", "gebruiken/", "inlezen/"),
            "geschiedenis/",
        )
    ),
    "/beheer/raadsgesprekken/",
    "/beheer/raadsgesprekken/nieuw/",
    "/beheer/onderzoeken/",
    "/beheer/informatie/nieuw/",
    SURVEYS,
    f"{SURVEYS}nieuw/",
    *(f"{SURVEY}{page}" for page in ("", "antwoorden/", "vraag/", "geschiedenis/")),
]
#: The page, and what its links lead to: of each the first.
BEHIND = [
    (AGENDA, r"/thema/\d+/$"),
    (AGENDA, r"/doel/\d+/$"),
    (AGENDA, r"/doel/\d+/meetbaar/$"),
    (AGENDA, r"/doel/\d+/bijdragen/$"),
    (AGENDA, r"/meting/\d+/$"),
    (AGENDA, r"/meting/nieuw/\?doel="),
    (AGENDA, r"/streefwaarde/nieuw/\?meting="),
    (AGENDA, r"/opdrachten/\d+/$"),
    (f"{AGENDA}adviesrondes/", r"/adviesrondes/\d+/$"),
    ("/beheer/raadsgesprekken/", r"/raadsgesprekken/\d+/$"),
    ("/beheer/onderzoeken/", r"/onderzoeken/\d+/$"),
]


def behind(visitor: Visitor, pattern: str) -> str:
    """The first address on the open page that ends as ``pattern`` says."""
    links = visitor.page.locator("main a[href]")
    found = [links.nth(place).get_attribute("href") or "" for place in range(links.count())]
    return next(link for link in found if re.search(pattern, link))


def see(visitor: Visitor, address: str) -> None:
    """Open a page at a desk, and turn it to a phone and back."""
    visitor.visit(address)
    visitor.check_widths(NARROW, WIDE)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_desk_is_whole(open_browser: Opener, address: str) -> None:
    see(open_browser(WIDE, "officer"), address)


@pytest.mark.parametrize(("address", "pattern"), BEHIND)
def test_every_page_behind_it_is_too(open_browser: Opener, address: str, pattern: str) -> None:
    officer = open_browser(WIDE, "officer")
    officer.page.goto(officer.address + address)
    see(officer, behind(officer, pattern))


def test_the_succession_of_a_new_version_is_whole(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    see(officer, "/beheer/agenda/mag-2-0/2/nieuwe-versie/")
    page = officer.page
    page.locator("main textarea").first.fill("De raad vroeg erom.")
    page.locator("main form button[type=submit]").click()
    officer.check()
    see(officer, "/beheer/agenda/mag-2-0/3/opvolging/")
    see(officer, behind(officer, r"/opvolging/doel/\d+/$"))


def test_the_officer_answers_and_the_council_advises(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    see(officer, f"{AGENDA}adviesrondes/")
    officer.page.get_by_role("link", name="Advies op de opzet (verzonnen)").click()
    officer.check()
    see(officer, behind(officer, r"/punt/\d+/$"))
    adviser = open_browser(WIDE, "adviser")
    see(adviser, "/advies/")
    see(adviser, behind(adviser, r"/advies/\d+/$"))
    seat = adviser.page.url
    for page in ("agenda/", "punt/nieuw/", "indienen/"):
        see(adviser, f"{seat}{page}")


# -- choosing an indicator -------------------------------------------------------------------------
def test_an_indicator_is_found_by_typing_and_chosen_by_keyboard(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    officer.visit(AGENDA)
    page = officer.visit(behind(officer, r"/meting/nieuw/\?doel="))
    field = page.get_by_role("combobox", name="Indicator")
    choices = page.get_by_role("listbox")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    officer.check()
    field.fill("BUREN kennen")
    expect(page.get_by_role("status").first).to_have_text("1 keuze gevonden.")
    officer.check()
    field.press("Enter")
    expect(choices).to_be_hidden()
    expect(field).to_have_value("Inwoners die hun buren kennen (verzonnen) (percentage)")
    kept = page.locator("select[name=indicator]").input_value()
    assert kept
    field.fill("bestaat niet")
    field.press("Tab")
    expect(field).to_have_value("Inwoners die hun buren kennen (verzonnen) (percentage)")
    expect(page.get_by_text("‘bestaat niet’ staat niet in de lijst.")).to_be_visible()
    field.fill("vervoer")
    field.press("Escape")
    assert page.locator("select[name=indicator]").input_value() == kept
    # What was chosen is there after an error: the text of the measure lacks.
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("combobox", name="Indicator")).to_have_value(
        "Inwoners die hun buren kennen (verzonnen) (percentage)"
    )
    officer.check()


def test_without_a_script_an_indicator_is_chosen_from_a_list_with_headings(
    open_browser: Opener,
) -> None:
    officer = open_browser(WIDE, "officer")
    officer.visit(AGENDA)
    officer.page.route("**/choose*.js", lambda route: route.abort())
    officer.page.goto(officer.address + behind(officer, r"/meting/nieuw/\?doel="))
    field = officer.page.locator("select[name=indicator]")
    expect(field).to_be_visible()
    assert "elkaar kennen" in field.locator("optgroup").evaluate_all(
        "groups => groups.map(group => group.label)"
    )
    field.select_option(label="Gebruikers van het buurtvervoer (verzonnen) (aantal)")


# -- the picture of the goal tree ------------------------------------------------------------------
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_goal_tree_grows_shrinks_and_fits(open_browser: Opener, width: int) -> None:
    reader = open_browser(width)
    page = reader.visit("/agenda/voorbeeldagenda/doelenboom/")
    frame = page.locator("[data-zoom]")
    picture = frame.locator("svg").first

    def drawn() -> float:
        return float(picture.get_attribute("width") or 0)

    now = frame.locator(".zoom-now")
    natural = picture.evaluate("svg => svg.viewBox.baseVal.width")
    frame.locator("[data-zoom-by=in]").focus()
    page.keyboard.press("Enter")
    assert drawn() == pytest.approx(natural * 1.25)
    expect(now).to_have_text("125% van de ware grootte")
    frame.locator("[data-zoom-by=out]").click()
    assert drawn() == pytest.approx(natural)
    for _ in range(12):
        frame.locator("[data-zoom-by=out]").click()
    assert drawn() == pytest.approx(natural * 0.25)  # no smaller than this
    frame.locator("[data-zoom-by=fit]").click()
    room = frame.locator(".zoom-scroll").evaluate("room => room.clientWidth")
    assert drawn() <= room
    reader.check()


def test_a_box_of_the_goal_tree_lights_its_lines_by_keyboard(open_browser: Opener) -> None:
    reader = open_browser(WIDE)
    page = reader.visit("/agenda/voorbeeldagenda/doelenboom/")
    box = page.locator("[data-zoom] svg a[data-node]").first
    box.focus()
    lit = page.locator("[data-zoom] svg .is-lit")
    assert lit.count() > 0
    key = box.get_attribute("data-node")
    for line in lit.all():
        assert key in (line.get_attribute("data-nodes") or "").split()
