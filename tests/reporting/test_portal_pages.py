"""The portal as people of a partner meet it: writing, saving, checking, handing in, files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from reporting import actions
from reporting.models import Answer, Attachment, Report, Round
from tests.factories_agenda import GoalFactory
from tests.factories_contracts import KPIFactory
from tests.reporting.cycle import Cycle, cycle, fill, submit, submitted, write
from tests.uploaded import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Cycle:
    return cycle()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(held: Cycle, *parts: Any) -> str:
    return f"/portaal/rapportages/{held.report.pk}/" + "".join(f"{part}/" for part in parts)


def save(client: Client, held: Cycle, revisions: dict[str, int], **typed: str) -> Any:
    data = {key.replace("__", "-"): text for key, text in typed.items()}
    return client.post(at(held, "bewaren"), {**data, "revisions": json.dumps(revisions)})


def test_the_home_says_what_is_due_and_what_is_not_there_for_others(
    held: Cycle, outsider: User
) -> None:
    html = as_(held.reporter).get("/portaal/").content.decode()
    assert "Halfjaarrapportage eerste halfjaar 2019" in html
    assert "gesloten; vraag de accounthouder om uitstel" in html
    assert "U werkt voor geen enkele partner" in as_(outsider).get("/portaal/").content.decode()


def test_a_field_saves_itself_in_six_queries(
    held: Cycle, django_assert_max_num_queries: Any
) -> None:
    client = as_(held.reporter)
    save(client, held, {}, trends__text="Eerst")
    with django_assert_max_num_queries(6 + 2):  # the savepoint of the test's own transaction
        answer = save(client, held, {"trends-text": 1}, trends__text="Meer vraag")
    assert answer.json()["revisions"] == {"trends-text": 2}
    assert Answer.objects.get().text == "Meer vraag"


def test_an_old_tab_gets_both_texts_and_overwrites_nothing(held: Cycle) -> None:
    first, second = as_(held.reporter), as_(held.signatory)
    save(first, held, {}, trends__text="Van Ruben")
    told = save(second, held, {}, trends__text="Van Sanne", results__text="Ook").json()
    assert told["conflicts"]["trends-text"]["text"] == "Van Ruben"
    assert Answer.objects.get(key="trends-text").text == "Van Ruben"
    assert Answer.objects.get(key="results-text").text == "Ook"


def test_a_closed_report_says_so_and_keeps_what_was_handed_in() -> None:
    held = submitted()
    answer = save(as_(held.reporter), held, {}, trends__text="Te laat getypt")
    assert answer.status_code == 409
    assert "intussen ingediend" in answer.json()["error"]


def test_a_field_that_is_none_is_refused(held: Cycle) -> None:
    assert save(as_(held.reporter), held, {}, zomaar="x").status_code == 409
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "key", ["kpi-{other}-value_number", "remark-1", "zomaar-text", "m7-results-text", "m7-x-y"]
)
def test_a_field_that_looks_right_and_is_not_on_the_form_is_refused(held: Cycle, key: str) -> None:
    other = KPIFactory.create()
    answer = save(as_(held.reporter), held, {}, **{key.format(other=other.pk): "x"})
    assert answer.status_code == 409
    assert "hoort niet bij deze rapportage" in answer.json()["error"]
    assert not Answer.objects.exists()


def test_why_a_number_is_no_person_is_a_field_of_the_whole(held: Cycle) -> None:
    answer = save(as_(held.reporter), held, {}, **{"bsn-explanation": "Een ordernummer."})
    assert answer.json()["revisions"] == {"bsn-explanation": 1}


@pytest.mark.parametrize("kpis", [1, 44])
def test_the_editor_asks_at_most_twenty_queries(
    kpis: int, django_assert_max_num_queries: Any
) -> None:
    held = cycle(kpis)
    fill(held)
    client = as_(held.reporter)
    with django_assert_max_num_queries(20):
        answer = client.get(at(held, "onderdeel", "prestatie-indicatoren"))
    assert answer.status_code == 200


def test_an_activity_is_put_with_a_theme_or_goal_in_as_few_queries(
    held: Cycle, django_assert_max_num_queries: Any
) -> None:
    goal = GoalFactory.create(label="Iedereen doet mee", theme__name="Meedoen")
    held.contract.agenda_versions.add(goal.theme.version)
    client = as_(held.reporter)
    with django_assert_max_num_queries(20):
        html = client.get(at(held, "onderdeel", "activiteiten")).content.decode()
    assert '<optgroup label="Meedoen">' in html
    assert "Meedoen: het hele thema" in html
    assert "Buiten de opdracht" in html
    place = f"{goal.theme.slug}/{goal.slug}"
    client.post(at(held, "bewaren"), {"activity-1-place": place, "revisions": "{}"})
    html = client.get(at(held, "onderdeel", "activiteiten")).content.decode()
    assert f'<option value="{place}" selected>Iedereen doet mee</option>' in html


def test_what_is_typed_wrong_stays_and_is_told(held: Cycle) -> None:
    client, kpi = as_(held.reporter), held.kpis[0].pk
    key = f"kpi-{kpi}-value_number"
    client.post(at(held, "bewaren"), {key: "12%", "revisions": "{}"})
    html = client.get(at(held, "onderdeel", "prestatie-indicatoren")).content.decode()
    assert 'value="12%"' in html
    assert "Hier hoort geen percentage." in html
    client.post(at(held, "bewaren"), {"trends-text": "x" * 200_000, "revisions": "{}"})
    html = client.get(at(held, "onderdeel", "trends")).content.decode()
    assert "Deze tekst heeft 200000 tekens" in html or "200.000 tekens" in html


def test_a_reader_sees_the_report_and_writes_nothing(held: Cycle) -> None:
    client = as_(held.reader)
    html = client.get(at(held)).content.decode()
    assert "U leest mee bij deze organisatie" in html
    assert at(held, "onderdeel", "trends") not in html
    assert at(held, "bijlagen") not in html
    assert save(client, held, {}, trends__text="x").status_code == 403


def test_a_section_that_the_contract_does_not_ask_for_takes_nothing(held: Cycle) -> None:
    client, elsewhere = as_(held.reporter), at(held, "onderdeel", "bestaat-niet")
    assert client.get(elsewhere).status_code == 404
    assert client.post(elsewhere, {"trends-text": "x"}).status_code == 404
    assert not Answer.objects.exists()


def test_the_check_lists_what_is_to_do_with_a_link_to_each_field(held: Cycle) -> None:
    html = as_(held.signatory).get(at(held)).content.decode()
    assert f'href="{at(held, "onderdeel", "trends")}#div_id_trends-text"' in html
    assert "Dien de rapportage in" not in html


def test_who_may_not_sign_is_told_who_can(held: Cycle) -> None:
    fill(held)
    html = as_(held.reporter).get(at(held)).content.decode()
    assert "Indienen doet een tekenbevoegde" in html
    assert held.signatory.name in html


def test_a_stale_page_hands_nothing_in(held: Cycle) -> None:
    fill(held)
    Report.objects.filter(pk=held.report.pk).update(locks_on="2099-01-01")
    answer = as_(held.signatory).post(at(held), {"seen": "oud"}, follow=True)
    assert "gewijzigd sinds u ze las" in answer.content.decode()
    assert not Round.objects.exists()


def test_a_double_click_hands_in_once(held: Cycle) -> None:
    fill(held)
    Report.objects.filter(pk=held.report.pk).update(locks_on="2099-01-01")
    client = as_(held.signatory)
    html = client.get(at(held)).content.decode()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    first = client.post(at(held), {"seen": seen})
    assert first.headers["Location"] == at(held, "rondes", 1, "ontvangen")
    second = client.post(at(held), {"seen": seen}, follow=True)
    assert second.status_code == 200
    assert Round.objects.count() == 1


def test_a_file_goes_with_the_round_and_is_for_its_own_people(held: Cycle, reporter: User) -> None:
    client = as_(held.reporter)
    content = pdf()
    client.post(at(held, "bijlagen"), {"file": SimpleUploadedFile("plan.pdf", content)})
    attachment = Attachment.objects.get()
    url = at(held, "bijlagen", attachment.pk)
    got = client.get(url)
    assert got.content == content
    assert "attachment" in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert as_(reporter).get(url).status_code == 404
    fill(held)
    made = submit(held)
    assert [file.name for file in made.files.all()] == ["plan.pdf"]


def test_what_the_municipality_wrote_stands_on_the_check() -> None:
    held = submitted()
    actions.return_(
        held.report, user=held.manager, round_number=1, remarks=[], note="Vul de trends aan."
    )
    assert "Vul de trends aan." in as_(held.reporter).get(at(held)).content.decode()


def test_a_returned_report_that_says_the_same_again_is_told_so(held: Cycle) -> None:
    fill(held)
    submit(held)
    actions.return_(held.report, user=held.manager, round_number=1, remarks=[], note="Klopt dit?")
    page = as_(held.signatory).get(at(held)).content.decode()
    assert "U wijzigde nog niets sinds ronde 1." in page
    write(held, {"trends-text": "Er kwamen meer vragen over schulden."})
    page = as_(held.signatory).get(at(held)).content.decode()
    assert "U wijzigde nog niets" not in page
