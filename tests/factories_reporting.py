"""Reports for tests."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from agenda.constants import Origin
from core.files import store
from core.models import StoredFile
from core.values import ValueType
from reporting.constants import NarrativeSection, ReportKind, ReportStatus
from reporting.models import (
    Answer,
    Attachment,
    Entrance,
    Extension,
    Figure,
    KPIResult,
    Narrative,
    ReadyPart,
    Remark,
    Report,
    ReportEvent,
    Round,
    RoundFile,
    Spending,
    SupervisionAnswer,
    SupervisionDocument,
    SupervisionFinding,
    SupervisionReport,
)
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_contracts import ContractFactory, KPIFactory


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


def _file() -> StoredFile:
    return store(b"een bijlage", name="bijlage.pdf", content_type="application/pdf")


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    report = factory.SubFactory(ReportFactory)
    key = "trends-text"
    text = "Meer vraag."
    edited_by = factory.SubFactory(UserFactory)


class AttachmentFactory(DjangoModelFactory[Attachment]):
    class Meta:
        model = Attachment

    report = factory.SubFactory(ReportFactory)
    file = factory.LazyFunction(_file)
    name = "bijlage.pdf"
    added_by = factory.SubFactory(UserFactory)


class ReadyPartFactory(DjangoModelFactory[ReadyPart]):
    class Meta:
        model = ReadyPart

    report = factory.SubFactory(ReportFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    ready_by = factory.SubFactory(UserFactory)


class RoundFactory(DjangoModelFactory[Round]):
    """A round without content, for a constraint. Submit a report for a real one."""

    class Meta:
        model = Round

    report = factory.SubFactory(ReportFactory)
    number = 1
    submitted_by = factory.SubFactory(UserFactory)
    on_behalf_of = factory.SelfAttribute("report.contract.partner")
    payload = "{}"
    sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


class RoundFileFactory(DjangoModelFactory[RoundFile]):
    class Meta:
        model = RoundFile

    round = factory.SubFactory(RoundFactory)
    file = factory.LazyFunction(_file)
    name = "bijlage.pdf"


class KPIResultFactory(DjangoModelFactory[KPIResult]):
    class Meta:
        model = KPIResult

    round = factory.SubFactory(RoundFactory)
    kpi = factory.SubFactory(KPIFactory, contract=factory.SelfAttribute("..round.report.contract"))
    value_type = ValueType.COUNT
    number = 10


class RemarkFactory(DjangoModelFactory[Remark]):
    class Meta:
        model = Remark

    round = factory.SubFactory(RoundFactory)
    label = "Trends"
    text = "Kunt u dit toelichten?"
    author = factory.SubFactory(UserFactory)


class ReportEventFactory(DjangoModelFactory[ReportEvent]):
    class Meta:
        model = ReportEvent

    round = factory.SubFactory(RoundFactory)
    report = factory.SelfAttribute("round.report")
    from_status = ReportStatus.OPEN
    to_status = ReportStatus.SUBMITTED
    actor = factory.SubFactory(UserFactory)


class ExtensionFactory(DjangoModelFactory[Extension]):
    class Meta:
        model = Extension

    report = factory.SubFactory(ReportFactory)
    until = datetime.date(2020, 5, 1)
    reason = "Ziekte."
    granted_by = factory.SubFactory(UserFactory)


class SupervisionReportFactory(DjangoModelFactory[SupervisionReport]):
    """A draft; ``tests/reporting/supervised.py`` publishes one."""

    class Meta:
        model = SupervisionReport

    year = factory.Sequence(lambda n: 2018 + n % 80)
    title = factory.LazyAttribute(lambda report: f"Jaarverslag toezicht {report.year}")
    summary = "Wij bezochten alle aanbieders."


class SupervisionDocumentFactory(DjangoModelFactory[SupervisionDocument]):
    class Meta:
        model = SupervisionDocument

    report = factory.SubFactory(SupervisionReportFactory)
    file = factory.LazyFunction(_file)
    name = "jaarverslag.pdf"
    added_by = factory.SubFactory(UserFactory)


class SupervisionFindingFactory(DjangoModelFactory[SupervisionFinding]):
    class Meta:
        model = SupervisionFinding

    report = factory.SubFactory(SupervisionReportFactory)
    text = "Niet elke klacht kreeg een antwoord."
    advice = "Beantwoord elke klacht binnen zes weken."


class SupervisionAnswerFactory(DjangoModelFactory[SupervisionAnswer]):
    class Meta:
        model = SupervisionAnswer

    finding = factory.SubFactory(SupervisionFindingFactory)
    text = "Dat staat nu in de overeenkomst."
    author = factory.SubFactory(UserFactory)


class EntranceFactory(DjangoModelFactory[Entrance]):
    class Meta:
        model = Entrance

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"het loket {n}")
    for_what = "Vragen over hulp."
    phone = "000 000 00 00"
