"""Measuring contracts of a large municipality: sixty contracts, 1,500 KPIs, ten years."""

from __future__ import annotations

import datetime
from functools import partial

from django.urls import reverse

from accounts.constants import Role
from agenda.constants import Direction, IndicatorLevel, TargetKind
from agenda.models import Indicator
from bench.timing import Result, browser, fetch, median_ms, queries
from contracts.constants import AmountKind, ContractStatus, ResultAspect, TermKind
from contracts.models import KPI, Amendment, BudgetLine, Contract, KPITarget, Provision, Term
from core.periods import Period
from core.values import ValueType
from tests.factories import UserFactory
from tests.factories_contracts import ContractFactory
from tests.factories_file import SupplyFactory, TransitionFactory
from tests.factories_reporting import ReportFactory

CONTRACTS, KPIS, YEARS = 60, 25, 10
FIRST = 2017


def seed_contract(number: int, *, kpis: int = KPIS, years: int = YEARS) -> Contract:
    """An invented contract that runs, with ``kpis`` of which each has a target for every year, and
    an amount, an accepted report and some agreements."""
    contract: Contract = ContractFactory.create(
        title=f"Voorbeeldopdracht {number}",
        starts_on=datetime.date(FIRST, 1, 1),
        ends_on=datetime.date(FIRST + years - 1, 12, 31),
    )
    first = Amendment.objects.create(
        contract=contract, number=0, title="Overeenkomst", signed_on=datetime.date(FIRST, 1, 1)
    )
    _seed_kpis(first, number, kpis, years)
    _seed_money(first, number, years)
    _seed_agreements(first, kpis)
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.ACTIVE)
    for year in range(years):
        TransitionFactory.create(contract=contract, group=f"Groep {year}")
        SupplyFactory.create(contract=contract, subject=f"Levering {year}")
        ReportFactory.create(contract=contract, period=str(FIRST + year), accepted=True)
    contract.refresh_from_db()
    return contract


def _seed_kpis(first: Amendment, number: int, kpis: int, years: int) -> None:
    passports = Indicator.objects.bulk_create(
        Indicator(
            slug=f"opdracht-{number}-{kpi}",
            name=f"Voorbeeld {kpi + 1} van opdracht {number}",
            value_type=ValueType.COUNT,
            unit="inwoners",
            direction=Direction.UP,
            level=IndicatorLevel.PERFORMANCE,
        )
        for kpi in range(kpis)
    )
    aspects = (ResultAspect.QUALITY, ResultAspect.QUANTITY)
    rows = KPI.objects.bulk_create(
        KPI(
            contract=first.contract,
            indicator=passport,
            started_by=first,
            number=str(order + 1),
            name=passport.name,
            aspect=aspects[order % 2],
            order=order,
        )
        for order, passport in enumerate(passports)
    )
    KPITarget.objects.bulk_create(
        KPITarget(
            kpi=kpi,
            kind=TargetKind.TARGET,
            period=Period(FIRST + year),
            started_by=first,
            value_type=ValueType.COUNT,
            number=40 + year,
        )
        for kpi in rows
        for year in range(years)
    )


def _seed_money(first: Amendment, number: int, years: int) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            contract=first.contract,
            label=f"Subsidie {FIRST + year}",
            amount_kind=AmountKind.AGREED,
            period=Period(FIRST + year),
            started_by=first,
            value_type=ValueType.AMOUNT,
            number=100_000 + number,
        )
        for year in range(years)
    )


def _seed_agreements(first: Amendment, count: int) -> None:
    shared = {"contract": first.contract, "started_by": first}
    Term.objects.bulk_create(
        Term(
            **shared,
            kind=TermKind.COOPERATION,
            text=f"Afspraak {order + 1} (voorbeeld)",
            order=order,
        )
        for order in range(count)
    )
    Provision.objects.bulk_create(
        Provision(
            **shared,
            is_inside=order % 2 == 0,
            name=f"Voorziening {order + 1} (voorbeeld)",
            order=order,
        )
        for order in range(count)
    )


def pages_of(contract: Contract) -> dict[str, str]:
    """The pages that a contract manager and the board read of many contracts, and of one."""
    year = FIRST + 1
    return {
        "lijst met overeenkomsten": reverse("contract_manage_list"),
        "dossier van een overeenkomst": reverse("contract_manage", args=[contract.slug]),
        "openbare bladzijde van een overeenkomst": reverse("contract_detail", args=[contract.slug]),
        "termijnen van overeenkomsten": reverse("deadline_list"),
        "beschikbaar en overeengekomen": reverse("budget_agreed"),
        "normen per overeenkomst": f"{reverse('norm_list')}?jaar={year}",
        "dashboard": f"{reverse('dashboard')}?jaar={year}",
    }


def contract_results() -> list[Result]:
    """Each page with one small contract, and with sixty of 25 KPIs and ten years: as many queries.

    Raises ``RuntimeError`` when a page asks more for more.
    """
    client = browser()
    client.force_login(UserFactory.create(holds=[Role.CONTRACT_MANAGER]))
    few = {}
    for name, url in pages_of(seed_contract(0, kpis=2, years=2)).items():
        fetch(client, url)  # a first read of some pages is written down
        few[name] = queries(client, url)
    made = [seed_contract(number) for number in range(1, CONTRACTS)]
    results = []
    for name, url in pages_of(made[-1]).items():
        fetch(client, url)
        many = queries(client, url)
        if many > few[name]:
            raise RuntimeError(f"{name}: {few[name]} queries bij weinig en {many} bij veel.")
        duration = median_ms(partial(fetch, client, url), 5)
        size = f"{CONTRACTS} overeenkomsten, {CONTRACTS * KPIS} KPI’s"
        results += [
            Result(f"{name}, {size}: bladzijde", duration, "ms"),
            Result(f"{name}, {size}: queries", many, "queries", few[name]),
        ]
    return results
