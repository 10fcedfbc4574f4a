"""Two people in one draft, page by page, without script; and what a page of old does to it."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from reporting import actions
from reporting.actions import RemarkText
from reporting.asked import answer_key
from reporting.models import Answer, Remark
from tests.factories import UserFactory
from tests.reporting.cycle import Cycle, cycle, submitted, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Cycle:
    return cycle()


def page_of(client: Client, made: Cycle, section: str) -> dict[str, str]:
    """The fields of a page as a browser would send them back, untouched."""
    text = client.get(address(made, section)).content.decode()
    fields: dict[str, str] = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', text):
        fields[name] = html.unescape(value)
    for name in re.findall(r'<input[^>]*name="([^"]+)"', text):
        fields.setdefault(name, "")
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.S
    ):
        fields[name] = html.unescape(value).removeprefix("\n").replace("\n", "\r\n")
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def text_of(made: Cycle, key: str) -> str:
    return Answer.objects.get(report=made.report, key=key).text


def address(made: Cycle, section: str) -> str:
    return reverse("report_edit", args=[made.report.pk, section])


def test_a_field_that_one_left_alone_keeps_what_the_other_wrote(
    client: Client, made: Cycle
) -> None:
    kpi = made.kpis[0].pk
    mine, theirs = f"kpi-{kpi}-explanation", f"kpi-{kpi}-improvement"
    write(made, {mine: "een", theirs: "oud"})
    client.force_login(made.reporter)
    fields = page_of(client, made, "prestatie-indicatoren")
    assert fields[theirs] == "oud"
    write(made, {theirs: "nieuw"}, user=made.signatory)
    response = client.post(address(made, "prestatie-indicatoren"), {**fields, mine: "twee"})
    assert response.status_code == 302
    assert (text_of(made, mine), text_of(made, theirs)) == ("twee", "nieuw")


def test_a_field_that_both_wrote_shows_both_texts_and_is_written_on_a_second_try(
    client: Client, made: Cycle
) -> None:
    write(made, {"trends-text": "oud"})
    client.force_login(made.reporter)
    fields = page_of(client, made, "trends")
    write(made, {"trends-text": "van hem"}, user=made.signatory)
    response = client.post(address(made, "trends"), {**fields, "trends-text": "van haar"})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "van hem" in shown
    assert "van haar" in shown
    assert text_of(made, "trends-text") == "van hem"
    again = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(revisions|loaded)" value="([^"]*)"', shown)
    }
    response = client.post(address(made, "trends"), {**again, "trends-text": "van haar"})
    assert response.status_code == 302
    assert text_of(made, "trends-text") == "van haar"


def test_a_field_that_is_made_empty_is_written(client: Client, made: Cycle) -> None:
    write(made, {"trends-text": "oud\nmet een regel"})
    client.force_login(made.reporter)
    fields = page_of(client, made, "trends")
    client.post(address(made, "trends"), fields)
    assert Answer.objects.get(key="trends-text").revision == 1, "nothing was typed"
    client.post(address(made, "trends"), {**fields, "trends-text": ""})
    assert text_of(made, "trends-text") == ""


def test_a_second_reporter_is_no_stranger(client: Client, made: Cycle) -> None:
    client.force_login(UserFactory.create(holds=[Role.REPORTER], of=made.partner))
    assert client.get(address(made, "trends")).status_code == 200


def test_an_answer_to_a_remark_that_both_wrote_shows_both_texts(client: Client) -> None:
    made = submitted()
    asked = [RemarkText("trends-text", "Trends", "Waarom?")]
    actions.return_(made.report, user=made.manager, round_number=1, remarks=asked)
    key = answer_key(Remark.objects.get())
    client.force_login(made.reporter)
    fields = page_of(client, made, "trends")
    write(made, {key: "van hem"}, user=made.signatory)
    response = client.post(address(made, "trends"), {**fields, key: "van haar"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "<q>van hem</q>" in shown
    assert "van haar</textarea>" in shown
    assert text_of(made, key) == "van hem"
