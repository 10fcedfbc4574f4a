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
    AgendaVersion,
    AgendaVersionEvent,
    Participation,
    Principle,
    SituationFact,
)
from agenda.models.contributions import Contribution, contribution_faults
from agenda.models.editing import EditStep
from agenda.models.frames import PolicyLink, TargetGroup
from agenda.models.goals import Goal, GoalSuccession, Succession, Theme, ThemeSuccession
from agenda.models.indicators import (
    Area,
    Indicator,
    Measure,
    Observation,
    Target,
    check_value_type,
)
from agenda.models.sources import Contradiction, Reading, Source, Sourced
from agenda.models.surveys import Statement, StatementResult, Survey
from agenda.models.tasks import DevelopmentTask, TaskStep, TaskUpdate

__all__ = [
    "Advice",
    "AdviceAnswer",
    "AdviceDocument",
    "AdvicePoint",
    "Agenda",
    "AgendaVersion",
    "AgendaVersionEvent",
    "Area",
    "ConsultationRound",
    "Contradiction",
    "Contribution",
    "DevelopmentTask",
    "EditStep",
    "Goal",
    "GoalSuccession",
    "Indicator",
    "Invitation",
    "Measure",
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
    "Target",
    "TargetGroup",
    "TaskStep",
    "TaskUpdate",
    "Theme",
    "ThemeSuccession",
    "check_value_type",
    "contribution_faults",
]
