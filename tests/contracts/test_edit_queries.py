"""Every page where contracts are managed asks as much for one row as for many."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agenda.constants import TargetKind
from contracts.constants import PartyRole, SectionKind
from contracts.models import Amendment, Contract
from tests.contracts.drafts import BASE, complete_draft, draft_amendment, running, the_kpi
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    PartnerFactory,
    ThemeFactory,
)
from tests.factories_contracts import (
    BudgetLineFactory,
    ContractDateFactory,
    ContractFactory,
    ContractThemeFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    ReportingSectionFactory,
    SubAssignmentFactory,
    TermFactory,
)
from tests.factories_file import (
    ContractDocumentFactory,
    DeliveryFactory,
    ExtensionOptionFactory,
    ProvisionFactory,
    TenderNoticeFactory,
    TermCheckFactory,
    TransitionFactory,
)

pytestmark = pytest.mark.django_db

PAGES = (
    *("", "gegevens/", "partijen/", "data/", "themas/", "indicatoren/", "indicatoren/nieuw/"),
    *("streefwaarden/", "rapportage/", "geld/", "overleg/", "afspraken/", "verwijderen/"),
    *("voorzieningen/", "aanbesteding/nieuw/", "dossier/levertijd/nieuw/"),
)


def grow(contract: Contract, amendment: Amendment, number: int) -> None:
    """One more of everything that ``amendment`` may start."""
    version = contract.agenda_versions.first()
    theme = ThemeFactory.create(version=version)
    kpi = KPIFactory.create(
        contract=contract, started_by=amendment, number=str(number), order=number
    )
    kpi.goals.add(GoalFactory.create(theme=theme))
    for kind in TargetKind.values:
        KPITargetFactory.create(kpi=kpi, started_by=amendment, kind=kind, period="2027-H1")
    BudgetLineFactory.create(contract=contract, started_by=amendment, period="2028")


def grow_draft(contract: Contract, number: int) -> None:
    """One more of everything that only a draft contract gets."""
    contract.agenda_versions.add(AgendaVersionFactory.create(adopted=True))
    PartyFactory.create(contract=contract, role=PartyRole.MEMBER)
    ContractDateFactory.create(contract=contract)
    TermFactory.create(contract=contract)
    part = SubAssignmentFactory.create(contract=contract)
    BudgetLineFactory.create(
        contract=contract, started_by=contract.amendments.get(), sub_assignment=part
    )
    grow_file(contract)
    theme = ThemeFactory.create(version=contract.agenda_versions.first())
    ContractThemeFactory.create(contract=contract, theme=theme)
    kind = [k for k in SectionKind.values if k != SectionKind.KPI_SCORES][number % 10]
    ReportingSectionFactory.create(agreement=contract.reporting_agreements.get(), kind=kind)


def grow_file(contract: Contract) -> None:
    """One more of everything in the file of a contract."""
    ProvisionFactory.create(contract=contract)
    days = datetime.timedelta(days=contract.extension_options.count())
    ExtensionOptionFactory.create(contract=contract, until=datetime.date(2029, 1, 1) + days)
    TransitionFactory.create(contract=contract)
    DeliveryFactory.create(supply__contract=contract)
    ContractDocumentFactory.create(contract=contract)
    TermCheckFactory.create(term=TermFactory.create(contract=contract, kind="cooperation"))
    notice = TenderNoticeFactory.create(contract=contract)
    notice.organisations.add(PartnerFactory.create())


def queries(client: Client, address: str) -> int:
    client.get(address)  # that somebody reads it is noted the first time
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_draft_costs_the_same_at_one_and_at_many(
    client: Client, manager: User, page: str
) -> None:
    client.force_login(manager)
    contract = complete_draft()
    first = contract.amendments.get()
    counts = []
    for numbers in (range(2, 3), range(3, 9)):
        for number in numbers:
            grow(contract, first, number)
            grow_draft(contract, number)
        counts.append(queries(client, f"{BASE}buurt/{page}"))
    assert counts[0] == counts[1]
    assert counts[1] <= 46


@pytest.mark.parametrize(
    "page", ["", "indicatoren/", "streefwaarden/", "geld/", "rapportage/", "addendum/1/"]
)
def test_a_page_of_an_amendment_costs_the_same_at_one_and_at_many(
    client: Client, manager: User, page: str
) -> None:
    client.force_login(manager)
    contract = running(manager)
    change = draft_amendment(contract)
    counts = []
    for numbers in (range(2, 3), range(3, 9)):
        for number in numbers:
            grow(contract, change, number)
        counts.append(queries(client, f"{BASE}buurt/{page}"))
    assert counts[0] == counts[1]
    assert counts[1] <= 40


def test_the_list_costs_the_same_at_one_and_at_many(client: Client, manager: User) -> None:
    client.force_login(manager)
    ContractFactory.create()
    one = queries(client, BASE)
    ContractFactory.create_batch(9)
    assert queries(client, BASE) == one


def test_the_public_page_of_an_amendment_costs_the_same_with_more_targets(
    client: Client, manager: User
) -> None:
    contract = running(manager)
    kpi = the_kpi(contract)
    address = "/overeenkomsten/buurt/"
    one = queries(client, address)
    for year in range(2029, 2036):
        KPITargetFactory.create(kpi=kpi, period=str(year))
    assert queries(client, address) == one
