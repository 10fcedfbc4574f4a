"""Whatever is sent to whatever address: an answer, and never a failure of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from accounts.constants import PARTNER_ROLES, Role
from tests.edge.foreign import ROW_ARGUMENTS
from tests.edge.nasty import posts
from tests.edge.reading import is_here, read_page
from tests.factories import OrganisationFactory, UserFactory
from tests.guards import reporting_pages
from tests.guards.rows import ACTORS, CONFLICT, OK, OUTSIDER, REDIRECT, STRANGER
from tests.guards.test_role_by_url import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

# The table holds every address (it has a test of that); here are those that take a POST of anybody.
TAKES = {OK, REDIRECT, CONFLICT}
POSTED = sorted(name for name, row in TABLE.items() if TAKES & set(row.post.values()))
READ = sorted(name for name, row in TABLE.items() if OK in row.get.values())
# Fields of what takes a POST and has no page that shows its form.
FIELDS: dict[str, tuple[str, ...]] = {
    "report_autosave": ("trends-text", "kpi-1-value_number", "revisions", "loaded", "remark-1"),
    "report_bsn": ("bsn-explanation", "revisions", "loaded"),
    "report_return": ("remark-trends", "note", "round", "number"),
    "agenda_part_move": ("richting", "direction", "step"),
    "mail_decide": ("step",),
}
# What no form of ours has.
ADDED = ("status", "is_superuser", "pk", "csrfmiddlewaretoken", "verder", "next")
EXAMPLES = 12
NUMBERS = {*ROW_ARGUMENTS, "number", "first", "second"}
bounded = examples(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def actor_for(name: str, answers: Mapping[str, Any]) -> str:
    """Who gets furthest there."""
    for answer in (OK, REDIRECT, CONFLICT):
        for actor in ACTORS:
            if answers[actor] == answer:
                return actor
    raise AssertionError(f"{name} takes a POST of nobody")


def browser_of(actor: str) -> Client:
    partner = OrganisationFactory.create(slug=reporting_pages.PARTNER)
    client = Client()
    if actor != STRANGER:
        role = None if actor == OUTSIDER else Role(actor)
        of = partner if role in PARTNER_ROLES else None
        client.force_login(UserFactory.create(holds=[role] if role else [], of=of))
    return client


def opened(name: str, actor: str) -> tuple[Client, dict[str, Any]]:
    """A browser of ``actor``, and the arguments of the page that the table makes."""
    client, row = browser_of(actor), TABLE[name]
    return client, dict(row.kwargs() if callable(row.kwargs) else row.kwargs)


def out_of_reach(name: str, kwargs: Mapping[str, Any]) -> list[str]:
    """The address with a number that no row can have, in each place where a number stands."""
    return [
        reverse(name, kwargs={**kwargs, key: 10**25})
        for key, value in kwargs.items()
        if isinstance(value, int) and key in NUMBERS
    ]


def fields_of(client: Client, address: str, method: str) -> dict[str, list[str]]:
    """The fields of the forms on a page that are sent to the page itself, as they stand there."""
    answer = client.get(address)
    if answer.status_code != OK or "text/html" not in answer["Content-Type"]:
        return {}
    forms = read_page(answer.content.decode(), address).forms
    return {
        name: held
        for form in forms
        if form.method == method and form.address.split("?")[0] == address
        for name, held in form.data.items()
    }


@pytest.mark.parametrize("name", POSTED)
def test_whatever_a_form_holds_gets_an_answer(name: str) -> None:
    client, kwargs = opened(name, actor_for(name, TABLE[name].post))
    address = reverse(name, kwargs=kwargs)
    fields = fields_of(client, address, "post")
    fields |= {each: [""] for each in (*FIELDS.get(name, ()), *ADDED)}

    @bounded
    @given(posts(fields))
    def send(sent: dict[str, list[str]]) -> None:
        cache.clear()  # the limit on tries would answer all but the first few
        with transaction.atomic():
            answer = client.post(address, sent)
            assert answer.status_code < 500
            assert is_here(answer.get("Location", "/")), "sent away from this site"
            transaction.set_rollback(True)

    send()
    for other in out_of_reach(name, kwargs):
        assert client.post(other, dict.fromkeys(fields, "1")).status_code < 500


@pytest.mark.parametrize("name", READ)
def test_whatever_is_asked_of_a_page_gets_an_answer(name: str) -> None:
    client, kwargs = opened(name, actor_for(name, TABLE[name].get))
    address = reverse(name, kwargs=kwargs)
    fields = fields_of(client, address, "get")
    asked = fields | {key: [""] for key in ("page", "zoek", "groep", "sort", "onbekend")}

    @examples(bounded, max_examples=EXAMPLES if fields else 2)
    @given(posts(asked))
    def ask(sent: dict[str, list[str]]) -> None:
        assert client.get(f"{address}?{urlencode(sent, doseq=True)}").status_code < 500

    ask()
    for other in out_of_reach(name, kwargs):
        assert client.get(other).status_code < 500


@given(st.binary(max_size=200))
@bounded
def test_a_body_that_is_no_form_gets_an_answer(body: bytes) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        cache.clear()
        answer = Client().post(reverse("account_login"), body, content_type=kind)
        assert answer.status_code < 500
