"""The warning before a session ends: it is heard, keeps who wants to stay, and loses no text."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Route

from tests.browser.cast import PEOPLE
from tests.browser.pages import Visitor
from tests.factories import PASSWORD

WIDE, NARROW = 1280, 390
STATE = "**/account/zitting/"


def test_who_stays_stays_and_who_was_signed_out_goes_on_after_signing_in(
    open_browser: Callable[..., Visitor],
) -> None:
    visitor = open_browser(NARROW)
    page = visitor.page
    visitor.sign_in(PEOPLE["manager"], PASSWORD)
    page.clock.install()
    visitor.visit("/beheer/overeenkomsten/nieuw/")
    field = page.locator("main form input[type=text]").first
    field.fill("Wat ik aan het typen was")
    dialog = page.get_by_role("alertdialog", name="U wordt zo uitgelogd")
    person = page.locator("dialog.session-end").get_attribute("data-person")

    def nearly_over(route: Route) -> None:
        """The server as it answers at the end; staying is asked of the real one."""
        if route.request.method == "POST":
            route.continue_()
        else:
            told = {"left": 100, "person": person, "token": ""}
            route.fulfill(body=json.dumps(told), content_type="application/json")

    page.route(STATE, nearly_over)
    page.clock.fast_forward("04:00:00")
    dialog.wait_for()
    assert "Over ongeveer twee minuten" in dialog.inner_text()
    stay = dialog.get_by_role("button", name="Blijf aangemeld")
    assert stay.evaluate("button => button === document.activeElement")
    visitor.check()
    visitor.check_widths(WIDE, NARROW)
    stay.click()
    dialog.wait_for(state="hidden")
    page.unroute(STATE)

    # Nothing happened for too long: the server does not know this browser any more.
    page.context.clear_cookies()
    visitor.noise.clear()
    page.clock.fast_forward("04:00:00")
    gone = page.get_by_role("alertdialog", name="U bent uitgelogd")
    gone.wait_for()
    visitor.check()
    with page.context.expect_page() as opened:
        gone.get_by_role("link", name="Log in via een nieuw tabblad").click()
    other = Visitor(opened.value, visitor.address, visitor.kept)
    assert "next=/beheer/overeenkomsten/nieuw/" in other.page.url.replace("%2F", "/")
    other.sign_in(PEOPLE["manager"], PASSWORD)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    gone.wait_for(state="hidden")
    assert field.input_value() == "Wat ik aan het typen was"
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    assert "Dit formulier is verlopen" not in page.inner_text("main")
