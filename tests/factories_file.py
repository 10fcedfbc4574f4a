"""The file of a contract, for tests."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.constants import Role
from contracts.constants import DocumentKind, TermOutcome
from contracts.models import (
    ContractDocument,
    Delivery,
    ExtensionOption,
    Provision,
    Supply,
    TenderNotice,
    TermCheck,
    Transition,
)
from tests.factories import UserFactory
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory, TermFactory, first_of


class ProvisionFactory(DjangoModelFactory[Provision]):
    class Meta:
        model = Provision

    contract = factory.SubFactory(ContractFactory)
    started_by = factory.LazyAttribute(lambda row: first_of(row.contract))
    name = factory.Sequence(lambda n: f"Voorziening {n}")


class ExtensionOptionFactory(DjangoModelFactory[ExtensionOption]):
    class Meta:
        model = ExtensionOption

    contract = factory.SubFactory(ContractFactory, running=True)
    until = datetime.date(2021, 12, 31)
    notice_by = datetime.date(2020, 9, 30)


class TransitionFactory(DjangoModelFactory[Transition]):
    class Meta:
        model = Transition

    contract = factory.SubFactory(ContractFactory, running=True)
    group = factory.Sequence(lambda n: f"groep {n}")
    text = "De begeleiding loopt door."
    ends_on = datetime.date(2020, 7, 1)


class SupplyFactory(DjangoModelFactory[Supply]):
    class Meta:
        model = Supply

    contract = factory.SubFactory(ContractFactory, running=True)
    supplier = factory.SubFactory(PartnerFactory)
    subject = "Hulpmiddelen"
    delivery_days = 10


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    supply = factory.SubFactory(SupplyFactory)
    measured_on = datetime.date(2020, 6, 30)
    days = 12


class ContractDocumentFactory(DjangoModelFactory[ContractDocument]):
    class Meta:
        model = ContractDocument

    contract = factory.SubFactory(ContractFactory, running=True)
    kind = DocumentKind.PLAN
    title = factory.Sequence(lambda n: f"Plan {n}")
    document_url = "https://zaken.voorbeeld.nl/1"


class TermCheckFactory(DjangoModelFactory[TermCheck]):
    class Meta:
        model = TermCheck

    term = factory.SubFactory(TermFactory, kind="cooperation")
    outcome = TermOutcome.KEPT
    checked_on = datetime.date(2020, 5, 1)
    user = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])


class TenderNoticeFactory(DjangoModelFactory[TenderNotice]):
    class Meta:
        model = TenderNotice

    contract = factory.SubFactory(ContractFactory, running=True)
    subject = factory.Sequence(lambda n: f"Begeleiding vanaf 2021 ({n})")
    starts_on = datetime.date(2020, 12, 1)
    text = "U kunt meedenken."
    told_on = datetime.date(2020, 3, 1)
    user = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])
