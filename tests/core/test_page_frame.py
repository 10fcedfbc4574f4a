"""The frame of a public page: menu, skip link, and nothing that belongs to one visitor."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from core.navigation import Item, navigation, resolve

pytestmark = pytest.mark.django_db
with_menu = override_settings(ROOT_URLCONF="tests.core.urls_for_pages")


@with_menu
def test_the_menu_shows_the_addresses_that_exist_and_skips_the_others(client: Client) -> None:
    html = client.get("/").content.decode()
    assert 'href="/monitor/"' in html
    assert 'href="/begrippen/"' in html
    assert resolve([Item("nergens", "Nergens")]) == []


@with_menu
def test_the_phone_menu_is_a_disclosure_that_needs_no_script(client: Client) -> None:
    html = client.get("/").content.decode()
    menu = re.search(r'<details class="menu">.*?</details>', html, re.DOTALL)
    assert menu is not None
    assert "<summary" in menu[0]
    assert 'href="/zoeken/"' in menu[0]


@with_menu
def test_the_page_that_is_read_is_marked_in_both_menus(client: Client) -> None:
    html = client.get("/monitor/").content.decode()
    assert html.count('href="/monitor/" aria-current="page"') == 2


@with_menu
def test_a_page_below_an_item_marks_that_item(client: Client) -> None:
    html = client.get("/monitor/2018/").content.decode()
    assert html.count('href="/monitor/" aria-current="true"') == 2


def test_the_first_thing_to_reach_is_the_skip_link(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.index('<a class="skip-link" href="#inhoud">') < html.index("<header")
    assert '<main id="inhoud"' in html


def test_a_public_page_holds_nothing_of_one_visitor(client: Client) -> None:
    response = client.get("/")
    html = response.content.decode()
    assert "csrfmiddlewaretoken" not in html
    assert "nonce" not in html
    assert not response.cookies


@pytest.mark.django_db
def test_a_public_page_is_the_same_for_who_is_signed_in(client: Client) -> None:
    from accounts.models import User

    stranger = client.get("/").content
    assert b'href="/werk/"' in stranger
    client.force_login(User.objects.create_user("a@example.nl", name="Anja"))
    assert client.get("/").content == stranger


def test_an_item_for_roles_is_shown_to_those_roles_only() -> None:
    officer = {item.label for item in navigation({"policy_officer"})}
    assert {"Overeenkomsten", "Openbare site"} <= officer
    assert "Overeenkomsten" not in {item.label for item in navigation({"reader"})}
    assert "Overeenkomsten" not in {item.label for item in navigation(set())}


def test_who_works_here_all_day_has_one_way_to_the_public_site() -> None:
    names = {item.url_name for item in navigation({"policy_officer", "council_member"})}
    assert "home" in names
    assert not names & {"monitor_list", "agenda_list", "partner_list"}
    assert "monitor_list" in {item.url_name for item in navigation({"council_member"})}


def test_an_address_that_does_not_exist_gives_no_link() -> None:
    assert resolve([Item("there_is_no_such_name", "Nergens")]) == []
