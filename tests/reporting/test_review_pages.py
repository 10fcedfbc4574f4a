"""Reports at the municipality: the inbox, the review, and what the public reads of it."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from reporting import actions
from reporting.models import Report, ReportEvent
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import ReportFactory
from tests.reporting.cycle import Cycle, answers, cycle, submit, submitted, write

pytestmark = pytest.mark.django_db
INBOX = "/beheer/rapportages/"


@pytest.fixture
def held() -> Cycle:
    return submitted()


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def at(held: Cycle, *parts: Any) -> str:
    return f"{INBOX}{held.report.pk}/" + "".join(f"{part}/" for part in parts)


def test_the_inbox_puts_what_waits_first(desk: Client, held: Cycle) -> None:
    html = desk.get(INBOX).content.decode()
    assert "Eén rapportage wacht op u" in html
    first = html.index("eerste halfjaar 2019")
    assert first < html.index("tweede halfjaar 2019")
    assert (
        "Geen rapportage past bij deze keuze"
        in desk.get(f"{INBOX}?stand=accepted").content.decode()
    )


def test_the_inbox_costs_the_same_with_many_reports(
    desk: Client, held: Cycle, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as few:
        desk.get(INBOX)
    for _ in range(60):
        ReportFactory.create(submitted=True, contract=ContractFactory.create(running=True))
    with django_assert_max_num_queries(len(few)):
        desk.get(INBOX)


def test_a_remark_that_was_typed_stays_when_it_is_refused(desk: Client, held: Cycle) -> None:
    actions.accept(held.report, user=held.manager, round_number=1)
    typed = {"round": "1", "remark:trends-text": "Waaruit blijkt dat?", "note": "Graag meer."}
    answer = desk.post(at(held, "terugsturen"), typed)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "is al geaccepteerd" in html


def test_returning_without_a_word_is_refused(desk: Client, held: Cycle) -> None:
    answer = desk.post(at(held, "terugsturen"), {"round": "1", "remark:trends-text": "  "})
    assert "Schrijf bij ten minste één veld" in answer.content.decode()
    assert ReportEvent.objects.count() == 1


def test_a_remark_stands_at_its_field_and_its_answer_in_the_next_round(
    desk: Client, held: Cycle
) -> None:
    desk.post(at(held, "terugsturen"), {"round": "1", "remark:trends-text": "Waaruit blijkt dat?"})
    remark = held.report.rounds.get().remarks.get()
    write(held, {"trends-text": "Anders.", f"remark-{remark.pk}": "Uit de aanmeldingen."})
    submit(held)
    html = desk.get(at(held)).content.decode()
    assert "Uit de aanmeldingen." in html
    assert "Wat er in de vorige ronde stond" in html
    compare = desk.get(at(held, "vergelijk", 1, 2)).content.decode()
    assert compare.index("Anders.") < compare.index("Aanmeldingen")
    assert desk.get(at(held) + "?ronde=1").status_code == 200
    assert desk.get(at(held) + "?ronde=9").status_code == 404


def test_a_second_acceptance_says_so(desk: Client, held: Cycle) -> None:
    for _ in range(2):
        answer = desk.post(at(held, "accepteren"), {"round": "1"}, follow=True)
    assert "is al geaccepteerd" in answer.content.decode()
    assert ReportEvent.objects.filter(to_status="accepted").count() == 1


def test_a_round_that_was_not_read_is_not_accepted(desk: Client, held: Cycle) -> None:
    answer = desk.post(at(held, "accepteren"), {"round": "0"}, follow=True)
    assert "Lees die eerst" in answer.content.decode()


def test_opening_again_asks_for_a_reason(desk: Client, held: Cycle) -> None:
    actions.accept(held.report, user=held.manager, round_number=1)
    desk.post(at(held, "heropenen"), {"reason": ""})
    held.report.refresh_from_db()
    assert held.report.status == "accepted"
    desk.post(at(held, "heropenen"), {"reason": "Er ontbrak een bijlage."})
    held.report.refresh_from_db()
    assert held.report.status == "returned"


def test_the_public_reads_an_accepted_report_without_names_and_files(
    client: Client, held: Cycle
) -> None:
    url = f"/partners/{held.partner.slug}/rapportages/{held.report.pk}/ronde/1/"
    assert client.get(url).status_code == 404
    actions.accept(held.report, user=held.manager, round_number=1)
    html = client.get(url).content.decode()
    assert "Tekst bij Analyse van trends." in html
    assert held.signatory.name not in html
    assert held.manager.name not in html
    assert "Deze ronde geldt niet meer." not in html


def test_what_an_edition_stands_on_is_read_for_good_and_a_later_round_when_it_is_accepted(
    client: Client, held: Cycle
) -> None:
    first, second = (
        f"/partners/{held.partner.slug}/rapportages/{held.report.pk}/ronde/{number}/"
        for number in (1, 2)
    )
    actions.accept(held.report, user=held.manager, round_number=1)
    actions.reopen(held.report, user=held.manager, reason="Fout.")
    html = client.get(first).content.decode()
    assert "Tekst bij Analyse van trends." in html
    assert "Deze ronde geldt niet meer." in html
    write(held, {"trends-text": "Verbeterd."})
    submit(held)
    assert client.get(second).status_code == 404
    assert "Verbeterd." not in client.get(first).content.decode()
    actions.accept(held.report, user=held.manager, round_number=2)
    assert "Verbeterd." in client.get(second).content.decode()
    assert "Verbeterd." not in client.get(first).content.decode()


def test_the_public_reads_nothing_of_an_earlier_report_that_was_not_accepted(
    client: Client, held: Cycle
) -> None:
    kpi = held.kpis[0]
    later = Report.objects.get(contract=held.contract, period="2019-H2")
    second = dataclasses.replace(held, report=later)
    write(second, answers(second))
    submit(second, at=datetime.datetime(2020, 2, 1, tzinfo=datetime.UTC))
    actions.accept(later, user=held.manager, round_number=1)
    url = f"/partners/{held.partner.slug}/rapportages/{later.pk}/ronde/1/"
    html = client.get(url).content.decode()
    assert kpi.name in html
    assert "vorige periode" not in html


def test_activating_shows_what_will_be_expected_and_what_is_missing(desk: Client) -> None:
    contract = ContractFactory.create()
    url = f"/beheer/overeenkomsten/{contract.slug}/activeren/"
    answer = desk.post(url)
    assert answer.status_code == 409
    assert "Leg vast hoe vaak de partner rapporteert." in answer.content.decode()


def test_more_time_has_a_later_day_and_a_reason(desk: Client) -> None:
    waiting = cycle()
    typed = {"until": "2019-01-01", "reason": "Ziekte."}
    assert "Kies een dag na" in desk.post(at(waiting, "uitstel"), typed).content.decode()
    soon = timezone.localdate() + datetime.timedelta(days=30)
    desk.post(at(waiting, "uitstel"), {**typed, "until": soon.isoformat()})
    assert waiting.report.extensions.get().reason == "Ziekte."
