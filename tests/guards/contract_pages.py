"""What the pages where contracts are managed need in order to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.factories_contracts import AmendmentFactory, ContractFactory, KPIFactory


def a_draft() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create().slug}


def a_running_contract() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create(running=True).slug}


def a_drafted_kpi() -> Mapping[str, Any]:
    kpi = KPIFactory.create()
    return {"slug": kpi.contract.slug, "kpi": kpi.pk}


def a_drafted_amendment() -> Mapping[str, Any]:
    amendment = AmendmentFactory.create(contract=ContractFactory.create(running=True), drafted=True)
    return {"slug": amendment.contract.slug, "number": amendment.number}
