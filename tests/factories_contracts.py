"""Contracts and what was agreed in them, for tests."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.constants import Role
from agenda.constants import Origin
from contracts.constants import (
    AmountKind,
    ContractKind,
    ContractStatus,
    DataAgreementKind,
    DateKind,
    ExchangeOutcome,
    LegalGround,
    PartyRole,
    ReportFrequency,
    SectionKind,
    TermKind,
)
from contracts.models import (
    KPI,
    Amendment,
    Budget,
    BudgetItem,
    BudgetLine,
    Contract,
    ContractDate,
    ContractEvent,
    ContractTheme,
    DataAgreement,
    Exchange,
    KPITarget,
    Party,
    PersonalData,
    ReportingAgreement,
    ReportingSection,
    SubAssignment,
    Term,
)
from core.values import ValueType
from tests.factories import UserFactory
from tests.factories_agenda import IndicatorFactory, PartnerFactory, ThemeFactory


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    class Params:
        running = factory.Trait(
            status=ContractStatus.ACTIVE,
            starts_on=datetime.date(2019, 1, 1),
            ends_on=datetime.date(2020, 12, 31),
        )
        finished = factory.Trait(
            status=ContractStatus.ENDED,
            starts_on=datetime.date(2017, 1, 1),
            ends_on=datetime.date(2018, 12, 31),
        )
        from_source = factory.Trait(status=None, origin=Origin.SOURCE)

    slug = factory.Sequence(lambda n: f"overeenkomst-{n}")
    title = factory.Sequence(lambda n: f"Overeenkomst {n}")
    partner = factory.SubFactory(PartnerFactory)
    kind = ContractKind.AGREEMENT
    status = ContractStatus.DRAFT
    origin = Origin.SYSTEM


class AmendmentFactory(DjangoModelFactory[Amendment]):
    class Meta:
        model = Amendment

    class Params:
        drafted = factory.Trait(
            number=1,
            is_draft=True,
            title="Addendum",
            reason="Andere cijfers",
            holds_from=datetime.date(2020, 1, 1),
        )

    contract = factory.SubFactory(ContractFactory)
    number = 0
    title = "Zoals eerst overeengekomen"


def first_of(contract: Contract) -> Amendment:
    """The contract as first agreed: there is one amendment 0."""
    first: Amendment | None = contract.amendments.filter(number=0).first()
    return first or AmendmentFactory.create(contract=contract)


class ContractDateFactory(DjangoModelFactory[ContractDate]):
    class Meta:
        model = ContractDate

    contract = factory.SubFactory(ContractFactory)
    kind = DateKind.SIGNED
    date = datetime.date(2018, 12, 18)


class PartyFactory(DjangoModelFactory[Party]):
    class Meta:
        model = Party

    contract = factory.SubFactory(ContractFactory)
    organisation = factory.SubFactory(PartnerFactory)
    role = PartyRole.MEMBER


class ContractThemeFactory(DjangoModelFactory[ContractTheme]):
    class Meta:
        model = ContractTheme

    contract = factory.SubFactory(ContractFactory)
    theme = factory.SubFactory(ThemeFactory)


class SubAssignmentFactory(DjangoModelFactory[SubAssignment]):
    class Meta:
        model = SubAssignment

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    name = "Gezondheid en bewegen"


class KPIFactory(DjangoModelFactory[KPI]):
    class Meta:
        model = KPI

    contract = factory.SubFactory(ContractFactory)
    indicator = factory.SubFactory(IndicatorFactory, performance=True)
    started_by = factory.SubFactory(AmendmentFactory, contract=factory.SelfAttribute("..contract"))
    number = factory.Sequence(lambda n: str(n + 1))
    name = "Klanttevredenheid"


class KPITargetFactory(DjangoModelFactory[KPITarget]):
    class Meta:
        model = KPITarget

    kpi = factory.SubFactory(KPIFactory)
    started_by = factory.SelfAttribute("kpi.started_by")
    period = "2019-H1"
    value_type = ValueType.COUNT
    number = 50


class ContractEventFactory(DjangoModelFactory[ContractEvent]):
    class Meta:
        model = ContractEvent

    contract = factory.SubFactory(ContractFactory)
    from_status = ContractStatus.DRAFT
    to_status = ContractStatus.ACTIVE
    actor = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])


class TermFactory(DjangoModelFactory[Term]):
    class Meta:
        model = Term

    contract = factory.SubFactory(ContractFactory)
    started_by = factory.LazyAttribute(lambda row: first_of(row.contract))
    kind = TermKind.SCOPE
    text = "Begeleiding"


class ReportingAgreementFactory(DjangoModelFactory[ReportingAgreement]):
    class Meta:
        model = ReportingAgreement

    contract = factory.SubFactory(ContractFactory)
    started_by = factory.SubFactory(AmendmentFactory, contract=factory.SelfAttribute("..contract"))
    frequency = ReportFrequency.HALF_YEARLY


class ReportingSectionFactory(DjangoModelFactory[ReportingSection]):
    class Meta:
        model = ReportingSection

    agreement = factory.SubFactory(ReportingAgreementFactory)
    kind = SectionKind.TRENDS


class BudgetLineFactory(DjangoModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    contract = factory.SubFactory(ContractFactory)
    started_by = factory.SubFactory(AmendmentFactory, contract=factory.SelfAttribute("..contract"))
    label = "Subsidie"
    amount_kind = AmountKind.AGREED
    value_type = ValueType.AMOUNT
    number = 750_000


class BudgetFactory(DjangoModelFactory[Budget]):
    class Meta:
        model = Budget

    slug = factory.Sequence(lambda n: f"begroting-{n}")
    title = "Begroting"
    year = 2020


class BudgetItemFactory(DjangoModelFactory[BudgetItem]):
    class Meta:
        model = BudgetItem

    budget = factory.SubFactory(BudgetFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = "Algemene voorzieningen"
    amount = 1000


class PersonalDataFactory(DjangoModelFactory[PersonalData]):
    class Meta:
        model = PersonalData

    contract = factory.SubFactory(ContractFactory)
    is_processed = True
    note = "naam en hulpvraag van cliënten"


class DataAgreementFactory(DjangoModelFactory[DataAgreement]):
    class Meta:
        model = DataAgreement

    contract = factory.SubFactory(ContractFactory)
    organisation = factory.SelfAttribute("contract.partner")
    kind = DataAgreementKind.PROCESSOR
    signed_on = datetime.date(2018, 12, 20)


class ExchangeFactory(DjangoModelFactory[Exchange]):
    """An exchange between two new organisations; ``tested`` is allowed, until 2020."""

    class Meta:
        model = Exchange
        skip_postgeneration_save = True

    class Params:
        tested = factory.Trait(
            outcome=ExchangeOutcome.ALLOWED,
            ground=LegalGround.PUBLIC_TASK,
            reason="Dit is nodig om te helpen.",
            tested_by="privacyfunctionaris",
            tested_on=datetime.date(2019, 2, 1),
            review_on=datetime.date(2020, 2, 1),
        )

    purpose = factory.Sequence(lambda n: f"Een cliënt overdragen ({n})")
    data = "Naam en hulpvraag."
    about = "cliënten"

    @factory.post_generation
    def parties(self: Exchange, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.givers.add(PartnerFactory.create())
        self.receivers.add(PartnerFactory.create())
