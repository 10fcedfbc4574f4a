"""Agendas, themes, goals and indicators for tests."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.constants import OrganisationKind
from agenda.constants import (
    AgendaStatus,
    Aggregation,
    AreaKind,
    ContradictionTopic,
    Direction,
    ImportKind,
    IndicatorLevel,
    Origin,
    Phase,
    PolicyKind,
    SurveyGroup,
    VersionKind,
)
from agenda.models import (
    Agenda,
    AgendaVersion,
    AgendaVersionEvent,
    Area,
    Breakdown,
    Contradiction,
    DevelopmentTask,
    Goal,
    Group,
    Indicator,
    IndicatorVersion,
    Measure,
    Municipality,
    Observation,
    Participation,
    PolicyLink,
    Principle,
    SituationFact,
    Source,
    Statement,
    StatementResult,
    Survey,
    TableImport,
    Target,
    TargetGroup,
    TaskStep,
    TaskUpdate,
    Theme,
)
from core.values import ValueType
from tests.factories import OrganisationFactory, UserFactory

# An organisation is a partner unless a test says otherwise.
PartnerFactory = OrganisationFactory


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Gemeente {n:03}")
    inhabitants = 27_000
    places = 11
    teams = 2
    measured = "1 januari 2020"


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"bron-{n}")
    title = factory.Sequence(lambda n: f"Bron {n}")
    phase = Phase.RESULT


class ContradictionFactory(DjangoModelFactory[Contradiction]):
    class Meta:
        model = Contradiction

    slug = factory.Sequence(lambda n: f"tegenspraak-{n}")
    topic = ContradictionTopic.MONEY
    title = "Twee bedragen"


class AgendaFactory(DjangoModelFactory[Agenda]):
    class Meta:
        model = Agenda

    slug = factory.Sequence(lambda n: f"agenda-{n}")
    short_name = factory.Sequence(lambda n: f"Agenda {n}")
    name = "Agenda voor het sociaal domein"
    owner = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.MUNICIPALITY)
    year = 2016


class AgendaVersionFactory(DjangoModelFactory[AgendaVersion]):
    class Meta:
        model = AgendaVersion

    class Params:
        consulted = factory.Trait(status=AgendaStatus.CONSULTATION)
        adopted = factory.Trait(
            status=AgendaStatus.ADOPTED,
            adopted_on=datetime.date(2016, 10, 10),
            adopted_by="gemeenteraad",
        )
        superseded = factory.Trait(
            status=AgendaStatus.SUPERSEDED,
            adopted_on=datetime.date(2016, 10, 10),
            adopted_by="gemeenteraad",
        )
        from_source = factory.Trait(status=None, origin=Origin.SOURCE)

    agenda = factory.SubFactory(AgendaFactory)
    number = 1
    status = AgendaStatus.DRAFT
    origin = Origin.SYSTEM
    reason = factory.LazyAttribute(lambda made: "De raad vroeg erom." if made.number > 1 else "")


class AgendaVersionEventFactory(DjangoModelFactory[AgendaVersionEvent]):
    class Meta:
        model = AgendaVersionEvent

    version = factory.SubFactory(AgendaVersionFactory)
    from_status = AgendaStatus.DRAFT
    to_status = AgendaStatus.CONSULTATION
    actor = factory.SubFactory(UserFactory)


class PrincipleFactory(DjangoModelFactory[Principle]):
    class Meta:
        model = Principle

    version = factory.SubFactory(AgendaVersionFactory)
    text = "Bouwen op vertrouwen"
    order = factory.Sequence(lambda n: n + 1)


class SituationFactFactory(DjangoModelFactory[SituationFact]):
    class Meta:
        model = SituationFact

    version = factory.SubFactory(AgendaVersionFactory)
    topic = factory.Sequence(lambda n: f"Onderwerp {n + 1}")
    text = "Het gaat de ene wijk beter af dan de andere."
    order = factory.Sequence(lambda n: n + 1)


class ParticipationFactory(DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    version = factory.SubFactory(AgendaVersionFactory)
    who = "inwoners"
    form = "gesprek"
    value_type = ValueType.COUNT
    number = 50


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    version = factory.SubFactory(AgendaVersionFactory)
    name = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")
    order = factory.Sequence(lambda n: n + 1)


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    theme = factory.SubFactory(ThemeFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    label = factory.Sequence(lambda n: f"Doel {n}")
    text = "Inwoners doen mee."
    slug = factory.Sequence(lambda n: f"doel-{n}")
    order = factory.Sequence(lambda n: n + 1)


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Kern {n}")
    slug = factory.Sequence(lambda n: f"kern-{n}")
    kind = AreaKind.CORE


class BreakdownFactory(DjangoModelFactory[Breakdown]):
    class Meta:
        model = Breakdown

    name = factory.Sequence(lambda n: f"uitsplitsing {n}")
    slug = factory.Sequence(lambda n: f"uitsplitsing-{n}")


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group

    breakdown = factory.SubFactory(BreakdownFactory)
    name = factory.Sequence(lambda n: f"groep {n}")
    order = factory.Sequence(lambda n: n + 1)


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    class Params:
        performance = factory.Trait(level=IndicatorLevel.PERFORMANCE)
        undecided = factory.Trait(value_type="", direction=Direction.NOT_STATED)

    slug = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Indicator {n}")
    value_type = ValueType.COUNT
    direction = Direction.UP
    level = IndicatorLevel.POPULATION
    aggregation = Aggregation.NONE


class IndicatorVersionFactory(DjangoModelFactory[IndicatorVersion]):
    class Meta:
        model = IndicatorVersion

    indicator = factory.SubFactory(IndicatorFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = VersionKind.CHANGED
    replaced_from = "2020"
    definition = "Zoals het was"
    reason = "Er wordt anders geteld"
    actor = factory.SubFactory(UserFactory)


class MeasureFactory(DjangoModelFactory[Measure]):
    class Meta:
        model = Measure

    indicator = factory.SubFactory(IndicatorFactory)
    theme = factory.SubFactory(ThemeFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    text = "Het aantal neemt toe"


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    measure = factory.SubFactory(MeasureFactory)
    period = "2020"
    value_type = ValueType.COUNT
    number = 100


class ObservationFactory(DjangoModelFactory[Observation]):
    class Meta:
        model = Observation

    indicator = factory.SubFactory(IndicatorFactory)
    source = factory.SubFactory(SourceFactory)
    period = "2018"
    value_type = ValueType.COUNT
    number = 90


class SurveyFactory(DjangoModelFactory[Survey]):
    class Meta:
        model = Survey

    slug = factory.Sequence(lambda n: f"onderzoek-{n}")
    name = "Cliëntervaring Wmo"
    year = 2019
    sent, returned, is_public = 400, 200, True


class StatementFactory(DjangoModelFactory[Statement]):
    class Meta:
        model = Statement

    survey = factory.SubFactory(SurveyFactory)
    number = factory.Sequence(lambda n: n + 1)
    topic = "toegang"
    text = "Ik wist waar ik moest zijn"


class StatementResultFactory(DjangoModelFactory[StatementResult]):
    class Meta:
        model = StatementResult

    statement = factory.SubFactory(StatementFactory)
    group = SurveyGroup.MUNICIPALITY
    year = 2019
    value_type = ValueType.COUNT
    number = 76


class TargetGroupFactory(DjangoModelFactory[TargetGroup]):
    class Meta:
        model = TargetGroup

    name = factory.Sequence(lambda n: f"doelgroep {n}")
    slug = factory.Sequence(lambda n: f"doelgroep-{n}")


class PolicyLinkFactory(DjangoModelFactory[PolicyLink]):
    class Meta:
        model = PolicyLink

    version = factory.SubFactory(AgendaVersionFactory)
    name = factory.Sequence(lambda n: f"Akkoord {n}")
    kind = PolicyKind.NATIONAL


class DevelopmentTaskFactory(DjangoModelFactory[DevelopmentTask]):
    class Meta:
        model = DevelopmentTask

    version = factory.SubFactory(AgendaVersionFactory)
    number = factory.Sequence(lambda n: n + 1)
    subject = "Strategisch partnerschap"


class TaskStepFactory(DjangoModelFactory[TaskStep]):
    class Meta:
        model = TaskStep

    task = factory.SubFactory(DevelopmentTaskFactory)
    text = factory.Sequence(lambda n: f"Stap {n}")
    order = factory.Sequence(lambda n: n + 1)


class TaskUpdateFactory(DjangoModelFactory[TaskUpdate]):
    class Meta:
        model = TaskUpdate

    task = factory.SubFactory(DevelopmentTaskFactory)
    day = datetime.date(2026, 3, 2)
    text = "Er is een projectleider."
    actor = factory.SubFactory(UserFactory)


class TableImportFactory(DjangoModelFactory[TableImport]):
    class Meta:
        model = TableImport

    kind = ImportKind.AGENDA
    version = factory.SubFactory(AgendaVersionFactory)
    actor = factory.SubFactory(UserFactory)
    file_name = "agenda.xlsx"
    sha256 = "0" * 64
    rests_on = "0" * 64
