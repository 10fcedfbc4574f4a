"""The audit trail on the screen and as a file."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import trail
from accounts.constants import AuditResult
from accounts.models import AuditEntry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(client: Client, auditor: User) -> Client:
    client.force_login(auditor)
    return client


def test_an_entry_says_who_did_what_on_what_and_how_it_ended(
    reading: Client, officer: User
) -> None:
    trail.record("agenda_adopt", actor=officer, target="/beheer/agenda/mag/1/vaststellen/")
    page = reading.get(reverse("audit_list")).content.decode()
    for words in ("Olga Beleid", "Agenda vastgesteld", "/beheer/agenda/mag/1/", "gelukt"):
        assert words in page


def test_an_empty_trail_says_so(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    assert "Het logboek is nog leeg" in client.get(reverse("audit_list")).content.decode()


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"handeling": "agenda_adopt"}, 1),
        ({"uitkomst": "refused"}, 1),
        ({"zoek": "/beheer/monitor/"}, 1),
        ({"zoek": "192.0.2"}, 1),
        ({"vanaf": "2000-01-01", "tot": "2000-12-31"}, 0),
        ({"vanaf": "2000-01-01"}, 2),
    ],
)
def test_a_choice_narrows_page_and_files(
    reading: Client, officer: User, choice: dict[str, str], found: int
) -> None:
    trail.record("agenda_adopt", actor=officer, target="/beheer/agenda/mag/1/vaststellen/")
    with trail.asked_from("192.0.2.9"):
        trail.record(
            "monitor_adopt",
            actor=officer,
            target="/beheer/monitor/2018/vaststellen/",
            result=AuditResult.REFUSED,
        )
    choice = {"wie": str(officer.pk), **choice}
    assert reading.get(reverse("audit_list"), choice).context["total"] == found
    table = reading.get(reverse("audit_csv"), choice).getvalue().decode("utf-8-sig")
    assert len(table.splitlines()) == found + 1
    lines = reading.get(reverse("audit_jsonl"), choice).getvalue().decode().splitlines()
    assert [json.loads(line)["actor"] for line in lines] == [officer.pk] * found


def test_what_is_called_the_same_is_one_choice(reading: Client, officer: User) -> None:
    for action in ("report_file", "round_file", "agenda_adopt"):
        trail.record(action, actor=officer)
    page = reading.get(reverse("audit_list"))
    choices = [label for _value, label in page.context["filter"].form.fields["handeling"].choices]
    assert len(choices) == len(set(choices))
    [opened] = [
        value
        for value, label in page.context["filter"].form.fields["handeling"].choices
        if label == "Bijlage geopend"
    ]
    chosen = reading.get(reverse("audit_list"), {"handeling": opened, "wie": str(officer.pk)})
    assert {entry.action for entry, _label in chosen.context["rows"]} == {
        "report_file",
        "round_file",
    }


@pytest.mark.parametrize("name", ["audit_csv", "audit_jsonl"])
def test_a_choice_that_is_not_understood_gives_no_file(reading: Client, name: str) -> None:
    assert reading.get(reverse(name), {"vanaf": "gisteren"}).status_code == 400


def test_a_choice_that_is_not_understood_shows_no_rows_but_what_is_wrong(reading: Client) -> None:
    response = reading.get(reverse("audit_list"), {"vanaf": "gisteren"})
    assert response.context["total"] == 0
    assert "Voer een geldige datum in" in response.content.decode()


def test_a_file_carries_the_place_in_the_chain(reading: Client, officer: User) -> None:
    entry = trail.record("agenda_adopt", actor=officer)
    trail.link_entries()
    [line] = reading.get(reverse("audit_jsonl"), {"wie": officer.pk}).getvalue().splitlines()
    told = json.loads(line)
    assert (told["link"], told["hash"]) == (entry.link.number, entry.link.hash)


def test_a_formula_is_no_formula_in_the_table(reading: Client, officer: User) -> None:
    trail.record("agenda_adopt", actor=officer, target="=1+1")
    table = reading.get(reverse("audit_csv"), {"wie": officer.pk}).getvalue().decode()
    assert ";'=1+1;" in table


def test_many_entries_cost_as_many_queries_as_one(
    reading: Client, officer: User, manager: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reading.get(reverse("audit_list"))
        return len(queries)

    trail.record("agenda_adopt", actor=officer)
    asked()
    few = asked()
    for person in (officer, manager) * 20:
        trail.record("agenda_adopt", actor=person)
    assert asked() == few


def test_a_long_trail_comes_in_pages(reading: Client, officer: User) -> None:
    for number in range(55):
        trail.record("agenda_edit", actor=officer, target=f"/{number}/")
    first = reading.get(reverse("audit_list"), {"wie": officer.pk})
    second = reading.get(reverse("audit_list"), {"wie": officer.pk, "page": 2})
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 5)


def test_reading_and_taking_the_trail_away_is_in_the_trail(reading: Client) -> None:
    reading.get(reverse("audit_list"))
    reading.get(reverse("audit_csv"))
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "audit_list",
        "audit_csv",
    ]
