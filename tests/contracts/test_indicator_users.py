"""The library of indicators knows which contracts measure with them, and of which set they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agenda.uses import users
from contracts.models import KPI
from tests.factories_agenda import IndicatorFactory
from tests.factories_contracts import AmendmentFactory, ContractFactory, KPIFactory

pytestmark = pytest.mark.django_db

PUBLIC, DESK = "/agenda/indicatoren/", "/beheer/indicatoren/"


@pytest.fixture
def kpi() -> KPI:
    held = KPIFactory.create(
        contract__running=True,
        contract__slug="tom",
        contract__title="TOM in de buurt",
        indicator__slug="bereik",
        indicator__name="Bereik",
        number="7",
        name="Wie er komt",
    )
    IndicatorFactory.create(name="Anders", performance=True, standard="ceo-wmo/1")
    return held


def names(page: Any) -> list[str]:
    return [row.name for row in page.context["page"]]


@pytest.mark.parametrize("address", [PUBLIC, DESK])
def test_the_library_is_chosen_from_by_contract_and_by_set(
    client: Client, officer: User, kpi: KPI, address: str
) -> None:
    if address == DESK:
        client.force_login(officer)
    assert names(client.get(address)) == ["Anders", "Bereik"]
    assert names(client.get(f"{address}?overeenkomst=tom")) == ["Bereik"]
    assert names(client.get(f"{address}?set=ceo-wmo")) == ["Anders"]
    assert names(client.get(f"{address}?set=bbv-taakveld-6")) == []
    assert '<option value="tom">TOM in de buurt</option>' in client.get(address).content.decode()


@pytest.mark.parametrize("address", [f"{PUBLIC}bereik/", f"{DESK}bereik/"])
def test_a_passport_names_the_contracts_that_measure_with_it(
    client: Client, officer: User, kpi: KPI, address: str
) -> None:
    if address.startswith(DESK):
        client.force_login(officer)
    html = client.get(address).content.decode()
    assert '<a href="/overeenkomsten/tom/">TOM in de buurt</a>' in html
    assert "Prestatie-indicator 7: Wie er komt" in html
    other = client.get(address.replace("bereik", IndicatorFactory.create(performance=True).slug))
    assert "Geen overeenkomst gebruikt deze indicator." in other.content.decode()


def test_a_draft_contract_and_what_an_amendment_ended_are_no_use(kpi: KPI) -> None:
    draft = ContractFactory.create()
    KPIFactory.create(
        contract=draft,
        indicator=kpi.indicator,
        started_by=AmendmentFactory.create(contract=draft, drafted=True),
    )
    assert [held.title for held in users().uses(kpi.indicator)] == ["TOM in de buurt"]
    assert users().choices() == [("tom", "TOM in de buurt")]
    kpi.ended_by = AmendmentFactory.create(contract=kpi.contract, number=1)
    kpi.save()
    assert users().uses(kpi.indicator) == []
    assert users().choices() == []
    assert not users().keys("tom").exists()
