"""The pages of a published edition read its frozen content, and nothing else."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation
from agenda.models import Goal, Theme
from core.guards import frozen
from monitor import editions as held
from monitor.actions import adopt, mark_judged, publish
from monitor.models import Monitor, OtherParty, Snapshot
from monitor.snapshots import DamagedSnapshot, read
from reporting.models import Narrative
from tests.factories_monitor import MonitorFactory
from tests.monitor.edition import GOAL, PARTNER, THEME, agenda_with_goals, edition, two_editions
from tests.monitor.editions_in_test import published_snapshot

pytestmark = pytest.mark.django_db
Editions = tuple[Monitor, Monitor]

PAGES = [
    "/monitor/2016/",
    f"/monitor/2016/thema/{THEME}/",
    f"/monitor/2016/doel/{GOAL}/",
    "/monitor/2016/partners/",
    f"/monitor/2016/partners/{PARTNER}/",
    "/monitor/2016/geld/",
    "/monitor/2016/clientervaring/",
]
TABLES = [
    "/monitor/2016/oordelen.csv",
    "/monitor/2016/geld.csv",
    "/monitor/2016/clientervaring.csv",
    f"/monitor/2016/thema/{THEME}/metingen.csv",
]
EVERYTHING = [*PAGES, *TABLES, "/monitor/2016/monitor.json"]


@pytest.fixture(autouse=True)
def cold() -> Iterator[None]:
    """No content kept from another test."""
    held._content.cache_clear()
    yield
    held._content.cache_clear()


@pytest.mark.parametrize("address", EVERYTHING)
def test_an_answer_is_cached_by_its_frozen_content(
    address: str, editions: Editions, client: Client
) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert "no-cache" in first["Cache-Control"]
    assert not first.cookies
    second = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    other = client.get(address, headers={"If-None-Match": '"iets-anders"'})
    assert other.status_code == 200


def test_the_mark_changes_when_another_edition_is_published(
    editions: Editions, client: Client
) -> None:
    before = client.get("/monitor/2016/")["ETag"]
    version = editions[1].agenda_version
    assert version is not None
    edition(2017, version)
    after = client.get("/monitor/2016/")
    assert after["ETag"] != before
    assert reverse("monitor_edition", args=[2017]) in after.content.decode()


@pytest.mark.parametrize("address", EVERYTHING)
def test_a_page_costs_one_query_and_one_for_its_content(
    address: str, editions: Editions, client: Client
) -> None:
    again = 2 if address.endswith(".json") else 1  # the export always reads its text
    for expected in (2, again):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) == expected, [query["sql"][:80] for query in asked]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/monitor/1999/", "Over 1999 is er geen monitor. Wel over: 2015, 2016."),
        ("/monitor/2016/halfjaar/", "Over het eerste halfjaar van 2016 is er geen monitor."),
        ("/monitor/2016/thema/onzin/", "Dit thema staat niet in deze monitor."),
        ("/monitor/2016/doel/onzin/", "Dit doel staat niet in deze monitor."),
        ("/monitor/2016/partners/onzin/", "Deze partner staat niet in deze monitor."),
        ("/monitor/2016/thema/onzin/metingen.csv", "Dit thema staat niet in deze monitor."),
    ],
)
def test_what_is_not_there_is_missing_with_a_sentence(
    address: str, sentence: str, editions: Editions, client: Client
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert sentence in response.content.decode()


def test_an_edition_that_is_not_published_does_not_exist(client: Client) -> None:
    MonitorFactory.create(year=2018, adopted=True)
    response = client.get("/monitor/2018/")
    assert response.status_code == 404
    assert "nog geen monitor aan de raad aangeboden" in response.content.decode()


def test_the_export_is_byte_for_byte_what_its_hash_is_over(
    editions: Editions, client: Client
) -> None:
    response = client.get("/monitor/2016/monitor.json")
    digest = hashlib.sha256(response.content).hexdigest()
    assert response["X-Content-SHA256"] == digest
    assert Snapshot.objects.get(monitor=editions[1]).sha256 == digest
    assert digest in client.get("/monitor/2016/").content.decode()


def test_a_damaged_snapshot_is_not_shown(editions: Editions, client: Client) -> None:
    frozen.remove_all(connection)  # somebody with the keys of the database
    row = Snapshot.objects.get(monitor=editions[1])
    Snapshot.objects.filter(pk=row.pk).update(payload=row.payload.replace("Veilig", "Onveilig"))
    with pytest.raises(DamagedSnapshot, match="controlegetal"):
        client.get("/monitor/2016/")
    client.raise_request_exception = False
    assert client.get("/monitor/2016/").status_code == 500
    assert client.get("/monitor/2015/").status_code == 200


@pytest.mark.parametrize("address", EVERYTHING)
def test_what_changes_in_the_database_afterwards_changes_no_page(
    address: str, editions: Editions, client: Client
) -> None:
    before = client.get(address).content
    Goal.objects.update(label="Later veranderd", text="Later veranderd")
    Theme.objects.update(name="Later veranderd")
    Organisation.objects.update(name="Later veranderd")
    Narrative.objects.update(text="Later veranderd")
    held._content.cache_clear()
    after = client.get(address).content
    assert after == before
    assert b"Later veranderd" not in after


def test_the_counts_on_the_page_in_the_table_and_in_the_export_are_equal(client: Client) -> None:
    two_editions(extra=3)
    content = json.loads(client.get("/monitor/2016/monitor.json").content)
    counts = content["counts"]
    assert (counts["total"], counts["good"], counts["improved"]) == (4, 4, 1)
    verdicts = [row.split(";")[5] for row in _rows(client, "/monitor/2016/oordelen.csv")]
    assert len(verdicts) == counts["total"]
    assert verdicts.count("goed") == counts["good"]
    html = client.get("/monitor/2016/").content.decode()
    assert f"{counts['good']} van de {counts['total']} doelen staan op goed" in html
    assert len(re.findall(r'class="matrix-goal[ "]', html)) == counts["total"]
    picture, _, _ = html.partition("</figure>")
    assert '<a href="/monitor/2016/oordelen.csv">Download deze cijfers (csv)</a>' in picture
    theme = client.get(f"/monitor/2016/thema/{THEME}/").content.decode()
    assert f"{counts['good']} goed, {counts['neutral']} neutraal" in theme


def _rows(client: Client, address: str) -> list[str]:
    return client.get(address).content.decode("utf-8-sig").splitlines()[1:]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (PAGES[0], ["Het gaat beter", "Veiligheid", "Geweld achter de voordeur", "€"]),
        (PAGES[1], ["Meldingen komen te laat binnen in 2016", "in 2015", "Elke week."]),
        (PAGES[2], ["Veilig thuis", "Er kwamen minder meldingen.", "41"]),
        (PAGES[3], ["Stichting Haven"]),
        (PAGES[4], ["Programma Samen Veilig", "De aanpak werkt.", "penvoerder"]),
        (PAGES[5], ["Begroting Wmo", "klopt met het totaal", "Het is 80.", "Het is 60."]),
        (PAGES[6], ["Ik wist waar ik moest zijn", "76"]),
    ],
)
def test_a_page_tells_what_the_edition_holds(
    address: str, words: list[str], editions: Editions, client: Client
) -> None:
    html = client.get(address).content.decode()
    for word in words:
        assert word in html, word


def test_a_theme_and_a_goal_cost_the_same_with_many_goals(client: Client) -> None:
    two_editions(extra=12)
    for address in PAGES:
        held._content.cache_clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == 2


@pytest.mark.parametrize("address", ["/", "/monitor/"])
def test_the_front_pages_show_the_finding(address: str, editions: Editions, client: Client) -> None:
    html = client.get(address).content.decode()
    assert "Het gaat beter: het ene doel staat op goed." in html


@pytest.mark.parametrize("address", ["/", "/monitor/"])
def test_the_front_pages_work_before_the_first_edition(address: str, client: Client) -> None:
    assert "nog geen monitor aan de raad aangeboden" in client.get(address).content.decode()


def test_readings_that_differ_stand_only_where_the_figures_stand(
    editions: Editions, client: Client
) -> None:
    assert "Twee sommen" in client.get("/monitor/2016/geld/").content.decode()
    content = copy.deepcopy(read(editions[1].snapshots.get()))
    content["money"]["budget"] = None
    published_snapshot(year=2018, content=content)
    assert "Twee sommen" not in client.get("/monitor/2018/geld/").content.decode()


def test_national_figures_stand_beside_the_budget_where_an_edition_has_them(
    editions: Editions, client: Client
) -> None:
    content = copy.deepcopy(read(editions[1].snapshots.get()))
    assert "Landelijk ernaast" not in client.get("/monitor/2016/geld/").content.decode()
    budget = content["money"]["budget"]
    budget["national_note"] = "Landelijk rapport, H4.4."
    for item, spending in zip(budget["items"], ("3000", "1000"), strict=True):
        item["national_spending"] = spending
    published_snapshot(year=2018, content=content)
    html = client.get("/monitor/2018/geld/").content.decode()
    for words in (
        "Landelijk ernaast",
        "66,7%",
        "75,0%",
        "niet genoemd",
        "Landelijk rapport, H4.4.",
    ):
        assert words in html
    # frozen before budgets had national figures
    del budget["national_note"]
    for item in budget["items"]:
        del item["national_spending"], item["national_income"]
    published_snapshot(year=2019, content=content)
    page = client.get("/monitor/2019/geld/")
    assert page.status_code == 200
    assert "Landelijk ernaast" not in page.content.decode()


def test_a_survey_of_another_year_than_the_edition_says_so(
    editions: Editions, client: Client
) -> None:
    html = client.get("/monitor/2015/clientervaring/").content.decode()
    assert "Het onderzoek is van 2016; deze monitor gaat over 2015." in html
    html = client.get("/monitor/2016/clientervaring/").content.decode()
    assert "Het onderzoek is van" not in html


def test_other_parties_are_told_without_a_second_challenge(client: Client) -> None:
    monitor = edition(2016, agenda_with_goals(), publish_it=False)
    assert not monitor.challenges.filter(is_core=False).exists()
    OtherParty.objects.create(monitor=monitor, name="woningcorporaties")
    for step in (mark_judged, adopt, publish):
        step(monitor, user=None)
    html = client.get("/monitor/2016/").content.decode()
    assert "Ook aan zet: woningcorporaties." in html
    assert "Ook genoemd" not in html
