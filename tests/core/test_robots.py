"""What search engines and browsers ask of every site."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_search_engines_read_what_is_public_and_nothing_else(client: Client) -> None:
    told = client.get("/robots.txt").content.decode().splitlines()
    closed = {line.removeprefix("Disallow: ") for line in told if line.startswith("Disallow")}
    assert closed == {"/beheer/", "/portaal/", "/werk/", "/account/", "/stijlgids/"}
    assert told[0] == "User-agent: *"


def test_a_browser_that_read_no_page_finds_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 301
    assert response.headers["Location"].endswith("favicon.svg")
