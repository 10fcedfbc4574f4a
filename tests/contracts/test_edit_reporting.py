"""The reporting agreement: how often, until when, and on what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from contracts.models import Contract, ReportingAgreement
from core.edits import MEANWHILE
from tests.contracts.drafts import BASE, complete_draft, draft_amendment, running, text_of

pytestmark = pytest.mark.django_db

PAGE = f"{BASE}buurt/rapportage/"
TYPED: dict[str, Any] = {
    "frequency": "half_yearly",
    "annual_accounts": "on",
    "due_days": "42",
    "lock_days": "14",
    "sections": ["trends", "kpi_scores"],
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    return complete_draft()


def save(desk: Client, **changes: Any) -> Any:
    was = changes.pop("was", None) or desk.get(PAGE).context["was"]
    return desk.post(PAGE, {**TYPED, "was": was, **changes})


def sections(agreement: ReportingAgreement) -> list[str]:
    return [row.kind for row in agreement.sections.all()]


def test_frequency_terms_and_sections_are_kept(desk: Client, contract: Contract) -> None:
    assert save(desk)["Location"] == f"{BASE}buurt/"
    agreement = contract.reporting_agreements.get()
    assert (agreement.frequency, agreement.annual_accounts) == ("half_yearly", True)
    assert (agreement.due_days, agreement.lock_days) == (42, 14)
    assert sections(agreement) == ["trends", "kpi_scores"]
    html = text_of(desk.get(f"{BASE}buurt/"))
    assert "binnen 42 dagen na de periode, daarna nog 14 dagen open" in html


@pytest.mark.parametrize(
    "wrong", [{"frequency": ""}, {"due_days": "0"}, {"due_days": "veel"}, {"sections": ["roddel"]}]
)
def test_what_is_wrong_is_told(desk: Client, contract: Contract, wrong: dict[str, Any]) -> None:
    page = save(desk, **wrong, note="bewaar")
    assert page.status_code == 200
    assert "bewaar" in text_of(page)
    assert sections(contract.reporting_agreements.get()) == ["kpi_scores"]


def test_the_second_editor_sees_both(desk: Client, contract: Contract) -> None:
    opened = desk.get(PAGE).context["was"]
    save(desk, due_days="30")
    page = save(desk, due_days="90", was=opened)
    assert MEANWHILE in text_of(page)
    assert "Nu staat er: ‘30’." in text_of(page)
    assert 'value="90"' in text_of(page)
    assert contract.reporting_agreements.get().due_days == 30
    save(desk, due_days="90", was=page.context["was"])
    assert contract.reporting_agreements.get().due_days == 90


def test_an_amendment_puts_a_new_agreement_in_place_of_the_old(desk: Client, manager: User) -> None:
    contract = running(manager)
    old, change = contract.reporting_agreements.get(), draft_amendment(contract)
    assert save(desk)["Location"] == f"{BASE}buurt/addendum/1/"
    old.refresh_from_db()
    assert old.ended_by == change
    assert contract.reporting_agreements.in_force().get() == old
    # Saying again what was agreed at first leaves no trace of the change.
    save(desk, annual_accounts="", due_days="56", lock_days="28", sections=["kpi_scores"])
    assert contract.reporting_agreements.get(ended_by=None) == old
    assert contract.reporting_agreements.count() == 1


def test_saving_what_stands_there_changes_nothing(desk: Client, manager: User) -> None:
    contract = running(manager)
    draft_amendment(contract)
    save(desk, annual_accounts="", due_days="56", lock_days="28", sections=["kpi_scores"])
    assert contract.reporting_agreements.get().ended_by is None


def test_nothing_is_written_in_an_active_contract(desk: Client, manager: User) -> None:
    contract = running(manager)
    page = desk.post(PAGE, {**TYPED, "note": "bewaar", "was": "x"})
    assert "heeft geen addendum in concept" in text_of(page)
    assert "bewaar" in text_of(page)
    assert sections(contract.reporting_agreements.get()) == ["kpi_scores"]
