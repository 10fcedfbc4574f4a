"""Setting up a second step and signing in with it, in a browser that has a passkey of its own."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.cast import PEOPLE
from tests.browser.pages import Visitor
from tests.factories import PASSWORD
from tests.second_step import code_of

WIDE, NARROW = 1280, 390


def give_passkey(visitor: Visitor) -> None:
    """Chromium answers for a key in software, as somebody would who puts a finger on it."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_newcomer_sets_up_an_app_and_a_passkey_and_signs_in_with_it(
    open_browser: Callable[..., Visitor],
) -> None:
    visitor = open_browser(NARROW)
    page = visitor.page
    give_passkey(visitor)
    visitor.visit("/account/login/")
    page.locator("input[name=login]").fill(PEOPLE["newcomer"])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/account/2fa/")
    visitor.check()
    visitor.check_widths(WIDE, NARROW)
    page.get_by_role("link", name="App instellen").click()
    page.get_by_text("Scannen lukt niet").click()
    visitor.check()
    page.get_by_label("Code die uw app nu toont").fill(code_of(page.inner_text(".secret")))
    page.get_by_role("button", name="Stel de app in").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    visitor.check()
    page.get_by_role("link", name="ga verder").click()
    page.wait_for_url("**/werk/")
    visitor.visit("/account/2fa/webauthn/add/")
    page.get_by_label("Naam").fill("Telefoon")
    page.get_by_label("Hiermee ook zonder wachtwoord inloggen").check()
    page.get_by_role("button", name="Sleutel toevoegen").click()
    page.get_by_text("Uw sleutel is toegevoegd.").wait_for()
    visitor.check()
    visitor.visit("/account/2fa/webauthn/")
    visitor.visit("/account/logout/")
    page.locator("main").get_by_role("button", name="Uitloggen").click()
    visitor.visit("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url("**/werk/")
    assert "Nina Nieuw" in page.inner_text("main")
    visitor.check()


def test_who_breaks_it_off_reads_what_to_do(
    open_browser: Callable[..., Visitor],
) -> None:
    visitor = open_browser(WIDE)
    page = visitor.page
    visitor.visit("/account/login/")
    # No key at all: the browser answers as it does when somebody breaks it off.
    page.evaluate(
        "() => { navigator.credentials.get = () => "
        "Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.get_by_text("Dat is niet gelukt, of u brak het af.").wait_for()
    visitor.check()
