"""A visit fails on what is wrong with a page: each check is shown a page that breaks it."""

from __future__ import annotations

import pytest

from tests.browser.pages import Visitor

pytestmark = pytest.mark.browser


def test_a_wrong_status_is_seen(wide: Visitor) -> None:
    with pytest.raises(AssertionError, match="answers 200, not 404"):
        wide.visit("/", status=404)


def test_what_the_policy_blocks_is_seen(wide: Visitor) -> None:
    wide.visit("/")
    wide.page.evaluate("document.body.setAttribute('style', 'color: red')")
    wide.page.wait_for_function("blockedByPolicy.length > 0")
    with pytest.raises(AssertionError, match="blocked by the policy: style-src"):
        wide.check()


def test_an_error_on_the_console_is_seen(wide: Visitor) -> None:
    wide.visit("/")
    with wide.page.expect_console_message():
        wide.page.evaluate("console.error('kapot')")
    with pytest.raises(AssertionError, match="console: kapot"):
        wide.check()


def test_an_image_without_a_text_is_seen(wide: Visitor) -> None:
    wide.visit("/")
    wide.page.evaluate(
        "document.querySelector('main').appendChild(document.createElement('img')).src ="
        "'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='"
    )
    with pytest.raises(AssertionError, match="axe: image-alt"):
        wide.check()


def test_a_page_wider_than_the_screen_is_seen(narrow: Visitor) -> None:
    narrow.visit("/")
    narrow.page.evaluate("document.querySelector('main').style.width = '500px'")
    with pytest.raises(AssertionError, match="too wide: "):
        narrow.check()
