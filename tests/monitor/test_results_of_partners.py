"""What partners reached, in a published edition: from the frozen content, each with its report."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import payload

pytestmark = pytest.mark.django_db

GOAL = "/monitor/2018/doel/wonen-1/"
TOLD = "Wat partners bereikten bij dit doel"


def page(client: Client, address: str = GOAL) -> str:
    return client.get(address).content.decode()


def test_a_result_stands_with_its_target_and_the_report_it_comes_from(client: Client) -> None:
    published_snapshot(content=payload())
    html = page(client)
    assert TOLD in html
    assert "Halfjaarrapportage De Brug" in html
    assert "Ronde 2, geaccepteerd op 14 september 2018" in html
    assert "niet gehaald" in html
    assert "niet te zeggen" in html
    assert "Verbeteractie: Wij gaan ook op zaterdag open." in html
    assert "1 van 2 rapportages waren geaccepteerd toen het college" in html


def test_what_was_invented_says_so(client: Client) -> None:
    published_snapshot(content=payload())
    table = page(client).split(TOLD)[1].split("</table>")[0]
    assert table.count('<span class="example">voorbeeld</span>') == 3


def test_a_goal_without_results_says_nothing_of_them(client: Client) -> None:
    published_snapshot(content=payload())
    assert TOLD not in page(client, "/monitor/2018/doel/wonen-2/")


def test_an_edition_that_was_frozen_without_results_is_shown_as_it_was(client: Client) -> None:
    content = payload()
    del content["reports"]
    for goal in content["goals"]:
        del goal["results"], goal["reports_accepted"], goal["reports_expected"]
    published_snapshot(content=content)
    for address in (GOAL, "/monitor/2018/", "/monitor/2018/thema/wonen/"):
        assert client.get(address).status_code == 200
    assert TOLD not in page(client)


def test_who_measured_stands_with_a_measure(client: Client) -> None:
    content = payload()
    content["goals"][0]["measures"][0]["measured_by"] = "GGD"
    published_snapshot(content=content)
    assert "Gemeten door GGD" in page(client)
