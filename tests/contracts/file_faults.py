"""A row of the file of a contract that breaks one rule: by the name of the constraint."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from contracts.models import Remark, SignOff
from tests.constraints import Spoilt, spoil, spoilt, twin
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import (
    AmendmentFactory,
    ContractFactory,
    KPIFactory,
    PartyFactory,
    TermFactory,
)
from tests.factories_file import (
    ContractDocumentFactory,
    DeliveryFactory,
    ExtensionOptionFactory,
    ProvisionFactory,
    SupplyFactory,
    TenderNoticeFactory,
    TermCheckFactory,
    TransitionFactory,
)


def a_remark(**fields: Any) -> Remark:
    made: Remark = Remark.objects.create(
        amendment=AmendmentFactory.create(drafted=True),
        user=UserFactory.create(),
        text="Liever meer.",
        **fields,
    )
    return made


def second_answer() -> models.Model:
    first = a_remark()
    said = {"amendment": first.amendment, "user": first.user, "reply_to": first, "text": "Eens."}
    Remark.objects.create(**said, outcome="adopted")
    return Remark(**said, outcome="declined")


def second_sign_off(*, own: bool) -> models.Model:
    said: dict[str, Any] = {
        "amendment": AmendmentFactory.create(drafted=True),
        "user": UserFactory.create(),
        "sha256": "a" * 64,
        "organisation": None if own else PartnerFactory.create(),
    }
    SignOff.objects.create(**said)
    return SignOff(**said)


def ends_where_it_starts(row: models.Model) -> models.Model:
    return spoil(row, ended_by=row.started_by)  # type: ignore[attr-defined]


def a_check(**wrong: str) -> Spoilt:
    """A check that was not saved yet: one that was is never changed."""
    return lambda: TermCheckFactory.build(
        term=TermFactory.create(), user=UserFactory.create(), **wrong
    )


def second_check() -> models.Model:
    first = TermCheckFactory.create()
    return TermCheckFactory.build(term=first.term, user=first.user)


def second_notice() -> models.Model:
    first = TenderNoticeFactory.create()
    return TenderNoticeFactory.build(
        contract=first.contract, subject=first.subject, user=first.user
    )


def late_notice() -> models.Model:
    return TenderNoticeFactory.build(
        contract=ContractFactory.create(),
        user=UserFactory.create(),
        told_on=datetime.date(2020, 12, 2),
    )


FILE: dict[str, Spoilt] = {
    "contracts_contract_purchasing": spoilt(ContractFactory, purchasing="handdruk"),
    "contracts_contract_assignment_kind": spoilt(ContractFactory, assignment_kind="half"),
    "contracts_contract_basic_of_additional": lambda: spoil(
        ContractFactory.create(), basic_contract=ContractFactory.create()
    ),
    "contracts_term_ends_later": lambda: ends_where_it_starts(TermFactory.create()),
    "contracts_term_holder": spoilt(TermFactory, holder="iedereen"),
    "contracts_provision_ends_later": lambda: ends_where_it_starts(ProvisionFactory.create()),
    "contracts_kpi_words": spoilt(KPIFactory, aspect="mooi"),
    "contracts_kpi_band": spoilt(KPIFactory, band=-1),
    "contracts_amendment_shared": lambda: spoil(
        AmendmentFactory.create(drafted=True), shared_at=timezone.now()
    ),
    "contracts_remark_outcome": lambda: spoil(a_remark(), outcome="ooit", reply_to=a_remark()),
    "contracts_remark_says": lambda: spoil(a_remark(), text=""),
    "contracts_remark_proposal": lambda: spoil(a_remark(), proposed="45"),
    "contracts_remark_outcome_of_reply": lambda: spoil(a_remark(), outcome="adopted"),
    "contracts_remark_answered_once": second_answer,
    "contracts_sign_off_unique": lambda: second_sign_off(own=False),
    "contracts_sign_off_own_unique": lambda: second_sign_off(own=True),
    "contracts_party_days": spoilt(
        PartyFactory,
        valid_from=datetime.date(2020, 1, 1),
        valid_until=datetime.date(2019, 12, 31),
    ),
    "contracts_option_outcome": spoilt(
        ExtensionOptionFactory,
        outcome="ooit",
        decided_on=datetime.date(2020, 1, 1),
        reason="Later.",
    ),
    "contracts_option_days": spoilt(ExtensionOptionFactory, notice_by=datetime.date(2022, 1, 1)),
    "contracts_option_decided": spoilt(ExtensionOptionFactory, outcome="used"),
    "contracts_option_remind": spoilt(ExtensionOptionFactory, remind_days=731),
    "contracts_transition_remind": spoilt(TransitionFactory, remind_days=731),
    "contracts_supply_remind": spoilt(SupplyFactory, remind_days=731),
    "contracts_option_unique": twin(ExtensionOptionFactory, "contract"),
    "contracts_transition_unique": twin(TransitionFactory, "contract", "group"),
    "contracts_supply_unique": twin(SupplyFactory, "contract", "supplier"),
    "contracts_delivery_unique": twin(DeliveryFactory, "supply"),
    "contracts_document_kind": spoilt(ContractDocumentFactory, kind="krabbel"),
    "contracts_document_file_named": spoilt(ContractDocumentFactory, file_name="los.pdf"),
    "contracts_document_somewhere": spoilt(ContractDocumentFactory, document_url=""),
    "contracts_document_unique": twin(ContractDocumentFactory, "contract", "title"),
    "contracts_term_check_outcome": a_check(outcome="ooit", note="Later."),
    "contracts_term_check_says_why": a_check(outcome="broken"),
    "contracts_term_check_unique": second_check,
    "contracts_notice_in_time": late_notice,
    "contracts_notice_unique": second_notice,
}
