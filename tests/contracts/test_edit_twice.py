"""A double click, or the same page sent from two tabs, does nothing twice and tells no tales."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from contracts.models import Contract
from core.edits import MEANWHILE
from tests.contracts.drafts import BASE, complete_draft, posted_rows, text_of, the_kpi
from tests.factories import OrganisationFactory
from tests.factories_agenda import IndicatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_a_contract_is_made_once(desk: Client) -> None:
    typed = {"title": "Samen sterk", "kind": "agreement", "new_name": "Nieuwe partner"}
    typed["new_kind"] = "partner"
    desk.post(f"{BASE}nieuw/", typed)
    page = desk.post(f"{BASE}nieuw/", {**typed, "title": "samen sterk"})
    assert "Er is al een concept met deze titel." in text_of(page)
    assert Contract.objects.count() == 1
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("partijen/", {"role": "lead"}),
        ("data/", {"kind": "signed", "date": "2026-11-20"}),
        ("afspraken/", {"kind": "privacy", "text": "Niemand is herkenbaar"}),
        ("geld/", {"label": "Subsidie", "amount_kind": "agreed", "value": "10", "period": "2027"}),
    ],
)
def test_rows_sent_twice_are_saved_once_without_a_fright(
    desk: Client, page: str, row: dict[str, Any]
) -> None:
    complete_draft()
    if page == "partijen/":
        row = {**row, "organisation": OrganisationFactory.create().pk}
    address = f"{BASE}buurt/{page}"
    opened = desk.get(address).context["was"]
    for _ in range(2):
        assert posted_rows(desk, address, row, was=opened).status_code == 302


def test_a_reporting_agreement_sent_twice_is_saved_once(desk: Client) -> None:
    contract = complete_draft()
    address = f"{BASE}buurt/rapportage/"
    typed = {"frequency": "yearly", "due_days": "10", "lock_days": "0", "sections": ["trends"]}
    typed["was"] = desk.get(address).context["was"]
    for _ in range(2):
        assert desk.post(address, typed).status_code == 302
    assert contract.reporting_agreements.count() == 1


def test_a_kpi_is_added_once_and_changed_once(desk: Client) -> None:
    contract = complete_draft()
    indicator = IndicatorFactory.create(performance=True)
    typed = {"number": "2", "indicator": indicator.pk, "name": "Tevreden"}
    desk.post(f"{BASE}buurt/indicatoren/nieuw/", typed)
    page = desk.post(f"{BASE}buurt/indicatoren/nieuw/", typed)
    assert "Nummer 2 is al van ‘Tevreden’." in text_of(page)
    kpi = the_kpi(contract)
    change = {"number": "1", "name": "Anders", "indicator": kpi.indicator_id, "revision": "1"}
    for _ in range(2):
        page = desk.post(f"{BASE}buurt/indicatoren/{kpi.pk}/", change)
        assert page.status_code == 302
    assert MEANWHILE not in text_of(page)
    assert contract.kpis.count() == 2
