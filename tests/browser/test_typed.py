"""A form that is sent after its session ended loses nothing of what was typed, and tells nobody."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.cast import PEOPLE
from tests.browser.pages import Visitor
from tests.factories import PASSWORD

WIDE, NARROW = 1280, 390
FORM = "/beheer/informatie/nieuw/"
TYPED = "Hoeveel gezinnen wachten langer dan zes weken op hulp?"
BACK = "Uw tekst is teruggezet."
WAITS = "Wat u typte, wacht in dit tabblad."


def sign_out_elsewhere(visitor: Visitor) -> Visitor:
    """In another tab of the same browser."""
    other = Visitor(visitor.page.context.new_page(), visitor.address, visitor.kept)
    other.page.goto(f"{visitor.address}/werk/")
    with other.page.expect_navigation():
        other.page.evaluate("document.querySelector('form[action=\"/account/logout/\"]').submit()")
    other.page.goto(f"{visitor.address}/werk/")
    assert "/account/login/" in other.page.url
    return other


def question(page: Page) -> str:
    return page.locator("main form [name=need]").input_value()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def kept(page: Page) -> str | None:
    held: str | None = page.evaluate("window.sessionStorage.getItem('typed')")
    return held


def test_what_was_typed_waits_behind_the_sign_in_of_the_same_person(
    open_browser: Callable[..., Visitor],
) -> None:
    visitor = open_browser(NARROW)
    page = visitor.page
    visitor.sign_in(PEOPLE["officer"], PASSWORD)
    visitor.visit(FORM)
    page.locator("main form [name=need]").fill(TYPED)
    sign_out_elsewhere(visitor).page.close()
    visitor.noise.clear()
    page.bring_to_front()
    save(page)
    assert "U bent uitgelogd." in page.inner_text("main")
    assert WAITS in page.inner_text("main")
    assert TYPED not in page.content()
    visitor.check()
    visitor.check_widths(WIDE, NARROW)
    visitor.enter(PEOPLE["officer"], PASSWORD)
    assert page.url == f"{visitor.address}{FORM}"
    assert BACK in page.inner_text("main")
    assert question(page) == TYPED
    assert kept(page) is None
    visitor.check()
    visitor.check_widths(WIDE, NARROW)

    # Signed in again in another tab: the form of this one is too old, and nothing is lost either.
    other = sign_out_elsewhere(visitor)
    other.sign_in(PEOPLE["officer"], PASSWORD)
    other.page.close()
    visitor.noise.clear()
    save(page)
    assert "Dit formulier is verlopen" in page.inner_text("main")
    visitor.noise.clear()  # Chromium itself reports the refusal
    visitor.check()
    with page.expect_navigation():
        page.get_by_role("link", name="Terug naar het formulier").click()
    assert question(page) == TYPED

    # An answer to the form, here its own faults, is what stands: nothing is put back over it.
    page.locator("main form [name=need]").fill("")
    save(page)
    assert BACK not in page.inner_text("main")
    assert question(page) == ""
    assert kept(page) is None


def test_the_next_person_at_the_same_browser_gets_nothing_of_it(
    open_browser: Callable[..., Visitor],
) -> None:
    visitor = open_browser(WIDE)
    page = visitor.page
    visitor.sign_in(PEOPLE["manager"], PASSWORD)
    visitor.visit("/beheer/overeenkomsten/nieuw/")
    page.locator("main form input[type=text]").first.fill(TYPED)
    sign_out_elsewhere(visitor).page.close()
    visitor.noise.clear()
    page.bring_to_front()
    save(page)
    assert WAITS in page.inner_text("main")
    visitor.sign_in(PEOPLE["college"], PASSWORD)
    assert kept(page) is None
    assert BACK not in page.inner_text("main")
