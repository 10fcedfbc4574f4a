"""What the public pages of agendas, contracts and partners need in order to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    PartnerFactory,
    ThemeFactory,
)
from tests.factories_contracts import AmendmentFactory, ContractFactory


def an_agenda() -> Mapping[str, Any]:
    return {"slug": AgendaVersionFactory.create(adopted=True).agenda.slug}


def a_version() -> Mapping[str, Any]:
    return {**an_agenda(), "number": 1}


def a_goal() -> Mapping[str, Any]:
    version = AgendaVersionFactory.create(adopted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    return {"slug": version.agenda.slug, "goal": goal.slug}


def a_version_with_a_goal() -> Mapping[str, Any]:
    return {"slug": a_goal()["slug"], "number": 1}


def an_indicator() -> Mapping[str, Any]:
    return {"slug": IndicatorFactory.create(performance=True).slug}


def a_contract() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create(running=True).slug}


def an_amendment() -> Mapping[str, Any]:
    amendment = AmendmentFactory.create(contract=ContractFactory.create(running=True), number=1)
    return {"slug": amendment.contract.slug, "number": 1}


def a_partner() -> Mapping[str, Any]:
    partner = PartnerFactory.create()
    ContractFactory.create(running=True, partner=partner)
    return {"slug": partner.slug}
