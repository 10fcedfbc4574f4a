"""Requests that no browser makes get a page of ours, and change nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories_contracts import ContractFactory
from tests.reporting.cycle import cycle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/zoeken/?zoek=a%00b", "/agenda/doelen/?zoek=%00", "/?x=%00"])
def test_an_address_with_nul_is_not_understood(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Deze vraag begrijpen we niet" in answer.content.decode()


def test_more_text_than_the_site_takes_at_once_says_so(client: Client, officer: User) -> None:
    client.force_login(officer)
    client.raise_request_exception = False
    answer = client.post(reverse("agenda_add"), {"name": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "Er is niets bewaard" in answer.content.decode()


def test_a_body_in_a_charset_that_is_not_text_is_not_understood() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/account/login/")
    answer = client.post(
        "/account/login/",
        b"login=a",
        content_type="application/x-www-form-urlencoded; charset=utf-7",
    )
    assert answer.status_code == 400
    assert "Deze vraag begrijpen we niet" in answer.content.decode()


def test_a_number_that_no_row_can_have_is_no_choice(manager: User) -> None:
    contract = ContractFactory.create()
    client = Client()
    client.force_login(manager)
    address = reverse("contract_edit", args=[contract.slug])
    answer = client.post(address, {"agenda_versions": "9" * 20})
    assert answer.status_code == 200
    assert answer.context["form"].errors["agenda_versions"]


def test_marks_of_a_draft_that_nest_without_end_are_nothing() -> None:
    made = cycle(1)
    client = Client()
    client.force_login(made.reporter)
    address = reverse("report_autosave", args=[made.report.pk])
    answer = client.post(address, {"trends-text": "a\x00b", "revisions": "[" * 200_000})
    assert answer.status_code == 200
    assert made.report.answers.get(key="trends-text").text == "ab"
