"""A contract as the contract manager leaves it just before activation, and what browsers post."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client

from accounts.constants import OrganisationKind
from accounts.models import User
from contracts.actions import activate
from contracts.constants import PartyRole, SectionKind
from contracts.models import KPI, Amendment, Contract
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
)

BASE = "/beheer/overeenkomsten/"


def complete_draft(**fields: Any) -> Contract:
    """A draft with a coalition and its lead, a KPI with a target and a goal, and reporting."""
    made: Contract = ContractFactory.create(
        **{
            "slug": "buurt",
            "title": "Sociale participatie",
            "partner__kind": OrganisationKind.COALITION,
            "starts_on": datetime.date(2027, 1, 1),
            "ends_on": datetime.date(2028, 12, 31),
            **fields,
        }
    )
    first = AmendmentFactory.create(contract=made)
    lead = PartyFactory.create(contract=made, role=PartyRole.LEAD)
    PartyFactory.create(contract=made, organisation=lead.organisation, role=PartyRole.MEMBER)
    PartyFactory.create(contract=made, role=PartyRole.MEMBER)
    version = AgendaVersionFactory.create(adopted=True)
    made.agenda_versions.add(version)
    kpi = KPIFactory.create(contract=made, started_by=first, number="1", name="Bereik")
    kpi.goals.add(GoalFactory.create(theme=ThemeFactory.create(version=version)))
    KPITargetFactory.create(kpi=kpi, period="2027-H1", number=50)
    agreement = ReportingAgreementFactory.create(contract=made, started_by=first)
    ReportingSectionFactory.create(agreement=agreement, kind=SectionKind.KPI_SCORES)
    BudgetLineFactory.create(contract=made, started_by=first, period="2027", number=750_000)
    return made


def running(user: User, **fields: Any) -> Contract:
    """The same contract, activated by ``user``."""
    contract = complete_draft(**fields)
    activate(contract, user=user)
    contract.refresh_from_db()
    return contract


def draft_amendment(contract: Contract) -> Amendment:
    made: Amendment = AmendmentFactory.create(
        contract=contract, drafted=True, holds_from=datetime.date(2028, 1, 1)
    )
    return made


def the_kpi(contract: Contract) -> KPI:
    kpi: KPI = contract.kpis.get(number="1", started_by__number=0)
    return kpi


def posted_rows(
    client: Client, address: str, *rows: dict[str, Any], held: int = 0, **more: Any
) -> Any:
    """Post a page of rows as a browser does that opened it a moment ago."""
    was = more.pop("was", None)
    if was is None:
        was = client.get(address).context["was"]
    data: dict[str, Any] = {
        "form-TOTAL_FORMS": str(len(rows)),
        "form-INITIAL_FORMS": str(held),
        "was": was,
        **more,
    }
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return client.post(address, data)


def text_of(response: Any) -> str:
    html: str = response.content.decode()
    return html
