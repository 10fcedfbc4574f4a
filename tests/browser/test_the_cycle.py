"""The cycle once around, each step in the role that owns it, on the real site.

A goal is set, a KPI agreed, a report handed in, returned, answered and accepted; a goal is judged,
the edition adopted and published; a council member reads the figure and follows it to its report.
Every page on the way is checked as ``Visitor`` does. The year is last year's, whatever year it is.
"""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import Page, Route, expect

from core.uploads.refusals import SENTENCES
from tests.agenda import adopting
from tests.browser.conftest import NARROW, WIDE, Opener
from tests.browser.pages import Visitor
from tests.uploaded import NUMBER, docx

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)  # as long as every other step of a visitor may take

YEAR = datetime.date.today().year - 1  # noqa: DTZ011 - any day of last year has the same reports
TRAINING = "Deelnemers aan de training"


def fill(page: Page, **typed: str | bool) -> None:
    """Fill the fields of these names in the form of the page."""
    for name, held in typed.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("e => e.type")
        if kind in ("select-one",) and field.is_hidden():
            choose(page, name, str(held))
        elif kind in ("select-one",):
            field.select_option(str(held))
        elif kind in ("checkbox", "radio"):
            page.locator(f"main [name='{name}'][value='{held}']").check()
        else:
            field.fill(str(held))


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a list that is found by typing."""
    option = page.locator(f"main select[name='{name}'] option[value='{value}']")
    field = page.locator(f"#id_{name}")
    field.fill((option.text_content() or "").strip())
    field.press("Enter")
    assert page.locator(f"main select[name='{name}']").input_value() == value


def press(visitor: Visitor, name: str) -> None:
    """Press the button of this name, and check the page that follows."""
    with visitor.page.expect_navigation():
        visitor.page.locator("main").get_by_role("button", name=name, exact=True).click()
    visitor.keep(visitor.page.content())
    visitor.check()


def follow(visitor: Visitor, name: str) -> None:
    """Follow the first link of this name, and check the page that it leads to."""
    href = visitor.page.locator("main").get_by_role("link", name=name).first.get_attribute("href")
    assert href is not None
    visitor.visit(href)


def option(page: Page, name: str, words: str) -> str:
    """The value of the choice that holds ``words`` in the field ``name``."""
    found = page.locator(f"main [name='{name}'] option", has_text=words).first
    value = found.get_attribute("value")
    assert value, f"no choice with {words!r}"
    return value


def set_goals(officer: Visitor) -> None:
    officer.visit("/beheer/agenda/")
    follow(officer, "Nieuwe agenda")
    page = officer.page
    fill(page, name="Agenda Samen verder", short_name="Samen verder", year=str(YEAR))
    page.locator("[name=owner]").select_option(index=1)
    press(officer, "Maak het concept")
    follow(officer, "Thema toevoegen")
    fill(page, name="Meedoen", number="1")
    press(officer, "Bewaar")
    follow(officer, "Doel toevoegen bij Meedoen")
    fill(page, number="i", label="Meer mensen doen mee", text="Wie wil, doet mee in de buurt.")
    press(officer, "Bewaar")
    expect(page.get_by_text("Doel ‘Meer mensen doen mee’ heeft geen meting.")).to_be_visible()
    outline = page.url
    meanings = (
        ("Inwoners die meedoen", "population", "Wie in het jaar iets deed voor de buurt."),
        (TRAINING, "performance", "Ieder mens die begon telt één keer."),
    )
    for name, level, definition in meanings:
        officer.visit("/beheer/indicatoren/nieuw/")
        fill(page, name=name, definition=definition, value_type="count")
        fill(page, direction="up", level=level, aggregation="sum", measured_by="de gemeente")
        press(officer, "Bewaar")
    officer.visit("/beheer/indicatoren/inwoners-die-meedoen/")
    for year, value in ((YEAR - 1, "400"), (YEAR, "460")):
        follow(officer, "Meetwaarde toevoegen")
        fill(page, period=str(year), value_number=value, certainty="final")
        press(officer, "Bewaar")
    officer.visit(outline)
    follow(officer, "Meting toevoegen bij Meer mensen doen mee")
    fill(page, number="1", text="Aantal inwoners dat meedoet")
    fill(page, indicator=option(page, "indicator", "Inwoners die meedoen"))
    press(officer, "Bewaar")
    for kind, year, value in (("baseline", YEAR - 1, "400"), ("target", YEAR, "450")):
        follow(officer, "Nulmeting of streefwaarde toevoegen")
        fill(page, kind=kind, period=str(year), value_number=value)
        press(officer, "Bewaar")
    expect(page.get_by_text("Compleet.")).to_be_visible()
    follow(officer, "Leg ter inspraak")
    press(officer, "Leg ter inspraak")
    follow(officer, "Leg de vaststelling vast")
    fill(page, adopted_on=f"{YEAR}-01-10", adopted_by="gemeenteraad", decision=adopting.DECISION)
    decision = adopting.decision_file().read()
    page.locator("[name=upload]").set_input_files(
        {"name": adopting.NAME, "mimeType": "", "buffer": decision}
    )
    press(officer, "Leg de vaststelling vast")
    expect(page.get_by_text("De agenda is vastgesteld.")).to_be_visible()


def agree(manager: Visitor) -> None:
    manager.visit("/beheer/overeenkomsten/")
    page = manager.page
    follow(manager, "Nieuwe overeenkomst")
    fill(page, title="Samen trainen", kind="agreement", funding="lump_sum")
    fill(page, partner=option(page, "partner", "Stichting De Brug"))
    fill(page, starts_on=f"{YEAR}-01-01", ends_on=f"{YEAR}-12-31", funding_note="Vast bedrag.")
    page.locator("label.choice", has_text="Samen verder").locator("input").check()
    press(manager, page.locator("main form button[type=submit]").first.inner_text())
    outline = page.url
    manager.visit(f"{outline}partijen/")
    fill(page, **{"form-0-role": "member"})
    fill(page, **{"form-0-organisation": option(page, "form-0-organisation", "Kwintes")})
    press(manager, "Bewaar")
    manager.visit(f"{outline}indicatoren/nieuw/")
    fill(page, indicator=option(page, "indicator", TRAINING), number="1", name=TRAINING)
    page.locator("label.choice", has_text="Meer mensen doen mee").locator("input").check()
    press(manager, "Bewaar")
    manager.visit(f"{outline}streefwaarden/")
    page.get_by_label(re.compile(f"{TRAINING}.*eerste halfjaar", re.IGNORECASE)).first.fill("50")
    press(manager, "Bewaar deze bladzijde")
    manager.visit(f"{outline}rapportage/")
    fill(page, frequency="half_yearly", due_days="366", lock_days="366")
    for section in ("kpi_scores", "trends", "bottlenecks", "complaints", "spending"):
        fill(page, sections=section)
    press(manager, "Bewaar")
    manager.visit(f"{outline}geld/")
    row = {"label": "Subsidie", "amount_kind": "agreed", "value": "10.000", "period": str(YEAR)}
    fill(page, **{f"form-0-{name}": held for name, held in row.items()})
    press(manager, "Bewaar")
    manager.visit(f"{outline}overleg/")
    fill(page, official_meetings="2", executive_meetings="1")
    press(manager, "Bewaar")
    manager.visit(outline)
    follow(manager, "Activeren")
    expect(page.get_by_text(f"Halfjaarrapportage eerste halfjaar {YEAR}")).to_be_visible()
    press(manager, "Activeer de overeenkomst")
    expect(page.get_by_text("Er worden 2 rapportages verwacht.")).to_be_visible()


def write_report(reporter: Visitor) -> None:
    reporter.visit("/portaal/")
    page = reporter.page
    follow(reporter, f"Halfjaarrapportage eerste halfjaar {YEAR}")
    expect(page.get_by_role("heading", name=re.compile("punten voordat u"))).to_be_visible()
    assert page.locator("main").get_by_role("button", name="Dien de rapportage in").count() == 0
    follow(reporter, f"{TRAINING}: resultaat")
    page.get_by_label("Waarde").first.fill("41")
    # The draft saves itself.
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible()
    page.reload()
    assert page.get_by_label("Waarde").first.input_value() == "41"
    expect(page.get_by_text("9 onder de streefwaarde")).to_have_count(2)
    reporter.check()
    typed_back_while_a_save_is_under_way(page)
    # The session ends while somebody types: the text waits for the same person to sign in again.
    session = [row for row in page.context.cookies() if row["name"] == "zitting"]
    page.context.clear_cookies(name="zitting")
    page.get_by_label("Waarom is dit het resultaat?").fill("Twee trainers waren ziek.")
    expect(page.get_by_text("U bent uitgelogd. Uw tekst staat nog hier.")).to_be_visible()
    page.context.add_cookies(session)  # type: ignore[arg-type] # as it was kept
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible(timeout=30_000)
    page.get_by_label("Wat gaat u verbeteren?").fill("Er is een derde trainer.")
    press(reporter, "Bewaar")
    reporter.visit(page.url.replace("prestatie-indicatoren", "trends"))
    page.get_by_label("Welke ontwikkelingen ziet u?").fill("Meer vraag van jongeren.")
    press(reporter, "Volgende: Knelpunten en oplossingen")
    page.get_by_label("Knelpunt", exact=True).fill("De zaal is te klein.")
    page.get_by_label("Oorzaak").fill("Er kwamen meer mensen.")
    page.get_by_label("Voorgestelde oplossing").fill("Een grotere zaal.")
    press(reporter, "Volgende: Score op prestatie-indicatoren")
    press(reporter, "Volgende: Klachten en incidenten")
    page.get_by_label("Aantal klachten").fill("0")
    page.get_by_label("Aantal incidenten").fill("0")
    press(reporter, "Volgende: Besteding en prognose")
    page.get_by_label("Besteed in deze periode (€)").fill("4.500")
    page.get_by_label("Verwacht voor het hele jaar (€)").fill("9.800")
    press(reporter, "Controleren")
    expect(page.get_by_role("heading", name="Alles is ingevuld")).to_be_visible()
    # Who may not sign is told who can.
    expect(page.get_by_text("Indienen doet een tekenbevoegde")).to_be_visible()


def typed_back_while_a_save_is_under_way(page: Page) -> None:
    """What stands in the field in the end is what the server holds, however slow the answer."""
    field = page.get_by_label("Waarde").first
    saving, held = "**/bewaren/", list[Route]()
    page.route(saving, lambda route: route.continue_() if held else held.append(route))
    field.fill("412")
    expect(page.get_by_text("Bezig met bewaren")).to_be_visible()
    field.fill("41")
    with page.expect_response(saving):
        held[0].continue_()
    with page.expect_response(saving):
        pass  # the page sends what was typed back by itself
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible()
    page.unroute(saving)
    page.reload()
    assert page.get_by_label("Waarde").first.input_value() == "41"


def add_files(reporter: Visitor) -> None:
    """What cannot go along is told before it is sent; numbers in a file stand in the check."""
    page = reporter.page
    check = page.url.partition("#")[0]
    reporter.visit(f"{check}bijlagen/")
    field, told = page.get_by_label("Bestand"), page.locator("#div_id_file [role=alert]")
    field.set_input_files({"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x"})
    expect(told).to_have_text(SENTENCES["kind"])
    large = b"%PDF-" + b"0" * (21 * 1024 * 1024)
    field.set_input_files({"name": "groot.pdf", "mimeType": "", "buffer": large})
    expect(told).to_contain_text("Dit bestand is 22 MB")
    page.get_by_role("button", name="Voeg toe").click()
    expect(told).to_contain_text("Dit bestand is 22 MB")  # the page stands: nothing was sent
    expect(field).to_be_focused()
    reporter.check()
    macros = docx(more={"word/vbaProject.bin": b"x"})
    field.set_input_files({"name": "brief.docx", "mimeType": "", "buffer": macros})
    expect(told).to_be_empty()
    press(reporter, "Voeg toe")
    expect(page.locator("#id_file_error")).to_have_text(SENTENCES["macros"])
    rows = f"naam;nummer\nJan;{NUMBER}\n".encode()
    field.set_input_files({"name": "lijst.csv", "mimeType": "", "buffer": rows})
    expect(page.locator("#id_file_error")).to_have_count(0)  # it was about the other file
    press(reporter, "Voeg toe")
    expect(page.get_by_text(f"regel 2, kolom 2: {NUMBER}")).to_be_visible()
    reporter.visit(check)
    expect(page.get_by_role("heading", name="Gaat dit over een persoon?")).to_be_visible()
    follow(reporter, "In bestand lijst.csv, regel 2, kolom 2")
    press(reporter, "Haal weg lijst.csv")
    expect(page.get_by_text("‘lijst.csv’ is weggehaald.")).to_be_visible()


def hand_in(signatory: Visitor, number: int) -> None:
    signatory.visit("/portaal/")
    follow(signatory, f"Halfjaarrapportage eerste halfjaar {YEAR}")
    press(signatory, "Dien de rapportage in")
    expect(signatory.page.get_by_text(f"Ronde {number},")).to_be_visible()


def return_it(manager: Visitor) -> None:
    manager.visit("/beheer/rapportages/")
    page = manager.page
    expect(page.get_by_role("heading", name=re.compile("wacht(en)? op u"))).to_be_visible()
    follow(manager, f"Stichting De Brug: halfjaarrapportage eerste halfjaar {YEAR}")
    expect(page.get_by_role("heading", name="Eén cijfer blijft achter")).to_be_visible()
    page.locator("summary", has_text="Welke ontwikkelingen").click()
    question = page.get_by_role("textbox", name=re.compile("Vraag bij .*Welke ontwikkelingen"))
    question.fill("Waaruit blijkt dat?")
    press(manager, "Stuur terug met deze vragen")
    expect(page.get_by_text("De rapportage is teruggestuurd.")).to_be_visible()


def answer(reporter: Visitor) -> None:
    reporter.visit("/portaal/")
    page = reporter.page
    expect(page.get_by_text("Teruggestuurd met vragen")).to_be_visible()
    follow(reporter, f"Halfjaarrapportage eerste halfjaar {YEAR}")
    report = page.url
    reporter.visit(f"{report}onderdeel/trends/")
    expect(page.get_by_text("Waaruit blijkt dat?")).to_be_visible()
    page.get_by_label("Welke ontwikkelingen ziet u?", exact=True).fill(
        "Meer vraag: 30 jongeren, was 12."
    )
    page.get_by_label(re.compile("Uw antwoord op de vraag")).fill("Uit onze aanmeldingen.")
    press(reporter, "Bewaar")


def accept_it(manager: Visitor) -> None:
    manager.visit("/beheer/rapportages/")
    page = manager.page
    follow(manager, f"Stichting De Brug: halfjaarrapportage eerste halfjaar {YEAR}")
    expect(page.get_by_text("Uit onze aanmeldingen.").first).to_be_visible()
    follow(manager, "anders dan in ronde 1")
    expect(page.get_by_text("Meer vraag: 30 jongeren, was 12.")).to_be_visible()
    follow(manager, "Terug naar de rapportage")
    follow(manager, "Accepteren")
    press(manager, "Accepteer ronde 2")
    expect(page.get_by_text("De rapportage is geaccepteerd.")).to_be_visible()


def judge(officer: Visitor) -> None:
    officer.visit("/beheer/monitor/nieuw/")
    page = officer.page
    fill(page, year=str(YEAR), kind="annual")
    fill(page, version=option(page, "version", "Samen verder"))
    press(officer, page.locator("main form button[type=submit]").first.inner_text())
    officer.visit(f"/beheer/monitor/{YEAR}/doel/meer-mensen-doen-mee/")
    expect(page.get_by_text("1 van 2 rapportages geaccepteerd.", exact=True)).to_be_visible()
    page.get_by_role("radio", name=re.compile("^goed", re.IGNORECASE)).check()
    if page.locator("main [name=reason]").count():
        fill(page, reason="performance", explanation="Er doen meer mensen mee dan afgesproken.")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    officer.check()
    officer.visit(f"/beheer/monitor/{YEAR}/geschiedenis/")
    expect(page.get_by_text("Er doen meer mensen mee dan afgesproken.")).to_be_visible()
    officer.check_widths(390, 1280)
    officer.visit(f"/beheer/monitor/{YEAR}/beoordeeld/")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    officer.check()


def step(visitor: Visitor, word: str) -> None:
    visitor.visit(f"/beheer/monitor/{YEAR}/{word}/")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button[type=submit]").first.click()
    visitor.check()


def read(councillor: Visitor) -> None:
    page = councillor.visit(f"/monitor/{YEAR}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    councillor.visit(f"/monitor/{YEAR}/doel/meer-mensen-doen-mee/")
    row = page.get_by_role("row", name=re.compile(TRAINING))
    expect(row).to_contain_text("41")
    expect(row).to_contain_text("niet gehaald")
    councillor.visit(row.get_by_role("link").first.get_attribute("href") or "")
    expect(page.get_by_text("Meer vraag: 30 jongeren, was 12.")).to_be_visible()
    assert "Sanne Tekent" not in page.content()


def test_the_cycle_runs_once_around(open_browser: Opener) -> None:
    officer, manager = open_browser(WIDE, "officer"), open_browser(WIDE, "manager")
    reporter, signatory = open_browser(NARROW, "reporter"), open_browser(WIDE, "signatory")
    set_goals(officer)
    agree(manager)
    write_report(reporter)
    add_files(reporter)
    hand_in(signatory, 1)
    return_it(manager)
    answer(reporter)
    hand_in(signatory, 2)
    accept_it(manager)
    judge(officer)
    step(open_browser(WIDE, "college"), "vaststellen")
    step(open_browser(WIDE, "clerk"), "aanbieden")
    councillor = open_browser(NARROW, "councillor")
    read(councillor)
    # The worker makes the council document; it is there for everybody.
    page = councillor.visit(f"/monitor/{YEAR}/document/")
    link = page.get_by_role("link", name=re.compile("pdf", re.IGNORECASE)).first
    expect(link).to_be_visible(timeout=120_000)
    pdf = page.request.get(f"{councillor.address}/monitor/{YEAR}/monitor-sociaal-domein-{YEAR}.pdf")
    assert pdf.body().startswith(b"%PDF-")
