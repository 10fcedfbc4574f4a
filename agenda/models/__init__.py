"""Agendas, goals and what is measured; one module a subject."""

from agenda.models.advice import (
    Advice,
    AdviceAnswer,
    AdviceDocument,
    AdvicePoint,
    ConsultationRound,
    Invitation,
    RoundEvent,
)
from agenda.models.agendas import (
    Agenda,
    AgendaDocument,
    AgendaVersion,
    AgendaVersionEvent,
    Participation,
    Principle,
    SituationFact,
)
from agenda.models.contributions import Contribution, contribution_faults
from agenda.models.council import CouncilTalk, CouncilTalkPoint
from agenda.models.editing import EditStep
from agenda.models.frames import PolicyLink, TargetGroup
from agenda.models.goals import Goal, GoalSuccession, Succession, Theme, ThemeSuccession
from agenda.models.groups import Breakdown, Group
from agenda.models.imports import TableImport
from agenda.models.indicator_versions import IndicatorVersion
from agenda.models.indicators import (
    Area,
    Indicator,
    Measure,
    Observation,
    Target,
    check_begun,
    check_bounds,
    check_people,
    check_value_type,
)
from agenda.models.money_years import MoneyYear, MoneyYearEvent
from agenda.models.municipalities import Municipality
from agenda.models.sources import Contradiction, Reading, Source, Sourced
from agenda.models.surveys import Statement, StatementResult, Survey
from agenda.models.tasks import DevelopmentTask, TaskStep, TaskUpdate

__all__ = [
    "Advice",
    "AdviceAnswer",
    "AdviceDocument",
    "AdvicePoint",
    "Agenda",
    "AgendaDocument",
    "AgendaVersion",
    "AgendaVersionEvent",
    "Area",
    "Breakdown",
    "ConsultationRound",
    "Contradiction",
    "Contribution",
    "CouncilTalk",
    "CouncilTalkPoint",
    "DevelopmentTask",
    "EditStep",
    "Goal",
    "GoalSuccession",
    "Group",
    "Indicator",
    "IndicatorVersion",
    "Invitation",
    "Measure",
    "MoneyYear",
    "MoneyYearEvent",
    "Municipality",
    "Observation",
    "Participation",
    "PolicyLink",
    "Principle",
    "Reading",
    "RoundEvent",
    "SituationFact",
    "Source",
    "Sourced",
    "Statement",
    "StatementResult",
    "Succession",
    "Survey",
    "TableImport",
    "Target",
    "TargetGroup",
    "TaskStep",
    "TaskUpdate",
    "Theme",
    "ThemeSuccession",
    "check_begun",
    "check_bounds",
    "check_people",
    "check_value_type",
    "contribution_faults",
]
