"""An edition over half a year leads to its own document, wherever it is linked."""

from __future__ import annotations

import pytest
from django.test import Client

from monitor.constants import MonitorKind
from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import payload

pytestmark = pytest.mark.django_db
PDF = "/monitor/2018/halfjaar/monitor-sociaal-domein-2018-halfjaar.pdf"


@pytest.mark.parametrize("page", ["/monitor/2018/halfjaar/", "/open-data/"])
def test_half_a_year_links_to_its_own_document(client: Client, page: str) -> None:
    published_snapshot(kind=MonitorKind.HALF_YEAR, content=payload())
    html = client.get(page).content.decode()
    assert f'href="{PDF}"' in html
    assert "monitor-sociaal-domein-2018.pdf" not in html


def test_the_edition_leads_to_what_there_is_to_know_about_its_document(client: Client) -> None:
    published_snapshot(kind=MonitorKind.HALF_YEAR, content=payload())
    html = client.get("/monitor/2018/halfjaar/").content.decode()
    assert 'href="/monitor/2018/halfjaar/document/"' in html


def test_half_a_year_that_is_not_there_is_named_in_words(client: Client) -> None:
    html = client.get("/monitor/2018/halfjaar/").content.decode()
    assert "Er is nog geen monitor" in html
    published_snapshot(content=payload())
    html = client.get("/monitor/2018/halfjaar/").content.decode()
    assert "Over het eerste halfjaar van 2018 is er geen monitor. Wel over: 2018." in html
