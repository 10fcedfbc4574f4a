"""The municipality's own budget, for tests."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.constants import Role
from accounts.models import User
from agenda.actions import close_year
from agenda.constants import YearStatus
from agenda.models import MoneyYear, MoneyYearEvent
from contracts.actions import subsidies
from contracts.constants import (
    Duration,
    FigureKind,
    MoneyOrigin,
    ProductTableKind,
    SubsidyStatus,
    SubsidyStep,
)
from contracts.models import (
    Allocation,
    LineChange,
    LineFigure,
    PassOn,
    PassOnFrame,
    ProductRow,
    ProductTable,
    Rate,
    Subsidy,
    SubsidyEvent,
)
from core.values import ValueType
from tests.factories import UserFactory
from tests.factories_agenda import MunicipalityFactory
from tests.factories_contracts import ContractFactory


class AllocationFactory(DjangoModelFactory[Allocation]):
    """A structural line of 2019 out of the municipality's own money."""

    class Meta:
        model = Allocation

    label = factory.Sequence(lambda n: f"Jongerenwerk {n}")
    first_year = 2019
    last_year = factory.SelfAttribute("first_year")
    value_type = ValueType.AMOUNT
    number = Decimal(100_000)
    duration = Duration.STRUCTURAL
    origin = MoneyOrigin.OWN


class LineFigureFactory(DjangoModelFactory[LineFigure]):
    """A forecast of half the budget."""

    class Meta:
        model = LineFigure

    allocation = factory.SubFactory(AllocationFactory)
    year = factory.SelfAttribute("allocation.first_year")
    kind = FigureKind.FORECAST
    amount = Decimal(50_000)
    day = datetime.date(2019, 7, 1)
    explanation = "Er is later begonnen."
    actor = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])


class LineChangeFactory(DjangoModelFactory[LineChange]):
    class Meta:
        model = LineChange

    allocation = factory.SubFactory(AllocationFactory)
    year = factory.SelfAttribute("allocation.first_year")
    cut = Decimal(10_000)
    cut_ground = "Besluit van de raad."


class SubsidyFactory(DjangoModelFactory[Subsidy]):
    """A draft for 2019, of a contract that runs."""

    class Meta:
        model = Subsidy

    contract = factory.SubFactory(ContractFactory, running=True)
    reference = factory.Sequence(lambda n: f"Z-2018-{n}")
    purpose = factory.Sequence(lambda n: f"Dagbesteding {n}")
    first_year = 2019
    last_year = factory.SelfAttribute("first_year")
    granted = Decimal(100_000)
    interim_by = datetime.date(2019, 9, 1)
    request_by = datetime.date(2020, 4, 1)
    settle_by = datetime.date(2020, 7, 1)


def granted(user: User | None = None, **fields: Any) -> Subsidy:
    """A subsidy that was granted on 20 December 2018."""
    row: Subsidy = SubsidyFactory.create(**fields)
    officer = user or UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    subsidies.grant(row, day=datetime.date(2018, 12, 20), seen=None, user=officer)
    row.refresh_from_db()
    return row


class SubsidyEventFactory(DjangoModelFactory[SubsidyEvent]):
    class Meta:
        model = SubsidyEvent

    subsidy = factory.SubFactory(SubsidyFactory)
    step = SubsidyStep.GRANT
    from_status = SubsidyStatus.DRAFT
    to_status = SubsidyStatus.GRANTED
    day = datetime.date(2018, 12, 20)
    actor = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])


class PassOnFrameFactory(DjangoModelFactory[PassOnFrame]):
    class Meta:
        model = PassOnFrame

    contract = factory.SubFactory(ContractFactory, running=True)
    year = 2019
    ceiling = Decimal(40_000)


class PassOnFactory(DjangoModelFactory[PassOn]):
    class Meta:
        model = PassOn

    frame = factory.SubFactory(PassOnFrameFactory)
    receiver = factory.Sequence(lambda n: f"Stichting Maatjes {n}")
    value_type = ValueType.AMOUNT
    number = Decimal(12_500)


class ProductTableFactory(DjangoModelFactory[ProductTable]):
    class Meta:
        model = ProductTable

    slug = factory.Sequence(lambda n: f"tabel-{n}")
    title = factory.Sequence(lambda n: f"Tabel {n}")
    kind = ProductTableKind.PRODUCTS
    place = "Zoetermeer"
    year = 2017


class ProductRowFactory(DjangoModelFactory[ProductRow]):
    class Meta:
        model = ProductRow

    table = factory.SubFactory(ProductTableFactory)
    name = factory.Sequence(lambda n: f"Dagbesteding {n}")
    count = 100
    amount = Decimal(1_000)


class RateFactory(DjangoModelFactory[Rate]):
    class Meta:
        model = Rate

    municipality = factory.SubFactory(MunicipalityFactory)
    subject = "Hulp bij het huishouden"
    value_type = ValueType.AMOUNT
    number = Decimal(16)


class MoneyYearFactory(DjangoModelFactory[MoneyYear]):
    class Meta:
        model = MoneyYear

    year = factory.Sequence(lambda n: 2050 + n)


class MoneyYearEventFactory(DjangoModelFactory[MoneyYearEvent]):
    class Meta:
        model = MoneyYearEvent

    year = factory.SubFactory(MoneyYearFactory)
    from_status = YearStatus.OPEN
    to_status = YearStatus.CLOSED
    reason = "De jaarrekening is vastgesteld."
    actor = factory.SubFactory(UserFactory, holds=[Role.CONTRACT_MANAGER])


def closed(year: int) -> MoneyYear:
    """``year``, closed."""
    user: Any = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    return close_year(year, "De jaarrekening is vastgesteld.", user=user).year
