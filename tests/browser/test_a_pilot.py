"""A pilot on the real site, from the five questions to a decision, as an officer walks it.

No start before everything is answered; afterwards everybody reads what was agreed, what it cost,
what was learnt and what was decided. Every page on the way is checked as ``Visitor`` does.
"""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Opener
from tests.browser.pages import Visitor
from tests.browser.test_the_cycle import fill, follow, press

pytestmark = pytest.mark.browser

TODAY = datetime.date.today()  # noqa: DTZ011 - the pilot began a month ago, whatever day it is
MONTH = datetime.timedelta(days=30)
BEGAN, ENDS = TODAY - MONTH, TODAY + 3 * MONTH
TITLE = "Fietsen met de buren"


def prepare(officer: Visitor) -> None:
    officer.visit("/beheer/projecten/")
    follow(officer, "Nieuw project")
    page = officer.page
    fill(page, title=TITLE, kind="pilot", owner="afdeling Samenleving")
    page.locator("label.choice", has_text="Kwintes").locator("input").check()
    page.locator("label.choice", has_text="Gemeente Nieuwkoop").locator("input").check()
    press(officer, "Maak het concept")
    expect(page.get_by_text("Beantwoord nu de vijf vragen.")).to_be_visible()
    fill(page, what="Ouderen fietsen samen op de duofiets.", who="Kwintes, met vrijwilligers.")
    fill(page, aim="Ouderen komen vaker buiten.", incidental="twaalfduizend")
    press(officer, "Bewaar het plan")
    expect(page.locator("[name=what]")).to_have_value("Ouderen fietsen samen op de duofiets.")
    fill(page, incidental="12.000")
    press(officer, "Bewaar het plan")
    needed = page.locator("section.readiness li")
    expect(needed).to_have_count(13)
    follow(officer, "Wie betaalt het dan?")
    expect(page.locator("[name=payer]")).to_be_in_viewport()


def answer(officer: Visitor) -> None:
    page = officer.page
    fill(page, place="Roelofarendsveen", starts_on=BEGAN.isoformat(), ends_on=ENDS.isoformat())
    fill(page, incidental_until=ENDS.isoformat(), funding="het innovatiebudget")
    fill(page, obligation="result", effect="Minder eenzaamheid.")
    fill(page, measuring="Een vragenlijst voor en na.", evaluating="Een gesprek met wie meedoet.")
    fill(page, criterion="De helft komt elke week buiten.", decide_by=ENDS.isoformat())
    fill(page, if_succeeds="Dan komt er een tweede fiets.", payer="De gemeente.")
    press(officer, "Bewaar het plan")
    expect(page.get_by_text("Dit project kan starten.")).to_be_visible()
    follow(officer, "Starten")
    press(officer, "Start dit project")
    expect(page.get_by_text("Het project is gestart.")).to_be_visible()


def run(officer: Visitor) -> None:
    page = officer.page
    follow(officer, "Stap toevoegen")
    fill(page, text="Duofiets kopen", due_on=TODAY.isoformat(), done_on=TODAY.isoformat())
    press(officer, "Bewaar")
    follow(officer, "Besteding toevoegen")
    fill(page, label="Duofiets", amount="9.800", duration="incidental")
    press(officer, "Bewaar")
    follow(officer, "Stand van zaken toevoegen")
    fill(page, text="Twintig ouderen fietsen mee.")
    press(officer, "Bewaar")
    follow(officer, "Plan wijzigen, met reden")
    fill(page, reason="Er is meer vraag dan gedacht.", place="Roelofarendsveen en Leimuiden")
    press(officer, "Wijzig het plan")
    expect(page.get_by_text("Er is meer vraag dan gedacht.")).to_be_visible()


def decide(officer: Visitor) -> None:
    page = officer.page
    follow(officer, "Evalueren en besluiten")
    expect(page.get_by_text("De helft komt elke week buiten.")).to_be_visible()
    expect(page.locator("[name=costs]")).to_have_value("9.800")
    fill(page, results="Achttien van de twintig komen elke week buiten.", criterion_result="met")
    fill(page, criterion_reason="Uit de vragenlijst.", lessons="Begin in het voorjaar.")
    fill(page, decision="regular", decision_reason="Het werkt.", decided_by="het college")
    press(officer, "Leg evaluatie en besluit vast")
    expect(page.locator("#div_id_follow_up")).to_contain_text("Schrijf hoe het verdergaat")
    fill(page, follow_up="Kwintes doet het voortaan; de gemeente betaalt.")
    fill(page, balance_note="Minder zorg is bij twintig mensen niet aan te wijzen.")
    press(officer, "Leg evaluatie en besluit vast")
    expect(page.get_by_text("Aan dit project verandert niets meer.")).to_be_visible()


def test_a_pilot_from_the_five_questions_to_a_decision(open_browser: Opener) -> None:
    officer = open_browser(WIDE, "officer")
    prepare(officer)
    answer(officer)
    run(officer)
    decide(officer)
    reader = open_browser(NARROW)
    page = reader.visit("/projecten/?zoek=duofiets")
    expect(page.get_by_text("Besluit: wordt regulier werk")).to_be_visible()
    follow(reader, TITLE)
    for words in (
        "Begin in het voorjaar.",
        "Besparing: niet te bepalen",
        "Waar: was ‘Roelofarendsveen’, werd ‘Roelofarendsveen en Leimuiden’",
        "Kwintes doet het voortaan; de gemeente betaalt.",
    ):
        expect(page.locator("main")).to_contain_text(words)
