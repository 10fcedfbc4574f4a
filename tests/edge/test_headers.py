"""What every answer tells the browser, whatever kind of page it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from accounts.constants import Role
from accounts.models import User
from core.middleware import DEVICE
from tests.factories import PASSWORD, UserFactory
from tests.guards import public_pages, reporting_pages
from tests.guards.test_role_by_url import _stored_document
from tests.reporting.cycle import cycle
from tests.routes import routes

pytestmark = pytest.mark.django_db

ERRORS = override_settings(ROOT_URLCONF="tests.core.urls_for_pages")


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def as_officer() -> Client:
    return signed_in(UserFactory.create(holds=[Role.POLICY_OFFICER]))


def a_file() -> HttpResponseBase:
    made = reporting_pages.a_round_file()
    client = signed_in(UserFactory.create(holds=[Role.CONTRACT_MANAGER]))
    return client.get(reverse("round_file", kwargs=dict(made)))


def a_failure() -> HttpResponseBase:
    with ERRORS:
        return Client(raise_request_exception=False).get("/stuk/")


def portal() -> HttpResponseBase:
    return signed_in(cycle(1).reporter).get(reverse("portal_home"))


def page(name: str, made: Callable[[], Mapping[str, Any]] = dict) -> HttpResponseBase:
    return Client().get(reverse(name, kwargs=dict(made())))


KINDS: dict[str, tuple[int, Callable[[], HttpResponseBase]]] = {
    "public": (200, lambda: page("home")),
    "work": (200, lambda: as_officer().get(reverse("work_home"))),
    "manage": (200, lambda: as_officer().get(reverse("agenda_manage_list"))),
    "portal": (200, portal),
    "sign-in": (200, lambda: page("account_login")),
    "csv": (200, lambda: page("bottleneck_csv")),
    "xlsx": (200, lambda: page("agenda_values_xlsx", public_pages.an_agenda)),
    "json": (200, lambda: page("readyz")),
    "pdf": (200, lambda: page("monitor_pdf", _stored_document)),
    "text": (200, lambda: page("robots")),
    "file": (200, a_file),
    "static": (200, lambda: Client().get("/static/proef.css")),
    "static picture": (200, lambda: Client().get("/static/proef.svg")),
    "redirect": (302, lambda: page("work_home")),
    "400": (400, lambda: Client().get("/", headers={"host": "elders.example"})),
    "403": (403, lambda: as_officer().get(reverse("account_list"))),
    "form without token": (403, lambda: Client(enforce_csrf_checks=True).post("/account/login/")),
    "404": (404, lambda: Client().get("/bestaat-niet/")),
    "405": (405, lambda: Client().post("/")),
    "500": (500, a_failure),
}


@pytest.fixture(autouse=True)
def static_files() -> Iterator[None]:
    """Two files where the web server looks for them."""
    made = [Path(settings.STATIC_ROOT) / name for name in ("proef.css", "proef.svg")]
    for path in made:
        path.write_text("")
    yield
    for path in made:
        path.unlink()


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_every_kind_is_closed_to_others(kind: str) -> None:
    status, ask = KINDS[kind]
    answer = ask()
    answer.close()  # a file stays open until then
    assert answer.status_code == status
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = directives(answer["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == ["'self'"]
    words = {word for values in policy.values() for word in values}
    assert words <= {"'self'", "'none'", "data:"}
    assert "data:" not in policy["default-src"] + policy.get("script-src", [])
    for feature in DEVICE:
        assert f"{feature}=()" in answer["Permissions-Policy"]


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: values for name, *values in parts}


def test_every_kind_of_answer_of_the_site_is_among_them() -> None:
    """A download of a kind that is new here needs a line above."""
    endings = {
        route.route.rsplit(".", 1)[1]
        for route in routes()
        if "." in route.route.rsplit("/", 1)[-1] and not route.route.endswith("/")
    }
    assert endings == {"csv", "xlsx", "json", "jsonl", "pdf", "txt", "ico", "ics"}


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    user = UserFactory.create()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["httponly"]


@override_settings(
    SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True
)
def test_a_page_over_http_leads_to_https_on_the_same_host() -> None:
    moved = Client().get("/agenda/?zoek=a")
    assert moved.status_code == 301
    assert moved["Location"] == "https://testserver/agenda/?zoek=a"
    assert moved["X-Frame-Options"] == "DENY"
    page = Client().get("/agenda/", secure=True)
    assert page["Strict-Transport-Security"].startswith("max-age=31536000")
    forged = Client().get("/agenda/", headers={"host": "elders.example"})
    assert forged.status_code == 400


# -- where a weakness is reported ------------------------------------------------------------------
def test_security_txt_tells_where_to_report_and_for_how_long(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert told["Contact"] == "mailto:beveiliging@voorbeeld.test"
    assert told["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    assert "nl" in told["Preferred-Languages"]
    expires = datetime.datetime.strptime(told["Expires"], "%Y-%m-%dT%H:%M:%S%z")
    left = expires - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)


@override_settings(SECURITY_CONTACT="")
def test_without_a_contact_there_is_no_security_txt(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
