"""The rows of personal data, of the register of exchange, and of who steers by what, for the table
of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, STAFF_ROLES, Role
from core.files import store
from tests.factories_contracts import ContractFactory, DataAgreementFactory, ExchangeFactory
from tests.factories_monitor import SteeringFactory
from tests.guards.rows import NOT_ALLOWED, OK, Row, everyone, only

MANAGER, OFFICER = Role.CONTRACT_MANAGER, Role.POLICY_OFFICER


def a_contract() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create(running=True).slug}


def an_agreement() -> Mapping[str, Any]:
    file = store(b"%PDF-1.7", name="afspraak.pdf", content_type="application/pdf")
    row = DataAgreementFactory.create(file=file, file_name="afspraak.pdf")
    return {"slug": row.contract.slug, "pk": row.pk}


def an_exchange() -> Mapping[str, Any]:
    return {"pk": ExchangeFactory.create(tested=True).pk}


def an_arrangement() -> Mapping[str, Any]:
    return {"pk": SteeringFactory.create().pk}


def _public(kwargs: Any = dict) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


def _staff(kwargs: Any = dict) -> Row:
    return Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED), kwargs=kwargs)


def _history(kwargs: Any) -> Row:
    readers = sorted(OFFICER_ROLES)
    return Row(get=only(*readers), post=only(*readers, answer=NOT_ALLOWED), kwargs=kwargs)


def _written(*roles: Role, kwargs: Any = dict) -> Row:
    return Row(get=only(*roles), post=only(*roles), kwargs=kwargs)


ROWS = {
    "privacy_list": _staff(),
    "contract_privacy": _written(MANAGER, kwargs=a_contract),
    "data_agreement_add": _written(MANAGER, kwargs=a_contract),
    "data_agreement_edit": _written(MANAGER, kwargs=an_agreement),
    "data_agreement_file": _staff(an_agreement),
    "exchange_list": _public(),
    "exchange_detail": _public(an_exchange),
    "exchange_manage_list": _staff(),
    "exchange_add": _written(MANAGER, OFFICER),
    "exchange_edit": _written(MANAGER, OFFICER, kwargs=an_exchange),
    "exchange_history": _history(an_exchange),
    "steering": _public(),
    "steering_manage": _staff(),
    "steering_add": _written(OFFICER),
    "steering_edit": _written(OFFICER, kwargs=an_arrangement),
    "steering_end": _written(OFFICER, kwargs=an_arrangement),
    "steering_history": _history(an_arrangement),
}
