"""Reports for tests."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from agenda.constants import Origin
from core.values import ValueType
from reporting.constants import NarrativeSection, ReportKind, ReportStatus
from reporting.models import Figure, Narrative, Report, Spending
from tests.factories_contracts import ContractFactory


class ReportFactory(DjangoModelFactory[Report]):
    class Meta:
        model = Report

    class Params:
        submitted = factory.Trait(status=ReportStatus.SUBMITTED)
        returned = factory.Trait(status=ReportStatus.RETURNED)
        accepted = factory.Trait(status=ReportStatus.ACCEPTED)
        from_source = factory.Trait(status=None, origin=Origin.SOURCE)

    contract = factory.SubFactory(ContractFactory, running=True)
    period = "2019"
    kind = ReportKind.ANNUAL
    title = "Jaarverantwoording 2019"
    status = ReportStatus.OPEN
    origin = Origin.SYSTEM
    due_on = datetime.date(2020, 2, 25)
    locks_on = datetime.date(2020, 3, 24)


class NarrativeFactory(DjangoModelFactory[Narrative]):
    class Meta:
        model = Narrative

    report = factory.SubFactory(ReportFactory)
    section = NarrativeSection.ACHIEVED
    text = "Gehaald."


class FigureFactory(DjangoModelFactory[Figure]):
    class Meta:
        model = Figure

    report = factory.SubFactory(ReportFactory)
    label = "Deelnemers"
    value_type = ValueType.COUNT
    number = 10


class SpendingFactory(DjangoModelFactory[Spending]):
    class Meta:
        model = Spending

    report = factory.SubFactory(ReportFactory)
    label = "Wmo-oud"
    period = "2019"
    value_type = ValueType.AMOUNT
    number = 1000
