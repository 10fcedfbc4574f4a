"""Signing in with an account of work, in a browser that goes to a provider elsewhere and back."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.pages import Visitor
from tests.browser.site import Site
from tests.sign_on.running import EVA, NAME

WIDE, NARROW = 1280, 390


def test_an_account_of_work_leads_there_and_back(
    open_browser: Callable[..., Visitor], site: Site
) -> None:
    site.provider.says()
    visitor = open_browser(WIDE)
    page = visitor.page
    visitor.visit("/account/login/?next=/beheer/agenda/")
    visitor.check_widths(WIDE, NARROW)
    # The page in between stays for a moment: the provider has nothing to show.
    elsewhere = f"{site.provider.address}/**"
    page.route(elsewhere, lambda route: route.fulfill(status=204))
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_role("heading", name="U gaat naar uw werkaccount").wait_for()
    visitor.check_widths(WIDE, NARROW)
    with page.expect_request(elsewhere) as asked:
        page.get_by_role("link", name="Ga verder").click()
    # The page may go on by itself at any moment, so the link is not clicked a second time.
    page.unroute(elsewhere)
    page.goto(asked.value.url)
    page.get_by_role("button", name="Akkoord").click()
    # Nobody asked for a second step, so it is set up here.
    page.wait_for_url("**/account/2fa/")
    visitor.check()


def test_without_a_hand_on_the_page_in_between_it_goes_on_by_itself(
    open_browser: Callable[..., Visitor], site: Site
) -> None:
    site.provider.says(user={**EVA, "sub": "eva-mfa", "email": "evi@gemeente.nl", "amr": ["mfa"]})
    visitor = open_browser(WIDE)
    page = visitor.page
    visitor.visit("/account/login/?next=/werk/")
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_role("button", name="Akkoord").click()
    page.wait_for_url("**/werk/")
    assert "Eva Werkt" in page.inner_text("main")
    visitor.check()


def test_who_breaks_it_off_reads_that_nothing_happened(
    open_browser: Callable[..., Visitor], site: Site
) -> None:
    site.provider.says()
    visitor = open_browser(NARROW)
    page = visitor.page
    visitor.visit("/account/login/")
    page.get_by_role("button", name=f"Inloggen met {NAME}").click()
    page.get_by_role("button", name="Weiger").click()
    page.get_by_role("heading", name="U brak het inloggen af").wait_for()
    visitor.check()
    visitor.check_widths(WIDE, NARROW)
    page.get_by_role("link", name="Naar inloggen").click()
    page.wait_for_url("**/account/login/")
