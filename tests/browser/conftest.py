"""Chromium against the site as processes: append-only tables refuse a live-server's flush."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.cast import PEOPLE
from tests.browser.pages import Visitor
from tests.browser.site import Site
from tests.factories import PASSWORD

WIDE, NARROW = 1280, 390
LAST = "test_all_html_that_was_visited_is_valid"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # No name but this machine's resolves.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
    # The HTML checker reads what the other tests visited.
    items.sort(key=lambda item: item.name == LAST)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML of every page visited in this run."""
    return tmp_path_factory.mktemp("html")


@pytest.fixture(scope="session")
def session_states() -> dict[str, object]:
    """What the browser keeps of somebody who signed in, so that each signs in once."""
    return {}


Opener = Callable[..., Visitor]


@pytest.fixture
def open_browser(
    site: Site, chromium: Browser, kept_html: Path, session_states: dict[str, object]
) -> Iterator[Opener]:
    """``open_browser(width, who=None)``: a fresh browser window, signed in as one of ``PEOPLE``."""
    contexts = []

    def open_window(width: int = WIDE, who: str | None = None) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            reduced_motion="reduce",
            storage_state=session_states.get(who) if who else None,  # type: ignore[arg-type] # as kept
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site.address, kept_html)
        if who and who not in session_states:
            visitor.sign_in(PEOPLE[who], PASSWORD)
            session_states[who] = context.storage_state()
        return visitor

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def wide(open_browser: Opener) -> Visitor:
    """A stranger at a desk."""
    return open_browser(WIDE)


@pytest.fixture
def narrow(open_browser: Opener) -> Visitor:
    """A stranger on a phone."""
    return open_browser(NARROW)
