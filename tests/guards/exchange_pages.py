"""The rows of personal data, of the register of exchange, and of who steers by what, for the table
of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.constants import OFFICER_ROLES, PARTNER_ROLES, STAFF_ROLES, Role
from accounts.models import Organisation
from contracts.models import Amendment, Remark
from core.files import store
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import (
    AmendmentFactory,
    ContractFactory,
    DataAgreementFactory,
    ExchangeFactory,
    PartyFactory,
    SubAssignmentFactory,
    TermFactory,
)
from tests.factories_file import ContractDocumentFactory, TransitionFactory
from tests.factories_monitor import SteeringFactory
from tests.guards.reporting_pages import PARTNER
from tests.guards.rows import (
    MISSING,
    NOT_ALLOWED,
    OK,
    REDIRECT,
    REFUSED,
    Answer,
    Row,
    everyone,
    only,
    signed_in,
)

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


def a_framework(**fields: Any) -> Amendment:
    """Result agreements that were shared with the partner of the table."""
    partner = Organisation.objects.filter(slug=PARTNER).first() or PartnerFactory.create()
    contract = ContractFactory.create(running=True, partner=partner)
    made: Amendment = AmendmentFactory.create(
        contract=contract, drafted=True, year=2020, shared_at=timezone.now(), **fields
    )
    return made


def framework_by_number() -> Mapping[str, Any]:
    made = a_framework()
    return {"slug": made.contract.slug, "number": made.number}


def framework_by_key() -> Mapping[str, Any]:
    return {"pk": a_framework().pk}


def a_remark() -> Mapping[str, Any]:
    made = a_framework()
    row = Remark.objects.create(amendment=made, user=UserFactory.create(), text="Liever meer.")
    return {"slug": made.contract.slug, "number": made.number, "pk": row.pk}


def a_party() -> Mapping[str, Any]:
    row = PartyFactory.create(contract=ContractFactory.create(running=True))
    return {"slug": row.contract.slug, "pk": row.pk}


def an_organisation() -> Mapping[str, Any]:
    return {"slug": PartyFactory.create().organisation.slug}


def a_draft() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create().slug}


def a_term() -> Mapping[str, Any]:
    row = TermFactory.create(contract__running=True)
    return {"slug": row.contract.slug, "pk": row.pk}


def a_part() -> Mapping[str, Any]:
    row = SubAssignmentFactory.create()
    return {"slug": row.contract.slug, "pk": row.pk}


def a_document() -> Mapping[str, Any]:
    file = store(b"%PDF-1.7", name="plan.pdf", content_type="application/pdf")
    row = ContractDocumentFactory.create(file=file, file_name="plan.pdf", document_url="")
    return {"slug": row.contract.slug, "pk": row.pk}


def a_new_file_row() -> Mapping[str, Any]:
    return {**a_contract(), "part": "overgang"}


def a_file_row() -> Mapping[str, Any]:
    row = TransitionFactory.create()
    return {"slug": row.contract.slug, "part": "overgang", "pk": row.pk}


_MANAGER_POSTS = only(MANAGER, answer=REDIRECT)
_WRITERS: Mapping[str, Answer] = {
    Role.REPORTER.value: OK,
    Role.SIGNATORY.value: OK,
    Role.READER.value: REFUSED,
}

ROWS = {
    "framework_start": _written(MANAGER, kwargs=a_contract),
    "framework_manage": _staff(framework_by_number),
    "framework_share": Row(
        get=only(MANAGER, answer=NOT_ALLOWED), post=_MANAGER_POSTS, kwargs=framework_by_number
    ),
    "framework_sign": Row(
        get=only(MANAGER, answer=NOT_ALLOWED), post=_MANAGER_POSTS, kwargs=framework_by_number
    ),
    "framework_reply": _written(MANAGER, kwargs=a_remark),
    "framework_list": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "framework_detail": Row(
        get=only(*PARTNER_ROLES, others=MISSING),
        post={**only(others=MISSING), **_WRITERS},
        kwargs=framework_by_key,
    ),
    "framework_sign_off": Row(
        get=signed_in(NOT_ALLOWED),
        post={
            **only(Role.SIGNATORY, answer=REDIRECT, others=MISSING),
            **dict.fromkeys((Role.REPORTER.value, Role.READER.value), REFUSED),
        },
        kwargs=framework_by_key,
    ),
    "contract_provisions": _written(MANAGER, kwargs=a_draft),
    "sub_assignment_add": _written(MANAGER, kwargs=a_draft),
    "sub_assignment_edit": _written(MANAGER, kwargs=a_part),
    "sub_assignment_remove": Row(get=only(MANAGER), post=only(MANAGER, answer=302), kwargs=a_part),
    "term_check": _written(MANAGER, kwargs=a_term),
    "tender_notice_add": _written(MANAGER, kwargs=a_contract),
    "contract_document": _staff(a_document),
    "file_row_add": _written(MANAGER, kwargs=a_new_file_row),
    "file_row_edit": _written(MANAGER, kwargs=a_file_row),
    "file_row_remove": Row(get=only(MANAGER), post=only(MANAGER, answer=302), kwargs=a_file_row),
    "party_join": _written(MANAGER, kwargs=a_contract),
    "party_leave": _written(MANAGER, kwargs=a_party),
    "party_withdraw": Row(get=only(MANAGER), post=_MANAGER_POSTS, kwargs=a_party),
    "organisation_manage_list": _staff(),
    "organisation_manage": _staff(an_organisation),
    "organisation_history": _staff(an_organisation),
    "organisation_merge": _written(MANAGER, kwargs=an_organisation),
    "deadline_list": _staff(),
    "purchasing": _public(),
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
