"""What a visitor reads when something goes wrong: plain Dutch, in the look, with a way on."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

with_menu = override_settings(ROOT_URLCONF="tests.core.urls_for_pages")


def test_a_page_that_does_not_exist_says_so_and_leads_on(client: Client) -> None:
    response = client.get("/monitor/1899/bestaat-niet/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Deze bladzijde bestaat niet" in html
    assert 'href="/"' in html


@with_menu
def test_a_missing_page_offers_search_when_there_is_search(client: Client) -> None:
    html = client.get("/bestaat-niet/").content.decode()
    assert 'action="/zoeken/"' in html
    assert 'method="get"' in html


def test_a_request_that_cannot_be_read_gives_the_page_for_it(client: Client) -> None:
    response = client.get("/", headers={"host": "elders.example"})
    assert response.status_code == 400
    assert "Deze vraag begrijpen we niet" in response.content.decode()


@with_menu
def test_a_failure_gives_a_page_that_blames_the_site(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/stuk/")
    assert response.status_code == 500
    assert "Dat ligt aan deze site en niet aan u" in response.content.decode()


def test_the_page_for_a_failure_needs_no_context() -> None:
    assert "Er ging iets mis" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_form_without_token_says_that_it_expired() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/login/", {"login": "a@example.nl", "password": "x"})
    assert response.status_code == 403
    assert "Dit formulier is verlopen" in response.content.decode()


def test_a_method_that_an_address_does_not_take_is_refused_in_words(client: Client) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Zo kan dit adres niet gevraagd worden" in response.content.decode()
