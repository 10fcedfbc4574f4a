"""A number that may be a citizen's is removed or explained before a report is handed in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reporting.actions import NotReady, draft_of
from reporting.checking import BSN_KEY
from tests.reporting.cycle import Cycle, answers, cycle, submit, write

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "123456782", "111222333"


@pytest.fixture
def held() -> Cycle:
    made = cycle(1)
    write(made, {**answers(made), "results-text": f"Zie project {NUMBER}."})
    return made


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def explain(made: Cycle, text: str) -> None:
    write(made, {BSN_KEY: text})


def open_findings(made: Cycle) -> list[str]:
    made.report.refresh_from_db()
    return [each.text for each in draft_of(made.report).findings if each.blocks]


def test_it_stands_in_the_way_until_it_is_gone_or_explained(held: Cycle) -> None:
    with pytest.raises(NotReady):
        submit(held)
    explain(held, "Dit is geen BSN.")
    assert open_findings(held) == [
        f"‘{NUMBER}’ kan een burgerservicenummer zijn. Noem dit nummer in de uitleg, of haal "
        "gegevens van personen weg."
    ]
    explain(held, f"{NUMBER} is ons projectnummer.")
    assert open_findings(held) == []


def test_an_explanation_of_one_number_does_not_explain_another(held: Cycle) -> None:
    explain(held, f"{NUMBER} is ons projectnummer.")
    write(held, {"results-text": f"Zie {NUMBER} en {OTHER}."})
    [left] = open_findings(held)
    assert OTHER in left


@pytest.mark.parametrize("written", ["123.456.782", "123 456 782", "123456782"])
def test_the_number_counts_however_it_is_written(held: Cycle, written: str) -> None:
    explain(held, f"Nummer {written} is van een project.")
    assert open_findings(held) == []


def test_the_explanation_goes_along_and_the_manager_reads_it(held: Cycle) -> None:
    explain(held, f"{NUMBER} is ons projectnummer.")
    made = submit(held)
    assert f"{NUMBER} is ons projectnummer." in made.payload
    page = as_(held.manager).get(reverse("report_review", args=[held.report.pk]))
    assert f"Uitleg: {NUMBER} is ons projectnummer." in page.content.decode()


def test_without_such_a_number_an_old_explanation_stays_behind(held: Cycle) -> None:
    explain(held, f"{NUMBER} is ons projectnummer.")
    write(held, {"results-text": "Het gaat goed."})
    assert "projectnummer" not in submit(held).payload


def test_the_check_page_asks_and_keeps_the_explanation(held: Cycle) -> None:
    client, check = as_(held.reporter), reverse("report_check", args=[held.report.pk])
    html = client.get(check).content.decode()
    assert "Gaat dit over een persoon?" in html
    save = reverse("report_bsn", args=[held.report.pk])
    answer = client.post(save, {BSN_KEY: f"{NUMBER} is een project.", "revisions": "{}"})
    assert answer.status_code == 302
    html = client.get(check).content.decode()
    assert "Gaat dit over een persoon?" not in html
    assert f"{NUMBER} is een project." in html


def test_of_two_colleagues_the_second_sees_both_texts(held: Cycle) -> None:
    explain(held, f"{NUMBER} is een project.")
    save = reverse("report_bsn", args=[held.report.pk])
    typed = {BSN_KEY: f"{NUMBER} is een kenteken.", "revisions": "{}"}
    answer = as_(held.reporter).post(save, typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega schreef intussen iets anders." in html
    assert f"Nu staat er: ‘{NUMBER} is een project.’" in html
    assert f"{NUMBER} is een kenteken.</textarea>" in html


def test_an_explanation_that_is_too_long_says_so(held: Cycle) -> None:
    explain(held, f"{NUMBER} " + "x" * 20_000)
    [left] = open_findings(held)
    assert "De uitleg heeft 20010 tekens; er passen er 20000." in left


def test_who_accepts_sees_the_numbers_that_become_public_and_says_so(held: Cycle) -> None:
    explain(held, f"{NUMBER} is ons projectnummer.")
    submit(held)
    address = reverse("report_accept", args=[held.report.pk])
    client = as_(held.manager)
    page = client.get(address).content.decode()
    assert "Deze nummers komen openbaar te staan" in page
    assert NUMBER in page
    refused = client.post(address, {"round": "1", "note": "Gelezen."})
    assert refused.status_code == 200
    assert "nog niet geaccepteerd" in refused.content.decode()
    assert "Gelezen." in refused.content.decode()
    assert client.post(address, {"round": "1", "seen": "on"}).status_code == 302
    held.report.refresh_from_db()
    assert held.report.status == "accepted"
