"""Pages that explain, and the register of corrections."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitor.models import Monitor, Snapshot
from monitor.snapshots import freeze
from tests.factories_monitor import SnapshotFactory

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies  # what the privacy page says
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/toegankelijkheid/", ["WCAG 2.2", "geen nalevingsstatus"]),
        ("/privacy/", ["geen cookies", "zitting"]),
        ("/oordelen/", ["nooit gemiddeld", "overgenomen uit de stukken", "/correcties/"]),
        ("/open-data/", ["sha256sum", "nog geen monitor aan de raad aangeboden"]),
        ("/correcties/", ["Er zijn nog geen correcties"]),
    ],
)
def test_a_page_explains_before_there_is_any_edition(
    address: str, words: list[str], client: Client
) -> None:
    html = read(client, address)
    for word in words:
        assert word.lower() in html.lower(), word


def test_open_data_lists_every_edition_with_its_hash(
    editions: tuple[Monitor, Monitor], client: Client
) -> None:
    html = read(client, "/open-data/")
    for monitor in editions:
        assert f'href="/monitor/{monitor.year}/monitor.json"' in html
        assert f'href="/monitor/{monitor.year}/oordelen.csv"' in html
        assert monitor.snapshots.get().sha256 in html
    assert html.index("/monitor/2016/") < html.index("/monitor/2015/")


def test_a_later_version_is_a_correction(editions: tuple[Monitor, Monitor], client: Client) -> None:
    again = freeze(editions[1], release="0")
    html = read(client, "/correcties/")
    assert "Versie 2 vervangt versie 1" in html
    assert again.sha256 in html
    assert "Er zijn nog geen correcties" not in html
    assert again.sha256 in read(client, "/open-data/")


def test_many_corrections_cost_as_many_queries_as_one(
    editions: tuple[Monitor, Monitor], client: Client
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        return len(queries)

    freeze(editions[1], release="0")
    one = asked("/correcties/"), asked("/open-data/")
    for version in range(3, 12):
        SnapshotFactory.create(monitor=editions[1], version=version)
    assert Snapshot.objects.corrections().count() == 10
    assert (asked("/correcties/"), asked("/open-data/")) == one


def test_no_word_of_the_glossary_is_parted_from_its_full_stop(client: Client) -> None:
    html = client.get("/oordelen/").content.decode()
    assert 'role="tooltip"' in html
    assert re.search(r"</span>\s+[.,;:]", html) is None
